package org.assidu.benchmarks.load;

import io.grpc.stub.ClientCallStreamObserver;
import io.grpc.stub.ClientResponseObserver;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import org.HdrHistogram.Histogram;
import org.assidu.proto.v1.AccrualServiceGrpc;
import org.assidu.proto.v1.ReceiptResult;
import org.assidu.proto.v1.ReceiptStatus;
import org.assidu.proto.v1.StreamSalesRequest;
import org.assidu.proto.v1.StreamSalesResponse;
import org.jspecify.annotations.Nullable;

/**
 * One stream under load. Closed loop: a fixed number of messages unanswered, as fast as it goes. Open loop: messages leave
 * on a schedule whatever the answers do, and latency counts from when a message was due, so a stalled server is charged for
 * everyone who would have waited (coordinated omission is in the measurement, not estimated afterwards).
 */
final class StreamRun implements ClientResponseObserver<StreamSalesRequest, StreamSalesResponse> {
    private static final int RING = 1 << 16;
    private static final long HIGHEST_MICROS = TimeUnit.MINUTES.toMicros(1);

    private final MessageSource source;
    private final Shape shape;
    private final Histogram latencyMicros = new Histogram(HIGHEST_MICROS, 3);
    private final long[] dueNanos = new long[RING];
    private final AtomicLong answeredMessages = new AtomicLong();

    private long answeredReceipts;
    private volatile long measuredReceipts;
    private volatile long measureFromNanos = Long.MAX_VALUE;
    private volatile long measureToNanos = Long.MAX_VALUE;
    private volatile @Nullable Throwable failure;
    private volatile boolean completed;
    private volatile @Nullable Thread waiting;
    private @Nullable ClientCallStreamObserver<StreamSalesRequest> requests;

    StreamRun(MessageSource source, Shape shape, Target target) {
        this.source = source;
        this.shape = shape;
        this.requests = (ClientCallStreamObserver<StreamSalesRequest>)
                AccrualServiceGrpc.newStub(target.channel()).streamSales(this);
    }

    /** Sends as fast as answers come. */
    void closedLoop(int unanswered, long fromNanos, long toNanos) {
        measureFromNanos = fromNanos;
        measureToNanos = toNanos;
        long sent = 0;
        while (System.nanoTime() < toNanos) {
            while (sent - answeredMessages.get() >= unanswered) {
                park();
            }
            send(sent++, System.nanoTime());
        }
        finish(sent);
    }

    /** Sends on a schedule. */
    void openLoop(double messagesPerSecond, long startNanos, long fromNanos, long toNanos) {
        measureFromNanos = fromNanos;
        measureToNanos = toNanos;
        double interval = 1e9 / messagesPerSecond;
        long sent = 0;
        while (true) {
            long due = startNanos + (long) (sent * interval);
            if (due >= toNanos) {
                break;
            }
            long now = System.nanoTime();
            while (now < due) {
                LockSupport.parkNanos(due - now);
                now = System.nanoTime();
            }
            if (sent - answeredMessages.get() >= RING) {
                throw new IllegalStateException("the server is " + RING + " messages behind: the rate is beyond it");
            }
            send(sent++, due);
        }
        finish(sent);
    }

    /** Names every member once, so that the measured part enrols nobody. */
    void enrolAll() {
        long sent = 0;
        for (int from = 0; from < MessageSource.MEMBERS; from += 500) {
            while (sent - answeredMessages.get() >= 8) {
                park();
            }
            dueNanos[(int) (sent & (RING - 1))] = System.nanoTime();
            stream()
                    .onNext(source.enrolment(
                            System.currentTimeMillis(), from, Math.min(from + 500, MessageSource.MEMBERS)));
            sent++;
        }
        finish(sent);
    }

    long measuredLines() {
        return measuredReceipts * shape.lines();
    }

    Histogram latencyMicros() {
        return latencyMicros;
    }

    private void send(long message, long due) {
        dueNanos[(int) (message & (RING - 1))] = due;
        stream().onNext(source.next(System.currentTimeMillis()));
    }

    private void finish(long sent) {
        while (answeredMessages.get() < sent) {
            park();
        }
        stream().onCompleted();
        while (!completed) {
            park();
        }
    }

    private ClientCallStreamObserver<StreamSalesRequest> stream() {
        ClientCallStreamObserver<StreamSalesRequest> open = requests;
        if (open == null) {
            throw new IllegalStateException("the call was not started");
        }
        return open;
    }

    private void park() {
        Throwable failed = failure;
        if (failed != null) {
            throw new IllegalStateException("the stream failed: " + failed, failed);
        }
        waiting = Thread.currentThread();
        LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(1));
    }

    @Override
    public void beforeStart(ClientCallStreamObserver<StreamSalesRequest> stream) {
        requests = stream;
    }

    @Override
    public void onNext(StreamSalesResponse response) {
        long now = System.nanoTime();
        boolean measured = now >= measureFromNanos && now < measureToNanos;
        for (ReceiptResult result : response.getResultsList()) {
            if (result.getStatus() != ReceiptStatus.RECEIPT_STATUS_ACCRUED) {
                failure = new IllegalStateException("receipt " + result.getSequence() + " was answered "
                        + result.getStatus() + " " + result.getDetail());
                return;
            }
            answeredReceipts++;
            if (measured) {
                measuredReceipts++;
            }
            long message = answeredReceipts / shape.receipts() - 1;
            if (answeredReceipts % shape.receipts() == 0) {
                long due = dueNanos[(int) (message & (RING - 1))];
                if (due >= measureFromNanos && due < measureToNanos) {
                    latencyMicros.recordValue(Math.min(HIGHEST_MICROS, Math.max(0, (now - due) / 1_000)));
                }
                answeredMessages.lazySet(message + 1);
            }
        }
        Thread sender = waiting;
        if (sender != null) {
            LockSupport.unpark(sender);
        }
    }

    @Override
    public void onError(Throwable failed) {
        failure = failed;
        LockSupport.unpark(waiting);
    }

    @Override
    public void onCompleted() {
        completed = true;
        LockSupport.unpark(waiting);
    }
}
