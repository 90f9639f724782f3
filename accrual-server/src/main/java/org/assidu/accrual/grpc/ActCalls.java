package org.assidu.accrual.grpc;

import java.nio.charset.StandardCharsets;
import java.util.concurrent.CompletableFuture;
import org.assidu.accrual.directory.MemberDirectory;
import org.assidu.accrual.model.Mechanics.ActKind;
import org.assidu.accrual.pipeline.ActDesk;
import org.assidu.accrual.pipeline.Pipeline;
import org.assidu.proto.v1.RecordActRequest;
import org.assidu.proto.v1.RecordActResponse;
import org.assidu.proto.v1.ReferMemberRequest;
import org.assidu.proto.v1.ReferMemberResponse;

/** Calls that tell what members did besides buying. */
final class ActCalls {
    private static final int MAX_TEXT_BYTES = 64;
    private static final int BEST_SCORE = 10;

    private final KnownMembers members;
    private final ActDesk acts;

    ActCalls(Pipeline pipeline, MemberDirectory directory) {
        members = new KnownMembers(pipeline, directory);
        acts = new ActDesk(pipeline);
    }

    CompletableFuture<RecordActResponse> record(RecordActRequest request) {
        ActKind kind = kind(request);
        String code = text(request.getCode(), "code", kind == ActKind.CUSTOM ? 1 : 0);
        if (kind != ActKind.CUSTOM && !code.isEmpty()) {
            throw GrpcErrors.invalidArgument("code", "is for CUSTOM acts only; leave it empty");
        }
        if (request.getScore() < 0 || request.getScore() > BEST_SCORE) {
            throw GrpcErrors.invalidArgument("score", request.getScore() + "; send 0 to " + BEST_SCORE);
        }
        String store = text(request.getStore(), "store", 0);
        String key = text(request.getIdempotencyKey(), "idempotency_key", 1);
        return members.key(request.getMember())
                .thenCompose(member -> acts.record(member, kind, code, request.getScore(), store, key)
                        .thenApply(recorded -> {
                            RecordActResponse.Builder to = RecordActResponse.newBuilder()
                                    .setStatus(RewardAnswers.status(recorded.status()))
                                    .setMemberKey(member)
                                    .setBalanceMicro(recorded.balanceMicro())
                                    .setPosition(recorded.position());
                            recorded.movements().forEach(moved -> to.addMovements(MemberAnswers.movement(moved)));
                            return to.build();
                        }));
    }

    CompletableFuture<ReferMemberResponse> refer(ReferMemberRequest request) {
        return members.key(request.getReferrer())
                .thenCompose(referrer -> members.key(request.getReferred())
                        .thenCompose(referred -> acts.refer(referrer, referred)
                                .thenApply(recorded -> ReferMemberResponse.newBuilder()
                                        .setStatus(RewardAnswers.status(recorded.status()))
                                        .setReferrerKey(referrer)
                                        .setReferredKey(referred)
                                        .setPosition(recorded.position())
                                        .build())));
    }

    private static ActKind kind(RecordActRequest request) {
        return switch (request.getKind()) {
            case ACT_KIND_REVIEW -> ActKind.REVIEW;
            case ACT_KIND_SURVEY -> ActKind.SURVEY;
            case ACT_KIND_CUSTOM -> ActKind.CUSTOM;
            case ACT_KIND_UNSPECIFIED, UNRECOGNIZED ->
                throw GrpcErrors.invalidArgument(
                        "kind", request.getKindValue() + "; send REVIEW, SURVEY or CUSTOM of the contract");
        };
    }

    static String text(String value, String field, int leastBytes) {
        int bytes = value.getBytes(StandardCharsets.UTF_8).length;
        if (bytes < leastBytes || bytes > MAX_TEXT_BYTES) {
            throw GrpcErrors.invalidArgument(field, bytes + " bytes; send " + leastBytes + " to " + MAX_TEXT_BYTES);
        }
        return value;
    }
}
