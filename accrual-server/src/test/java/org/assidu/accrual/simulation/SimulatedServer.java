package org.assidu.accrual.simulation;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.assidu.accrual.directory.MemberDirectory;
import org.assidu.accrual.journal.Durability;
import org.assidu.accrual.journal.Journal;
import org.assidu.accrual.journal.JournalReader;
import org.assidu.accrual.model.MemberFact;
import org.assidu.accrual.model.OperationKind;
import org.assidu.accrual.model.OperationStatus;
import org.assidu.accrual.model.OutcomeColumns;
import org.assidu.accrual.model.ReceiptColumns;
import org.assidu.accrual.model.ReceiptStatus;
import org.assidu.accrual.pipeline.AnswerSink;
import org.assidu.accrual.pipeline.PipelineConfig;
import org.assidu.accrual.pipeline.PipelineListener;
import org.assidu.accrual.pipeline.PublicationRequest;
import org.assidu.accrual.pipeline.SalesItem;
import org.assidu.accrual.pipeline.SteppedPipeline;
import org.assidu.accrual.replay.OutcomeReport;
import org.assidu.accrual.replay.OutcomeVerifier;
import org.jspecify.annotations.Nullable;

/** One server after the other on the same disk: the real write path, watched at every record, answer and start. */
final class SimulatedServer implements ObservedJournal.Observer {
    private static final PipelineConfig CONFIG = new PipelineConfig(16, 4 << 10, 1000);
    private static final int TURNS_BETWEEN_THOROUGH_CHECKS = 64;

    /** Kinds that are ALREADY_DONE when another operation made it so. */
    private static final Set<OperationKind> ALREADY_SO =
            EnumSet.of(OperationKind.CLAIM, OperationKind.MERGE, OperationKind.JOIN_HOUSEHOLD);

    private static final PipelineListener NOBODY = new PipelineListener() {
        @Override
        public void recovery(String line) {}

        @Override
        public void failed(Throwable cause) {}
    };

    private final Simulation world;
    private final SimulatedStorage storage;
    private final Faults faults;
    private final Durability durability;
    private final MemberDirectory directory;
    private final SimulatedSnapshots snapshots;
    private final History history = new History();
    private final Supplier<Ledger> emptyLedger;
    private Ledger ledger;
    private @Nullable SteppedPipeline pipeline;
    private @Nullable Journal journal;
    /** What a callback found, which futures would swallow. */
    private @Nullable Violation found;

    private long committed;
    private long turns;
    private long starts;
    private long answers;
    private long told;

    SimulatedServer(
            Simulation world,
            SimulatedStorage storage,
            Faults faults,
            Durability durability,
            MemberDirectory directory,
            SimulatedSnapshots snapshots,
            Supplier<Ledger> emptyLedger) {
        this.snapshots = snapshots;
        this.world = world;
        this.storage = storage;
        this.faults = faults;
        this.durability = durability;
        this.directory = directory;
        this.emptyLedger = emptyLedger;
        ledger = emptyLedger.get();
    }

    boolean isUp() {
        return pipeline != null;
    }

    /** A process starts. @throws SimulatedCrash when it dies doing so @throws JournalException when disk or faults stop it */
    void start() {
        ObservedJournal opened = new ObservedJournal(storage.open(), faults, this);
        Ledger recovered = emptyLedger.get();
        try (JournalReader reader = opened.newReader()) {
            while (reader.next()) {
                history.recovered(
                        reader.position(),
                        reader.type(),
                        reader.timeMillis(),
                        reader.buffer(),
                        reader.offset(),
                        reader.length());
                recovered.add(
                        reader.position(),
                        reader.type(),
                        reader.timeMillis(),
                        reader.buffer(),
                        reader.offset(),
                        reader.length());
            }
        }
        Violation.unless(
                recovered.position() == opened.recoveredPosition(),
                "the journal says it recovered position=" + opened.recoveredPosition() + " and reads up to "
                        + recovered.position());
        history.recoveredUpTo(recovered.position());
        ledger = recovered;
        journal = opened;
        committed = recovered.position();
        world.check(recovered);
        SteppedPipeline started = SteppedPipeline.start(
                CONFIG,
                opened,
                directory,
                world.timeline()::serverMillis,
                world.timeline()::nanoTime,
                NOBODY,
                snapshots.loaded(opened));
        checkReplay(started);
        pipeline = started;
        starts++;
    }

    private void checkReplay(SteppedPipeline started) {
        long expected = history.stateHash(ledger.position());
        long actual = started.engine().stateHash();
        Violation.unless(
                expected == 0 || expected == actual,
                "state hash at position=" + ledger.position() + " after a replay is " + Long.toHexString(actual)
                        + ", it was " + Long.toHexString(expected) + " when it was first applied");
        history.applied(actual);
        ledger.compare(started.engine(), true);
    }

    /** A process beside the server makes a snapshot of what is safe by now. */
    void snapshot() {
        Journal open = journal;
        if (open != null && pipeline != null) {
            snapshots.take(open, durability == Durability.DURABLE ? storage.durablePosition() : committed, history);
        }
    }

    SimulatedSnapshots snapshots() {
        return snapshots;
    }

    void crash(CrashKind kind) {
        pipeline = null;
        journal = null;
        storage.crash(kind);
    }

    /** One stage works. @return false when there was nothing to do */
    boolean step(int stage) {
        SteppedPipeline running = pipeline;
        if (running == null) {
            return false;
        }
        boolean worked = switch (stage) {
            case 0 -> running.lookUp();
            case 1 -> decide(running);
            default -> running.answer();
        };
        throwFound();
        return worked;
    }

    private boolean decide(SteppedPipeline running) {
        long before = running.lastPosition();
        boolean decided = running.decide();
        boolean changed = running.lastPosition() != before;
        Violation.unless(
                running.lastPosition() == history.last(),
                "the stage is at position=" + running.lastPosition() + ", the journal at " + history.last());
        if (changed) {
            ledger.compare(running.engine(), ++turns % TURNS_BETWEEN_THOROUGH_CHECKS == 0);
        }
        return decided || changed;
    }

    private void throwFound() {
        if (found != null) {
            throw found;
        }
    }

    @Override
    public void appended(long position, int type, long timeMillis, byte[] payload, int offset, int length) {
        Violation.unless(
                !directory.dirty(), "position=" + position + " is appended while the directory holds unforced members");
        history.appended(position, type, timeMillis, payload, offset, length);
        ledger.add(position, type, timeMillis, payload, offset, length);
    }

    @Override
    public void committing() {
        committed = history.last();
        SteppedPipeline running = pipeline;
        if (running != null) {
            history.applied(running.engine().stateHash());
        }
    }

    /** Whatever reflects positions up to one is told to someone. */
    private void tell(long position) {
        long safe = durability == Durability.DURABLE ? storage.durablePosition() : committed;
        Violation.unless(
                position <= safe,
                "told what reflects position=" + position + ", safe is " + safe + " (" + durability + ")");
        history.tell(position);
        answers++;
    }

    /** A message of sales arrives; lost when nobody is there. */
    void sales(List<Sale.Part> parts, Consumer<List<Answer>> reply) {
        if (pipeline == null) {
            return;
        }
        SalesItem item = new SalesItem(new Sink(parts, reply));
        for (Sale.Part part : parts) {
            int at = item.addReceipt();
            ReceiptColumns receipt = item.receipt(at);
            part.sale().fill(part, receipt);
            if (part.sale().card != 0) {
                identify(item, at, part.sale().card);
            }
        }
        submit(pipeline, item);
    }

    private void identify(SalesItem item, int at, long card) {
        long member = directory.findCard(card);
        if (member == 0) {
            item.resolveCard(at, card);
        } else {
            item.receipt(at).memberKey = member;
            item.receipt(at).memberFact = MemberFact.KNOWN;
        }
    }

    private void submit(SteppedPipeline to, SalesItem item) {
        if (to == pipeline && !to.pipeline().trySubmit(item)) {
            to.pipeline().whenRoom(() -> submit(to, item));
        }
    }

    /** One message's answers. */
    private final class Sink implements AnswerSink {
        private final List<Sale.Part> parts;
        private final Consumer<List<Answer>> reply;

        Sink(List<Sale.Part> parts, Consumer<List<Answer>> reply) {
            this.parts = parts;
            this.reply = reply;
        }

        @Override
        public void answered(SalesItem item) {
            tell(item.position());
            List<Answer> given = new ArrayList<>();
            for (int at = 0; at < parts.size(); at++) {
                OutcomeColumns outcome = item.outcome(at);
                checkAnswer(parts.get(at), outcome);
                given.add(new Answer(outcome.status, outcome.pointsMicro, outcome.conflict));
                told = told * 31 + outcome.status.code() + outcome.pointsMicro + outcome.balanceMicro;
            }
            reply.accept(given);
        }

        @Override
        public void flush() {}

        @Override
        public void abandoned(SalesItem item, Throwable cause) {}
    }

    private void checkAnswer(Sale.Part part, OutcomeColumns outcome) {
        ReceiptStatus status = outcome.status;
        if (!part.closes() || status.refused()) {
            return;
        }
        Sale sale = part.sale();
        Ledger.Closed closed = ledger.closed(sale.name);
        if (closed == null) {
            throw new Violation("receipt " + sale.name + " is told " + status + " and is not in the journal");
        }
        if (status == ReceiptStatus.ALREADY_ACCRUED) {
            Violation.unless(
                    outcome.pointsMicro == closed.pointsMicro(),
                    "the repeat of receipt " + sale.name + " is told " + outcome.pointsMicro + " micropoints, recorded "
                            + closed.pointsMicro());
        } else {
            Violation.unless(!sale.toldRecorded, "receipt " + sale.name + " is told " + status + " a second time");
            sale.toldRecorded = true;
        }
        tell(closed.position());
    }

    void operate(SimulatedDesk.Task task, Consumer<OperationStatus> reply) {
        listen(pipeline == null ? null : pipeline.pipeline().operate(task.operation), answer -> {
            tell(answer.position());
            OperationStatus status = answer.status();
            if (status == OperationStatus.DONE || status == OperationStatus.ALREADY_DONE) {
                Violation.unless(
                        ALREADY_SO.contains(task.operation.kind()) && status == OperationStatus.ALREADY_DONE
                                || ledger.isDone(task.operation.kind(), task.operation.idempotencyKey()),
                        task.operation + " is told " + status + " and is not in the journal");
                Violation.unless(
                        status != OperationStatus.DONE || !task.toldDone, task.operation + " is told DONE twice");
                task.toldDone |= status == OperationStatus.DONE || !ALREADY_SO.contains(task.operation.kind());
            }
            reply.accept(status);
        });
    }

    void publish(PublicationRequest request, Runnable reply) {
        listen(pipeline == null ? null : pipeline.pipeline().publish(request), answer -> {
            tell(answer.position());
            Violation.unless(
                    answer.version() != null || ledger.programmes() > 0,
                    "the first programme is refused: " + answer.problems());
            reply.run();
        });
    }

    /** Where a member stands, which is told to no one in particular. */
    void ask(long card) {
        long member = memberOf(card);
        if (member != 0) {
            listen(pipeline == null ? null : pipeline.pipeline().member(member), answer -> tell(answer.position()));
        }
    }

    /** 0 = unknown. */
    long memberOf(long card) {
        return directory.findCard(card);
    }

    private <T> void listen(@Nullable CompletableFuture<T> future, Consumer<T> listener) {
        if (future == null) {
            return;
        }
        var unused = future.whenComplete((answer, failure) -> {
            if (failure == null && found == null) {
                try {
                    listener.accept(answer);
                } catch (Violation violation) {
                    found = violation;
                }
            }
        });
    }

    /** Decides everything again and compares, byte for byte. */
    void verifyOutcomes() {
        Journal open = journal;
        if (open == null) {
            throw new IllegalStateException("no server runs");
        }
        try (JournalReader records = open.newReader();
                JournalReader lookups = open.newReader()) {
            OutcomeReport report = OutcomeVerifier.verify(records, lookups, position -> {});
            Violation.unless(report.identical(), "decided otherwise the second time: " + report.summary());
        }
    }

    Ledger ledger() {
        return ledger;
    }

    History history() {
        return history;
    }

    long starts() {
        return starts;
    }

    long answers() {
        return answers;
    }

    /** Of everything recorded and told. */
    long digest() {
        return history.digest() * 31 + told;
    }
}
