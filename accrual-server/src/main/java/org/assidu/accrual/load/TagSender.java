package org.assidu.accrual.load;

import io.grpc.ManagedChannel;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.stub.StreamObserver;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.assidu.proto.v1.EngagementServiceGrpc;
import org.assidu.proto.v1.ImportTagsRequest;
import org.assidu.proto.v1.ImportTagsResponse;

/** A stream of tags to a server; its answers come in the order of the requests. */
public final class TagSender {
    private static final int ANSWER_WITHIN_SECONDS = 300;

    /** Answers; the failure or the end of the stream comes last. */
    private final BlockingQueue<Object> answers = new LinkedBlockingQueue<>();

    private final StreamObserver<ImportTagsRequest> requests;

    public TagSender(ManagedChannel channel) {
        requests = EngagementServiceGrpc.newStub(channel).importTags(new StreamObserver<>() {
            @Override
            public void onNext(ImportTagsResponse response) {
                answers.add(response);
            }

            @Override
            public void onError(Throwable problem) {
                answers.add(problem);
            }

            @Override
            public void onCompleted() {
                answers.add(Status.INTERNAL
                        .withDescription("the server ended the stream without an answer")
                        .asRuntimeException());
            }
        });
    }

    void send(ImportTagsRequest request) {
        requests.onNext(request);
    }

    void complete() {
        requests.onCompleted();
    }

    /** Waits for the next answer. @throws StatusRuntimeException when the stream has failed */
    ImportTagsResponse take() throws InterruptedException {
        Object answer = answers.poll(ANSWER_WITHIN_SECONDS, TimeUnit.SECONDS);
        if (answer instanceof ImportTagsResponse response) {
            return response;
        }
        if (answer instanceof StatusRuntimeException problem) {
            throw problem;
        }
        throw Status.DEADLINE_EXCEEDED
                .withDescription("no answer for " + ANSWER_WITHIN_SECONDS
                        + " s; import the file again: rows that were taken count once")
                .asRuntimeException();
    }
}
