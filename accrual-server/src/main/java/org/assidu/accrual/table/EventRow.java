package org.assidu.accrual.table;

import java.time.ZoneId;
import org.assidu.accrual.model.EventKind;
import org.assidu.accrual.model.OutcomeColumns;
import org.assidu.accrual.model.ReceiptColumns;

/** An engagement event on its way into {@code events}; reused for the next. */
public final class EventRow {
    /** Cause of an event that a person's enrolment told. */
    public static final String ENROLMENT = "ENROLMENT";

    /** Cause of an event that a receipt, open, closed or void, told. */
    public static final String RECEIPT = "RECEIPT";

    /** The record that told it; of an enrolment or an operation, only position and times mean anything. */
    public final ReceiptRow record;
    /** Place of the event in its record, from 1. */
    public int index;

    public EventKind kind = EventKind.NONE;
    /** Re-keyed for the export; 0 = the programme itself. */
    public long memberKey;

    /** 0 = none. */
    public int programmeVersion;
    /** Empty when no rule caused it. */
    public String ruleId = "";

    public long value;
    /** {@link #RECEIPT}, {@link #ENROLMENT}, or the operation's kind. */
    public String cause = RECEIPT;
    /** Store that an operation names; empty = none. Of a receipt, the record has it. */
    public String store = "";
    /** What the operation was about, such as a tag; empty = nothing. */
    public String subject = "";

    /** Empty when it is about no purse. */
    public String purseId = "";
    /** Day that an event about a purse announces, since 1970-01-01; 0 = none. */
    public int epochDay;

    private long postedAtMillis;
    private int postedMonth;

    public EventRow(ReceiptRow record) {
        this.record = record;
    }

    /** Takes over an event of the record's outcome, but for key and names. */
    public void of(OutcomeColumns outcome, int event) {
        index = event + 1;
        kind = outcome.eventKind[event];
        programmeVersion = outcome.programmeVersion;
        value = outcome.eventValue[event];
        epochDay = outcome.eventDay[event];
    }

    /** Becomes the welcome that an enrolment tells, but for the key. */
    public void welcome() {
        index = 1;
        kind = EventKind.WELCOME;
        programmeVersion = 0;
        ruleId = "";
        value = 0;
        purseId = "";
        epochDay = 0;
        cause = ENROLMENT;
        store = "";
        subject = "";
    }

    /** Sets the posting time, with its month in a zone. */
    public void posted(long millis, ZoneId zone) {
        postedAtMillis = millis;
        postedMonth = Calendar.month(Calendar.local(millis, zone));
    }

    /** Whether the value is what a member answered, 0 to 10. */
    boolean isAnswer() {
        return kind == EventKind.SURVEY_ANSWERED;
    }

    ReceiptColumns receipt() {
        return record.receipt;
    }

    long postedAtMillis() {
        return postedAtMillis;
    }

    /** As yyyymm: the partition. */
    public int postedMonth() {
        return postedMonth;
    }
}
