package org.assidu.accrual.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assidu.accrual.pipeline.RunningPipeline.get;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.assidu.accrual.engine.AccrualEngine;
import org.assidu.accrual.journal.JournalKind;
import org.assidu.accrual.journal.JournalReader;
import org.assidu.accrual.model.ReceiptStatus;
import org.assidu.accrual.snapshot.SnapshotHead;
import org.assidu.accrual.snapshot.SnapshotStore;
import org.assidu.accrual.snapshot.StoredSnapshot;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Starts from a snapshot and the records behind it, over real journals. */
final class SnapshotRecoveryTest {
    @TempDir
    private Path folder;

    private final List<String> told = new ArrayList<>();
    private final PipelineListener listener = new PipelineListener() {
        @Override
        public void recovery(String line) {
            told.add(line);
        }

        @Override
        public void failed(Throwable cause) {
            throw new AssertionError(cause);
        }
    };

    private SnapshotStore store() {
        return new SnapshotStore(folder.resolve("snapshots"));
    }

    private static void sell(RunningPipeline running, String store, int receipts) {
        TestStream stream = new TestStream(running.pipeline(), store);
        for (int number = 1; number <= receipts; number++) {
            assertThat(stream.send(stream.sale(number, number % 7, 12_345)).outcome(0).status)
                    .isEqualTo(ReceiptStatus.ACCRUED);
        }
    }

    /** The state that a journal has come to, from the newest snapshot that fits. */
    private Recovery recovered(RunningPipeline running) {
        told.clear();
        try (JournalReader reader = running.journal().newReader()) {
            Recovery loaded = Recovery.load(store(), reader, listener);
            Recovery state = loaded == null ? new Recovery() : loaded;
            state.apply(reader, running.pipeline().durablePosition(), listener);
            return state;
        }
    }

    @ParameterizedTest
    @EnumSource(JournalKind.class)
    void startFromASnapshotKnowsWhatAReplayKnows(JournalKind kind) throws IOException {
        try (RunningPipeline running = new RunningPipeline(folder, kind).startWithProgramme()) {
            sell(running, "Lyon", 40);
            StoredSnapshot written = recovered(running).write(store(), 1);
            assertThat(written.position()).isEqualTo(running.pipeline().durablePosition());
            sell(running, "Nice", 30);
            PipelineStatus before = get(running.pipeline().status());
            StatementPage statement = get(running.pipeline().statement(running.member(3), 100, 0));

            running.stop();
            running.snapshots = store();
            running.start();
            assertThat(String.join("\n", running.recoveryLines)).contains("loaded the snapshot of position 41 ");
            PipelineStatus after = get(running.pipeline().status());
            assertThat(after.stateHash()).isEqualTo(before.stateHash());
            assertThat(after.appliedPosition()).isEqualTo(before.appliedPosition());
            assertThat(get(running.pipeline().statement(running.member(3), 100, 0))
                            .entries())
                    .isEqualTo(statement.entries());
            TestStream again = new TestStream(running.pipeline(), "Lyon");
            assertThat(again.send(again.sale(7, 0, 12_345)).outcome(0).status).isEqualTo(ReceiptStatus.ALREADY_ACCRUED);
            assertThat(again.send(again.sale(7, 0, 12_346)).outcome(0).status)
                    .isEqualTo(ReceiptStatus.RECEIPT_CONFLICT);
            assertThat(get(running.pipeline().programmes())).hasSize(1);
        }
    }

    @Test
    void stateOfAStoppedPipelineIsTheOneThatAReplayReaches() throws IOException {
        RunningPipeline running = new RunningPipeline(folder, JournalKind.FILE).startWithProgramme();
        sell(running, "Lyon", 25);
        assertThatThrownBy(() -> running.pipeline().finalState()).hasMessageContaining("only a drained one");
        running.pipeline().close();
        running.pipeline().finalState().write(store(), 1);
        Path other = folder.resolve("other");
        try (JournalReader reader = running.journal().newReader()) {
            Recovery replayed = new Recovery();
            replayed.apply(reader, Long.MAX_VALUE, listener);
            StoredSnapshot same = replayed.write(new SnapshotStore(other), 1);
            assertThat(Files.readAllBytes(store().list().get(0).file()))
                    .as("both ways lead to the same file")
                    .isEqualTo(Files.readAllBytes(same.file()));
        }
        running.directory().close();
        running.journal().close();
    }

    @Test
    void snapshotOfAnotherJournalIsPassedOver() throws IOException {
        try (RunningPipeline running = new RunningPipeline(folder, JournalKind.FILE).startWithProgramme()) {
            sell(running, "Lyon", 10);
            recovered(running).write(store(), 1);
        }
        Path elsewhere = folder.resolve("elsewhere");
        try (RunningPipeline other = new RunningPipeline(elsewhere, JournalKind.FILE).startWithProgramme()) {
            sell(other, "Paris", 5);
            assertThat(recovered(other).snapshotPosition()).isZero();
            assertThat(told.get(0)).contains("passed over").endsWith("the journal ends before its position 11");
            sell(other, "Nice", 20);
            Recovery state = recovered(other);
            assertThat(told.get(0)).contains("passed over").endsWith("it is of another journal");
            assertThat(state.engine().stateHash())
                    .isEqualTo(get(other.pipeline().status()).stateHash());
        }
    }

    @Test
    void snapshotThatDoesNotMakeItsStateHashOrIsOfOtherRulesIsPassedOver() throws IOException {
        try (RunningPipeline running = new RunningPipeline(folder, JournalKind.FILE).startWithProgramme()) {
            sell(running, "Lyon", 10);
            Recovery state = recovered(running);
            StoredSnapshot good = state.write(store(), 1);
            SnapshotHead head = SnapshotStore.head(good);
            state.write(store(), withHash(head, head.stateHash() + 1));
            assertThat(recovered(running).snapshotPosition()).isZero();
            assertThat(told.get(0)).contains("state hash expected=");

            state.write(store(), withSemantics(head, AccrualEngine.SEMANTICS_VERSION + 1));
            assertThat(recovered(running).snapshotPosition()).isZero();
            assertThat(told.get(0)).contains("semantics version " + (AccrualEngine.SEMANTICS_VERSION + 1));

            state.write(store(), head);
            assertThat(recovered(running).snapshotPosition()).isEqualTo(11);
        }
    }

    private static SnapshotHead withHash(SnapshotHead head, long hash) {
        return new SnapshotHead(
                head.position(), head.chainHash(), hash, head.imageVersion(), head.semanticsVersion(), 1, 1);
    }

    private static SnapshotHead withSemantics(SnapshotHead head, int semantics) {
        return new SnapshotHead(
                head.position(), head.chainHash(), head.stateHash(), head.imageVersion(), semantics, 1, 1);
    }
}
