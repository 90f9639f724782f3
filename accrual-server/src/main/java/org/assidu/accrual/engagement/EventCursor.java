package org.assidu.accrual.engagement;

import java.time.LocalDate;
import java.util.ArrayDeque;
import java.util.function.LongSupplier;
import org.assidu.accrual.codec.EnrolmentRecordCodec;
import org.assidu.accrual.codec.OperationRecordCodec;
import org.assidu.accrual.codec.ProgrammeRecord;
import org.assidu.accrual.codec.ReceiptRecordCodec;
import org.assidu.accrual.codec.RecordContext;
import org.assidu.accrual.codec.RecordFormatException;
import org.assidu.accrual.journal.JournalReader;
import org.assidu.accrual.model.EventKind;
import org.assidu.accrual.model.MemberEnrolment;
import org.assidu.accrual.model.Operation;
import org.assidu.accrual.model.OperationNames;
import org.assidu.accrual.model.OutcomeColumns;
import org.assidu.accrual.model.ReceiptColumns;
import org.assidu.accrual.model.RecordType;
import org.assidu.proto.v1.EnrolmentCause;
import org.assidu.proto.v1.Event;
import org.assidu.proto.v1.ReceiptIdentity;
import org.jspecify.annotations.Nullable;

/**
 * Walks the events of a journal in order, never beyond what is durable. One thread at a time.
 *
 * <p>Events of a record are those of its outcome, counted from 1; the record of a member's enrolment tells WELCOME, and has no
 * outcome.
 */
public final class EventCursor implements AutoCloseable {
    private final JournalReader reader;
    private final LongSupplier durable;
    private final EventFacts facts;
    private final EventFilter filter;
    private final ReceiptRecordCodec codec = new ReceiptRecordCodec();
    private final ReceiptColumns receipt = new ReceiptColumns();
    private final OutcomeColumns outcome = new OutcomeColumns();
    private final RecordContext context = new RecordContext();
    /** Events of the record read last that are not yet told. */
    private final ArrayDeque<Event> ahead = new ArrayDeque<>();

    private EventPosition next;
    private boolean caughtUp;

    EventCursor(JournalReader reader, LongSupplier durable, EventFacts facts, EventPosition from, EventFilter filter) {
        this.reader = reader;
        this.durable = durable;
        this.facts = facts;
        this.filter = filter;
        next = from;
        reader.seek(from.position());
    }

    /**
     * The next event.
     *
     * @param mostRecords how many records it may read for that
     * @return null when there was none among them; then {@link #caughtUp} says whether there may be more now
     * @throws IllegalStateException when a record cannot be read
     */
    public @Nullable Event next(int mostRecords) {
        long limit = durable.getAsLong();
        for (int records = 0; ahead.isEmpty(); records++) {
            caughtUp = next.position() > limit;
            if (caughtUp || records == mostRecords) {
                return null;
            }
            read(next.position());
            if (ahead.isEmpty()) {
                next = new EventPosition(next.position() + 1, 0);
            }
        }
        Event event = ahead.remove();
        next = ahead.isEmpty() ? new EventPosition(event.getPosition() + 1, 0) : EventPosition.after(event);
        return event;
    }

    /** Where a cursor that goes on behind the events told so far begins. */
    public EventPosition position() {
        return next;
    }

    /** Whether the last {@link #next} found everything durable read. */
    public boolean caughtUp() {
        return caughtUp;
    }

    private void read(long position) {
        if (!reader.next() || reader.position() != position) {
            throw new IllegalStateException("the journal has no record at position " + position
                    + ", which is durable; verify it with assidu verify");
        }
        try {
            RecordType type = RecordType.ofCode(reader.type());
            switch (type) {
                case RECEIPT, CHUNK, VOID -> receipt();
                case OPERATION -> operation();
                case ENROLMENT -> enrolment();
                case PROGRAMME, PRODUCTS, STORES, PRIVACY, EPOCH -> {}
            }
        } catch (RecordFormatException | IllegalArgumentException e) {
            throw new IllegalStateException(
                    "the record at position " + position + " cannot be read: " + e.getMessage(), e);
        }
    }

    private void receipt() {
        codec.decode(reader.buffer(), reader.offset(), reader.length(), receipt, outcome, context);
        if (outcome.events > 0) {
            Event.Builder cause = Event.newBuilder()
                    .setHappenedAtMillis(receipt.soldAtMillis)
                    .setHistorical(receipt.historical)
                    .setReceipt(ReceiptIdentity.newBuilder()
                            .setStore(receipt.string(receipt.store))
                            .setTill(receipt.string(receipt.till))
                            .setSeries(receipt.series)
                            .setNumber(receipt.number)
                            .setBusinessDate(receipt.businessDate));
            addOutcome(cause);
        }
    }

    private void operation() {
        Operation operation =
                OperationRecordCodec.decode(reader.buffer(), reader.offset(), reader.length(), outcome, context);
        addOutcome(Event.newBuilder()
                .setHappenedAtMillis(operation.atMillis())
                .setHistorical(operation.isOfHistory())
                .setOperation(operation.kind().name())
                .setSubject(OperationNames.subject(operation)));
    }

    private void enrolment() {
        MemberEnrolment enrolment = EnrolmentRecordCodec.decode(reader.buffer(), reader.offset(), reader.length());
        if (enrolment.created()) {
            EnrolmentCause.Builder cause = EnrolmentCause.newBuilder()
                    .setChannelValue(enrolment.channel().code());
            if (enrolment.store() != null) {
                cause.setStore(enrolment.store());
            }
            add(
                    Event.newBuilder().setHappenedAtMillis(reader.timeMillis()).setEnrolment(cause),
                    1,
                    EventKind.WELCOME,
                    enrolment.memberKey());
        }
    }

    private void addOutcome(Event.Builder cause) {
        if (outcome.events == 0) {
            return;
        }
        facts.readTo(reader.position());
        ProgrammeRecord programme = facts.programme(outcome.programmeVersion);
        for (int e = 0; e < outcome.events; e++) {
            if (programme != null) {
                int rule = outcome.eventRule[e];
                cause.setProgrammeId(programme.programmeId())
                        .setProgrammeVersion(programme.version())
                        .setRuleId(rule < 0 ? "" : programme.ruleIds().get(rule));
            }
            cause.setPurseId(purseId(programme, outcome.eventPurse[e])).setLastDay(yyyymmdd(outcome.eventDay[e]));
            cause.setValue(outcome.eventValue[e]);
            add(cause, e + 1, outcome.eventKind[e], outcome.eventMember[e]);
        }
    }

    private static String purseId(@Nullable ProgrammeRecord programme, int purse) {
        return programme == null || purse < 0 || purse >= programme.purseIds().size()
                ? ""
                : programme.purseIds().get(purse);
    }

    private static int yyyymmdd(int epochDay) {
        if (epochDay == 0) {
            return 0;
        }
        LocalDate date = LocalDate.ofEpochDay(epochDay);
        return date.getYear() * 10_000 + date.getMonthValue() * 100 + date.getDayOfMonth();
    }

    private void add(Event.Builder event, int index, EventKind kind, long memberKey) {
        boolean told = reader.position() == next.position() && index < next.index();
        if (told || !filter.wants(kind, event.getHistorical())) {
            return;
        }
        facts.readTo(reader.position());
        ahead.add(event.setPosition(reader.position())
                .setIndex(index)
                .setKindValue(kind.code())
                .setMemberKey(memberKey)
                .setConsents(facts.consents(memberKey, reader.position()))
                .setRecordedAtMillis(reader.timeMillis())
                .build());
    }

    @Override
    public void close() {
        reader.close();
    }
}
