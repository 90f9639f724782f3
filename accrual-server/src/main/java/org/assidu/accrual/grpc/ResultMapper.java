package org.assidu.accrual.grpc;

import org.assidu.accrual.model.LineStatus;
import org.assidu.accrual.model.OutcomeColumns;
import org.assidu.accrual.model.ReceiptColumns;
import org.assidu.accrual.model.ReceiptField;
import org.assidu.accrual.model.ReceiptPhase;
import org.assidu.accrual.model.ReceiptStatus;
import org.assidu.accrual.pipeline.RewardTerms;
import org.assidu.accrual.pipeline.SalesItem;
import org.assidu.proto.v1.Alert;
import org.assidu.proto.v1.LineResult;
import org.assidu.proto.v1.ReceiptResult;
import org.assidu.proto.v1.RewardKind;

/** Outcomes to results of the wire contract. */
public final class ResultMapper {
    /** Names a reward of a published version by its index. */
    @FunctionalInterface
    public interface RewardNames {
        RewardTerms reward(int programmeVersion, int rewardIndex);
    }

    private final RewardNames rewards;

    public ResultMapper(RewardNames rewards) {
        this.rewards = rewards;
    }

    /** The result of a receipt of an answered item. */
    public ReceiptResult map(SalesItem item, int at, long sequence) {
        return map(item.receipt(at), item.outcome(at), item.refusal(at), sequence);
    }

    /** @param refusal what the mapping or the pipeline had to say; empty when the outcome says it all */
    public ReceiptResult map(ReceiptColumns receipt, OutcomeColumns outcome, String refusal, long sequence) {
        ReceiptResult.Builder to = ReceiptResult.newBuilder()
                .setSequence(sequence)
                .setStatusValue(outcome.status.code())
                .setPointsMicro(outcome.pointsMicro)
                .setBalanceMicro(outcome.balanceMicro)
                .setMemberKey(receipt.memberKey);
        if (outcome.status.refused()) {
            to.setMemberKey(0).setDetail(refusal.isEmpty() ? detail(outcome) : refusal);
            if (outcome.status == ReceiptStatus.CHUNK_GAP) {
                to.setExpectedChunk(outcome.expectedChunk);
            }
            return to.build();
        }
        addLines(receipt, outcome, to);
        for (int a = 0; a < outcome.alerts; a++) {
            RewardTerms reward = rewards.reward(outcome.programmeVersion, outcome.alertReward[a]);
            to.addAlerts(alert(reward, outcome.alertCount[a]));
        }
        return to.build();
    }

    /** A reward that may be used so many times now. */
    public static Alert alert(RewardTerms reward, int count) {
        return Alert.newBuilder()
                .setRewardId(reward.id())
                .setCount(count)
                .setAutoApply(reward.autoApply())
                .setKind(RewardKind.forNumber(reward.kind().code()))
                .setValue(reward.value())
                .build();
    }

    /** Of a closing chunk's outcome, which has the lines of the whole receipt, only the last ones are the message's. */
    private static void addLines(ReceiptColumns receipt, OutcomeColumns outcome, ReceiptResult.Builder to) {
        int first = receipt.phase == ReceiptPhase.CLOSING ? Math.max(0, outcome.lines - receipt.lines) : 0;
        boolean memberless = receipt.memberKey == 0 || !earns(outcome.status);
        for (int line = first; line < outcome.lines; line++) {
            LineStatus status = outcome.lineStatus[line];
            if (status == LineStatus.EARNED || status == LineStatus.NONE) {
                continue;
            }
            if (status == LineStatus.NOT_ELIGIBLE && memberless) {
                continue;
            }
            to.addLines(LineResult.newBuilder().setLine(line - first + 1).setStatusValue(status.code()));
        }
    }

    private static boolean earns(ReceiptStatus status) {
        return status == ReceiptStatus.ACCRUED
                || status == ReceiptStatus.PROVISIONAL
                || status == ReceiptStatus.ALREADY_ACCRUED
                || status == ReceiptStatus.REWARD_UNFUNDED;
    }

    private static String detail(OutcomeColumns outcome) {
        return switch (outcome.status) {
            case RECEIPT_CONFLICT ->
                (outcome.conflictLine < 0 ? "" : "line " + (outcome.conflictLine + 1) + ", ")
                        + fieldName(outcome.conflict)
                        + ": differs from the receipt recorded first under this identity; if it is another receipt, send"
                        + " it under its own number";
            case CHUNK_GAP -> "chunk: send chunk " + outcome.expectedChunk + " next";
            case MALFORMED_TOTAL ->
                "total_minor or line_count: not what the lines add up to; send the lines that are missing, or the right"
                        + " total";
            case CURRENCY_NOT_ACCEPTED -> "currency: not the programme's; send the receipt in the programme's currency";
            case AMOUNT_OUT_OF_RANGE ->
                "amount_minor: beyond the programme's largest_amount; check the amount, or publish a larger limit";
            case SOLD_IN_THE_FUTURE ->
                "sold_at_millis: further ahead than the programme lets till clocks be; set the till's clock";
            case OVERLOADED -> "the server has no room; send the same receipt again after a pause";
            case MALFORMED_IDENTITY, MALFORMED_LINE, MALFORMED_IDENTIFIER -> "correct the receipt and send it again";
            case ACCRUED,
                    PROVISIONAL,
                    ALREADY_ACCRUED,
                    VOIDED,
                    SOLD_TOO_LONG_AGO,
                    MEMBER_UNKNOWN,
                    MEMBER_CLOSED,
                    CARD_BLOCKED,
                    REWARD_UNFUNDED,
                    NO_PROGRAMME -> "";
        };
    }

    /** The field's name in the contract. */
    static String fieldName(ReceiptField field) {
        return switch (field) {
            case NONE -> "content";
            case SOLD_AT -> "sold_at_millis";
            case UTC_OFFSET -> "utc_offset_minutes";
            case BUSINESS_DATE -> "identity.business_date";
            case CURRENCY -> "currency";
            case MEMBER -> "member";
            case CHANNEL -> "channel";
            case CASHIER -> "cashier";
            case PHASE -> "phase";
            case CHUNK -> "chunk";
            case TOTAL -> "total_minor";
            case LINE_COUNT -> "lines";
            case LINE_SKU -> "sku";
            case LINE_QUANTITY -> "quantity_thousandths";
            case LINE_AMOUNT -> "amount_minor";
            case LINE_DISCOUNT -> "discount_minor";
            case LINE_VAT_RATE -> "vat_rate_hundredths";
            case LINE_CATEGORY -> "category";
            case LINE_BRAND -> "brand";
            case LINE_FLAGS -> "promoted, weighed or gift_card_sale";
            case LINE_ORIGINAL -> "original";
            case TENDERS -> "tenders";
            case USED_REWARDS -> "used_rewards";
            case HISTORICAL -> "historical";
        };
    }
}
