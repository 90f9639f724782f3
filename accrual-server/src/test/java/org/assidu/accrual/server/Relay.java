package org.assidu.accrual.server;

import io.grpc.ManagedChannel;
import io.grpc.ManagedChannelBuilder;
import io.grpc.Status;
import io.grpc.stub.StreamObserver;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.UnaryOperator;
import org.assidu.accrual.grpc.GrpcEndpoint;
import org.assidu.accrual.grpc.GrpcServerConfig;
import org.assidu.proto.replication.v1.ExchangeEpochsRequest;
import org.assidu.proto.replication.v1.ExchangeEpochsResponse;
import org.assidu.proto.replication.v1.FollowJournalRequest;
import org.assidu.proto.replication.v1.FollowJournalResponse;
import org.assidu.proto.replication.v1.ReplicationServiceGrpc;
import org.assidu.proto.replication.v1.ReportFollowedRequest;
import org.assidu.proto.replication.v1.ReportFollowedResponse;

/** The way between a primary and its standby, on which responses are changed and streams are cut. */
final class Relay extends ReplicationServiceGrpc.ReplicationServiceImplBase implements AutoCloseable {
    /** Responses after which a stream is cut; 0 = never. */
    final AtomicInteger cutAfter = new AtomicInteger();

    final AtomicInteger streams = new AtomicInteger();

    private final ManagedChannel primary;
    private final UnaryOperator<FollowJournalResponse> change;
    private final GrpcEndpoint endpoint;
    private final ManagedChannel channel;

    Relay(int primaryPort, UnaryOperator<FollowJournalResponse> change) {
        this.change = change;
        primary = ManagedChannelBuilder.forAddress("127.0.0.1", primaryPort)
                .usePlaintext()
                .build();
        try {
            endpoint = GrpcEndpoint.start(GrpcServerConfig.loopback(0), List.of(this));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        channel = ManagedChannelBuilder.forAddress("127.0.0.1", endpoint.port())
                .usePlaintext()
                .build();
    }

    /** Of the standby, to here. */
    ManagedChannel channel() {
        return channel;
    }

    @Override
    public void followJournal(FollowJournalRequest request, StreamObserver<FollowJournalResponse> standby) {
        streams.incrementAndGet();
        ReplicationServiceGrpc.newStub(primary).followJournal(request, new StreamObserver<>() {
            private int responses;
            private boolean over;

            @Override
            public void onNext(FollowJournalResponse response) {
                if (over) {
                    return;
                }
                standby.onNext(change.apply(response));
                if (++responses == cutAfter.get()) {
                    end(Status.UNAVAILABLE.withDescription("cut by the test").asRuntimeException());
                }
            }

            @Override
            public void onError(Throwable problem) {
                end(problem);
            }

            @Override
            public void onCompleted() {
                end(Status.UNAVAILABLE.asRuntimeException());
            }

            private void end(Throwable problem) {
                if (!over) {
                    over = true;
                    standby.onError(problem);
                }
            }
        });
    }

    @Override
    public void reportFollowed(ReportFollowedRequest request, StreamObserver<ReportFollowedResponse> standby) {
        ReplicationServiceGrpc.newStub(primary).reportFollowed(request, standby);
    }

    @Override
    public void exchangeEpochs(ExchangeEpochsRequest request, StreamObserver<ExchangeEpochsResponse> standby) {
        ReplicationServiceGrpc.newStub(primary).exchangeEpochs(request, standby);
    }

    @Override
    public void close() {
        channel.shutdownNow();
        primary.shutdownNow();
        endpoint.close();
    }
}
