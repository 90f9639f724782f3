package org.assidu.accrual.load;

import com.google.protobuf.Any;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.rpc.ErrorInfo;
import io.grpc.Channel;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.protobuf.StatusProto;
import io.grpc.stub.ClientCallStreamObserver;
import io.grpc.stub.ClientResponseObserver;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;
import org.assidu.proto.v1.AccrualServiceGrpc;
import org.assidu.proto.v1.Receipt;
import org.assidu.proto.v1.ReceiptIdentity;
import org.assidu.proto.v1.ReceiptResult;
import org.assidu.proto.v1.ReceiptStatus;
import org.assidu.proto.v1.StreamSalesRequest;
import org.assidu.proto.v1.StreamSalesResponse;
import org.jspecify.annotations.Nullable;

/**
 * Streams receipts to a server as a store gateway does: many in a message, a bounded number unanswered, and after a cut
 * stream everything unanswered again, in order, which the contract makes safe.
 *
 * <p>One thread sends; answers arrive on gRPC's threads. Everything shared is guarded by {@code lock}.
 */
public final class SalesSender {
    private static final long RETRY_PAUSE_MILLIS = 200;

    private record Unanswered(Receipt receipt, long sentNanos) {}

    private final AccrualServiceGrpc.AccrualServiceStub stub;
    private final SendOptions options;
    private final BiConsumer<Receipt, ReceiptResult> onRefusal;
    private final Object lock = new Object();

    // Guarded by lock
    private final ArrayDeque<Unanswered> unanswered = new ArrayDeque<>();
    private final List<Receipt> refusedForNow = new ArrayList<>();
    private final SendTally tally = new SendTally();
    private @Nullable Throwable cut;
    private boolean completed;
    private int streamNumber;

    // Sending thread only
    private @Nullable ClientCallStreamObserver<StreamSalesRequest> stream;
    private StreamSalesRequest.Builder message = StreamSalesRequest.newBuilder();
    private int messageBytes;
    private long firstSendNanos;

    /**
     * A sender over a channel.
     *
     * @param onRefusal told of each receipt that was not recorded, on gRPC's threads
     */
    public SalesSender(Channel channel, SendOptions options, BiConsumer<Receipt, ReceiptResult> onRefusal) {
        this.stub = AccrualServiceGrpc.newStub(channel);
        this.options = options;
        this.onRefusal = onRefusal;
    }

    /**
     * Sends a receipt, waiting while too many are unanswered.
     *
     * @throws SendFailedException when the stream was cut and could not be opened again in time
     */
    public void send(Receipt receipt) throws InterruptedException {
        int bytes = receipt.getSerializedSize();
        if (messageBytes > 0 && messageBytes + bytes > SendOptions.MESSAGE_BYTES) {
            flush();
        }
        message.addReceipts(receipt);
        messageBytes += bytes;
        if (message.getReceiptsCount() >= options.receiptsPerMessage()) {
            flush();
        }
    }

    /** Receipts answered so far. */
    public long answered() {
        synchronized (lock) {
            return tally.receipts();
        }
    }

    /** Lines answered so far. */
    public long answeredLines() {
        synchronized (lock) {
            return tally.lines();
        }
    }

    /**
     * Sends what is left, waits for every answer, and closes the stream.
     *
     * @throws SendFailedException when the stream was cut and could not be opened again in time
     */
    public SendSummary finish() throws InterruptedException {
        flush();
        while (true) {
            List<Receipt> again;
            synchronized (lock) {
                while (!unanswered.isEmpty() && cut == null) {
                    lock.wait();
                }
                again = List.copyOf(refusedForNow);
                refusedForNow.clear();
            }
            if (isCut()) {
                reopen();
            } else if (again.isEmpty()) {
                break;
            } else {
                pause();
                for (Receipt receipt : again) {
                    send(receipt);
                }
                flush();
            }
        }
        closeStream();
        synchronized (lock) {
            return tally.summary(firstSendNanos);
        }
    }

    private void flush() throws InterruptedException {
        int count = message.getReceiptsCount();
        if (count == 0) {
            return;
        }
        StreamSalesRequest request = message.build();
        message = StreamSalesRequest.newBuilder();
        messageBytes = 0;
        awaitRoom(count);
        ClientCallStreamObserver<StreamSalesRequest> open = openStream();
        long now = System.nanoTime();
        if (firstSendNanos == 0) {
            firstSendNanos = now;
        }
        synchronized (lock) {
            for (Receipt receipt : request.getReceiptsList()) {
                unanswered.addLast(new Unanswered(receipt, now));
            }
        }
        open.onNext(request);
    }

    private void awaitRoom(int count) throws InterruptedException {
        while (true) {
            synchronized (lock) {
                while (cut == null
                        && !unanswered.isEmpty()
                        && unanswered.size() + count > options.outstandingReceipts()) {
                    lock.wait();
                }
            }
            if (!isCut()) {
                return;
            }
            reopen();
        }
    }

    private boolean isCut() {
        synchronized (lock) {
            return cut != null;
        }
    }

    private ClientCallStreamObserver<StreamSalesRequest> openStream() {
        ClientCallStreamObserver<StreamSalesRequest> open = stream;
        if (open == null) {
            int number;
            synchronized (lock) {
                cut = null;
                completed = false;
                number = ++streamNumber;
            }
            open = (ClientCallStreamObserver<StreamSalesRequest>) stub.streamSales(new Answers(number));
            stream = open;
        }
        return open;
    }

    /** Opens the stream again and repeats everything unanswered, until it holds or the time is over. */
    private void reopen() throws InterruptedException {
        long deadline = System.nanoTime() + options.reconnectFor().toNanos();
        while (true) {
            Throwable cause;
            long answeredBefore;
            List<Unanswered> again;
            synchronized (lock) {
                cause = cut == null ? Status.UNAVAILABLE.asRuntimeException() : cut;
                answeredBefore = tally.receipts();
                again = List.copyOf(unanswered);
            }
            if (!retriable(cause) || System.nanoTime() > deadline) {
                throw new SendFailedException(answeredBefore, cause);
            }
            pause();
            stream = null;
            ClientCallStreamObserver<StreamSalesRequest> open = openStream();
            repeat(open, again);
            synchronized (lock) {
                while (cut == null && tally.receipts() == answeredBefore && !unanswered.isEmpty()) {
                    lock.wait();
                }
                if (cut == null) {
                    return;
                }
            }
        }
    }

    private void repeat(ClientCallStreamObserver<StreamSalesRequest> open, List<Unanswered> again) {
        StreamSalesRequest.Builder next = StreamSalesRequest.newBuilder();
        int bytes = 0;
        for (Unanswered entry : again) {
            int size = entry.receipt().getSerializedSize();
            if (next.getReceiptsCount() >= options.receiptsPerMessage()
                    || (bytes > 0 && bytes + size > SendOptions.MESSAGE_BYTES)) {
                open.onNext(next.build());
                next = StreamSalesRequest.newBuilder();
                bytes = 0;
            }
            next.addReceipts(entry.receipt());
            bytes += size;
        }
        if (next.getReceiptsCount() > 0) {
            open.onNext(next.build());
        }
    }

    private static boolean retriable(Throwable cause) {
        Status.Code code = Status.fromThrowable(cause).getCode();
        return code == Status.Code.UNAVAILABLE || code == Status.Code.RESOURCE_EXHAUSTED || tokenExpired(cause);
    }

    /** The token's file is read again for the next stream, and may have been renewed by then. */
    private static boolean tokenExpired(Throwable cause) {
        com.google.rpc.Status status = StatusProto.fromThrowable(cause);
        if (status == null) {
            return false;
        }
        try {
            for (Any detail : status.getDetailsList()) {
                if (detail.is(ErrorInfo.class)
                        && detail.unpack(ErrorInfo.class).getReason().equals("TOKEN_EXPIRED")) {
                    return true;
                }
            }
        } catch (InvalidProtocolBufferException e) {
            return false;
        }
        return false;
    }

    private void pause() throws InterruptedException {
        synchronized (lock) {
            long until = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(RETRY_PAUSE_MILLIS);
            long left = RETRY_PAUSE_MILLIS;
            while (left > 0) {
                lock.wait(left);
                left = TimeUnit.NANOSECONDS.toMillis(until - System.nanoTime());
            }
        }
    }

    private void closeStream() throws InterruptedException {
        ClientCallStreamObserver<StreamSalesRequest> open = stream;
        if (open == null) {
            return;
        }
        open.onCompleted();
        synchronized (lock) {
            while (!completed && cut == null) {
                lock.wait();
            }
        }
        stream = null;
    }

    /** Counts answers of one stream; answers of an earlier stream that arrive late are ignored. */
    private final class Answers implements ClientResponseObserver<StreamSalesRequest, StreamSalesResponse> {
        private final int number;

        Answers(int number) {
            this.number = number;
        }

        @Override
        public void beforeStart(ClientCallStreamObserver<StreamSalesRequest> requestStream) {
            // Nothing to configure: the number of unanswered receipts bounds what is buffered.
        }

        @Override
        public void onNext(StreamSalesResponse response) {
            long now = System.nanoTime();
            synchronized (lock) {
                if (number != streamNumber) {
                    return;
                }
                for (ReceiptResult result : response.getResultsList()) {
                    count(unanswered.removeFirst(), result, now);
                }
                tally.answeredAt(now);
                lock.notifyAll();
            }
        }

        @Override
        public void onError(Throwable failure) {
            synchronized (lock) {
                if (number == streamNumber) {
                    cut = failure;
                    lock.notifyAll();
                }
            }
        }

        @Override
        public void onCompleted() {
            synchronized (lock) {
                if (number == streamNumber) {
                    completed = true;
                    if (!unanswered.isEmpty()) {
                        cut = Status.UNAVAILABLE
                                .withDescription("the server ended the stream before every receipt was answered")
                                .asRuntimeException();
                    }
                    lock.notifyAll();
                }
            }
        }

        private void count(Unanswered sent, ReceiptResult result, long now) {
            if (result.getStatus() == ReceiptStatus.RECEIPT_STATUS_OVERLOADED) {
                refusedForNow.add(sent.receipt());
                return;
            }
            tally.add(sent.receipt(), result, now - sent.sentNanos());
            if (SendTally.isRefusal(result)) {
                onRefusal.accept(sent.receipt(), result);
            }
        }
    }

    /** A receipt's identity as people write it. */
    public static String describe(ReceiptIdentity identity) {
        return "store " + identity.getStore() + ", till " + identity.getTill() + ", series " + identity.getSeries()
                + ", receipt " + identity.getNumber();
    }

    /** The stream could not be kept; what was answered stays true, and running the same command again goes on from there. */
    public static final class SendFailedException extends RuntimeException {
        private static final long serialVersionUID = 1L;

        SendFailedException(long answered, Throwable cause) {
            super(
                    "the stream ended after " + answered + " answered receipts: "
                            + (cause instanceof StatusRuntimeException status
                                    ? status.getStatus().getCode() + " "
                                            + Optional.ofNullable(
                                                            status.getStatus().getDescription())
                                                    .orElse("")
                                    : String.valueOf(cause))
                            + "; check that the server is up, then run the same command again: answered receipts are"
                            + " recognised and the rest follows",
                    cause);
        }
    }
}
