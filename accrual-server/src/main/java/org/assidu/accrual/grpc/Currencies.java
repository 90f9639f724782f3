package org.assidu.accrual.grpc;

import java.util.Arrays;
import java.util.Currency;
import org.assidu.accrual.model.ReceiptColumns;

/** The currencies of ISO 4217 in packed form. */
final class Currencies {
    private static final int[] KNOWN = Currency.getAvailableCurrencies().stream()
            .mapToInt(currency -> ReceiptColumns.packCurrency(currency.getCurrencyCode()))
            .sorted()
            .toArray();

    private Currencies() {}

    /** The packed code again; 0 when it is none of ISO 4217. */
    static int known(int packed) {
        return Arrays.binarySearch(KNOWN, packed) >= 0 ? packed : 0;
    }
}
