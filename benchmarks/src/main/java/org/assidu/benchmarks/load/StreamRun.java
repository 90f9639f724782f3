package org.assidu.benchmarks.load;

import io.grpc.stub.ClientCallStreamObserver;
import io.grpc.stub.ClientResponseObserver;
import java.util.concurrent.TimeUnit;
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
    private static final Interval NOT_MEASURED = new Interval(0, 0, 0);
    private static final long HIGHEST_MICROS = TimeUnit.MINUTES.toMicros(1);

    private final MessageSource source;
    private final Shape shape;
    private final Histogram latencyMicros = new Histogram(HIGHEST_MICROS, 3);
    private final long[] dueNanos = new long[RING];

    private volatile Interval interval = NOT_MEASURED;
    private long answeredReceipts;
    /** Read when the stream has ended. */
    private long measuredReceipts;
    /** Written by the thread that takes answers. */
    private volatile long answeredMessages;

    private volatile boolean completed;
    private volatile @Nullable Throwable failure;
    private volatile @Nullable Thread sender;
    private volatile long wakeAt;
    private @Nullable ClientCallStreamObserver<StreamSalesRequest> requests;

    StreamRun(MessageSource source, Shape shape, Target target) {
        this.source = source;
        this.shape = shape;
        this.requests = (ClientCallStreamObserver<StreamSalesRequest>)
                AccrualServiceGrpc.newStub(target.channel()).streamSales(this);
    }

    /**
     * Sends as fast as answers come. A sender that has to wait does so until half of its messages are answered, so that it
     * is not woken for each of them.
     */
    void closedLoop(int unanswered, Interval measure) {
        interval = measure;
        long sent = 0;
        while (System.nanoTime() < measure.toNanos()) {
            if (sent - answeredMessages >= unanswered) {
                awaitAnswers(sent - unanswered / 2);
            }
            send(sent++, System.nanoTime());
        }
        finish(sent);
    }

    /** Sends on a schedule. */
    void openLoop(double messagesPerSecond, Interval measure) {
        interval = measure;
        double nanosPerMessage = 1e9 / messagesPerSecond;
        long sent = 0;
        while (true) {
            long due = measure.startNanos() + (long) (sent * nanosPerMessage);
            if (due >= measure.toNanos()) {
                break;
            }
            for (long wait = due - System.nanoTime(); wait > 0; wait = due - System.nanoTime()) {
                LockSupport.parkNanos(wait);
            }
            if (sent - answeredMessages >= RING) {
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
            awaitAnswers(sent - 7);
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
        awaitAnswers(sent);
        stream().onCompleted();
        awaitAnswers(Long.MAX_VALUE);
    }

    /** Waits until so many messages are answered, or the stream has ended. */
    private void awaitAnswers(long messages) {
        wakeAt = messages;
        sender = Thread.currentThread();
        while (answeredMessages < messages && !completed) {
            Throwable failed = failure;
            if (failed != null) {
                throw new IllegalStateException("the stream failed: " + failed, failed);
            }
            LockSupport.park(this);
        }
        sender = null;
    }

    private ClientCallStreamObserver<StreamSalesRequest> stream() {
        ClientCallStreamObserver<StreamSalesRequest> open = requests;
        if (open == null) {
            throw new IllegalStateException("the call was not started");
        }
        return open;
    }

    @Override
    public void beforeStart(ClientCallStreamObserver<StreamSalesRequest> stream) {
        requests = stream;
    }

    @Override
    public void onNext(StreamSalesResponse response) {
        long now = System.nanoTime();
        Interval measured = interval;
        for (ReceiptResult result : response.getResultsList()) {
            if (result.getStatus() != ReceiptStatus.RECEIPT_STATUS_ACCRUED) {
                failure = new IllegalStateException("receipt " + result.getSequence() + " was answered "
                        + result.getStatus() + " " + result.getDetail());
                wake();
                return;
            }
            answeredReceipts++;
            if (measured.contains(now)) {
                measuredReceipts++;
            }
            if (answeredReceipts % shape.receipts() == 0) {
                long message = answeredReceipts / shape.receipts() - 1;
                long due = dueNanos[(int) (message & (RING - 1))];
                if (measured.contains(due)) {
                    latencyMicros.recordValue(Math.min(HIGHEST_MICROS, Math.max(0, (now - due) / 1_000)));
                }
                answeredMessages = message + 1;
            }
        }
        if (answeredMessages >= wakeAt) {
            wake();
        }
    }

    @Override
    public void onError(Throwable failed) {
        failure = failed;
        wake();
    }

    @Override
    public void onCompleted() {
        completed = true;
        wake();
    }

    private void wake() {
        LockSupport.unpark(sender);
    }
}
