package org.assidu.accrual.server;

import io.grpc.Channel;
import io.grpc.StatusRuntimeException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.ExecutionException;
import org.assidu.accrual.directory.DirectoryReplica;
import org.assidu.accrual.directory.PersonalReplica;
import org.assidu.accrual.journal.Journal;
import org.assidu.accrual.journal.JournalConfig;
import org.assidu.accrual.journal.JournalEnvironment;
import org.assidu.accrual.journal.JournalReader;
import org.assidu.accrual.pipeline.PipelineListener;
import org.assidu.accrual.pipeline.Recovery;
import org.assidu.accrual.replication.FollowAgent;
import org.assidu.accrual.replication.FollowRefusedException;
import org.assidu.accrual.replication.Follower;
import org.assidu.accrual.replication.RoleFiles;
import org.assidu.accrual.replication.SharedHistory;
import org.assidu.accrual.replication.StandbyStatus;
import org.assidu.accrual.snapshot.SnapshotStore;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A standby of one data directory: follows a primary, serves nobody. */
public final class Standby implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Standby.class);

    private final StandbyConfig config;
    private final DataDirectory data;
    private final Channel primary;
    private final OpenParts parts = new OpenParts();
    private final Journal journal;
    private final Follower follower;
    private final FollowAgent agent;
    private final StandbyFiles files;
    private boolean closed;

    private Standby(StandbyConfig config, Channel primary, JournalEnvironment environment) throws IOException {
        this.config = config;
        this.primary = primary;
        data = new DataDirectory(config.data());
        files = new StandbyFiles(data.root());
        try {
            Files.createDirectories(data.root());
            data.requireUnused();
            RoleFiles roles = new RoleFiles(data.root());
            roles.requireFollowing();
            DirectoryReplica directory = parts.opened(DirectoryReplica.open(data.directory()));
            PersonalReplica people = parts.opened(PersonalReplica.open(data.directory()));
            Recovery loaded = new ServerSnapshots(data, new SnapshotStore(data.snapshots())).load(new Listener());
            JournalConfig verified =
                    loaded == null ? config.journal() : config.journal().withVerifyFromPosition(loaded.position() + 1);
            journal = parts.opened(data.openJournal(config.journalKind(), verified, new LoggedProgress(), environment));
            follower = new Follower(journal, directory, people, roles, loaded, LOG::info);
            warnOfMissingSecrets();
            agent = parts.opened(FollowAgent.start(
                    config.follow(),
                    follower,
                    primary,
                    () -> roles.follow(config.follow().primary()),
                    files::write));
        } catch (Throwable problem) {
            parts.close(problem);
            throw problem;
        }
    }

    /** Recovers and follows. @throws RuntimeException when the data directory must not follow: the message says what to do */
    public static Standby start(StandbyConfig config, Channel primary) throws IOException {
        return start(config, primary, JournalEnvironment.system());
    }

    /** As {@link #start(StandbyConfig, Channel)}, with the disk given. */
    public static Standby start(StandbyConfig config, Channel primary, JournalEnvironment environment)
            throws IOException {
        return new Standby(config, primary, environment);
    }

    private void warnOfMissingSecrets() {
        for (String secret : List.of("secret.hex", "master.hex")) {
            Path file = data.directory().resolve(secret);
            if (!Files.exists(file)) {
                LOG.warn(
                        "{} is missing: copy it from the primary, unless the key is kept elsewhere; it is never sent,"
                                + " and without it {} after a promotion",
                        file,
                        secret.startsWith("secret") ? "no card is found" : "no personal data can be read");
            }
        }
    }

    public StandbyStatus status() {
        return agent.status();
    }

    /**
     * Waits until it is closed.
     *
     * @throws IllegalStateException when it had to end: the message says why, and what to do
     */
    public void awaitEnd() throws InterruptedException {
        try {
            agent.end().get();
        } catch (ExecutionException e) {
            Throwable cause = e.getCause() == null ? e : e.getCause();
            String more = cause instanceof FollowRefusedException refused && refused.isOfRecords() ? compared() : "";
            throw new IllegalStateException(cause.getMessage() + more, cause);
        }
    }

    /** Which records only this directory has. */
    private String compared() {
        long last = journal.recoveredPosition();
        String wasFollowing = new RoleFiles(data.root()).standbyOf().isEmpty()
                ? ""
                : ". This was a standby: if that server lost its end, as --durability fast allows, promote this one"
                        + " instead";
        try (JournalReader reader = journal.newReader()) {
            long same =
                    SharedHistory.end(primary, reader, last, follower.progress().epoch());
            return String.format(
                            Locale.ROOT,
                            ". Up to position %,d both are the same; %,d records, positions %,d to %,d, are only in"
                                    + " %s: `assidu dump --data %s --from %d` lists them. Keep this directory until they"
                                    + " are dealt with, and follow into an empty one",
                            same,
                            last - same,
                            same + 1,
                            last,
                            data.root(),
                            data.root(),
                            same + 1)
                    + wasFollowing;
        } catch (StatusRuntimeException e) {
            return ". Which records differ cannot be told: " + e.getStatus() + wasFollowing;
        }
    }

    /** Has the standby stop when the process is asked to end (SIGTERM, or Ctrl-C). */
    public void closeOnShutdown() {
        Runtime.getRuntime().addShutdownHook(new Thread(this::close, "assidu-shutdown"));
    }

    @Override
    public synchronized void close() {
        if (closed) {
            return;
        }
        closed = true;
        RuntimeException problem =
                new IllegalStateException("the standby of " + config.follow().primary() + " did not close cleanly");
        parts.close(problem);
        if (problem.getSuppressed().length != 0) {
            throw problem;
        }
        LOG.info("stopped at position {}", follower.progress().position());
    }

    /** Of the recovery: what it says is logged. */
    private static final class Listener implements PipelineListener {
        @Override
        public void recovery(String line) {
            LOG.info(line);
        }

        @Override
        public void failed(Throwable cause) {
            throw new IllegalStateException("a standby has no pipeline", cause);
        }
    }
}
