package org.assidu.accrual.replication;

import io.grpc.Channel;
import io.grpc.Context;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import java.util.Iterator;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.assidu.accrual.journal.BatchRefusedException;
import org.assidu.accrual.journal.JournalFullException;
import org.assidu.proto.replication.v1.FollowJournalResponse;
import org.assidu.proto.replication.v1.ReplicationServiceGrpc;
import org.assidu.proto.replication.v1.ReportFollowedRequest;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Brings a {@link Follower} what the primary sends, on a thread of its own that is never interrupted, and connects again whenever a
 * stream is cut. It ends when it is closed, and when going on would be wrong: {@link #end} says why.
 */
public final class FollowAgent implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(FollowAgent.class);
    private static final int REPORT_MILLIS = 1_000;
    private static final int REPORT_DEADLINE_MILLIS = 2_000;
    private static final Set<String> FINAL_REASONS = Set.of(
            FollowerPlace.POSITION_UNKNOWN,
            FollowerPlace.POSITION_ARCHIVED,
            FollowerPlace.CHAIN_DIFFERS,
            FollowerPlace.DIRECTORY_DIFFERS,
            FollowerPlace.EPOCH_OVER);

    private final FollowSettings settings;
    private final Follower follower;
    private final Channel channel;
    private final Runnable accepted;
    private final Consumer<StandbyStatus> statuses;
    private final Lag lag;
    private final CompletableFuture<Void> end = new CompletableFuture<>();
    private final CountDownLatch closing = new CountDownLatch(1);
    private final ScheduledExecutorService timer;
    private final Thread thread;
    private volatile Context.@Nullable CancellableContext call;
    private volatile long heardNanos = System.nanoTime();
    private volatile boolean connected;
    private volatile String problem = "";
    private long connections;
    private long refusedAt;
    private int refused;

    private FollowAgent(
            FollowSettings settings,
            Follower follower,
            Channel channel,
            Runnable accepted,
            Consumer<StandbyStatus> statuses) {
        this.settings = settings;
        this.follower = follower;
        this.channel = channel;
        this.accepted = accepted;
        this.statuses = statuses;
        lag = new Lag(follower.progress().position());
        thread = new Thread(this::run, "assidu-follow");
        thread.setDaemon(true);
        timer = Executors.newSingleThreadScheduledExecutor(task -> {
            Thread watch = new Thread(task, "assidu-follow-watch");
            watch.setDaemon(true);
            return watch;
        });
    }

    /**
     * Starts to follow. The follower is this agent's from now on.
     *
     * @param accepted run on the first response: the primary took what this standby has for the beginning of what it has
     * @param statuses told every second, and at the end
     */
    public static FollowAgent start(
            FollowSettings settings,
            Follower follower,
            Channel channel,
            Runnable accepted,
            Consumer<StandbyStatus> statuses) {
        FollowAgent agent = new FollowAgent(settings, follower, channel, accepted, statuses);
        agent.thread.start();
        var unused = agent.timer.scheduleWithFixedDelay(agent::watch, 0, REPORT_MILLIS, TimeUnit.MILLISECONDS);
        return agent;
    }

    /** Completes when it was closed; exceptionally when it had to end. */
    public CompletableFuture<Void> end() {
        return end;
    }

    public StandbyStatus status() {
        Follower.Progress progress = follower.progress();
        long now = System.nanoTime();
        return new StandbyStatus(
                settings.primary(),
                connected,
                progress.position(),
                lag.primaryPosition(),
                lag.positions(),
                lag.millis(now),
                TimeUnit.NANOSECONDS.toMillis(now - heardNanos),
                progress.epoch(),
                progress.stateHash(),
                progress.comparedPosition(),
                problem);
    }

    private void run() {
        try {
            int pause = settings.firstRetryMillis();
            while (closing.getCount() != 0) {
                long before = follower.progress().position();
                boolean heard = followOnce();
                pause = heard || follower.progress().position() > before
                        ? settings.firstRetryMillis()
                        : Math.min(settings.lastRetryMillis(), 2 * pause);
                if (closing.await(pause, TimeUnit.MILLISECONDS)) {
                    break;
                }
            }
            end.complete(null);
        } catch (InterruptedException | RuntimeException | Error e) {
            problem = String.valueOf(e.getMessage());
            LOG.error("this standby ends: {}", problem);
            end.completeExceptionally(e);
        } finally {
            connected = false;
            statuses.accept(status());
        }
    }

    /** One stream, until it is cut. @return whether anything came */
    private boolean followOnce() {
        boolean heard = false;
        Context.CancellableContext context = Context.current().withCancellation();
        call = context;
        heardNanos = System.nanoTime();
        Context before = context.attach();
        try {
            Iterator<FollowJournalResponse> responses =
                    ReplicationServiceGrpc.newBlockingStub(channel).followJournal(follower.request(settings.name()));
            while (closing.getCount() != 0 && responses.hasNext()) {
                FollowJournalResponse response = responses.next();
                heardNanos = System.nanoTime();
                if (!heard) {
                    heard = true;
                    greet();
                }
                lag.heard(response.getDurablePosition(), heardNanos);
                follower.accept(response);
                lag.followed(follower.progress().position());
            }
            cut("the primary ended the stream");
        } catch (StatusRuntimeException e) {
            failed(e);
        } catch (BatchRefusedException e) {
            refused(e);
        } catch (JournalFullException e) {
            cut(e.getMessage());
        } finally {
            context.detach(before);
            context.cancel(null);
            connected = false;
        }
        return heard;
    }

    private void greet() {
        connected = true;
        problem = "";
        if (connections++ == 0) {
            accepted.run();
        }
        LOG.info(
                "following {} from position {}",
                settings.primary(),
                follower.progress().position());
    }

    private void failed(StatusRuntimeException e) {
        String reason = Refusal.reason(e);
        if (FINAL_REASONS.contains(reason) || e.getStatus().getCode() == Status.Code.UNIMPLEMENTED) {
            throw new FollowRefusedException(
                    reason,
                    settings.primary() + " does not let this directory follow: "
                            + e.getStatus().getDescription());
        }
        cut(e.getStatus().getCode()
                + (e.getStatus().getDescription() == null
                        ? ""
                        : ": " + e.getStatus().getDescription()));
    }

    private void refused(BatchRefusedException e) {
        long position = follower.progress().position();
        refused = position == refusedAt ? refused + 1 : 1;
        refusedAt = position;
        cut(e.getMessage());
        if (refused >= settings.refusedBatches()) {
            throw new IllegalStateException(
                    e.getMessage() + ", " + refused + " times: the primary's journal or the way from it is damaged;"
                            + " run assidu verify on the primary's data directory",
                    e);
        }
    }

    private void cut(@Nullable String why) {
        if (closing.getCount() != 0) {
            String text = String.valueOf(why);
            if (!text.equals(problem)) {
                LOG.warn(
                        "cut off from {} at position {}: {}; it is tried again",
                        settings.primary(),
                        follower.progress().position(),
                        text);
            }
            problem = text;
        }
    }

    /** Every second: tells where it is, and gives a silent primary up. */
    private void watch() {
        try {
            StandbyStatus status = status();
            statuses.accept(status);
            Context.CancellableContext open = call;
            if (connected) {
                report(status);
            }
            if (open != null && status.silentMillis() > settings.silenceMillis()) {
                open.cancel(Status.UNAVAILABLE
                        .withDescription("nothing was heard for " + status.silentMillis() + " ms")
                        .asRuntimeException());
            }
        } catch (RuntimeException e) {
            LOG.error("the status of this standby cannot be told; it goes on following", e);
        }
    }

    private void report(StandbyStatus status) {
        try {
            var unused = ReplicationServiceGrpc.newBlockingStub(channel)
                    .withDeadlineAfter(REPORT_DEADLINE_MILLIS, TimeUnit.MILLISECONDS)
                    .reportFollowed(ReportFollowedRequest.newBuilder()
                            .setFollower(settings.name())
                            .setPosition(status.position())
                            .setLagMillis(status.lagMillis())
                            .setEpoch(status.epoch())
                            .build());
        } catch (StatusRuntimeException e) {
            LOG.debug("the primary does not take the report: {}", e.getStatus());
        }
    }

    /** Ends following; what came is forced and applied. The journal may be closed afterwards. */
    @Override
    public void close() {
        closing.countDown();
        Context.CancellableContext open = call;
        if (open != null) {
            open.cancel(null);
        }
        boolean interrupted = false;
        while (thread.isAlive()) {
            try {
                thread.join();
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        timer.shutdownNow();
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
