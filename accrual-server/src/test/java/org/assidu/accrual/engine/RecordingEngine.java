package org.assidu.accrual.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.assidu.accrual.codec.OperationRecordCodec;
import org.assidu.accrual.codec.RecordContext;
import org.assidu.accrual.model.Channel;
import org.assidu.accrual.model.LineStatus;
import org.assidu.accrual.model.MemberEnrolment;
import org.assidu.accrual.model.MovementKind;
import org.assidu.accrual.model.Operation;
import org.assidu.accrual.model.OperationKind;
import org.assidu.accrual.model.OperationStatus;
import org.assidu.accrual.model.OutcomeColumns;
import org.assidu.accrual.model.Points;
import org.assidu.accrual.model.PublishedProgramme;
import org.assidu.accrual.model.PurseBooks;
import org.assidu.accrual.model.ReceiptColumns;
import org.assidu.accrual.model.ReceiptPhase;
import org.assidu.accrual.model.ReceiptStatus;
import org.assidu.accrual.model.RecordedReceipt;
import org.assidu.accrual.model.StoreEntry;
import org.jspecify.annotations.Nullable;

/**
 * An engine with a journal in memory. Every call checks what must always hold: deciding changes nothing, the incremental
 * hash equals the recomputed one, and the sum of purses is the sum of movements.
 */
final class RecordingEngine implements OriginalReceipts {
    static final long NOW = ReceiptText.SOLD_AT + 60_000;

    private static final int DECISIONS_BETWEEN_RESTORES = 16;
    private static final Operation NOTHING = new Operation(OperationKind.ADJUST, 0, 0, "", "", 0, 0, "", "", List.of());

    final AccrualEngine engine = new AccrualEngine();
    final List<RecordedReceipt> journal = new ArrayList<>();
    final List<PublishedProgramme> programmes = new ArrayList<>();
    /** What a replay applies, in order. */
    private final List<Consumer<AccrualEngine>> applied = new ArrayList<>();

    private final Map<String, RecordedReceipt> closed = new HashMap<>();
    private long[] ledgerMicro = new long[16];
    private long position = 100;
    private boolean archived;
    private int decisions;
    private final OutcomeColumns restoredOut = new OutcomeColumns();
    /** Whether each tick is followed by its sweep. */
    boolean sweeping = true;
    /** What sweeps decided, and ticks that tell something. */
    final List<OutcomeColumns> settlements = new ArrayList<>();

    RecordingEngine(PublishedProgramme... published) {
        for (PublishedProgramme programme : published) {
            publish(programme);
        }
    }

    void publish(PublishedProgramme programme) {
        programmes.add(programme);
        engine.applyProgramme(programme, programmes.size());
        applied.add(copy -> copy.applyProgramme(programme, programme.version()));
    }

    void stores(List<StoreEntry> stores) {
        engine.applyStores(stores);
        applied.add(copy -> copy.applyStores(stores));
        check();
    }

    /** A person's enrolment, with the welcome that goes with it. */
    OutcomeColumns enrol(long member, long nowMillis) {
        MemberEnrolment enrolment = new MemberEnrolment(member, Channel.STORE, "Lyon", "", List.of(), true);
        engine.applyEnrolment(enrolment, position++, nowMillis);
        applied.add(copy -> copy.applyEnrolment(enrolment, 9_000, nowMillis + 99));
        check();
        OutcomeColumns out = new OutcomeColumns();
        OperationStatus status = operate(
                new Operation(OperationKind.ACT, member, 0, "WELCOME", "", 0, nowMillis, "", "", List.of()),
                out,
                nowMillis);
        if (!status.journalled()) {
            out.reset(ReceiptStatus.ACCRUED, 0);
        }
        return out;
    }

    /** Makes a named counter have a value, as an operation would. */
    void setCounter(long member, String name, long value) {
        OutcomeColumns out = new OutcomeColumns();
        out.addCounterChange(member, engine.counterSlot(name), value - engine.counter(member, name));
        Operation operation =
                new Operation(OperationKind.ADJUST, member, 0, "points", "", 1, NOW, "anna", "test", List.of());
        long at = position++;
        engine.applyOperation(operation, out, at, NOW);
        applied.add(copy -> copy.applyOperation(operation, out, at + 7_000, NOW + 99));
        check();
    }

    /** From here on no original can be read. */
    void archive() {
        archived = true;
    }

    OutcomeColumns submit(String receipt) {
        return submit(ReceiptText.receipt(receipt), NOW);
    }

    OutcomeColumns submit(ReceiptColumns receipt, long nowMillis) {
        OutcomeColumns out = new OutcomeColumns();
        long before = engine.stateHash();
        AccrualEngine restored = restored();
        if (restored != null) {
            ReceiptColumns same = new ReceiptColumns();
            same.copyFrom(receipt);
            restored.decide(same, this, nowMillis, restoredOut);
        }
        ReceiptColumns recorded = engine.decide(receipt, this, nowMillis, out);
        if (restored != null) {
            assertThat(text(restoredOut)).as("decided after a restart").isEqualTo(text(out));
        }
        assertThat(engine.recomputedStateHash()).as("deciding changes nothing").isEqualTo(before);
        if (out.status.journalled()) {
            assertThat(out.lines).isEqualTo(recorded.phase == ReceiptPhase.VOID ? receipt.lines : recorded.lines);
            append(recorded, out, nowMillis);
        } else if (out.status.refused()) {
            assertThat(out.movements + out.counterChanges + out.alerts).isZero();
        }
        check();
        return out;
    }

    OperationStatus operate(Operation operation) {
        return operate(operation, new OutcomeColumns(), NOW);
    }

    OperationStatus operate(Operation operation, OutcomeColumns out, long nowMillis) {
        long before = engine.stateHash();
        AccrualEngine restored = restored();
        OperationStatus statusRestored =
                restored == null ? null : restored.decide(operation, this, nowMillis, restoredOut);
        OperationStatus status = engine.decide(operation, this, nowMillis, out);
        if (restored != null) {
            assertThat(statusRestored).as("decided after a restart").isEqualTo(status);
            assertThat(text(restoredOut)).as("decided after a restart").isEqualTo(text(out));
        }
        assertThat(engine.recomputedStateHash()).as("deciding changes nothing").isEqualTo(before);
        if (status.journalled()) {
            OutcomeColumns outcome = new OutcomeColumns();
            outcome.copyFrom(out);
            long at = position++;
            engine.applyOperation(operation, out, at, nowMillis);
            applied.add(copy -> copy.applyOperation(operation, outcome, at + 7_000, nowMillis + 99));
            count(out);
        }
        check();
        return status;
    }

    /** Lets days pass up to one: ticks, each with its sweep. */
    void day(LocalDate day) {
        tickUntil(day);
        sweep(Integer.MAX_VALUE);
    }

    /** Ticks alone: members are settled when something concerns them. */
    void tickUntil(LocalDate day) {
        long millis = noon(day);
        while (engine.time().nextTickMillis() <= millis) {
            OutcomeColumns tick = new OutcomeColumns();
            assertThat(operate(engine.time().nextTick(millis), tick, millis)).isEqualTo(OperationStatus.DONE);
            if (tick.events > 0) {
                settlements.add(tick);
            }
            if (sweeping) {
                sweep(Integer.MAX_VALUE);
            }
        }
    }

    /** Settles members with something due. @param most of them */
    void sweep(int most) {
        for (int settled = 0; settled < most && engine.time().isSweepPending(); settled++) {
            Operation next = engine.time().nextSettle(Integer.MAX_VALUE);
            if (next != null) {
                OutcomeColumns out = new OutcomeColumns();
                assertThat(operate(next, out, startOf(next))).isEqualTo(OperationStatus.DONE);
                settlements.add(out);
            }
        }
    }

    private static long startOf(Operation operation) {
        return operation.atMillis();
    }

    static long noon(LocalDate day) {
        return day.atTime(12, 0).toInstant(ZoneOffset.UTC).toEpochMilli();
    }

    /** What is decided next is decided the same by an engine that a snapshot brought back. */
    private @Nullable AccrualEngine restored() {
        return ++decisions % DECISIONS_BETWEEN_RESTORES == 0 ? EngineImage.restored(engine, programmes) : null;
    }

    private static String text(OutcomeColumns out) {
        byte[] bytes = new byte[OperationRecordCodec.encodedSizeBound(NOTHING, out)];
        int length = OperationRecordCodec.encode(NOTHING, out, new RecordContext(), bytes, 0);
        return out.status + " " + HexFormat.of().formatHex(bytes, 0, length);
    }

    private void check() {
        assertThat(engine.stateHash()).as("incremental state hash").isEqualTo(engine.recomputedStateHash());
        for (int purse = 0; purse < engine.purses(); purse++) {
            assertThat(engine.totals().outstandingMicro(purse))
                    .as("sum of purses %s", engine.purseId(purse))
                    .isEqualTo(ledgerMicro[purse]);
        }
        for (PurseBooks books : engine.totals().books()) {
            assertThat(books.expected()).as("books %s", books).isEqualTo(books.outstanding());
        }
    }

    private void count(OutcomeColumns out) {
        for (int m = 0; m < out.movements; m++) {
            ledgerMicro[out.movementPurse[m]] += out.movementMicro[m];
        }
    }

    private void append(ReceiptColumns recorded, OutcomeColumns out, long nowMillis) {
        ReceiptColumns receipt = new ReceiptColumns();
        receipt.copyFrom(recorded);
        OutcomeColumns outcome = new OutcomeColumns();
        outcome.copyFrom(out);
        RecordedReceipt record = new RecordedReceipt(receipt, outcome, position++, nowMillis);
        journal.add(record);
        count(out);
        applied.add(copy -> copy.applyReceipt(receipt, outcome, record.position() + 7_000, nowMillis + 99));
        engine.applyReceipt(recorded, out, record.position(), nowMillis);
        if (receipt.phase == ReceiptPhase.WHOLE || receipt.phase == ReceiptPhase.CLOSING) {
            closed.put(identity(receipt, -1), record);
        }
    }

    /** Another engine that only applies what was recorded. */
    AccrualEngine replayed() {
        AccrualEngine copy = new AccrualEngine();
        applied.forEach(record -> record.accept(copy));
        return copy;
    }

    @Override
    public RecordedReceipt find(ReceiptColumns of, int original) {
        return archived ? null : closed.get(identity(of, original));
    }

    private String identity(ReceiptColumns of, int original) {
        boolean own = original < 0;
        return of.string(own ? of.store : of.originalStore[original])
                + "/" + of.string(own ? of.till : of.originalTill[original])
                + "/" + (own ? of.series : of.originalSeries[original])
                + "/" + (own ? of.number : of.originalNumber[original])
                + (engine.numberedDaily() ? "/" + (own ? of.businessDate : of.originalBusinessDate[original]) : "");
    }

    /** Units towards a threshold reward. */
    long progress(long member, int rewardSlot) {
        return engine.counter(member, Counters.progress(rewardSlot));
    }

    String balance(long member) {
        return Points.format(engine.balanceMicro(member, 0));
    }

    /** Status, points, balance and alerts, such as {@code ACCRUED 12.5 302.5} or {@code PROVISIONAL 0 302.5 ten-percent*1}. */
    String told(OutcomeColumns out) {
        StringBuilder told = new StringBuilder(out.status.name());
        if (out.status == ReceiptStatus.RECEIPT_CONFLICT) {
            return told.append(' ')
                    .append(out.conflict)
                    .append(out.conflictLine < 0 ? "" : " line " + (out.conflictLine + 1))
                    .toString();
        }
        if (out.status == ReceiptStatus.CHUNK_GAP) {
            return told.append(" expected=").append(out.expectedChunk).toString();
        }
        if (out.status.refused()) {
            return told.append(out.conflictLine < 0 ? "" : " line " + (out.conflictLine + 1))
                    .toString();
        }
        told.append(' ').append(Points.format(out.pointsMicro));
        told.append(' ').append(Points.format(out.balanceMicro));
        for (int a = 0; a < out.alerts; a++) {
            String reward = programmes
                    .get(out.programmeVersion - 1)
                    .document()
                    .thresholdRewards()
                    .get(out.alertReward[a])
                    .id();
            told.append(' ').append(reward).append('*').append(out.alertCount[a]);
        }
        return told.toString();
    }

    /** Such as {@code EARNED 12 base v1}, in order. */
    List<String> movements(OutcomeColumns out) {
        List<String> movements = new ArrayList<>();
        for (int m = 0; m < out.movements; m++) {
            MovementKind kind = out.movementKind[m];
            String rule = engine.programmes().get(out.movementVersion[m] - 1).ruleId(out.movementRule[m]);
            movements.add("m" + out.movementMember[m] + " " + kind + " " + Points.format(out.movementMicro[m]) + " "
                    + rule + " v" + out.movementVersion[m]);
        }
        return movements;
    }

    static String lines(OutcomeColumns out) {
        StringBuilder lines = new StringBuilder();
        for (int line = 0; line < out.lines; line++) {
            LineStatus status = out.lineStatus[line];
            lines.append(line == 0 ? "" : " ")
                    .append(status == LineStatus.EARNED ? "" : status + ":")
                    .append(Points.format(out.linePointsMicro[line]));
        }
        return lines.toString();
    }

    /** Plays a table: a receipt a row, {@code receipt | what it is told}. */
    void play(String table) {
        table.lines().filter(row -> !row.isBlank()).forEach(row -> {
            String[] cells = row.split("\\|");
            assertThat(told(submit(cells[0])))
                    .as("%s, after %s records", cells[0].trim(), journal.size())
                    .isEqualTo(cells[1].trim().replaceAll("\\s+", " "));
        });
        assertThat(replayed().stateHash()).as("state hash of a replay").isEqualTo(engine.stateHash());
    }
}
