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

/** Keeps a clock at the time of the records that another listener is shown. */
record ClockListener(BusinessClock clock, RecordListener listener) implements RecordListener {
    @Override
    public void receipt(
            RecordType type,
            ReceiptColumns receipt,
            OutcomeColumns outcome,
            RecordContext context,
            long position,
            long timeMillis) {
        clock.receipt(type, receipt, timeMillis);
        listener.receipt(type, receipt, outcome, context, position, timeMillis);
    }

    @Override
    public void programme(PublishedProgramme programme, long position, long timeMillis) {
        clock.other(timeMillis);
        listener.programme(programme, position, timeMillis);
    }

    @Override
    public void enrolment(MemberEnrolment enrolment, long position, long timeMillis) {
        clock.other(timeMillis);
        listener.enrolment(enrolment, position, timeMillis);
    }

    @Override
    public void operation(
            Operation operation, OutcomeColumns outcome, RecordContext context, long position, long timeMillis) {
        clock.operation(operation, timeMillis);
        listener.operation(operation, outcome, context, position, timeMillis);
    }

    @Override
    public void privacy(PrivacyEvent event, long position, long timeMillis) {
        clock.other(timeMillis);
        listener.privacy(event, position, timeMillis);
    }

    @Override
    public void stores(List<StoreEntry> stores, long position, long timeMillis) {
        clock.other(timeMillis);
        listener.stores(stores, position, timeMillis);
    }

    @Override
    public void epoch(long epoch, long position, long timeMillis) {
        clock.other(timeMillis);
        listener.epoch(epoch, position, timeMillis);
    }

    @Override
    public void other(RecordType type, long position, long timeMillis) {
        clock.other(timeMillis);
        listener.other(type, position, timeMillis);
    }
}
