package org.assidu.accrual.grpc;

import io.grpc.stub.StreamObserver;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import org.assidu.accrual.directory.MemberDirectory;
import org.assidu.accrual.pipeline.Pipeline;
import org.assidu.accrual.pipeline.ServiceDesk;
import org.assidu.proto.v1.AdjustRequest;
import org.assidu.proto.v1.AdjustResponse;
import org.assidu.proto.v1.BlockCardRequest;
import org.assidu.proto.v1.BlockCardResponse;
import org.assidu.proto.v1.DecideAdjustmentRequest;
import org.assidu.proto.v1.DecideAdjustmentResponse;
import org.assidu.proto.v1.ListAdjustmentsRequest;
import org.assidu.proto.v1.ListAdjustmentsResponse;
import org.assidu.proto.v1.MemberServiceGrpc;
import org.assidu.proto.v1.ReplaceCardRequest;
import org.assidu.proto.v1.ReplaceCardResponse;
import org.assidu.proto.v1.UnblockCardRequest;
import org.assidu.proto.v1.UnblockCardResponse;

/** Those calls of MemberService that people at the service desk make; gRPC wants all of a service in one object. */
abstract class DeskGrpcService extends MemberServiceGrpc.MemberServiceImplBase {
    private final AdjustmentCalls adjustments;
    private final CardCalls cards;

    DeskGrpcService(Pipeline pipeline, MemberDirectory directory) {
        KnownMembers members = new KnownMembers(pipeline, directory);
        ServiceDesk desk = new ServiceDesk(pipeline);
        adjustments = new AdjustmentCalls(members, desk);
        cards = new CardCalls(pipeline, members, desk);
    }

    private static <T> void answer(StreamObserver<T> observer, Supplier<CompletableFuture<T>> call) {
        Answers.guarded(observer, () -> Answers.answer(observer, call.get(), answer -> answer));
    }

    @Override
    public void adjust(AdjustRequest request, StreamObserver<AdjustResponse> observer) {
        answer(observer, () -> adjustments.adjust(request));
    }

    @Override
    public void decideAdjustment(DecideAdjustmentRequest request, StreamObserver<DecideAdjustmentResponse> observer) {
        answer(observer, () -> adjustments.decide(request));
    }

    @Override
    public void listAdjustments(ListAdjustmentsRequest request, StreamObserver<ListAdjustmentsResponse> observer) {
        answer(observer, adjustments::list);
    }

    @Override
    public void blockCard(BlockCardRequest request, StreamObserver<BlockCardResponse> observer) {
        answer(observer, () -> cards.block(request));
    }

    @Override
    public void unblockCard(UnblockCardRequest request, StreamObserver<UnblockCardResponse> observer) {
        answer(observer, () -> cards.unblock(request));
    }

    @Override
    public void replaceCard(ReplaceCardRequest request, StreamObserver<ReplaceCardResponse> observer) {
        answer(observer, () -> cards.replace(request));
    }
}
