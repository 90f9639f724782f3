package org.assidu.accrual.grpc;

import java.nio.charset.StandardCharsets;
import java.util.concurrent.CompletableFuture;
import org.assidu.accrual.model.PendingAdjustment;
import org.assidu.accrual.pipeline.DeskAnswers;
import org.assidu.accrual.pipeline.ServiceDesk;
import org.assidu.proto.v1.AdjustRequest;
import org.assidu.proto.v1.AdjustResponse;
import org.assidu.proto.v1.DecideAdjustmentRequest;
import org.assidu.proto.v1.DecideAdjustmentResponse;
import org.assidu.proto.v1.ListAdjustmentsResponse;
import org.assidu.proto.v1.WaitingAdjustment;

/** Manual credits and debits, by one person or by two. */
final class AdjustmentCalls {
    private static final int MAX_ID_BYTES = 64;

    private final KnownMembers members;
    private final ServiceDesk desk;

    AdjustmentCalls(KnownMembers members, ServiceDesk desk) {
        this.members = members;
        this.desk = desk;
    }

    CompletableFuture<AdjustResponse> adjust(AdjustRequest request) {
        String id = id(request.getAdjustmentId(), "adjustment_id");
        String author = Authors.required(request.getAuthor());
        String reason = Authors.requiredReason(request.getReason());
        if (request.getAmountMicro() == 0) {
            throw GrpcErrors.invalidArgument("amount_micro", "0; send what to credit, or below zero what to debit");
        }
        return members.key(request.getMember())
                .thenCompose(
                        key -> desk.adjust(id, key, request.getPurseId(), request.getAmountMicro(), author, reason))
                .thenApply(answer -> AdjustResponse.newBuilder()
                        .setStatus(RewardAnswers.status(answer.status()))
                        .setWaiting(answer.waiting())
                        .setMemberKey(answer.memberKey())
                        .setBalanceMicro(answer.balanceMicro())
                        .setPosition(answer.position())
                        .build());
    }

    CompletableFuture<DecideAdjustmentResponse> decide(DecideAdjustmentRequest request) {
        String id = id(request.getAdjustmentId(), "adjustment_id");
        String author = Authors.required(request.getAuthor());
        return desk.decideAdjustment(id, request.getApproved(), author)
                .thenApply(answer -> DecideAdjustmentResponse.newBuilder()
                        .setStatus(RewardAnswers.status(answer.status()))
                        .setMemberKey(answer.memberKey())
                        .setBalanceMicro(answer.balanceMicro())
                        .setPosition(answer.position())
                        .build());
    }

    CompletableFuture<ListAdjustmentsResponse> list() {
        return desk.waitingAdjustments().thenApply(AdjustmentCalls::list);
    }

    private static ListAdjustmentsResponse list(DeskAnswers.Waiting answer) {
        ListAdjustmentsResponse.Builder to =
                ListAdjustmentsResponse.newBuilder().setPosition(answer.position());
        for (PendingAdjustment waiting : answer.waiting()) {
            to.addAdjustments(WaitingAdjustment.newBuilder()
                    .setAdjustmentId(waiting.id())
                    .setMemberKey(waiting.memberKey())
                    .setPurseId(waiting.purseId())
                    .setAmountMicro(waiting.amountMicro())
                    .setReason(waiting.reason())
                    .setAuthor(waiting.author())
                    .setProposedAtMillis(waiting.atMillis()));
        }
        return to.build();
    }

    static String id(String id, String field) {
        int bytes = id.getBytes(StandardCharsets.UTF_8).length;
        if (bytes < 1 || bytes > MAX_ID_BYTES) {
            throw GrpcErrors.invalidArgument(
                    field, bytes + " bytes; send 1 to " + MAX_ID_BYTES + " that were never used, such as a UUID");
        }
        return id;
    }
}
