package org.assidu.accrual.server;

import io.grpc.BindableService;
import java.io.IOException;
import java.nio.file.Files;
import java.security.PrivateKey;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.assidu.accrual.admin.AdminFacts;
import org.assidu.accrual.admin.AdminGrpcService;
import org.assidu.accrual.admin.AdminTasks;
import org.assidu.accrual.admin.HealthStatus;
import org.assidu.accrual.admin.ProgrammeGrpcService;
import org.assidu.accrual.admin.ScrubProgress;
import org.assidu.accrual.admin.ServerFacts;
import org.assidu.accrual.audit.Sealer;
import org.assidu.accrual.backup.ErasuresAgain;
import org.assidu.accrual.directory.DirectoryConfig;
import org.assidu.accrual.directory.DirectoryCopy;
import org.assidu.accrual.directory.MemberDirectory;
import org.assidu.accrual.directory.PersonalStore;
import org.assidu.accrual.directory.SecretSource;
import org.assidu.accrual.engagement.EventLog;
import org.assidu.accrual.engagement.Forwarder;
import org.assidu.accrual.engagement.ForwarderConfig;
import org.assidu.accrual.engagement.JournalEventSource;
import org.assidu.accrual.export.ExportSecret;
import org.assidu.accrual.export.ExportedMembers;
import org.assidu.accrual.grpc.AccrualGrpcService;
import org.assidu.accrual.grpc.BlockingCalls;
import org.assidu.accrual.grpc.EngagementGrpcService;
import org.assidu.accrual.grpc.GrpcEndpoint;
import org.assidu.accrual.grpc.MemberGrpcService;
import org.assidu.accrual.grpc.RewardGrpcService;
import org.assidu.accrual.journal.Journal;
import org.assidu.accrual.journal.JournalConfig;
import org.assidu.accrual.journal.JournalEnvironment;
import org.assidu.accrual.journal.JournalScrub;
import org.assidu.accrual.pipeline.Pipeline;
import org.assidu.accrual.pipeline.PipelineListener;
import org.assidu.accrual.pipeline.Recovery;
import org.assidu.accrual.privacy.MemberPrivacy;
import org.assidu.accrual.replication.EpochGuard;
import org.assidu.accrual.replication.Peer;
import org.assidu.accrual.replication.PeerAgent;
import org.assidu.accrual.replication.ReplicationGrpcService;
import org.assidu.accrual.replication.RoleFiles;
import org.assidu.accrual.snapshot.SnapshotStore;
import org.assidu.accrual.snapshot.StoredSnapshot;
import org.assidu.proto.v1.AccrualServiceGrpc;
import org.assidu.proto.v1.AdminServiceGrpc;
import org.assidu.proto.v1.EngagementServiceGrpc;
import org.assidu.proto.v1.MemberServiceGrpc;
import org.assidu.proto.v1.ProgrammeServiceGrpc;
import org.assidu.proto.v1.RewardServiceGrpc;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A server of one data directory. Parts are built in the order in which they need each other and closed in reverse:
 *
 * <pre>
 * directory → newest good snapshot → journal → pipeline (recovers) → services → endpoint → server.json
 * </pre>
 *
 * The journal comes second because opening it starts a generation: a directory that refuses must not leave an empty one.
 */
public final class AssiduServer implements AutoCloseable {
    /** Exit code of a process whose server was stopped as it should. */
    public static final int STOPPED = 0;

    /** Exit code of a process whose write path failed. */
    public static final int FAILED = 70;

    /** Exit code of a process whose server was replaced by a promoted standby. */
    public static final int REPLACED = 71;

    private static final Logger LOG = LoggerFactory.getLogger(AssiduServer.class);
    private static final long ANSWER_GRACE_MILLIS = 2_000;

    private final ServerConfig config;
    private final DataDirectory data;
    private final OpenParts parts = new OpenParts();
    private final CompletableFuture<Integer> end = new CompletableFuture<>();
    private final HealthStatus health = new HealthStatus(List.of(
            AccrualServiceGrpc.SERVICE_NAME,
            MemberServiceGrpc.SERVICE_NAME,
            ProgrammeServiceGrpc.SERVICE_NAME,
            AdminServiceGrpc.SERVICE_NAME,
            EngagementServiceGrpc.SERVICE_NAME,
            RewardServiceGrpc.SERVICE_NAME));
    private final Journal journal;
    private final Pipeline pipeline;
    private final ServerSnapshots snapshots;
    private final SnapshotAgent snapshotAgent;
    private volatile long recordsWorthASnapshot = ServerSnapshots.RECORDS_WORTH_A_SNAPSHOT;
    private final EventLog events;
    private final EngagementGrpcService engagement;
    private final EpochGuard epochs;
    private final ReplicationGrpcService replication;
    private final GrpcEndpoint endpoint;
    private volatile @Nullable ScrubAgent scrub;
    private boolean closed;
    private volatile boolean failed;

    private AssiduServer(ServerConfig config, JournalEnvironment environment, List<Peer> peers) throws IOException {
        this.config = config;
        data = new DataDirectory(config.data());
        long startedAtMillis = environment.epochMillis().getAsLong();
        try {
            Files.createDirectories(config.data());
            data.requireUnused();
            RoleFiles roles = new RoleFiles(data.root());
            roles.requireServing();
            MemberDirectory directory = parts.opened(MemberDirectory.open(directoryConfig()));
            directory.recovery().ifPresent(LOG::warn);
            SecretSource masterKey = config.masterKey();
            PersonalStore people = parts.opened(PersonalStore.open(
                    data.directory(), masterKey == null ? PersonalStore.masterKeyIn(data.directory()) : masterKey));
            snapshots = new ServerSnapshots(data, new SnapshotStore(data.snapshots()));
            Recovery loaded = snapshots.load(new Listener());
            JournalConfig verified = config.journal()
                    .withVerifyFromPosition(
                            loaded == null ? config.journal().verifyFromPosition() : loaded.position() + 1);
            journal = parts.opened(data.openJournal(config.journalKind(), verified, new LoggedProgress(), environment));
            epochs = new EpochGuard(roles, roles.epoch(journal::newReader), this::replaced);
            if (!PeerAgent.hearAll(peers, epochs)) {
                roles.requireServing();
            }
            parts.opened(this::writeLastSnapshot);
            snapshotAgent = parts.opened(SnapshotAgent.start(snapshots));
            pipeline = parts.opened(Pipeline.start(
                    config.pipeline(), journal, directory, environment.epochMillis(), new Listener(), loaded));
            MemberPrivacy privacy = new MemberPrivacy(pipeline, people, environment.epochMillis());
            privacy.resume();
            eraseAgain(privacy);
            pipeline.programmes()
                    .thenAccept(versions -> versions.stream()
                            .mapToLong(version -> version.programme().document().effectiveFromMillis())
                            .min()
                            .ifPresent(from -> tellFacts(privacy, from, environment)));
            events = parts.opened(new EventLog(journal::newReader, pipeline::durablePosition));
            engagement = parts.opened(new EngagementGrpcService(
                    events,
                    pipeline,
                    directory,
                    purpose -> ExportedMembers.of(
                            ExportSecret.ofDataDirectory(data.root(), config.memberKeySeed()),
                            purpose,
                            directory.memberKeys())));
            replication = parts.opened(
                    new ReplicationGrpcService(pipeline, journal::newReader, directory.feed(), people.feed(), epochs));
            BlockingCalls blocking = parts.opened(new BlockingCalls(
                    config.grpc().blockingThreads(), config.grpc().blockingQueue()));
            endpoint = parts.opened(GrpcEndpoint.start(
                    config.grpc(),
                    config.security(),
                    services(directory, people, privacy, blocking, environment, startedAtMillis)));
            new ServerFile(
                            config.grpc().host(),
                            endpoint.port(),
                            ProcessHandle.current().pid())
                    .write(data.serverFile());
        } catch (Throwable problem) {
            parts.close(problem);
            throw problem;
        }
        if (!peers.isEmpty()) {
            parts.opened(PeerAgent.start(peers, epochs));
        }
        LateClasses.load();
        health.serving();
    }

    /** Recovers and serves. @throws RuntimeException when the data directory cannot be opened: the message says what to do */
    public static AssiduServer start(ServerConfig config) throws IOException {
        return start(config, JournalEnvironment.system());
    }

    /**
     * As {@link #start(ServerConfig)}, unless one of these servers is in a higher epoch; exchanges epochs with them from then on.
     *
     * @throws IllegalStateException when this directory was replaced
     */
    public static AssiduServer start(ServerConfig config, List<Peer> peers) throws IOException {
        config.security().checkHost(config.grpc().host());
        return new AssiduServer(config, JournalEnvironment.system(), peers);
    }

    /** As {@link #start(ServerConfig)}, with the clock and the disk given. */
    public static AssiduServer start(ServerConfig config, JournalEnvironment environment) throws IOException {
        config.security().checkHost(config.grpc().host());
        return new AssiduServer(config, environment, List.of());
    }

    /** What a restore found to be erased in a journal that was lost. */
    private void eraseAgain(MemberPrivacy privacy) throws IOException {
        List<ErasuresAgain.Erasure> lost = ErasuresAgain.read(data.root());
        Set<Long> erased = pipeline.erasedMembers().join();
        for (ErasuresAgain.Erasure erasure : lost) {
            if (!erased.contains(erasure.memberKey())) {
                privacy.erase(erasure.memberKey(), erasure.why()).join();
            }
        }
        if (!lost.isEmpty()) {
            ErasuresAgain.done(data.root());
            LOG.info("{} erasures that were lost with the journal are recorded and done again", lost.size());
        }
    }

    private List<BindableService> services(
            MemberDirectory directory,
            PersonalStore people,
            MemberPrivacy privacy,
            BlockingCalls blocking,
            JournalEnvironment environment,
            long startedAtMillis) {
        ServerFacts facts = new ServerFacts(
                config.journal().durability().name().toLowerCase(Locale.ROOT), startedAtMillis, version());
        return List.of(
                new AccrualGrpcService(pipeline, directory, config.grpc().maxOutstandingMessages()),
                new MemberGrpcService(pipeline, directory, blocking, privacy, environment.epochMillis()),
                new RewardGrpcService(pipeline, directory),
                new ProgrammeGrpcService(pipeline, blocking, from -> tellFacts(privacy, from, environment)),
                new AdminGrpcService(
                        pipeline,
                        blocking,
                        health,
                        new AdminFacts(
                                facts,
                                journal::generation,
                                this::scrubbed,
                                new ServerReplication(epochs, replication),
                                snapshotAgent::newest),
                        new AdminTasks(
                                new ServerExport(journal, data, config.memberKeySeed()),
                                folder -> DirectoryCopy.ofOpen(directory, people, folder),
                                () -> end.complete(STOPPED))),
                engagement,
                replication,
                health.service());
    }

    /** What rules need to know of people is told once a programme is in force that can ask. */
    private void tellFacts(MemberPrivacy privacy, long fromMillis, JournalEnvironment environment) {
        long waitMillis = fromMillis - environment.epochMillis().getAsLong();
        if (waitMillis <= 0) {
            privacy.tellFacts();
            return;
        }
        CompletableFuture.delayedExecutor(waitMillis, TimeUnit.MILLISECONDS).execute(() -> {
            if (!end.isDone()) {
                privacy.tellFacts();
            }
        });
    }

    private DirectoryConfig directoryConfig() {
        DirectoryConfig directory = DirectoryConfig.at(data.directory());
        if (config.directorySecret() != null) {
            directory = directory.withSecret(config.directorySecret());
        }
        return config.memberKeySeed().isPresent()
                ? directory.withMemberKeySeed(config.memberKeySeed().getAsLong())
                : directory;
    }

    /** Forwards events from now on until the server closes; what goes wrong with one concerns it alone. */
    public synchronized void forward(List<ForwarderConfig> forwarders) {
        for (ForwarderConfig forwarder : forwarders) {
            parts.opened(Forwarder.start(
                    forwarder,
                    (from, filter) -> new JournalEventSource(events, from, filter),
                    data.forwarders(),
                    System::currentTimeMillis));
        }
    }

    /** Seals the journal from now on: at once, at the first minute of each day (UTC), and when the server closes. */
    public synchronized void seal(PrivateKey key) {
        parts.opened(SealAgent.start(
                new Sealer(data.seals(), key),
                journal::newReader,
                pipeline::durablePosition,
                System::currentTimeMillis));
    }

    private void replaced(String reason) {
        LOG.error(
                "this server was replaced: {}. It takes and answers nothing more, and its data directory serves no"
                        + " more",
                reason);
        health.stopped();
        // Null while it is only starting: then it is refused anyway.
        Pipeline running = pipeline;
        if (running != null) {
            var unused = running.drain();
        }
        end.complete(REPLACED);
    }

    /** Has a clean stop write a snapshot when so many records came since the newest one. */
    public void snapshotAtStop(long records) {
        recordsWorthASnapshot = records;
    }

    /**
     * Has another process make snapshots from now on until the server closes.
     *
     * @param command of a process that makes one for each line on its standard input, and ends with it
     */
    public synchronized void snapshotEvery(Duration period, List<String> command) {
        snapshotAgent.takeEvery(period, command);
    }

    public ServerSnapshots snapshots() {
        return snapshots;
    }

    /** The write path has ended, the journal is still open. A failure costs nothing but a longer next start. */
    private void writeLastSnapshot() {
        try {
            if (!closed || failed) {
                return;
            }
            long durable = pipeline.durablePosition();
            if (durable - snapshots.store().newestPosition(durable) < recordsWorthASnapshot) {
                return;
            }
            long started = System.nanoTime();
            StoredSnapshot written = pipeline.finalState().write(snapshots.store(), System.currentTimeMillis());
            LOG.info(
                    "wrote snapshot {}, {} MiB, in {} s",
                    written.file(),
                    written.bytes() >> 20,
                    (System.nanoTime() - started) / 1_000_000_000L);
        } catch (IOException | RuntimeException e) {
            LOG.warn("no snapshot is written; the next start replays more", e);
        }
    }

    /** Reads the journal again from now on, slowly; damage turns health to NOT_SERVING. */
    public synchronized void scrub(ScrubConfig scrubbing) {
        if (scrubbing.bytesPerSecond() > 0) {
            JournalScrub reading = JournalScrub.open(data.documentStore(), data.journal(), data.scrubState());
            scrub = parts.opened(ScrubAgent.start(reading, scrubbing, damage -> health.damaged()));
        }
    }

    private ScrubProgress scrubbed() {
        ScrubAgent agent = scrub;
        return agent == null ? ScrubProgress.NONE : agent.progress();
    }

    public int port() {
        return endpoint.port();
    }

    public Pipeline pipeline() {
        return pipeline;
    }

    /** Waits until someone stops the server or it fails; then {@link #close} it. @return the process's exit code */
    public int awaitEnd() throws InterruptedException {
        try {
            return end.get();
        } catch (ExecutionException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Has the process drain when it is asked to end (SIGTERM, or Ctrl-C). */
    public void closeOnShutdown() {
        Runtime.getRuntime().addShutdownHook(new Thread(this::close, "assidu-shutdown"));
    }

    /** Takes nothing new, answers and forces what it has, closes everything. */
    @Override
    public synchronized void close() {
        if (closed) {
            return;
        }
        closed = true;
        health.stopped();
        endpoint.drain();
        pipeline.drain().handle((position, problem) -> position).join();
        engagement.close();
        if (!replication.flush(ANSWER_GRACE_MILLIS)) {
            LOG.warn("not every follower has everything; `assidu follow --status` tells how far it is");
        }
        replication.close();
        endpoint.close(ANSWER_GRACE_MILLIS);
        try {
            Files.deleteIfExists(data.serverFile());
        } catch (IOException e) {
            LOG.warn("{} stays behind: {}", data.serverFile(), e.toString());
        }
        RuntimeException problem = new IllegalStateException("the server did not close cleanly");
        parts.close(problem);
        end.complete(STOPPED);
        if (problem.getSuppressed().length != 0) {
            throw problem;
        }
        LOG.info("stopped");
    }

    private static String version() {
        String version = AssiduServer.class.getPackage().getImplementationVersion();
        return version == null ? "unpackaged" : version;
    }

    /** Of the pipeline: what it says is logged, and its failure is the server's. */
    private final class Listener implements PipelineListener {
        @Override
        public void recovery(String line) {
            LOG.info(line);
        }

        @Override
        public void failed(Throwable cause) {
            failed = true;
            LOG.error("the write path failed: nothing more is taken or answered, and the process ends", cause);
            health.stopped();
            end.complete(FAILED);
        }
    }
}
