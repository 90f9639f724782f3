package org.assidu.accrual.grpc;

import static org.assidu.accrual.grpc.WireReader.LENGTH;
import static org.assidu.accrual.grpc.WireReader.VARINT;

import io.grpc.BindableService;
import io.grpc.MethodDescriptor;
import io.grpc.ServerServiceDefinition;
import io.grpc.ServiceDescriptor;
import io.grpc.StatusRuntimeException;
import io.grpc.stub.ServerCallStreamObserver;
import io.grpc.stub.ServerCalls;
import io.grpc.stub.StreamObserver;
import java.io.InputStream;
import org.assidu.accrual.directory.MemberDirectory;
import org.assidu.accrual.pipeline.AnswerSink;
import org.assidu.accrual.pipeline.Pipeline;
import org.assidu.accrual.pipeline.PipelineState;
import org.assidu.accrual.pipeline.SalesItem;
import org.assidu.proto.v1.AccrualServiceGrpc;
import org.assidu.proto.v1.RecordReceiptResponse;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes sales on the event loop and hands them to the pipeline; nothing in here blocks. Bound with marshallers of its own:
 * messages are read and written as bytes.
 */
public final class AccrualGrpcService implements BindableService {
    private static final Logger LOG = LoggerFactory.getLogger(AccrualGrpcService.class);
    private static final int RETRY_MILLIS = 100;
    private static final int RETRY_STOPPING_MILLIS = 1_000;
    private static final int POSITION = RecordReceiptResponse.POSITION_FIELD_NUMBER << 3 | VARINT;
    private static final int RESULT = RecordReceiptResponse.RESULT_FIELD_NUMBER << 3 | LENGTH;

    private final Pipeline pipeline;
    private final ThreadLocal<SalesMapper> mappers;
    private final ResultMapper results;
    private final int maxOutstanding;

    /** @param maxOutstanding request messages of one stream that may be unanswered at once */
    public AccrualGrpcService(Pipeline pipeline, MemberDirectory directory, int maxOutstanding) {
        this.pipeline = pipeline;
        this.maxOutstanding = maxOutstanding;
        MemberMapper members = new MemberMapper(directory);
        mappers = ThreadLocal.withInitial(() -> new SalesMapper(members));
        results = new ResultMapper(pipeline::reward, pipeline::ruleId, pipeline::status);
    }

    @Override
    public ServerServiceDefinition bindService() {
        MethodDescriptor<InputStream, WireWriter> stream = AccrualServiceGrpc.getStreamSalesMethod().toBuilder(
                        SalesMarshallers.STREAMED, SalesMarshallers.RESULTS)
                .build();
        MethodDescriptor<byte[], WireWriter> record = AccrualServiceGrpc.getRecordReceiptMethod().toBuilder(
                        SalesMarshallers.BYTES, SalesMarshallers.RESULTS)
                .build();
        ServiceDescriptor service = ServiceDescriptor.newBuilder(AccrualServiceGrpc.SERVICE_NAME)
                .setSchemaDescriptor(AccrualServiceGrpc.getServiceDescriptor().getSchemaDescriptor())
                .addMethod(stream)
                .addMethod(record)
                .build();
        return ServerServiceDefinition.builder(service)
                .addMethod(stream, ServerCalls.asyncBidiStreamingCall(this::streamSales))
                .addMethod(record, ServerCalls.asyncUnaryCall(this::recordReceipt))
                .build();
    }

    private StreamObserver<InputStream> streamSales(StreamObserver<WireWriter> responses) {
        SalesStream stream = new SalesStream(
                pipeline, mappers::get, results, maxOutstanding, (ServerCallStreamObserver<WireWriter>) responses);
        stream.open();
        return stream;
    }

    private void recordReceipt(byte[] request, StreamObserver<WireWriter> observer) {
        ((ServerCallStreamObserver<WireWriter>) observer).setOnCancelHandler(() -> {});
        SalesItem item = new SalesItem(new UnarySink(observer, results));
        try {
            mappers.get().map(request, item);
            check(item, Session.current());
        } catch (StatusRuntimeException e) {
            observer.onError(e);
            return;
        }
        if (item.receipts() != 1) {
            observer.onError(GrpcErrors.invalidArgument("receipt", item.receipts() + " receipts; send one"));
        } else if (!pipeline.trySubmit(item)) {
            observer.onError(noRoom());
        }
    }

    private static void check(SalesItem item, @Nullable Session session) {
        if (session != null) {
            SalesMapper.checkStores(item, session);
            int lines = 0;
            for (int at = 0; at < item.receipts(); at++) {
                lines += item.receipt(at).lines;
            }
            session.spendLines(lines);
        }
    }

    private StatusRuntimeException noRoom() {
        return pipeline.state() == PipelineState.RUNNING
                ? GrpcErrors.resourceExhausted(
                        "OVERLOADED",
                        "every slot of the write path is taken; send the same receipt again after a pause",
                        RETRY_MILLIS)
                : GrpcErrors.unavailable(
                        "SERVER_STOPPING",
                        "the server is stopping; send the same receipt again on a new connection",
                        RETRY_STOPPING_MILLIS);
    }

    /** Gives one answer. */
    private record UnarySink(StreamObserver<WireWriter> observer, ResultMapper results) implements AnswerSink {
        @Override
        public void answered(SalesItem item) {
            WireWriter response = new WireWriter();
            response.varint(POSITION, item.position());
            int start = response.open(RESULT);
            results.write(item, 0, 1, response);
            response.close(start);
            give(() -> {
                observer.onNext(response);
                observer.onCompleted();
            });
        }

        /** A transport that fails ends this call only: the answers thread must not see it. */
        private static void give(Runnable answer) {
            try {
                answer.run();
            } catch (RuntimeException e) {
                LOG.warn("a receipt's answer could not be given: its transport failed", e);
            }
        }

        @Override
        public void flush() {}

        @Override
        public void abandoned(SalesItem item, Throwable cause) {
            give(() -> observer.onError(GrpcErrors.unavailable(
                    "SERVER_STOPPING",
                    "the server stopped before it could answer; send the same receipt again, which is safe",
                    RETRY_STOPPING_MILLIS)));
        }
    }
}
