package org.assidu.accrual.grpc;

import java.util.concurrent.CompletableFuture;
import org.assidu.accrual.directory.MemberDirectory;
import org.assidu.accrual.pipeline.ServiceDesk;
import org.assidu.proto.v1.JoinHouseholdRequest;
import org.assidu.proto.v1.JoinHouseholdResponse;
import org.assidu.proto.v1.LeaveHouseholdRequest;
import org.assidu.proto.v1.LeaveHouseholdResponse;

/** Members who share the purses of a household. */
final class HouseholdCalls {
    private static final int WHOLE = 10_000;

    private final KnownMembers members;
    private final MemberDirectory directory;
    private final ServiceDesk desk;

    HouseholdCalls(KnownMembers members, MemberDirectory directory, ServiceDesk desk) {
        this.members = members;
        this.directory = directory;
        this.desk = desk;
    }

    CompletableFuture<JoinHouseholdResponse> join(JoinHouseholdRequest request) {
        String author = Authors.required(request.getAuthor());
        String reason = Authors.reason(request.getReason());
        return members.key(request.getMember())
                .thenCombine(
                        members.key(request.getWith()),
                        (member, with) -> desk.joinHousehold(member, with, directory.newKey(), author, reason))
                .thenCompose(joined -> joined)
                .thenApply(answer -> JoinHouseholdResponse.newBuilder()
                        .setStatus(RewardAnswers.status(answer.status()))
                        .setHouseholdKey(answer.household())
                        .setBalanceMicro(answer.balanceMicro())
                        .setPosition(answer.position())
                        .build());
    }

    CompletableFuture<LeaveHouseholdResponse> leave(LeaveHouseholdRequest request) {
        String author = Authors.required(request.getAuthor());
        String reason = Authors.reason(request.getReason());
        int share = request.getShareHundredths();
        if (share < 0 || share > WHOLE) {
            throw GrpcErrors.invalidArgument("share_hundredths", share + "; send 0 to " + WHOLE);
        }
        return members.key(request.getMember())
                .thenCompose(member -> desk.leaveHousehold(member, share, author, reason))
                .thenApply(answer -> LeaveHouseholdResponse.newBuilder()
                        .setStatus(RewardAnswers.status(answer.status()))
                        .setBalanceMicro(answer.balanceMicro())
                        .setPosition(answer.position())
                        .build());
    }
}
