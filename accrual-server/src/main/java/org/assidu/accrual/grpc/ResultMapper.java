package org.assidu.accrual.grpc;

import static org.assidu.accrual.grpc.WireReader.FIXED64;
import static org.assidu.accrual.grpc.WireReader.LENGTH;
import static org.assidu.accrual.grpc.WireReader.VARINT;

import com.google.protobuf.InvalidProtocolBufferException;
import org.assidu.accrual.model.LineStatus;
import org.assidu.accrual.model.MemberStanding;
import org.assidu.accrual.model.OutcomeColumns;
import org.assidu.accrual.model.ReceiptColumns;
import org.assidu.accrual.model.ReceiptPhase;
import org.assidu.accrual.model.ReceiptStatus;
import org.assidu.accrual.pipeline.RewardTerms;
import org.assidu.accrual.pipeline.SalesItem;
import org.assidu.accrual.pipeline.StatusTerms;
import org.assidu.proto.v1.Alert;
import org.assidu.proto.v1.LineResult;
import org.assidu.proto.v1.MemberPrice;
import org.assidu.proto.v1.Prompt;
import org.assidu.proto.v1.ReceiptResult;
import org.assidu.proto.v1.RewardKind;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Outcomes to encoded results of the wire contract, without generated messages in between. */
public final class ResultMapper {
    /** Names a reward of a published version by its index. */
    @FunctionalInterface
    public interface RewardNames {
        RewardTerms reward(int programmeVersion, int rewardIndex);
    }

    /** Names a rule of a published version by its index. */
    @FunctionalInterface
    public interface RuleNames {
        String rule(int programmeVersion, int rule);
    }

    /** Says level and clubs that an outcome tells. */
    @FunctionalInterface
    public interface StatusNames {
        StatusTerms status(OutcomeColumns outcome);
    }

    private static final Logger LOG = LoggerFactory.getLogger(ResultMapper.class);
    private static final int TYPE = 3;

    private final RewardNames rewards;
    private final RuleNames rules;
    private final StatusNames statuses;

    /** A mapper of outcomes that tell no level and no club. */
    public ResultMapper(RewardNames rewards, RuleNames rules) {
        this(rewards, rules, outcome -> StatusTerms.NONE);
    }

    public ResultMapper(RewardNames rewards, RuleNames rules, StatusNames statuses) {
        this.rewards = rewards;
        this.rules = rules;
        this.statuses = statuses;
    }

    /** The result as a message. @param refusal what the mapping had to say; empty when the outcome says it all */
    public ReceiptResult map(ReceiptColumns receipt, OutcomeColumns outcome, String refusal, long sequence) {
        WireWriter writer = new WireWriter();
        write(receipt, outcome, refusal, sequence, writer);
        try {
            return ReceiptResult.parseFrom(writer.toByteArray());
        } catch (InvalidProtocolBufferException e) {
            throw new IllegalStateException("a result that cannot be read back", e);
        }
    }

    /** Appends the fields of the result of a receipt of an answered item. */
    void write(SalesItem item, int at, long sequence, WireWriter to) {
        write(item.receipt(at), item.outcome(at), item.refusal(at), sequence, to);
        MemberStanding standing = item.standing(at);
        if (standing != null) {
            writeTexts(standing, item.outcome(at), item.language(at), to);
        }
    }

    /** What was asked for beside the result. A text that cannot be made is left out: the result stands without it. */
    private static void writeTexts(MemberStanding standing, OutcomeColumns outcome, String language, WireWriter to) {
        try {
            if (outcome.status == ReceiptStatus.PROVISIONAL) {
                for (Prompt prompt : TillTexts.prompts(standing, language)) {
                    to.bytes(ReceiptResult.PROMPTS_FIELD_NUMBER << TYPE | LENGTH, prompt.toByteArray());
                }
            } else if (TillTexts.hasReceiptText(outcome)) {
                byte[] text = TillTexts.receipt(outcome, standing, language).toByteArray();
                to.bytes(ReceiptResult.RECEIPT_TEXT_FIELD_NUMBER << TYPE | LENGTH, text);
            }
        } catch (RuntimeException e) {
            LOG.error("the texts for a till cannot be made", e);
        }
    }

    private void write(ReceiptColumns receipt, OutcomeColumns outcome, String refusal, long sequence, WireWriter to) {
        to.varint(ReceiptResult.SEQUENCE_FIELD_NUMBER << TYPE | VARINT, sequence);
        to.varint(ReceiptResult.STATUS_FIELD_NUMBER << TYPE | VARINT, outcome.status.code());
        if (outcome.status.refused()) {
            if (outcome.status == ReceiptStatus.CHUNK_GAP) {
                to.varint(ReceiptResult.EXPECTED_CHUNK_FIELD_NUMBER << TYPE | VARINT, outcome.expectedChunk);
            }
            to.text(
                    ReceiptResult.DETAIL_FIELD_NUMBER << TYPE | LENGTH,
                    refusal.isEmpty() ? RefusalText.of(outcome) : refusal);
            return;
        }
        if (outcome.pointsMicro != 0) {
            to.sint(ReceiptResult.POINTS_MICRO_FIELD_NUMBER << TYPE | VARINT, outcome.pointsMicro);
        }
        if (outcome.balanceMicro != 0) {
            to.sint(ReceiptResult.BALANCE_MICRO_FIELD_NUMBER << TYPE | VARINT, outcome.balanceMicro);
        }
        if (receipt.memberKey != 0) {
            to.fixed64(ReceiptResult.MEMBER_KEY_FIELD_NUMBER << TYPE | FIXED64, receipt.memberKey);
        }
        if (outcome.statusVersion != 0) {
            writeStatus(statuses.status(outcome), to);
        }
        for (int a = 0; a < outcome.alerts; a++) {
            writeAlert(rewards.reward(outcome.programmeVersion, outcome.alertReward[a]), outcome.alertCount[a], to);
        }
        writeLines(receipt, outcome, to);
        for (int p = 0; p < outcome.prices; p++) {
            int start = to.open(ReceiptResult.MEMBER_PRICES_FIELD_NUMBER << TYPE | LENGTH);
            to.varint(MemberPrice.LINE_FIELD_NUMBER << TYPE | VARINT, outcome.priceLine[p] + 1);
            to.text(
                    MemberPrice.RULE_ID_FIELD_NUMBER << TYPE | LENGTH,
                    rules.rule(outcome.programmeVersion, outcome.priceRule[p]));
            to.varint(MemberPrice.DISCOUNT_MINOR_FIELD_NUMBER << TYPE | VARINT, outcome.priceMinor[p]);
            to.close(start);
        }
    }

    private static void writeStatus(StatusTerms status, WireWriter to) {
        if (!status.tierId().isEmpty()) {
            to.text(ReceiptResult.TIER_ID_FIELD_NUMBER << TYPE | LENGTH, status.tierId());
        }
        for (String club : status.clubIds()) {
            to.text(ReceiptResult.CLUB_IDS_FIELD_NUMBER << TYPE | LENGTH, club);
        }
        for (String perk : status.perks()) {
            to.text(ReceiptResult.PERKS_FIELD_NUMBER << TYPE | LENGTH, perk);
        }
    }

    private static void writeAlert(RewardTerms reward, int count, WireWriter to) {
        int start = to.open(ReceiptResult.ALERTS_FIELD_NUMBER << TYPE | LENGTH);
        to.text(Alert.REWARD_ID_FIELD_NUMBER << TYPE | LENGTH, reward.id());
        to.varint(Alert.COUNT_FIELD_NUMBER << TYPE | VARINT, count);
        if (reward.autoApply()) {
            to.varint(Alert.AUTO_APPLY_FIELD_NUMBER << TYPE | VARINT, 1);
        }
        to.varint(Alert.KIND_FIELD_NUMBER << TYPE | VARINT, reward.kind().code());
        to.varint(Alert.VALUE_FIELD_NUMBER << TYPE | VARINT, reward.value());
        to.close(start);
    }

    /** Of a closing chunk's outcome, which has the lines of the whole receipt, only the last ones are the message's. */
    private static void writeLines(ReceiptColumns receipt, OutcomeColumns outcome, WireWriter to) {
        int first = receipt.phase == ReceiptPhase.CLOSING ? Math.max(0, outcome.lines - receipt.lines) : 0;
        boolean memberless = receipt.memberKey == 0 || !earns(outcome.status);
        for (int line = first; line < outcome.lines; line++) {
            LineStatus status = outcome.lineStatus[line];
            if (status == LineStatus.EARNED
                    || status == LineStatus.NONE
                    || (status == LineStatus.NOT_ELIGIBLE && memberless)) {
                continue;
            }
            int start = to.open(ReceiptResult.LINES_FIELD_NUMBER << TYPE | LENGTH);
            to.varint(LineResult.LINE_FIELD_NUMBER << TYPE | VARINT, line - first + 1);
            to.varint(LineResult.STATUS_FIELD_NUMBER << TYPE | VARINT, status.code());
            to.close(start);
        }
    }

    private static boolean earns(ReceiptStatus status) {
        return status == ReceiptStatus.ACCRUED
                || status == ReceiptStatus.PROVISIONAL
                || status == ReceiptStatus.ALREADY_ACCRUED
                || status == ReceiptStatus.REWARD_UNFUNDED;
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
}
