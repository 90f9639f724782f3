package org.assidu.accrual.grpc;

import io.grpc.stub.ServerCallStreamObserver;
import io.grpc.stub.StreamObserver;
import org.assidu.accrual.directory.MemberDirectory;
import org.assidu.accrual.pipeline.AnswerSink;
import org.assidu.accrual.pipeline.Pipeline;
import org.assidu.accrual.pipeline.PipelineState;
import org.assidu.accrual.pipeline.SalesItem;
import org.assidu.proto.v1.AccrualServiceGrpc;
import org.assidu.proto.v1.RecordReceiptRequest;
import org.assidu.proto.v1.RecordReceiptResponse;
import org.assidu.proto.v1.StreamSalesRequest;
import org.assidu.proto.v1.StreamSalesResponse;

/** Takes sales on the event loop and hands them to the pipeline; nothing in here blocks. */
public final class AccrualGrpcService extends AccrualServiceGrpc.AccrualServiceImplBase {
    private static final int RETRY_MILLIS = 100;
    private static final int RETRY_STOPPING_MILLIS = 1_000;

    private final Pipeline pipeline;
    private final SalesMapper mapper;
    private final ResultMapper results;
    private final int maxOutstanding;

    /** @param maxOutstanding request messages of one stream that may be unanswered at once */
    public AccrualGrpcService(Pipeline pipeline, MemberDirectory directory, int maxOutstanding) {
        this.pipeline = pipeline;
        this.maxOutstanding = maxOutstanding;
        mapper = new SalesMapper(new MemberMapper(directory));
        results = new ResultMapper(pipeline::reward);
    }

    @Override
    public StreamObserver<StreamSalesRequest> streamSales(StreamObserver<StreamSalesResponse> responses) {
        SalesStream stream = new SalesStream(
                pipeline, mapper, results, maxOutstanding, (ServerCallStreamObserver<StreamSalesResponse>) responses);
        stream.open();
        return stream;
    }

    @Override
    public void recordReceipt(RecordReceiptRequest request, StreamObserver<RecordReceiptResponse> observer) {
        SalesItem item = new SalesItem(new UnarySink(observer, results));
        mapper.add(request.getReceipt(), item);
        if (pipeline.trySubmit(item)) {
            return;
        }
        observer.onError(
                pipeline.state() == PipelineState.RUNNING
                        ? GrpcErrors.resourceExhausted(
                                "OVERLOADED",
                                "every slot of the write path is taken; send the same receipt again after a pause",
                                RETRY_MILLIS)
                        : GrpcErrors.unavailable(
                                "SERVER_STOPPING",
                                "the server is stopping; send the same receipt again on a new connection",
                                RETRY_STOPPING_MILLIS));
    }

    /** Gives one answer. */
    private record UnarySink(StreamObserver<RecordReceiptResponse> observer, ResultMapper results)
            implements AnswerSink {
        @Override
        public void answered(SalesItem item) {
            if (((ServerCallStreamObserver<RecordReceiptResponse>) observer).isCancelled()) {
                return;
            }
            observer.onNext(RecordReceiptResponse.newBuilder()
                    .setPosition(item.position())
                    .setResult(results.map(item, 0, 1))
                    .build());
            observer.onCompleted();
        }

        @Override
        public void flush() {}

        @Override
        public void abandoned(SalesItem item, Throwable cause) {
            observer.onError(GrpcErrors.unavailable(
                    "SERVER_STOPPING",
                    "the server stopped before it could answer; send the same receipt again, which is safe",
                    RETRY_STOPPING_MILLIS));
        }
    }
}
