package org.assidu.accrual.replication;

import io.grpc.StatusRuntimeException;
import io.grpc.stub.ServerCallStreamObserver;
import io.grpc.stub.StreamObserver;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;
import org.assidu.accrual.directory.DirectoryFeed;
import org.assidu.accrual.directory.PersonalFeed;
import org.assidu.accrual.grpc.Answers;
import org.assidu.accrual.grpc.GrpcErrors;
import org.assidu.accrual.journal.JournalReader;
import org.assidu.accrual.pipeline.Pipeline;
import org.assidu.proto.replication.v1.ExchangeEpochsRequest;
import org.assidu.proto.replication.v1.ExchangeEpochsResponse;
import org.assidu.proto.replication.v1.FollowJournalRequest;
import org.assidu.proto.replication.v1.FollowJournalResponse;
import org.assidu.proto.replication.v1.ReplicationServiceGrpc;
import org.assidu.proto.replication.v1.ReportFollowedRequest;
import org.assidu.proto.replication.v1.ReportFollowedResponse;
import org.assidu.proto.replication.v1.StateHash;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What a primary tells its standbys, read from the journal on two threads of its own. Close it before the journal. */
public final class ReplicationGrpcService extends ReplicationServiceGrpc.ReplicationServiceImplBase
        implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(ReplicationGrpcService.class);
    private static final int THREADS = 2;
    private static final int MOST_STREAMS = 8;
    private static final int MOST_NAME_CHARS = 64;
    private static final int RETRY_MILLIS = 1_000;
    private static final int HASH_MILLIS = 200;
    private static final int CLOSE_SECONDS = 60;

    private final Pipeline pipeline;
    private final EpochGuard epochs;
    private final Followers followers = new Followers();
    private final JournalStream.Source source;
    private final ScheduledThreadPoolExecutor threads;
    private final Set<JournalStream> streams = ConcurrentHashMap.newKeySet();
    private volatile @Nullable StateHash stateHash;

    /** @param readers new readers of the journal */
    public ReplicationGrpcService(
            Pipeline pipeline,
            Supplier<JournalReader> readers,
            DirectoryFeed directory,
            PersonalFeed people,
            EpochGuard epochs) {
        this.pipeline = pipeline;
        this.epochs = epochs;
        source = new JournalStream.Source(
                readers,
                pipeline::durablePosition,
                directory,
                people,
                () -> stateHash,
                epochs.own().number());
        AtomicInteger number = new AtomicInteger();
        threads = new ScheduledThreadPoolExecutor(THREADS, task -> {
            Thread thread = new Thread(task, "assidu-replication-" + number.incrementAndGet());
            thread.setDaemon(true);
            return thread;
        });
        threads.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
        threads.setContinueExistingPeriodicTasksAfterShutdownPolicy(false);
        var unused = threads.scheduleWithFixedDelay(this::takeHash, HASH_MILLIS, HASH_MILLIS, TimeUnit.MILLISECONDS);
    }

    /** What is known of the standbys. */
    public List<Followers.Follower> followers() {
        return followers.all();
    }

    private void takeHash() {
        if (!streams.isEmpty()) {
            var unused = pipeline.status().whenComplete((status, problem) -> {
                if (problem == null) {
                    stateHash = StateHash.newBuilder()
                            .setPosition(status.appliedPosition())
                            .setHash(status.stateHash())
                            .build();
                }
            });
        }
    }

    @Override
    public void followJournal(FollowJournalRequest request, StreamObserver<FollowJournalResponse> observer) {
        try {
            String name = name(request.getFollower());
            JournalStream.Place place = place(request);
            if (!epochs.told(request.getEpoch(), "the follower " + name)) {
                throw GrpcErrors.failedPrecondition(
                        FollowerPlace.EPOCH_OVER,
                        "this server is in epoch " + epochs.own().number() + ", the follower knows of "
                                + request.getEpoch() + ": this server was replaced, and stops");
            }
            if (streams.size() >= MOST_STREAMS) {
                throw GrpcErrors.resourceExhausted(
                        "TOO_MANY_FOLLOWERS", MOST_STREAMS + " followers are connected already", RETRY_MILLIS);
            }
            JournalStream stream = new JournalStream(
                    source, place, (ServerCallStreamObserver<FollowJournalResponse>) observer, threads, ended -> {
                        if (streams.remove(ended)) {
                            followers.gone(name);
                            LOG.info("the follower {} is gone", name);
                        }
                    });
            streams.add(stream);
            followers.connected(name, place.position() - 1, System.nanoTime());
            LOG.info("the follower {} goes on at position {}", name, place.position());
            stream.start();
            if (threads.isShutdown()) {
                stream.stop(stopping());
            }
        } catch (RuntimeException e) {
            Answers.fail(observer, e);
        }
    }

    private static JournalStream.Place place(FollowJournalRequest request) {
        if (request.getFromPosition() < 1) {
            throw GrpcErrors.invalidArgument("from_position", request.getFromPosition() + "; send 1 or more");
        }
        if (request.getChainHash().size() != FollowerPlace.HASH_BYTES) {
            throw GrpcErrors.invalidArgument(
                    "chain_hash", request.getChainHash().size() + " bytes; send " + FollowerPlace.HASH_BYTES);
        }
        if (request.getFromLink() < 1) {
            throw GrpcErrors.invalidArgument("from_link", request.getFromLink() + "; send 1 or more");
        }
        return new JournalStream.Place(
                request.getFromPosition(),
                request.getChainHash().toByteArray(),
                request.getFromLink(),
                request.hasLastLink() ? request.getLastLink() : null,
                Math.max(1, request.getFromChange()),
                request.getPeopleHeader().toByteArray());
    }

    private static String name(String name) {
        if (name.isEmpty() || name.length() > MOST_NAME_CHARS) {
            throw GrpcErrors.invalidArgument(
                    "follower", name.length() + " characters; send a name of 1 to " + MOST_NAME_CHARS);
        }
        return name;
    }

    @Override
    public void reportFollowed(ReportFollowedRequest request, StreamObserver<ReportFollowedResponse> observer) {
        try {
            String name = name(request.getFollower());
            epochs.told(request.getEpoch(), "the follower " + name);
            followers.reported(name, request.getPosition(), request.getLagMillis(), System.nanoTime());
            observer.onNext(ReportFollowedResponse.newBuilder()
                    .setEpoch(epochs.own().number())
                    .build());
            observer.onCompleted();
        } catch (RuntimeException e) {
            Answers.fail(observer, e);
        }
    }

    @Override
    public void exchangeEpochs(ExchangeEpochsRequest request, StreamObserver<ExchangeEpochsResponse> observer) {
        try {
            epochs.told(request.getEpoch(), "the server " + name(request.getServer()));
            observer.onNext(ExchangeEpochsResponse.newBuilder()
                    .setEpoch(epochs.own().number())
                    .setEpochPosition(epochs.own().position())
                    .build());
            observer.onCompleted();
        } catch (RuntimeException e) {
            Answers.fail(observer, e);
        }
    }

    private static StatusRuntimeException stopping() {
        return GrpcErrors.unavailable(
                "SERVER_STOPPING", "the server is stopping; connect again and go on where you are", RETRY_MILLIS);
    }

    /** Waits until everything durable was handed to all followers, or for so long. @return whether it was */
    public boolean flush(long millis) {
        long durable = pipeline.durablePosition();
        long deadline = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(millis);
        while (streams.stream().anyMatch(stream -> stream.sentPosition() < durable)) {
            if (System.nanoTime() >= deadline) {
                return false;
            }
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(5));
        }
        return true;
    }

    /** Ends all streams and returns when none reads the journal any more. */
    @Override
    public void close() {
        threads.shutdown();
        try {
            if (!threads.awaitTermination(CLOSE_SECONDS, TimeUnit.SECONDS)) {
                throw new IllegalStateException("a follower still reads the journal after " + CLOSE_SECONDS + " s");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while streams of followers end", e);
        }
        streams.forEach(stream -> stream.stop(stopping()));
    }
}
