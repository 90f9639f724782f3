package org.assidu.accrual.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.grpc.ManagedChannel;
import io.grpc.ManagedChannelBuilder;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.health.v1.HealthCheckRequest;
import io.grpc.health.v1.HealthCheckResponse.ServingStatus;
import io.grpc.health.v1.HealthGrpc;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;
import org.assidu.accrual.directory.DirectoryException;
import org.assidu.accrual.journal.Durability;
import org.assidu.accrual.journal.JournalEnvironment;
import org.assidu.accrual.journal.JournalKind;
import org.assidu.accrual.journal.JournalLockedException;
import org.assidu.accrual.journal.RecoveryProgress;
import org.assidu.accrual.model.Ean13;
import org.assidu.proto.v1.AccrualServiceGrpc;
import org.assidu.proto.v1.AdminServiceGrpc;
import org.assidu.proto.v1.DrainRequest;
import org.assidu.proto.v1.GetStatusRequest;
import org.assidu.proto.v1.GetStatusResponse;
import org.assidu.proto.v1.Identifier;
import org.assidu.proto.v1.LookUpRequest;
import org.assidu.proto.v1.MemberServiceGrpc;
import org.assidu.proto.v1.ProgrammeDocument;
import org.assidu.proto.v1.ProgrammeServiceGrpc;
import org.assidu.proto.v1.PublishProgrammeRequest;
import org.assidu.proto.v1.Receipt;
import org.assidu.proto.v1.ReceiptIdentity;
import org.assidu.proto.v1.ReceiptResult;
import org.assidu.proto.v1.ReceiptStatus;
import org.assidu.proto.v1.RecordReceiptRequest;
import org.assidu.proto.v1.SaleLine;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A whole server, spoken to over the network as a till does. */
final class AssiduServerTest {
    private static final long CARD = Ean13.withCheckDigit(290_000_000_005L);
    private static final String PROGRAMME =
            """
        format: 1
        id: points
        time_zone: Europe/Paris
        currency: EUR
        effective_from: 2020-01-01
        earning:
          basis: AMOUNT
          points: 1
        cards:
          - from: %d
            to: %d
            auto_enrol: true
        """.formatted(Ean13.withCheckDigit(290_000_000_000L), Ean13.withCheckDigit(290_000_999_999L));

    @TempDir
    Path folder;

    private final AtomicBoolean diskFails = new AtomicBoolean();

    private ServerConfig config() {
        return ServerConfig.at(folder.resolve("data")).withMemberKeySeed(3);
    }

    /** A client that found the server by its file. */
    private static final class Till implements AutoCloseable {
        private final ManagedChannel channel;

        Till(Path data) throws IOException {
            ServerFile file = ServerFile.read(new DataDirectory(data).serverFile());
            assertThat(file).isNotNull();
            assertThat(file.pid()).isEqualTo(ProcessHandle.current().pid());
            channel = ManagedChannelBuilder.forAddress(file.host(), file.port())
                    .usePlaintext()
                    .build();
        }

        void publish() {
            PublishProgrammeRequest request = PublishProgrammeRequest.newBuilder()
                    .setDocument(ProgrammeDocument.newBuilder().setText(PROGRAMME))
                    .build();
            assertThat(ProgrammeServiceGrpc.newBlockingStub(channel)
                            .publishProgramme(request)
                            .getProblemsList())
                    .isEmpty();
        }

        ReceiptResult sell(long number, long amountMinor) {
            Receipt receipt = Receipt.newBuilder()
                    .setIdentity(ReceiptIdentity.newBuilder()
                            .setStore("Lyon")
                            .setTill("1")
                            .setNumber(number))
                    .setSoldAtMillis(System.currentTimeMillis() - 60_000 * number)
                    .setCurrency("EUR")
                    .setMember(Identifier.newBuilder().setCard(CARD))
                    .addLines(SaleLine.newBuilder()
                            .setSku("bread")
                            .setQuantityThousandths(1000)
                            .setAmountMinor(amountMinor))
                    .build();
            return AccrualServiceGrpc.newBlockingStub(channel)
                    .withDeadlineAfter(60, TimeUnit.SECONDS)
                    .recordReceipt(RecordReceiptRequest.newBuilder()
                            .setReceipt(receipt)
                            .build())
                    .getResult();
        }

        long balanceMicro() {
            return MemberServiceGrpc.newBlockingStub(channel)
                    .lookUp(LookUpRequest.newBuilder()
                            .setMember(Identifier.newBuilder().setCard(CARD))
                            .build())
                    .getPurses(0)
                    .getBalanceMicro();
        }

        GetStatusResponse status() {
            return AdminServiceGrpc.newBlockingStub(channel).getStatus(GetStatusRequest.getDefaultInstance());
        }

        ServingStatus health() {
            return HealthGrpc.newBlockingStub(channel)
                    .check(HealthCheckRequest.getDefaultInstance())
                    .getStatus();
        }

        @Override
        public void close() {
            channel.shutdownNow();
        }
    }

    @ParameterizedTest
    @EnumSource(Durability.class)
    void stateOutlivesARestartAndTheHashSaysSo(Durability durability) throws IOException {
        ServerConfig config = config().withDurability(durability);
        GetStatusResponse before;
        try (AssiduServer server = AssiduServer.start(config);
                Till till = new Till(config.data())) {
            assertThat(server.port()).isPositive();
            assertThat(till.health()).isEqualTo(ServingStatus.SERVING);
            till.publish();
            assertThat(till.sell(1, 1250).getStatus()).isEqualTo(ReceiptStatus.RECEIPT_STATUS_ACCRUED);
            before = till.status();
            assertThat(before.getDurability()).isEqualTo(durability.name().toLowerCase(java.util.Locale.ROOT));
            assertThat(before.getAppliedPosition()).isEqualTo(2);
        }
        assertThat(new DataDirectory(config.data()).serverFile()).doesNotExist();
        try (AssiduServer server = AssiduServer.start(config);
                Till till = new Till(config.data())) {
            assertThat(till.balanceMicro()).isEqualTo(12_500_000);
            assertThat(server.pipeline().durablePosition()).isEqualTo(2);
            assertThat(till.status().getStateHash()).isEqualTo(before.getStateHash());
            assertThat(till.status().getGeneration()).isEqualTo(before.getGeneration() + 1);
        }
    }

    @Test
    void drainAnswersStopsAndEndsWithZero() throws Exception {
        ServerConfig config = config().withJournalKind(JournalKind.FILE);
        try (AssiduServer server = AssiduServer.start(config);
                Till till = new Till(config.data())) {
            till.publish();
            till.sell(1, 100);
            assertThat(AdminServiceGrpc.newBlockingStub(till.channel)
                            .drain(DrainRequest.getDefaultInstance())
                            .getPosition())
                    .isEqualTo(2);
            assertThat(server.awaitEnd()).isEqualTo(AssiduServer.STOPPED);
            assertThat(till.health()).isEqualTo(ServingStatus.NOT_SERVING);
            assertUnavailable(() -> till.sell(2, 100));
        }
    }

    @Test
    void failingDiskTurnsHealthOffAnswersUnavailableAndEndsWithAnError() throws Exception {
        ServerConfig config = config();
        JournalEnvironment environment = JournalEnvironment.system().withForcer((channel, file) -> {
            if (diskFails.get()) {
                throw new IOException("injected: no force today");
            }
            channel.force(false);
        });
        AssiduServer server = AssiduServer.start(config, environment);
        try (Till till = new Till(config.data())) {
            till.publish();
            till.sell(1, 100);
            diskFails.set(true);
            assertUnavailable(() -> till.sell(2, 100));
            int code = CompletableFuture.supplyAsync(() -> {
                        try {
                            return server.awaitEnd();
                        } catch (InterruptedException e) {
                            throw new IllegalStateException(e);
                        }
                    })
                    .orTimeout(60, TimeUnit.SECONDS)
                    .join();
            assertThat(code).isEqualTo(AssiduServer.FAILED);
            assertThat(till.health()).isEqualTo(ServingStatus.NOT_SERVING);
        }
        server.close();
        diskFails.set(false);
        try (AssiduServer again = AssiduServer.start(config);
                Till till = new Till(config.data())) {
            assertThat(again.port()).isPositive();
            assertThat(till.sell(1, 100).getStatus()).isNotEqualTo(ReceiptStatus.RECEIPT_STATUS_ACCRUED);
        }
    }

    @Test
    void secondServerOnTheSameDataIsRefusedAndHarmsNothing() throws IOException {
        ServerConfig config = config();
        try (AssiduServer server = AssiduServer.start(config);
                Till till = new Till(config.data())) {
            till.publish();
            assertThatThrownBy(() -> AssiduServer.start(config)).isInstanceOf(JournalLockedException.class);
            assertThat(till.sell(1, 100).getStatus()).isEqualTo(ReceiptStatus.RECEIPT_STATUS_ACCRUED);
            assertThat(server.pipeline().durablePosition()).isEqualTo(2);
        }
    }

    @Test
    void directoryThatRefusesItsSecretLeavesNoGenerationBehind() throws IOException {
        ServerConfig config = config();
        AssiduServer.start(config).close();
        Path secret = new DataDirectory(config.data()).directory().resolve("secret.hex");
        String kept = Files.readString(secret);
        Files.delete(secret);

        assertThatThrownBy(() -> AssiduServer.start(config))
                .isInstanceOf(DirectoryException.class)
                .hasMessageContaining("secret");
        assertThat(generations(config)).isEqualTo(1);

        Files.writeString(secret, kept);
        AssiduServer.start(config).close();
        assertThat(generations(config)).isEqualTo(2);
    }

    private static long generations(ServerConfig config) throws IOException {
        try (Stream<Path> files = Files.list(new DataDirectory(config.data()).journal())) {
            return files.filter(file -> file.getFileName().toString().startsWith("gen-"))
                    .count();
        }
    }

    @Test
    void takenPortIsRefusedAndWhatWasOpenedIsClosedAgain() throws IOException {
        ServerConfig first = ServerConfig.at(folder.resolve("first"));
        ServerConfig second = config();
        try (AssiduServer server = AssiduServer.start(first)) {
            assertThatThrownBy(() -> AssiduServer.start(second.withAddress("127.0.0.1", server.port())))
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining("choose another port");
        }
        assertThat(Files.exists(new DataDirectory(second.data()).serverFile())).isFalse();
        AssiduServer.start(second).close();
    }

    @Test
    void verificationOfAStoppedServersDataFindsItSound() throws IOException {
        ServerConfig config = config();
        String hash;
        try (AssiduServer server = AssiduServer.start(config);
                Till till = new Till(config.data())) {
            till.publish();
            till.sell(1, 100);
            hash = till.status().getStateHash();
            assertThat(server.port()).isPositive();
        }
        DataVerification verification =
                DataVerification.run(new DataDirectory(config.data()), RecoveryProgress.silent(), position -> {});
        assertThat(verification.sound()).isTrue();
        assertThat(verification.structure().records()).isEqualTo(2);
        assertThat(verification.outcomes()).isNotNull();
        assertThat(verification.outcomes().stateHash()).isEqualTo(hash);
        assertThat(verification.text())
                .contains("2 records")
                .contains("chain head " + verification.structure().chainHead())
                .contains("outcomes identical");
    }

    private static void assertUnavailable(org.assertj.core.api.ThrowableAssert.ThrowingCallable call) {
        assertThatThrownBy(call)
                .isInstanceOfSatisfying(
                        StatusRuntimeException.class,
                        e -> assertThat(e.getStatus().getCode()).isEqualTo(Status.Code.UNAVAILABLE));
    }
}
