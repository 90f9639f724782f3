package org.assidu.benchmarks.load;

import io.grpc.stub.StreamObserver;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.assidu.accrual.grpc.GrpcEndpoint;
import org.assidu.accrual.grpc.GrpcServerConfig;
import org.assidu.proto.v1.AccrualServiceGrpc;
import org.assidu.proto.v1.Receipt;
import org.assidu.proto.v1.ReceiptResult;
import org.assidu.proto.v1.ReceiptStatus;
import org.assidu.proto.v1.SaleLine;
import org.assidu.proto.v1.StreamSalesRequest;
import org.assidu.proto.v1.StreamSalesResponse;

/**
 * The ceiling: a gRPC server with the same contract, on the same endpoint with the same limits, that parses every message
 * with the generated classes and answers one result per receipt, with the fields and sizes of a real one. It remembers
 * nothing.
 */
public final class NoopServer {
    /** What the line that names the port begins with. */
    static final String PORT = "port ";

    private NoopServer() {}

    /** Prints its port on a line and serves until it is killed. */
    public static void main(String[] args) throws IOException, InterruptedException {
        GrpcEndpoint endpoint = GrpcEndpoint.start(GrpcServerConfig.loopback(0), List.of(new Accrual()));
        System.out.println(PORT + endpoint.port());
        new CountDownLatch(1).await();
    }

    private static final class Accrual extends AccrualServiceGrpc.AccrualServiceImplBase {
        @Override
        public StreamObserver<StreamSalesRequest> streamSales(StreamObserver<StreamSalesResponse> answers) {
            return new StreamObserver<>() {
                private long sequence;

                @Override
                public void onNext(StreamSalesRequest message) {
                    StreamSalesResponse.Builder response = StreamSalesResponse.newBuilder();
                    for (Receipt receipt : message.getReceiptsList()) {
                        response.addResults(answer(receipt, ++sequence));
                    }
                    answers.onNext(response.setPosition(sequence).build());
                }

                @Override
                public void onError(Throwable failure) {
                    // The client went away: nothing is kept for it.
                }

                @Override
                public void onCompleted() {
                    answers.onCompleted();
                }
            };
        }

        private static ReceiptResult answer(Receipt receipt, long sequence) {
            long minor = 0;
            for (SaleLine line : receipt.getLinesList()) {
                minor += line.getAmountMinor();
            }
            return ReceiptResult.newBuilder()
                    .setSequence(sequence)
                    .setStatus(ReceiptStatus.RECEIPT_STATUS_ACCRUED)
                    .setPointsMicro(minor * 10_000)
                    .setBalanceMicro(minor * 1_000_000)
                    .setMemberKey(receipt.getMember().getCard() * 0x9E3779B97F4A7C15L)
                    .build();
        }
    }
}
