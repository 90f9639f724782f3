package org.assidu.accrual.grpc;

import java.util.concurrent.CompletableFuture;
import org.assidu.accrual.model.ReceiptColumns;
import org.assidu.accrual.pipeline.ReceiptIdentity;
import org.assidu.accrual.pipeline.ServiceDesk;
import org.assidu.proto.v1.ClaimReceiptRequest;
import org.assidu.proto.v1.ClaimReceiptResponse;

/** Claims of receipts that named nobody. */
final class ClaimCalls {
    private final KnownMembers members;
    private final ServiceDesk desk;

    ClaimCalls(KnownMembers members, ServiceDesk desk) {
        this.members = members;
        this.desk = desk;
    }

    CompletableFuture<ClaimReceiptResponse> claim(ClaimReceiptRequest request) {
        ReceiptIdentity identity = identity(request.getReceipt());
        String author = Authors.required(request.getAuthor());
        String reason = Authors.reason(request.getReason());
        return members.key(request.getMember())
                .thenCompose(key -> desk.claim(identity, key, author, reason).thenApply(claimed -> {
                    if (claimed == null) {
                        throw GrpcErrors.notFound(
                                "RECEIPT_UNKNOWN",
                                "no closed receipt has this identity: check store, till, series and number; an offline"
                                        + " till's receipts can be claimed once they have arrived");
                    }
                    return ClaimReceiptResponse.newBuilder()
                            .setStatus(RewardAnswers.status(claimed.status()))
                            .setMemberKey(key)
                            .setPointsMicro(claimed.pointsMicro())
                            .setBalanceMicro(claimed.balanceMicro())
                            .setPosition(claimed.position())
                            .build();
                }));
    }

    static ReceiptIdentity identity(org.assidu.proto.v1.ReceiptIdentity from) {
        Refusal refusal = new ReceiptMapper().mapIdentity(from, new ReceiptColumns());
        if (refusal != null) {
            throw GrpcErrors.invalidArgument("receipt", refusal.detail());
        }
        return new ReceiptIdentity(
                from.getStore(), from.getTill(), from.getSeries(), from.getNumber(), from.getBusinessDate());
    }
}
