package org.assidu.accrual.grpc;

import io.grpc.Channel;
import io.grpc.stub.ClientCallStreamObserver;
import io.grpc.stub.ClientResponseObserver;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.assidu.proto.v1.AccrualServiceGrpc;
import org.assidu.proto.v1.Receipt;
import org.assidu.proto.v1.ReceiptResult;
import org.assidu.proto.v1.StreamSalesRequest;
import org.assidu.proto.v1.StreamSalesResponse;

/** A stream of sales from the client's side. */
public final class SalesClient implements ClientResponseObserver<StreamSalesRequest, StreamSalesResponse> {
    private static final int PATIENCE_SECONDS = 60;

    /** Ends with null when the server completed the stream, else with the error. */
    public final CompletableFuture<Void> end = new CompletableFuture<>();

    private final LinkedBlockingQueue<ReceiptResult> results = new LinkedBlockingQueue<>();
    private final Semaphore ready = new Semaphore(0);
    private final boolean reads;
    private volatile ClientCallStreamObserver<StreamSalesRequest> requests;
    volatile int responses;
    volatile long position;

    private SalesClient(boolean reads) {
        this.reads = reads;
    }

    public static SalesClient open(Channel channel) {
        return open(channel, true);
    }

    /** @param reads whether responses are asked for from the start; otherwise by {@link #read} */
    static SalesClient open(Channel channel, boolean reads) {
        SalesClient client = new SalesClient(reads);
        AccrualServiceGrpc.newStub(channel).streamSales(client);
        return client;
    }

    @Override
    public void beforeStart(ClientCallStreamObserver<StreamSalesRequest> stream) {
        requests = stream;
        if (!reads) {
            stream.disableAutoRequestWithInitial(0);
        }
        stream.setOnReadyHandler(ready::release);
    }

    public SalesClient send(Receipt.Builder... receipts) {
        StreamSalesRequest.Builder message = StreamSalesRequest.newBuilder();
        for (Receipt.Builder receipt : receipts) {
            message.addReceipts(receipt);
        }
        return send(message.build());
    }

    SalesClient send(StreamSalesRequest message) {
        requests.onNext(message);
        return this;
    }

    /** Waits until the transport takes more. @return false when it did not within the time */
    boolean awaitReady(long millis) throws InterruptedException {
        while (!requests.isReady()) {
            if (!ready.tryAcquire(millis, TimeUnit.MILLISECONDS) && !requests.isReady()) {
                return false;
            }
        }
        return true;
    }

    void read(int count) {
        requests.request(count);
    }

    void halfClose() {
        requests.onCompleted();
    }

    void cancel() {
        requests.cancel("the test wants it", null);
    }

    /** The next result. */
    public ReceiptResult next() throws InterruptedException {
        ReceiptResult result = results.poll(PATIENCE_SECONDS, TimeUnit.SECONDS);
        if (result == null) {
            throw new AssertionError("no result within " + PATIENCE_SECONDS + " s; the stream: " + end);
        }
        return result;
    }

    public List<ReceiptResult> next(int count) throws InterruptedException {
        List<ReceiptResult> all = new ArrayList<>();
        while (all.size() < count) {
            all.add(next());
        }
        return all;
    }

    /** What arrived and was not taken; nothing more will once the stream has ended. */
    public List<ReceiptResult> rest() {
        List<ReceiptResult> all = new ArrayList<>();
        results.drainTo(all);
        return all;
    }

    /** Position of the newest response. */
    public long position() {
        return position;
    }

    /** Results that arrived and were not taken. */
    int untaken() {
        return results.size();
    }

    @Override
    public void onNext(StreamSalesResponse response) {
        responses++;
        position = response.getPosition();
        results.addAll(response.getResultsList());
    }

    @Override
    public void onError(Throwable problem) {
        end.completeExceptionally(problem);
    }

    @Override
    public void onCompleted() {
        end.complete(null);
    }
}
