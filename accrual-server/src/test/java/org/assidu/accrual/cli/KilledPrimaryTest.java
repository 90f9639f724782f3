package org.assidu.accrual.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.grpc.ManagedChannel;
import io.grpc.ManagedChannelBuilder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.assidu.accrual.codec.RecordContext;
import org.assidu.accrual.grpc.SalesClient;
import org.assidu.accrual.grpc.TestProgrammes;
import org.assidu.accrual.journal.Durability;
import org.assidu.accrual.journal.JournalReader;
import org.assidu.accrual.model.Ean13;
import org.assidu.accrual.model.OutcomeColumns;
import org.assidu.accrual.model.ReceiptColumns;
import org.assidu.accrual.model.RecordType;
import org.assidu.accrual.replay.EngineState;
import org.assidu.accrual.replay.RecordListener;
import org.assidu.accrual.replication.FollowSettings;
import org.assidu.accrual.replication.Peer;
import org.assidu.accrual.server.AssiduServer;
import org.assidu.accrual.server.DataDirectory;
import org.assidu.accrual.server.ServerConfig;
import org.assidu.accrual.server.Standby;
import org.assidu.accrual.server.StandbyConfig;
import org.assidu.proto.v1.AdminServiceGrpc;
import org.assidu.proto.v1.GetStatusRequest;
import org.assidu.proto.v1.Identifier;
import org.assidu.proto.v1.Receipt;
import org.assidu.proto.v1.ReceiptIdentity;
import org.assidu.proto.v1.ReceiptResult;
import org.assidu.proto.v1.ReceiptStatus;
import org.assidu.proto.v1.SaleLine;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A primary in a process of its own, killed with SIGKILL while a till streams sales to it; its standby takes its place. */
@Timeout(value = 3, unit = TimeUnit.MINUTES)
final class KilledPrimaryTest {
    private static final int IN_FLIGHT = 64;
    private static final int ANSWERS = 1_500;
    private static final int CARDS = 100;
    private static final long SOLD_AT = System.currentTimeMillis() - 60_000;

    @TempDir
    private Path folder;

    private long sent;

    @Test
    void whatWasAcknowledgedAndFollowedIsThereNothingIsDoubledAndTheOldServerIsEnded() throws Exception {
        Path first = folder.resolve("first");
        Path second = folder.resolve("second");
        ServerProcess primary = ServerProcess.start(first, Durability.DURABLE);
        String address = primary.address();
        Path programme = Files.writeString(folder.resolve("programme.yaml"), TestProgrammes.POINTS);
        assertThat(Terminal.type("programme", "publish", programme.toString(), "--server", address)
                        .code())
                .isZero();
        copySecrets(first, second);

        ManagedChannel toPrimary =
                ManagedChannelBuilder.forTarget(address).usePlaintext().build();
        Set<Long> acknowledged = new HashSet<>();
        long followed;
        long stateHash;
        try (Standby standby = Standby.start(
                StandbyConfig.at(second, FollowSettings.of("second", address).withRetryMillis(1, 20)), toPrimary)) {
            SalesClient till = SalesClient.open(toPrimary);
            List<Long> order = new ArrayList<>();
            for (int answers = 0; answers < ANSWERS; answers++) {
                while (order.size() - answers < IN_FLIGHT) {
                    send(till, order, ++sent);
                }
                heard(order.get(answers), till.next(), acknowledged);
            }
            primary.kill();
            awaitEnd(till);
            for (ReceiptResult late : till.rest()) {
                heard(order.get(acknowledged.size()), late, acknowledged);
            }
            while (standby.status().connected()) {
                LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(2));
            }
            followed = standby.status().position();
            stateHash = standby.status().stateHash();
        } finally {
            toPrimary.shutdownNow();
        }
        assertThat(followed).as("followed while the till streamed").isGreaterThan(1);

        Set<Long> receipts = new HashSet<>();
        assertThat(stateAt(first, followed, new HashSet<>()))
                .as("state of the primary at position %d", followed)
                .isEqualTo(stateHash);
        assertThat(stateAt(second, followed, receipts)).isEqualTo(stateHash);

        Terminal status = Terminal.type("follow", "--status", "--data", second.toString());
        assertThat(status.out())
                .contains("standby of " + address + ": ")
                .contains(String.format("position      %,d of ", followed))
                .contains(String.format("state hash    %016x", stateHash));
        Terminal promoted = Terminal.type("promote", "--data", second.toString());
        assertThat(promoted.code()).as(promoted.err()).isZero();
        assertThat(promoted.out()).contains("in epoch 2, from position ");
        Terminal again = Terminal.type("promote", "--data", second.toString());
        assertThat(again.err()).contains("is no standby, so there is nothing to promote");

        try (AssiduServer old = AssiduServer.start(ServerConfig.at(first))) {
            ManagedChannel toOld = ManagedChannelBuilder.forAddress("127.0.0.1", old.port())
                    .usePlaintext()
                    .build();
            try (AssiduServer serving = AssiduServer.start(ServerConfig.at(second), List.of(new Peer("OLD", toOld)))) {
                assertThat(old.awaitEnd()).isEqualTo(AssiduServer.REPLACED);
                sendEverythingAgain(serving, receipts, acknowledged);
            } finally {
                toOld.shutdownNow();
            }
        }
        Terminal refused = Terminal.type("serve", "--data", first.toString(), "--port", "0");
        assertThat(refused.code()).isEqualTo(Assidu.FAILED);
        assertThat(refused.err()).contains("was replaced: ").contains("It must not serve again");
        Terminal verified = Terminal.type("verify", "--data", second.toString());
        assertThat(verified.code()).as(verified.out()).isZero();
    }

    private void sendEverythingAgain(AssiduServer serving, Set<Long> followed, Set<Long> acknowledged)
            throws InterruptedException {
        ManagedChannel channel = ManagedChannelBuilder.forAddress("127.0.0.1", serving.port())
                .usePlaintext()
                .build();
        try {
            SalesClient till = SalesClient.open(channel);
            List<Long> order = new ArrayList<>();
            for (long number = 1; number <= sent; number++) {
                send(till, order, number);
            }
            Set<Long> known = new HashSet<>();
            for (long number : order) {
                ReceiptResult result = till.next();
                heard(number, result, new HashSet<>());
                if (result.getStatus() == ReceiptStatus.RECEIPT_STATUS_ALREADY_ACCRUED) {
                    known.add(number);
                }
            }
            assertThat(known).as("receipts that the standby had").isEqualTo(followed);
            Set<Long> lost = new HashSet<>(acknowledged);
            lost.removeAll(followed);
            System.out.println("KilledPrimaryTest: " + acknowledged.size() + " receipts acknowledged, "
                    + followed.size() + " followed, " + lost.size() + " acknowledged and not followed");
            assertThat(AdminServiceGrpc.newBlockingStub(channel)
                            .getStatus(GetStatusRequest.getDefaultInstance())
                            .getReceipts())
                    .isEqualTo(sent);
        } finally {
            channel.shutdownNow();
        }
    }

    private static void copySecrets(Path first, Path second) throws Exception {
        Files.createDirectories(second.resolve("directory"));
        for (String secret : List.of("directory/secret.hex", "directory/master.hex")) {
            Files.copy(first.resolve(secret), second.resolve(secret));
        }
    }

    /** @param receipts takes the numbers of the receipts up to there */
    private static long stateAt(Path data, long position, Set<Long> receipts) {
        try (JournalReader reader = new DataDirectory(data).openReadOnly()) {
            EngineState state = EngineState.at(reader, position, new RecordListener() {
                @Override
                public void receipt(
                        RecordType type,
                        ReceiptColumns receipt,
                        OutcomeColumns outcome,
                        RecordContext context,
                        long recordPosition,
                        long timeMillis) {
                    receipts.add(receipt.number);
                }
            });
            assertThat(state.position()).isEqualTo(position);
            return state.engine().stateHash();
        }
    }

    private static void awaitEnd(SalesClient till) {
        try {
            till.end.orTimeout(60, TimeUnit.SECONDS).join();
        } catch (CompletionException expected) {
            // A killed server ends its streams so.
        }
    }

    private static void send(SalesClient till, List<Long> order, long number) {
        till.send(Receipt.newBuilder()
                .setIdentity(
                        ReceiptIdentity.newBuilder().setStore("S1").setTill("1").setNumber(number))
                .setSoldAtMillis(SOLD_AT)
                .setCurrency("EUR")
                .setMember(Identifier.newBuilder().setCard(Ean13.withCheckDigit(299_000_000_000L + number % CARDS)))
                .addLines(SaleLine.newBuilder()
                        .setSku("apple")
                        .setQuantityThousandths(1_000)
                        .setAmountMinor(100 * (1 + number % 50))));
        order.add(number);
    }

    private static void heard(long number, ReceiptResult result, Set<Long> acknowledged) {
        assertThat(result.getStatus())
                .as("receipt %d", number)
                .isIn(ReceiptStatus.RECEIPT_STATUS_ACCRUED, ReceiptStatus.RECEIPT_STATUS_ALREADY_ACCRUED);
        assertThat(result.getPointsMicro()).as("points of receipt %d", number).isEqualTo(1_000_000 * (1 + number % 50));
        acknowledged.add(number);
    }
}
