package org.assidu.accrual.grpc;

import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.assidu.accrual.model.OperationStatus;
import org.assidu.accrual.pipeline.DeskAnswers;
import org.assidu.accrual.pipeline.ServiceDesk;
import org.assidu.accrual.privacy.MemberPrivacy;
import org.assidu.proto.v1.MergeMembersRequest;
import org.assidu.proto.v1.MergeMembersResponse;

/** Two memberships of one person: recorded first, then followed by the directory; a restart makes up for a crash in between. */
final class MergeCalls {
    private final KnownMembers members;
    private final ServiceDesk desk;
    private final MemberPrivacy privacy;

    MergeCalls(KnownMembers members, ServiceDesk desk, MemberPrivacy privacy) {
        this.members = members;
        this.desk = desk;
        this.privacy = privacy;
    }

    CompletableFuture<MergeMembersResponse> merge(MergeMembersRequest request) {
        String author = Authors.required(request.getAuthor());
        String reason = Authors.requiredReason(request.getReason());
        return members.key(request.getSurvivor())
                .thenCombine(
                        members.key(request.getAbsorbed()),
                        (survivor, absorbed) -> merge(survivor, absorbed, author, reason))
                .thenCompose(merged -> merged);
    }

    private CompletableFuture<MergeMembersResponse> merge(long survivor, long absorbed, String author, String reason) {
        if (survivor == absorbed) {
            return desk.merge(survivor, 0, author, reason)
                    .thenApply(answer -> response(answer, OperationStatus.ALREADY_DONE));
        }
        return desk.merge(survivor, absorbed, author, reason).thenCompose(answer -> {
            boolean merged = answer.status() == OperationStatus.DONE || answer.status() == OperationStatus.ALREADY_DONE;
            return (merged
                            ? privacy.merge(Map.of(absorbed, answer.memberKey()))
                            : CompletableFuture.<Void>completedFuture(null))
                    .thenApply(done -> response(answer, answer.status()));
        });
    }

    private static MergeMembersResponse response(DeskAnswers.Merged answer, OperationStatus status) {
        return MergeMembersResponse.newBuilder()
                .setStatus(RewardAnswers.status(status))
                .setMemberKey(answer.memberKey())
                .setBalanceMicro(answer.balanceMicro())
                .setPosition(answer.position())
                .build();
    }
}
