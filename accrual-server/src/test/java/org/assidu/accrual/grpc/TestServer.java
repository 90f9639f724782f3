package org.assidu.accrual.grpc;

import io.grpc.ManagedChannel;
import io.grpc.netty.NettyChannelBuilder;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.assidu.accrual.admin.AdminFacts;
import org.assidu.accrual.admin.AdminGrpcService;
import org.assidu.accrual.admin.AdminTasks;
import org.assidu.accrual.admin.ExportRun;
import org.assidu.accrual.admin.HealthStatus;
import org.assidu.accrual.admin.NewestSnapshot;
import org.assidu.accrual.admin.ProgrammeGrpcService;
import org.assidu.accrual.admin.ScrubProgress;
import org.assidu.accrual.admin.ServerFacts;
import org.assidu.accrual.directory.DirectoryConfig;
import org.assidu.accrual.directory.MemberDirectory;
import org.assidu.accrual.directory.PersonalStore;
import org.assidu.accrual.engagement.EventLog;
import org.assidu.accrual.export.ExportSecret;
import org.assidu.accrual.export.ExportedMembers;
import org.assidu.accrual.journal.Journal;
import org.assidu.accrual.journal.JournalConfig;
import org.assidu.accrual.journal.RecoveryProgress;
import org.assidu.accrual.journal.file.FileJournal;
import org.assidu.accrual.model.Ean13;
import org.assidu.accrual.pipeline.Pipeline;
import org.assidu.accrual.pipeline.PipelineConfig;
import org.assidu.accrual.pipeline.PipelineListener;
import org.assidu.accrual.privacy.MemberPrivacy;
import org.assidu.accrual.replication.Epoch;
import org.assidu.accrual.replication.EpochGuard;
import org.assidu.accrual.replication.ReplicationGrpcService;
import org.assidu.accrual.replication.RoleFiles;
import org.assidu.proto.v1.AccrualServiceGrpc;
import org.assidu.proto.v1.AdminServiceGrpc;
import org.assidu.proto.v1.EngagementServiceGrpc;
import org.assidu.proto.v1.MemberServiceGrpc;
import org.assidu.proto.v1.ProgrammeDocument;
import org.assidu.proto.v1.ProgrammeServiceGrpc;
import org.assidu.proto.v1.PublishProgrammeRequest;
import org.assidu.proto.v1.Receipt;
import org.assidu.proto.v1.ReceiptIdentity;
import org.assidu.proto.v1.SaleLine;

/** The services over a real transport, a real pipeline and a real journal in a folder; may be started again on it. */
public final class TestServer implements AutoCloseable {
    /** What the server's clock says. */
    public static final long NOW = 1_790_000_000_000L;

    public final Journal journal;
    public final MemberDirectory directory;
    public final Pipeline pipeline;
    public final HealthStatus health;
    public final GrpcEndpoint endpoint;
    public final ManagedChannel channel;
    public final CompletableFuture<Throwable> failure = new CompletableFuture<>();
    public final CompletableFuture<Void> drained = new CompletableFuture<>();
    public final EngagementGrpcService engagement;
    private final ReplicationGrpcService replication;
    private final EventLog events;
    private final BlockingCalls blocking;
    private final PersonalStore people;

    private TestServer(
            Path folder,
            PipelineConfig config,
            ExportRun export,
            GrpcServerConfig limits,
            ListenerSecurity security,
            long now) {
        try {
            Files.createDirectories(folder);
            journal = FileJournal.open(
                    folder.resolve("journal"),
                    JournalConfig.defaults().withMinimumFreeBytes(0),
                    RecoveryProgress.silent());
            directory = MemberDirectory.open(
                    DirectoryConfig.at(folder.resolve("directory")).withMemberKeySeed(7));
            pipeline = Pipeline.start(config, journal, directory, () -> now, new Listener());
            events = new EventLog(journal::newReader, pipeline::durablePosition);
            engagement = new EngagementGrpcService(
                    events,
                    pipeline,
                    directory,
                    purpose -> ExportedMembers.of(ExportSecret.ofSeed(7), purpose, directory.memberKeys()));
            people = PersonalStore.open(
                    folder.resolve("directory"), PersonalStore.masterKeyIn(folder.resolve("directory")));
            replication = new ReplicationGrpcService(
                    pipeline,
                    journal::newReader,
                    directory.feed(),
                    people.feed(),
                    new EpochGuard(new RoleFiles(folder), Epoch.FIRST, reason -> {}));
            MemberPrivacy privacy = new MemberPrivacy(pipeline, people, () -> now);
            privacy.resume();
            blocking = new BlockingCalls(limits.blockingThreads(), limits.blockingQueue());
            health = new HealthStatus(List.of(AccrualServiceGrpc.SERVICE_NAME));
            endpoint = GrpcEndpoint.start(
                    limits,
                    security,
                    List.of(
                            new AccrualGrpcService(pipeline, directory, limits.maxOutstandingMessages()),
                            new MemberGrpcService(pipeline, directory, blocking, privacy, () -> now),
                            new RewardGrpcService(pipeline, directory),
                            new ProgrammeGrpcService(pipeline, blocking),
                            new AdminGrpcService(
                                    pipeline,
                                    blocking,
                                    health,
                                    new AdminFacts(
                                            new ServerFacts("durable", NOW, "test"),
                                            journal::generation,
                                            () -> ScrubProgress.NONE,
                                            new NoStandbys(),
                                            () -> NewestSnapshot.NONE),
                                    new AdminTasks(
                                            export,
                                            copied -> {
                                                throw new IOException("this test copies nothing");
                                            },
                                            () -> drained.complete(null))),
                            engagement,
                            replication,
                            health.service()));
            health.serving();
            channel = NettyChannelBuilder.forAddress("127.0.0.1", endpoint.port())
                    .usePlaintext()
                    .build();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public static TestServer start(Path folder) {
        return start(folder, PipelineConfig.defaults());
    }

    public static TestServer start(Path folder, PipelineConfig config) {
        return start(folder, config, (directory, upTo, progress) -> {
            throw new IOException("this test exports nothing");
        });
    }

    public static TestServer start(Path folder, PipelineConfig config, ExportRun export) {
        return new TestServer(
                folder, config, export, GrpcServerConfig.loopback(0), ListenerSecurity.development(), NOW);
    }

    /** With another time than {@link #NOW}. */
    static TestServer start(Path folder, long now) {
        return new TestServer(
                folder,
                PipelineConfig.defaults(),
                (directory, upTo, progress) -> {
                    throw new IOException("this test exports nothing");
                },
                GrpcServerConfig.loopback(0),
                ListenerSecurity.development(),
                now);
    }

    /** Which lets in only whom its security knows; {@link #channel} is such a stranger when it asks for tokens. */
    static TestServer start(Path folder, GrpcServerConfig limits, ListenerSecurity security) {
        return new TestServer(
                folder,
                PipelineConfig.defaults(),
                (directory, upTo, progress) -> {
                    throw new IOException("this test exports nothing");
                },
                limits,
                security,
                NOW);
    }

    public AccrualServiceGrpc.AccrualServiceBlockingStub accrual() {
        return AccrualServiceGrpc.newBlockingStub(channel).withDeadlineAfter(30, TimeUnit.SECONDS);
    }

    public MemberServiceGrpc.MemberServiceBlockingStub members() {
        return MemberServiceGrpc.newBlockingStub(channel).withDeadlineAfter(30, TimeUnit.SECONDS);
    }

    public EngagementServiceGrpc.EngagementServiceBlockingStub engagement() {
        return EngagementServiceGrpc.newBlockingStub(channel).withDeadlineAfter(30, TimeUnit.SECONDS);
    }

    public ProgrammeServiceGrpc.ProgrammeServiceBlockingStub programmes() {
        return ProgrammeServiceGrpc.newBlockingStub(channel).withDeadlineAfter(30, TimeUnit.SECONDS);
    }

    public AdminServiceGrpc.AdminServiceBlockingStub admin() {
        return AdminServiceGrpc.newBlockingStub(channel).withDeadlineAfter(30, TimeUnit.SECONDS);
    }

    /** Publishes a document text and fails with its problems. */
    public TestServer publish(String text) {
        var response = programmes()
                .publishProgramme(PublishProgrammeRequest.newBuilder()
                        .setDocument(ProgrammeDocument.newBuilder().setText(text))
                        .build());
        if (!response.hasPublished()) {
            throw new AssertionError("the programme was not published: " + response);
        }
        return this;
    }

    /** A card that enrols by itself. */
    public static long card(int serial) {
        return Ean13.withCheckDigit(299_000_000_000L + serial);
    }

    /** One line of an article, sold just now. */
    public static Receipt.Builder receipt(long number, long amountMinor) {
        return Receipt.newBuilder()
                .setIdentity(
                        ReceiptIdentity.newBuilder().setStore("S1").setTill("1").setNumber(number))
                .setSoldAtMillis(NOW - 60_000)
                .setCurrency("EUR")
                .addLines(line(amountMinor));
    }

    public static SaleLine.Builder line(long amountMinor) {
        return SaleLine.newBuilder()
                .setSku("apple")
                .setCategory("food/fruit")
                .setQuantityThousandths(1_000)
                .setAmountMinor(amountMinor)
                .setVatRateHundredths(550);
    }

    @Override
    public void close() {
        channel.shutdownNow();
        engagement.close();
        replication.close();
        pipeline.close();
        endpoint.close();
        blocking.close();
        events.close();
        people.close();
        directory.close();
        journal.close();
    }

    private final class Listener implements PipelineListener {
        @Override
        public void recovery(String line) {}

        @Override
        public void failed(Throwable cause) {
            failure.complete(cause);
            health.stopped();
        }
    }
}
