package org.assidu.accrual.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.assidu.accrual.codec.EnrolmentRecordCodec;
import org.assidu.accrual.codec.OperationRecordCodec;
import org.assidu.accrual.codec.ProgrammeRecord;
import org.assidu.accrual.codec.ProgrammeRecordCodec;
import org.assidu.accrual.codec.ReceiptRecordCodec;
import org.assidu.accrual.codec.RecordContext;
import org.assidu.accrual.journal.JournalReader;
import org.assidu.accrual.model.Channel;
import org.assidu.accrual.model.MemberEnrolment;
import org.assidu.accrual.model.Operation;
import org.assidu.accrual.model.OperationKind;
import org.assidu.accrual.model.OperationStatus;
import org.assidu.accrual.model.OutcomeColumns;
import org.assidu.accrual.model.PublishedProgramme;
import org.assidu.accrual.model.ReceiptColumns;
import org.assidu.accrual.model.ReceiptPhase;
import org.assidu.accrual.model.RecordType;
import org.assidu.accrual.model.RecordedReceipt;
import org.assidu.accrual.programme.Programme;
import org.assidu.accrual.programme.ProgrammeCompiler;

/** An engine that writes records as a server does, days passing by its clock, into a journal in memory. */
final class JournalTill implements OriginalReceipts {
    private record Entry(RecordType type, long timeMillis, byte[] payload) {}

    AccrualEngine engine = new AccrualEngine();
    private final List<PublishedProgramme> programmes = new ArrayList<>();
    private final List<Entry> entries = new ArrayList<>();
    private final Map<String, RecordedReceipt> closed = new HashMap<>();
    private final Set<String> purses = new LinkedHashSet<>();
    private final ReceiptRecordCodec codec = new ReceiptRecordCodec();
    private final RecordContext context = new RecordContext();
    /** Whether what is due for a member before a decision has records of its own, or is part of its outcome. */
    boolean settlesFirst = true;
    /** After so many calls the engine is replaced by what a snapshot keeps of it; 0 = never. */
    int callsBetweenRestores;

    private int calls;

    private long now = Instant.parse("2026-01-05T09:00:00Z").toEpochMilli();

    JournalTill(String programme) {
        publish(programme);
    }

    void publish(String text) {
        int version = engine.programmes().size() + 1;
        PublishedProgramme published = TestProgrammes.published(version, text);
        Programme compiled = ProgrammeCompiler.compile(published);
        purses.addAll(compiled.purseIds());
        ProgrammeRecord record = new ProgrammeRecord(
                version,
                published.sha256(),
                published.canonicalText(),
                text,
                compiled.id(),
                compiled.effectiveFromMillis(),
                published.document().timeZone(),
                published.document().currency(),
                compiled.ruleIds(),
                List.copyOf(purses));
        byte[] bytes = new byte[ProgrammeRecordCodec.encodedSizeBound(record)];
        long position = append(RecordType.PROGRAMME, bytes, ProgrammeRecordCodec.encode(record, bytes, 0));
        programmes.add(published);
        engine.applyProgramme(published, position);
    }

    long now() {
        return now;
    }

    /** The clock goes on; nothing is told of it before the next record. */
    void pass(long millis) {
        now += millis;
    }

    void passDays(int days) {
        pass(days * 86_400_000L);
    }

    /** Begins the days that have begun, and settles so many members. */
    void tick(int most) {
        if (callsBetweenRestores != 0 && ++calls % callsBetweenRestores == 0) {
            engine = EngineImage.restored(engine, programmes);
        }
        while (engine.time().nextTickMillis() <= now) {
            write(engine.time().nextTick(now));
        }
        sweep(most);
    }

    /** Settles everyone. */
    void sweep() {
        sweep(Integer.MAX_VALUE);
    }

    private void sweep(int most) {
        for (int settled = 0; settled < most && engine.time().isSweepPending(); settled++) {
            Operation next = engine.time().nextSettle(Integer.MAX_VALUE);
            if (next != null) {
                assertThat(write(next)).isEqualTo(OperationStatus.DONE);
            }
        }
    }

    /** A receipt as a line of {@link ReceiptText}, sold now unless it says otherwise. */
    OutcomeColumns sell(String text) {
        ReceiptColumns receipt = ReceiptText.receipt(text);
        receipt.soldAtMillis = text.contains("@") ? receipt.soldAtMillis : now;
        return sell(receipt);
    }

    OutcomeColumns sell(ReceiptColumns receipt) {
        tick(0);
        OutcomeColumns out = new OutcomeColumns();
        ReceiptColumns recorded = engine.decide(receipt, this, now, out);
        while (out.status.journalled() && settleOverdue()) {
            recorded = engine.decide(receipt, this, now, out);
        }
        if (!out.status.journalled()) {
            return out;
        }
        byte[] bytes = new byte[ReceiptRecordCodec.encodedSizeBound(recorded, out)];
        context.set(now, engine.lastPositionOf(AccrualEngine.chainMember(recorded, out)), 2);
        RecordType type = switch (recorded.phase) {
            case UNSPECIFIED, WHOLE, CLOSING -> RecordType.RECEIPT;
            case OPEN -> RecordType.CHUNK;
            case VOID -> RecordType.VOID;
        };
        long position = append(type, bytes, codec.encode(recorded, out, context, bytes, 0));
        if (type == RecordType.RECEIPT) {
            ReceiptColumns receiptCopy = new ReceiptColumns();
            receiptCopy.copyFrom(recorded);
            OutcomeColumns outcomeCopy = new OutcomeColumns();
            outcomeCopy.copyFrom(out);
            closed.put(identity(recorded, -1), new RecordedReceipt(receiptCopy, outcomeCopy, position, now));
        }
        engine.applyReceipt(recorded, out, position, now);
        return out;
    }

    /** Voids what has been open for too long, and gives back reservations whose time is over. */
    void timeOut() {
        for (ReceiptColumns open = engine.abandoned(now); open != null; open = engine.abandoned(now)) {
            assertThat(open.phase).isEqualTo(ReceiptPhase.VOID);
            sell(open);
        }
        for (Operation over = engine.endedReservation(now); over != null; over = engine.endedReservation(now)) {
            assertThat(operate(over)).isEqualTo(OperationStatus.DONE);
        }
    }

    OperationStatus operate(OperationKind kind, long member, String subject, String key, long amount, long atMillis) {
        return operate(new Operation(kind, member, 0, subject, key, amount, atMillis, "anna", "because", List.of()));
    }

    /** A person's enrolment, with its welcome. */
    void enrol(long member) {
        tick(0);
        boolean created = engine.member(member) == null;
        MemberEnrolment enrolment = new MemberEnrolment(member, Channel.STORE, null, "1", List.of(), created);
        byte[] bytes = new byte[EnrolmentRecordCodec.encodedSizeBound(enrolment)];
        int length = EnrolmentRecordCodec.encode(enrolment, bytes, 0);
        engine.applyEnrolment(enrolment, append(RecordType.ENROLMENT, bytes, length), now);
        operate(new Operation(OperationKind.ACT, member, 0, "WELCOME", "", 0, now, "", "", List.of()));
    }

    OperationStatus operate(Operation operation) {
        tick(0);
        return write(operation);
    }

    private OperationStatus write(Operation operation) {
        OutcomeColumns out = new OutcomeColumns();
        OperationStatus status = engine.decide(operation, this, now, out);
        while (status.journalled() && settleOverdue()) {
            status = engine.decide(operation, this, now, out);
        }
        if (status.journalled()) {
            byte[] bytes = new byte[OperationRecordCodec.encodedSizeBound(operation, out)];
            context.set(now, engine.lastPositionOf(operation.memberKey()), 2);
            int length = OperationRecordCodec.encode(operation, out, context, bytes, 0);
            engine.applyOperation(operation, out, append(RecordType.OPERATION, bytes, length), now);
        }
        return status;
    }

    /** @return whether the last decision has to be made again */
    private boolean settleOverdue() {
        long member = engine.time().overdueMember();
        if (member == 0 || !settlesFirst) {
            return false;
        }
        for (Operation due = engine.time().settleOf(member);
                due != null;
                due = engine.time().settleOf(member)) {
            assertThat(write(due)).isEqualTo(OperationStatus.DONE);
        }
        return true;
    }

    private long append(RecordType type, byte[] bytes, int length) {
        entries.add(new Entry(type, now, Arrays.copyOf(bytes, length)));
        return entries.size();
    }

    /** Records written. */
    long position() {
        return entries.size();
    }

    @Override
    public RecordedReceipt find(ReceiptColumns of, int original) {
        return closed.get(identity(of, original));
    }

    private static String identity(ReceiptColumns of, int original) {
        boolean own = original < 0;
        return of.string(own ? of.store : of.originalStore[original])
                + "/" + of.string(own ? of.till : of.originalTill[original])
                + "/" + (own ? of.number : of.originalNumber[original]);
    }

    /** Whether another one wrote the same records. */
    boolean wroteTheSameAs(JournalTill other) {
        if (entries.size() != other.entries.size()) {
            return false;
        }
        for (int at = 0; at < entries.size(); at++) {
            Entry own = entries.get(at);
            Entry its = other.entries.get(at);
            if (own.type != its.type || own.timeMillis != its.timeMillis || !Arrays.equals(own.payload, its.payload)) {
                return false;
            }
        }
        return true;
    }

    JournalReader reader() {
        return new Reader(entries);
    }

    private static final class Reader implements JournalReader {
        private final List<Entry> entries;
        private int at = -1;

        Reader(List<Entry> entries) {
            this.entries = entries;
        }

        @Override
        public void seek(long position) {
            at = (int) position - 2;
        }

        @Override
        public boolean next() {
            if (at + 1 >= entries.size()) {
                return false;
            }
            at++;
            return true;
        }

        @Override
        public long position() {
            return at + 1L;
        }

        @Override
        public int type() {
            return entries.get(at).type().code();
        }

        @Override
        public long timeMillis() {
            return entries.get(at).timeMillis();
        }

        @Override
        public byte[] buffer() {
            return entries.get(at).payload();
        }

        @Override
        public int offset() {
            return 0;
        }

        @Override
        public int length() {
            return entries.get(at).payload().length;
        }

        @Override
        public long batchEnd() {
            return position();
        }

        @Override
        public void copyBatchHash(byte[] target) {
            Arrays.fill(target, (byte) 0);
        }

        @Override
        public void close() {}
    }
}
