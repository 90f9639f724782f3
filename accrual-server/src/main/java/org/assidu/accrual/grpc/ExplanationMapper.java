package org.assidu.accrual.grpc;

import java.util.List;
import org.assidu.accrual.model.EventKind;
import org.assidu.accrual.model.OutcomeColumns;
import org.assidu.accrual.model.PublishedProgramme;
import org.assidu.accrual.model.ReceiptColumns;
import org.assidu.accrual.pipeline.Explanation;
import org.assidu.accrual.pipeline.NamedMovement;
import org.assidu.accrual.text.LineReason;
import org.assidu.proto.v1.ExplainReceiptResponse;
import org.assidu.proto.v1.ExplainedLine;
import org.assidu.proto.v1.LimitedAward;
import org.assidu.proto.v1.MemberPrice;
import org.assidu.proto.v1.ReceiptIdentity;
import org.assidu.proto.v1.RuleShare;
import org.jspecify.annotations.Nullable;

/** Explanations with a reason in words for each line. */
final class ExplanationMapper {
    private ExplanationMapper() {}

    /** @param programme that priced the receipt; null when none did */
    static ExplainReceiptResponse map(
            ReceiptIdentity identity, Explanation from, @Nullable PublishedProgramme programme) {
        ReceiptColumns receipt = from.recorded().receipt();
        OutcomeColumns outcome = from.recorded().outcome();
        ExplainReceiptResponse.Builder to = ExplainReceiptResponse.newBuilder()
                .setReceipt(identity)
                .setPosition(from.recorded().position())
                .setSoldAtMillis(receipt.soldAtMillis)
                .setReceivedAtMillis(from.receivedAtMillis())
                .setStatusValue(outcome.status.code())
                .setMemberKey(receipt.memberKey)
                .setClaimed(from.claimed())
                .setProgrammeVersion(outcome.programmeVersion)
                .setProgrammeId(from.programmeId())
                .setCurrency(ReceiptColumns.currencyCode(receipt.currency));
        LineReason reason = new LineReason(programme == null ? null : programme.document(), receipt, outcome);
        for (int line = 0; line < receipt.lines; line++) {
            ExplainedLine.Builder explained = ExplainedLine.newBuilder();
            addBonuses(explained, line, outcome, from.ruleIds());
            to.addLines(explained
                    .setLine(line + 1)
                    .setSku(receipt.string(receipt.sku[line]))
                    .setQuantityThousandths(receipt.quantityThousandths[line])
                    .setAmountMinor(receipt.amountMinor[line])
                    .setEligibleMinor(outcome.eligible[line])
                    .setPointsMicro(outcome.linePointsMicro[line])
                    .setStatusValue(outcome.lineStatus[line].code())
                    .setReturnedThousandths(from.returnedThousandths()[line])
                    .setReason(reason.of(line)));
        }
        for (NamedMovement movement : from.movements()) {
            to.addMovements(MemberAnswers.movement(movement));
        }
        for (int e = 0; e < outcome.events; e++) {
            if (outcome.eventKind[e] == EventKind.AWARD_LIMITED) {
                to.addLimited(LimitedAward.newBuilder()
                        .setRuleId(from.ruleIds().get(outcome.eventRule[e]))
                        .setWithheldMicro(outcome.eventValue[e]));
            }
            boolean own = outcome.eventMember[e] == receipt.memberKey && outcome.eventRule[e] >= 0;
            if (own && outcome.eventKind[e] == EventKind.TIER_REACHED) {
                to.setTierReached(from.ruleIds().get(outcome.eventRule[e]));
            } else if (own && outcome.eventKind[e] == EventKind.CLUB_JOINED) {
                to.addClubsJoined(from.ruleIds().get(outcome.eventRule[e]));
            }
        }
        return to.build();
    }

    private static void addBonuses(ExplainedLine.Builder to, int line, OutcomeColumns outcome, List<String> ruleIds) {
        for (int s = 0; s < outcome.shares; s++) {
            if (outcome.shareLine[s] == line) {
                to.addShares(RuleShare.newBuilder()
                        .setRuleId(ruleIds.get(outcome.shareRule[s]))
                        .setPointsMicro(outcome.shareMicro[s]));
            }
        }
        for (int p = 0; p < outcome.prices; p++) {
            if (outcome.priceLine[p] == line) {
                to.addMemberPrices(MemberPrice.newBuilder()
                        .setLine(line + 1)
                        .setRuleId(ruleIds.get(outcome.priceRule[p]))
                        .setDiscountMinor(outcome.priceMinor[p]));
            }
        }
    }
}
