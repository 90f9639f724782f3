package org.assidu.accrual.grpc;

import io.grpc.StatusRuntimeException;
import io.grpc.stub.ServerCallStreamObserver;
import io.grpc.stub.StreamObserver;
import java.util.EnumSet;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.assidu.accrual.directory.MemberDirectory;
import org.assidu.accrual.engagement.EventFilter;
import org.assidu.accrual.engagement.EventLog;
import org.assidu.accrual.engagement.EventPosition;
import org.assidu.accrual.model.EventKind;
import org.assidu.accrual.pipeline.Pipeline;
import org.assidu.proto.v1.EngagementServiceGrpc;
import org.assidu.proto.v1.ImportTagsRequest;
import org.assidu.proto.v1.ImportTagsResponse;
import org.assidu.proto.v1.RecordActRequest;
import org.assidu.proto.v1.RecordActResponse;
import org.assidu.proto.v1.ReferMemberRequest;
import org.assidu.proto.v1.ReferMemberResponse;
import org.assidu.proto.v1.StreamEventsRequest;
import org.assidu.proto.v1.StreamEventsResponse;

/**
 * Engagement events for whoever asks, read from the journal on two threads of its own; and what members did besides buying. It is closed before the journal is: then
 * no stream reads any more.
 */
public final class EngagementGrpcService extends EngagementServiceGrpc.EngagementServiceImplBase
        implements AutoCloseable {
    /** Streams open at once. */
    public static final int MOST_STREAMS = 64;

    private static final int THREADS = 2;
    private static final int RETRY_MILLIS = 1_000;
    private static final int CLOSE_SECONDS = 60;

    private final EventLog log;
    private final ActCalls acts;
    private final TagImport tags;
    private final ScheduledThreadPoolExecutor threads;
    private final Set<EventStream> streams = ConcurrentHashMap.newKeySet();
    private final AtomicInteger open = new AtomicInteger();

    /** @param exported finds the members whom reports name by the keys of an export */
    public EngagementGrpcService(EventLog log, Pipeline pipeline, MemberDirectory directory, ExportedKeys exported) {
        this.log = log;
        acts = new ActCalls(pipeline, directory);
        tags = new TagImport(pipeline, directory, exported);
        AtomicInteger number = new AtomicInteger();
        threads = new ScheduledThreadPoolExecutor(THREADS, task -> {
            Thread thread = new Thread(task, "assidu-events-" + number.incrementAndGet());
            thread.setDaemon(true);
            return thread;
        });
        threads.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
    }

    @Override
    public void streamEvents(StreamEventsRequest request, StreamObserver<StreamEventsResponse> observer) {
        try {
            EventPosition from = from(request);
            EventFilter filter = filter(request);
            if (open.incrementAndGet() > MOST_STREAMS) {
                open.decrementAndGet();
                throw GrpcErrors.resourceExhausted(
                        "TOO_MANY_EVENT_STREAMS",
                        MOST_STREAMS + " streams of events are open already; close one, or try again later",
                        RETRY_MILLIS);
            }
            EventStream stream = new EventStream(
                    () -> log.open(from, filter),
                    request.getEndWhenCaughtUp(),
                    (ServerCallStreamObserver<StreamEventsResponse>) observer,
                    threads,
                    this::ended);
            streams.add(stream);
            stream.start();
            if (threads.isShutdown()) {
                stream.stop(stopping());
            }
        } catch (RuntimeException e) {
            Answers.fail(observer, e);
        }
    }

    @Override
    public void recordAct(RecordActRequest request, StreamObserver<RecordActResponse> observer) {
        Answers.guarded(observer, () -> Answers.answer(observer, acts.record(request), answer -> answer));
    }

    @Override
    public void referMember(ReferMemberRequest request, StreamObserver<ReferMemberResponse> observer) {
        Answers.guarded(observer, () -> Answers.answer(observer, acts.refer(request), answer -> answer));
    }

    @Override
    public StreamObserver<ImportTagsRequest> importTags(StreamObserver<ImportTagsResponse> observer) {
        return tags.open(observer);
    }

    private void ended(SlicedCall<StreamEventsResponse> stream) {
        if (streams.remove(stream)) {
            open.decrementAndGet();
        }
    }

    private EventPosition from(StreamEventsRequest request) {
        long position = request.getFromPosition();
        if (position < 0) {
            throw GrpcErrors.invalidArgument(
                    "from_position", position + "; send 0, or next_position of the last response");
        }
        if (request.getFromIndex() < 0) {
            throw GrpcErrors.invalidArgument(
                    "from_index", request.getFromIndex() + "; send 0, or next_index of the last response");
        }
        long durable = log.durablePosition();
        if (position > durable + 1) {
            throw GrpcErrors.failedPrecondition(
                    "POSITION_UNKNOWN",
                    "from_position is " + position + ", the journal reaches " + durable
                            + ": this is another server's position, or the journal was restored from an older backup");
        }
        return new EventPosition(Math.max(1, position), request.getFromIndex());
    }

    private static EventFilter filter(StreamEventsRequest request) {
        EnumSet<EventKind> kinds = EnumSet.noneOf(EventKind.class);
        for (int code : request.getKindsValueList()) {
            if (code < 1 || code >= EventKind.values().length) {
                throw GrpcErrors.invalidArgument(
                        "kinds", code + "; send 1 to " + (EventKind.values().length - 1) + ", or none for all");
            }
            kinds.add(EventKind.ofCode(code));
        }
        return EventFilter.of(kinds, !request.getWithoutHistorical());
    }

    private static StatusRuntimeException stopping() {
        return GrpcErrors.unavailable(
                "SERVER_STOPPING", "the server is stopping; connect again and go on where you are", RETRY_MILLIS);
    }

    /** Ends all streams and returns when none reads the journal any more. */
    @Override
    public void close() {
        threads.shutdown();
        try {
            if (!threads.awaitTermination(CLOSE_SECONDS, TimeUnit.SECONDS)) {
                throw new IllegalStateException(
                        "a stream of events still reads the journal after " + CLOSE_SECONDS + " seconds");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while streams of events end", e);
        }
        streams.forEach(stream -> stream.stop(stopping()));
    }
}
