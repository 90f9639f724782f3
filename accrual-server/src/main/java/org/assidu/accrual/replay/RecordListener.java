package org.assidu.accrual.replay;

import java.util.List;
import org.assidu.accrual.codec.RecordContext;
import org.assidu.accrual.model.MemberEnrolment;
import org.assidu.accrual.model.Operation;
import org.assidu.accrual.model.OutcomeColumns;
import org.assidu.accrual.model.PrivacyEvent;
import org.assidu.accrual.model.PublishedProgramme;
import org.assidu.accrual.model.ReceiptColumns;
import org.assidu.accrual.model.RecordType;
import org.assidu.accrual.model.StoreEntry;

/** Sees each record of a replay just before the engine applies it. Columns are reused: copy what is kept. */
public interface RecordListener {

    /** A receipt, a chunk or a void. */
    default void receipt(
            RecordType type,
            ReceiptColumns receipt,
            OutcomeColumns outcome,
            RecordContext context,
            long position,
            long timeMillis) {}

    default void programme(PublishedProgramme programme, long position, long timeMillis) {}

    default void enrolment(MemberEnrolment enrolment, long position, long timeMillis) {}

    /** Anything other than a receipt that the engine decided. */
    default void operation(
            Operation operation, OutcomeColumns outcome, RecordContext context, long position, long timeMillis) {}

    /** A decision about a member's data. */
    default void privacy(PrivacyEvent event, long position, long timeMillis) {}

    /** Stores of the catalogue. */
    default void stores(List<StoreEntry> stores, long position, long timeMillis) {
        other(RecordType.STORES, position, timeMillis);
    }

    /** The servers of the chain changed places: from here on its epoch is this one. */
    default void epoch(long epoch, long position, long timeMillis) {
        other(RecordType.EPOCH, position, timeMillis);
    }

    /** A record without members, receipts or rules: products, or stores and epochs for who does not care which. */
    default void other(RecordType type, long position, long timeMillis) {}
}
