package org.assidu.accrual.engine;

import org.assidu.accrual.model.ReceiptColumns;
import org.assidu.accrual.model.RecordedReceipt;
import org.jspecify.annotations.Nullable;

/** Where a decision reads closed receipts of before: repeats and returns need them. */
public interface OriginalReceipts {
    /** For decisions that may not look back: nothing is found. */
    OriginalReceipts NONE = (of, original) -> null;

    /**
     * The closed receipt of that identity as recorded, or null when it is unknown or archived. The engine reads it
     * before it asks for the next one, so an implementation may reuse its columns.
     *
     * @param of names the receipt wanted
     * @param original -1 for the identity of {@code of} itself, else an index into its originals
     */
    @Nullable
    RecordedReceipt find(ReceiptColumns of, int original);
}
