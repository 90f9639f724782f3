package org.assidu.accrual.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.assidu.accrual.pipeline.PipelineListener;
import org.assidu.accrual.snapshot.SnapshotHead;
import org.assidu.accrual.snapshot.SnapshotStore;
import org.assidu.accrual.snapshot.StoredSnapshot;
import org.assidu.proto.v1.GetStatusResponse;
import org.assidu.proto.v1.ReceiptStatus;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ServerSnapshotsTest {
    private final AtomicLong clock = new AtomicLong(RunningShop.NOW);
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

    @TempDir
    private Path data;

    @Test
    void cleanStopLeavesASnapshotThatTheNextStartGoesOnFrom() throws IOException {
        GetStatusResponse before;
        try (RunningShop shop = new RunningShop(data, clock)) {
            shop.server().snapshotAtStop(3);
            shop.published().earn(1, 30).earn(2, 20).earn(3, 10);
            before = shop.status();
            assertThat(before.getSnapshotPosition()).isZero();
        }
        try (RunningShop shop = new RunningShop(data, clock)) {
            shop.server().snapshotAtStop(3);
            GetStatusResponse after = shop.status();
            assertThat(after.getSnapshotPosition()).isEqualTo(before.getAppliedPosition());
            assertThat(after.getSnapshotTakenAtMillis()).isPositive();
            assertThat(after.getStateHash()).isEqualTo(before.getStateHash());
            assertThat(shop.balance(1)).isEqualTo(30);
            assertThat(shop.record(RunningShop.receipt(2, 20)
                                    .setMember(RunningShop.card(2))
                                    .build())
                            .getStatus())
                    .isEqualTo(ReceiptStatus.RECEIPT_STATUS_ALREADY_ACCRUED);
            shop.earn(4, 5);
        }
        assertThat(new DataDirectory(data).snapshots().toFile().list())
                .as("one record more is not worth another")
                .hasSize(1);
    }

    @Test
    void snapshotsBesideARunningServerHoldWhatItHasAcknowledged() throws IOException {
        try (RunningShop shop = new RunningShop(data, clock).published()) {
            ServerSnapshots beside = shop.server().snapshots();
            shop.earn(1, 30);
            StoredSnapshot first = beside.take(clock::get, listener);
            assertThat(first).isNotNull();
            shop.earn(2, 20);
            StoredSnapshot second = beside.take(clock::get, listener);
            assertThat(second).isNotNull();
            assertThat(told).anyMatch(line -> line.startsWith("loaded the snapshot of position " + first.position()));
            SnapshotHead head = beside.newest();
            assertThat(head).isNotNull();
            assertThat(head.position())
                    .isEqualTo(second.position())
                    .isEqualTo(shop.status().getDurablePosition());
            assertThat(String.format("%016x", head.stateHash()))
                    .isEqualTo(shop.status().getStateHash());
            assertThat(beside.take(clock::get, listener))
                    .as("nothing came since")
                    .isNull();
        }
    }

    @Test
    void makerThatStaysGoesOnWithTheJournalAlsoBehindAnotherStart() throws IOException {
        SnapshotMaker maker;
        try (RunningShop shop = new RunningShop(data, clock).published()) {
            maker = shop.server().snapshots().maker(clock::get, listener);
            shop.earn(1, 30);
            requireSnapshotOf(shop, maker.take());
            shop.earn(2, 20);
            long before = maker.follow(Long.MAX_VALUE);
            assertThat(before).isEqualTo(shop.status().getAppliedPosition());
            shop.earn(4, 10);
            assertThat(maker.follow(0)).as("one batch at least, however slow").isGreaterThan(before);
            requireSnapshotOf(shop, maker.take());
            assertThat(maker.take()).as("nothing came since").isNull();
        }
        try (maker;
                RunningShop shop = new RunningShop(data, clock)) {
            shop.earn(3, 10);
            requireSnapshotOf(shop, maker.take());
            assertThat(told)
                    .as("only the beginning is told of")
                    .hasSize(1)
                    .allMatch(line -> line.startsWith("recovered"));
        }
    }

    private static void requireSnapshotOf(RunningShop shop, StoredSnapshot snapshot) throws IOException {
        SnapshotHead head = SnapshotStore.head(snapshot);
        GetStatusResponse status = shop.status();
        assertThat(head.position()).isEqualTo(status.getAppliedPosition());
        assertThat(String.format("%016x", head.stateHash())).isEqualTo(status.getStateHash());
    }

    @Test
    void damagedSnapshotCostsAReplayAndNothingElse() throws IOException {
        String hash;
        try (RunningShop shop = new RunningShop(data, clock).published()) {
            shop.earn(1, 30).earn(2, 20);
            StoredSnapshot written = shop.server().snapshots().take(clock::get, listener);
            assertThat(written).isNotNull();
            byte[] bytes = Files.readAllBytes(written.file());
            bytes[bytes.length / 2] ^= 1;
            Files.write(written.file(), bytes);
            hash = shop.status().getStateHash();
        }
        try (RunningShop shop = new RunningShop(data, clock)) {
            assertThat(shop.status().getStateHash()).isEqualTo(hash);
            told.clear();
            assertThat(shop.server().snapshots().take(clock::get, listener)).isNotNull();
            assertThat(told.get(0)).contains("is passed over: checksum of the block at byte");
        }
    }
}
