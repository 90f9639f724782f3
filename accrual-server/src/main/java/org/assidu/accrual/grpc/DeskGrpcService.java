package org.assidu.accrual.grpc;

import io.grpc.stub.ServerCallStreamObserver;
import io.grpc.stub.StreamObserver;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import org.assidu.accrual.directory.MemberDirectory;
import org.assidu.accrual.pipeline.MigrationDesk;
import org.assidu.accrual.pipeline.Pipeline;
import org.assidu.accrual.pipeline.ServiceDesk;
import org.assidu.accrual.privacy.MemberPrivacy;
import org.assidu.proto.v1.AdjustRequest;
import org.assidu.proto.v1.AdjustResponse;
import org.assidu.proto.v1.BlockCardRequest;
import org.assidu.proto.v1.BlockCardResponse;
import org.assidu.proto.v1.ClaimReceiptRequest;
import org.assidu.proto.v1.ClaimReceiptResponse;
import org.assidu.proto.v1.DecideAdjustmentRequest;
import org.assidu.proto.v1.DecideAdjustmentResponse;
import org.assidu.proto.v1.ImportMembersRequest;
import org.assidu.proto.v1.ImportMembersResponse;
import org.assidu.proto.v1.JoinHouseholdRequest;
import org.assidu.proto.v1.JoinHouseholdResponse;
import org.assidu.proto.v1.LeaveHouseholdRequest;
import org.assidu.proto.v1.LeaveHouseholdResponse;
import org.assidu.proto.v1.ListAdjustmentsRequest;
import org.assidu.proto.v1.ListAdjustmentsResponse;
import org.assidu.proto.v1.MemberServiceGrpc;
import org.assidu.proto.v1.MergeMembersRequest;
import org.assidu.proto.v1.MergeMembersResponse;
import org.assidu.proto.v1.ReplaceCardRequest;
import org.assidu.proto.v1.ReplaceCardResponse;
import org.assidu.proto.v1.UnblockCardRequest;
import org.assidu.proto.v1.UnblockCardResponse;

/** Those calls of MemberService that people at the service desk make; gRPC wants all of a service in one object. */
abstract class DeskGrpcService extends MemberServiceGrpc.MemberServiceImplBase {
    private final AdjustmentCalls adjustments;
    private final CardCalls cards;
    private final ClaimCalls claims;
    private final MigrationDesk migration;
    private final MergeCalls merges;
    private final HouseholdCalls households;

    DeskGrpcService(Pipeline pipeline, MemberDirectory directory, MemberPrivacy privacy) {
        KnownMembers members = new KnownMembers(pipeline, directory);
        ServiceDesk desk = new ServiceDesk(pipeline);
        adjustments = new AdjustmentCalls(members, desk);
        cards = new CardCalls(pipeline, members, desk);
        claims = new ClaimCalls(members, desk);
        migration = new MigrationDesk(pipeline);
        merges = new MergeCalls(members, desk, privacy);
        households = new HouseholdCalls(members, directory, desk);
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

    @Override
    public void claimReceipt(ClaimReceiptRequest request, StreamObserver<ClaimReceiptResponse> observer) {
        answer(observer, () -> claims.claim(request));
    }

    @Override
    public StreamObserver<ImportMembersRequest> importMembers(StreamObserver<ImportMembersResponse> observer) {
        return new MigrationCall(migration, (ServerCallStreamObserver<ImportMembersResponse>) observer);
    }

    @Override
    public void mergeMembers(MergeMembersRequest request, StreamObserver<MergeMembersResponse> observer) {
        answer(observer, () -> merges.merge(request));
    }

    @Override
    public void joinHousehold(JoinHouseholdRequest request, StreamObserver<JoinHouseholdResponse> observer) {
        answer(observer, () -> households.join(request));
    }

    @Override
    public void leaveHousehold(LeaveHouseholdRequest request, StreamObserver<LeaveHouseholdResponse> observer) {
        answer(observer, () -> households.leave(request));
    }
}
