package org.assidu.accrual.load;

import io.grpc.Channel;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.stub.ClientCallStreamObserver;
import io.grpc.stub.ClientResponseObserver;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Function;
import org.assidu.proto.v1.AdminServiceGrpc;
import org.assidu.proto.v1.ImportProductsRequest;
import org.assidu.proto.v1.ImportProductsResponse;
import org.assidu.proto.v1.ImportStoresRequest;
import org.assidu.proto.v1.ImportStoresResponse;
import org.assidu.proto.v1.Product;
import org.assidu.proto.v1.Store;
import org.jspecify.annotations.Nullable;

/** Sends products and stores to a server, as many in a message as is good for it. */
public final class CatalogueSender {
    private static final int ENTRIES_PER_MESSAGE = 500;
    private static final long ANSWER_WITHIN_SECONDS = 120;

    private final AdminServiceGrpc.AdminServiceStub stub;

    public CatalogueSender(Channel channel) {
        this.stub = AdminServiceGrpc.newStub(channel);
    }

    /** @throws StatusRuntimeException when the server refuses */
    public long products(Iterator<Product> products) throws InterruptedException {
        Upload<ImportProductsRequest, ImportProductsResponse> upload = new Upload<>();
        stub.withDeadlineAfter(ANSWER_WITHIN_SECONDS, TimeUnit.SECONDS).importProducts(upload);
        return upload.send(
                        products,
                        chunk -> ImportProductsRequest.newBuilder()
                                .addAllProducts(chunk)
                                .build())
                .getProducts();
    }

    /** @throws StatusRuntimeException when the server refuses */
    public long stores(Iterator<Store> stores) throws InterruptedException {
        Upload<ImportStoresRequest, ImportStoresResponse> upload = new Upload<>();
        stub.withDeadlineAfter(ANSWER_WITHIN_SECONDS, TimeUnit.SECONDS).importStores(upload);
        return upload.send(
                        stores,
                        chunk -> ImportStoresRequest.newBuilder()
                                .addAllStores(chunk)
                                .build())
                .getStores();
    }

    /** A client stream with one answer; sending waits while the transport has no room. */
    private static final class Upload<Q, A> implements ClientResponseObserver<Q, A> {
        private final CompletableFuture<A> answer = new CompletableFuture<>();
        private final Semaphore ready = new Semaphore(0);
        private @Nullable ClientCallStreamObserver<Q> requests;

        @Override
        public void beforeStart(ClientCallStreamObserver<Q> stream) {
            requests = stream;
            stream.setOnReadyHandler(ready::release);
        }

        @Override
        public void onNext(A value) {
            answer.complete(value);
        }

        @Override
        public void onError(Throwable failure) {
            answer.completeExceptionally(failure);
            ready.release();
        }

        @Override
        public void onCompleted() {
            answer.completeExceptionally(Status.INTERNAL
                    .withDescription("the server ended the call without an answer")
                    .asRuntimeException());
            ready.release();
        }

        <T> A send(Iterator<T> entries, Function<List<T>, Q> message) throws InterruptedException {
            ClientCallStreamObserver<Q> stream = requests;
            if (stream == null) {
                throw new IllegalStateException("the call was not started");
            }
            Batches.of(entries, ENTRIES_PER_MESSAGE, batch -> {
                while (!stream.isReady() && !answer.isDone()) {
                    ready.acquireUninterruptibly();
                }
                if (!answer.isDone()) {
                    stream.onNext(message.apply(batch));
                }
            });
            if (!answer.isDone()) {
                stream.onCompleted();
            }
            try {
                return answer.join();
            } catch (CompletionException failed) {
                if (failed.getCause() instanceof StatusRuntimeException status) {
                    throw status;
                }
                throw failed;
            }
        }
    }

    /** Cuts an iterator into lists. */
    private static final class Batches {
        static <T> void of(Iterator<T> entries, int size, Consumer<List<T>> action) {
            List<T> batch = new ArrayList<>(size);
            while (entries.hasNext()) {
                batch.add(entries.next());
                if (batch.size() == size || !entries.hasNext()) {
                    action.accept(List.copyOf(batch));
                    batch.clear();
                }
            }
        }
    }
}
