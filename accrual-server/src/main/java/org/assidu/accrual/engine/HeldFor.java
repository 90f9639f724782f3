package org.assidu.accrual.engine;

import java.util.List;
import org.assidu.accrual.model.Operation;
import org.assidu.accrual.model.ReceiptColumns;
import org.jspecify.annotations.Nullable;

/**
 * The receipt that a reservation is held for, among the details of RESERVE: store; or store, till, series, number and
 * business date. A store alone says where the member is.
 */
public final class HeldFor {
    private static final int PARTS = 5;

    private HeldFor() {}

    /** @return details of a RESERVE for a receipt */
    public static List<String> details(String store, String till, int series, long number, int businessDate) {
        return List.of(store, till, Integer.toString(series), Long.toString(number), Integer.toString(businessDate));
    }

    /** @param store empty = in none */
    public static List<String> details(String store) {
        return store.isEmpty() ? List.of() : List.of(store);
    }

    /** Whether two reservations are for the same receipt, or both for none. */
    public static boolean isSame(List<String> one, List<String> other) {
        return one.size() != PARTS && other.size() != PARTS || one.equals(other);
    }

    /** Store where the member is; empty = in none. */
    static String store(Operation operation) {
        return operation.details().isEmpty() ? "" : operation.details().get(0);
    }

    /** Columns of the identity alone; null = held for no receipt. */
    static @Nullable ReceiptColumns receipt(Operation operation) {
        return receipt(operation.details());
    }

    static @Nullable ReceiptColumns receipt(List<String> details) {
        if (details.size() != PARTS) {
            return null;
        }
        ReceiptColumns receipt = new ReceiptColumns();
        receipt.store = receipt.addText(details.get(0));
        receipt.till = receipt.addText(details.get(1));
        receipt.series = Integer.parseInt(details.get(2));
        receipt.number = Long.parseLong(details.get(3));
        receipt.businessDate = Integer.parseInt(details.get(4));
        return receipt;
    }

    static boolean isSame(ReceiptColumns one, ReceiptColumns other, boolean numberedDaily) {
        return one.number == other.number
                && one.series == other.series
                && (!numberedDaily || one.businessDate == other.businessDate)
                && one.sameText(one.till, other, other.till)
                && one.sameText(one.store, other, other.store);
    }
}
