package org.assidu.accrual.grpc;

import java.util.concurrent.CompletableFuture;
import org.assidu.accrual.model.OutcomeColumns;
import org.assidu.accrual.model.RecordedReceipt;
import org.assidu.accrual.pipeline.Pipeline;
import org.assidu.accrual.pipeline.ReceiptIdentity;
import org.assidu.accrual.privacy.MemberPrivacy;
import org.assidu.proto.v1.GetReceiptTextResponse;
import org.assidu.proto.v1.LookUpResponse;

/** What the member service says in words for tills and receipts. */
final class TextCalls {
    private final Pipeline pipeline;
    private final MemberPrivacy privacy;

    TextCalls(Pipeline pipeline, MemberPrivacy privacy) {
        this.pipeline = pipeline;
        this.privacy = privacy;
    }

    /** @param language of prompts; empty = none are wanted */
    CompletableFuture<LookUpResponse> lookUp(long memberKey, String language) {
        CompletableFuture<LookUpResponse> plain = pipeline.member(memberKey).thenApply(MemberAnswers::lookUp);
        if (language.isEmpty()) {
            return plain;
        }
        return plain.thenCombine(
                pipeline.standing(memberKey)
                        .thenCombine(
                                privacy.person(memberKey),
                                (answer, person) ->
                                        TillTexts.prompts(answer.standing(), person, TillTexts.language(language))),
                (looked, prompts) -> looked.toBuilder().addAllPrompts(prompts).build());
    }

    /** The text of a closed receipt of a member, as of now. */
    CompletableFuture<GetReceiptTextResponse> receipt(ReceiptIdentity identity, String language) {
        return pipeline.explain(identity).thenCompose(explanation -> {
            if (explanation == null) {
                throw GrpcErrors.notFound(
                        "RECEIPT_UNKNOWN",
                        "no closed receipt has this identity: check store, till, series and number; an open receipt has"
                                + " a text once it is closed");
            }
            RecordedReceipt recorded = explanation.recorded();
            OutcomeColumns outcome = recorded.outcome();
            long member = recorded.receipt().memberKey;
            if (member == 0 || !TillTexts.hasReceiptText(outcome)) {
                throw GrpcErrors.failedPrecondition(
                        "NO_MEMBER_EARNS",
                        "this receipt has no text: " + (member == 0 ? "it names no member" : "it is " + outcome.status)
                                + "; explain it to see why it earns nothing");
            }
            return pipeline.standing(member)
                    .thenApply(answer -> GetReceiptTextResponse.newBuilder()
                            .setMemberKey(member)
                            .setText(TillTexts.receipt(outcome, answer.standing(), TillTexts.language(language)))
                            .setPosition(answer.position())
                            .build());
        });
    }
}
