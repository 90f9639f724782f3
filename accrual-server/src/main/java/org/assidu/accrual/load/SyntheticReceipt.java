package org.assidu.accrual.load;

import java.util.List;
import org.assidu.accrual.model.Channel;
import org.assidu.accrual.model.TenderKind;
import org.jspecify.annotations.Nullable;

/**
 * A made-up receipt: the fields of the wire's {@code Receipt}, whole (not in chunks) and without used rewards, which only a
 * server could have granted.
 *
 * @param number dense from 1 on each till
 * @param businessDate yyyymmdd
 * @param card EAN-13; 0 = anonymous
 * @param cashier pseudonym; empty where nobody serves
 * @param totalMinor sum of the lines' amounts
 */
public record SyntheticReceipt(
        String store,
        String till,
        int series,
        long number,
        int businessDate,
        long soldAtMillis,
        int utcOffsetMinutes,
        String currency,
        long card,
        Channel channel,
        String cashier,
        long totalMinor,
        List<Line> lines,
        List<Tender> tenders) {

    /** One article line; negative quantity, amount and discount give articles back. */
    public record Line(
            String sku,
            long quantityThousandths,
            long amountMinor,
            long discountMinor,
            int vatRateHundredths,
            String category,
            String brand,
            boolean promoted,
            boolean weighed,
            boolean giftCardSale,
            @Nullable Original original) {}

    /**
     * The line that a return line gives back.
     *
     * @param line from 1
     */
    public record Original(String store, String till, int series, long number, int businessDate, int line) {}

    /** One means of payment. */
    public record Tender(TenderKind kind, long amountMinor) {}
}
