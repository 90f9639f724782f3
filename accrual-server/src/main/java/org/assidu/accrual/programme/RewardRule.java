package org.assidu.accrual.programme;

import java.nio.charset.StandardCharsets;
import org.assidu.accrual.model.ProgrammeDocument.Measure;
import org.assidu.accrual.model.ProgrammeDocument.Surplus;
import org.assidu.accrual.model.ProgrammeDocument.ThresholdReward;
import org.assidu.accrual.model.ProgrammeDocument.Window;
import org.assidu.accrual.model.ReceiptColumns;
import org.assidu.accrual.model.RewardKind;
import org.jspecify.annotations.Nullable;

/**
 * A threshold reward in integers.
 *
 * @param index among the programme's threshold rewards, from 0
 * @param reachesUnits micropoints (POINTS), minor units (SPEND), thousandths of articles (ARTICLES) or visits (VISITS)
 * @param category UTF-8 of the category that counts; null = all
 * @param wireValue hundredths of a percent (PERCENTAGE_OFF), minor units (FIXED_AMOUNT, GIFT_VOUCHER), else 0
 */
@SuppressWarnings("ArrayRecordComponent") // the bytes are compared in place with the receipt's arena
public record RewardRule(
        int index,
        ThresholdReward source,
        byte[] idBytes,
        long reachesUnits,
        byte @Nullable [] category,
        long wireValue) {
    public String id() {
        return source.id();
    }

    /** Index of this reward among the programme's rules; the base rule is 0. */
    public int rule() {
        return index + 1;
    }

    public Measure measure() {
        return source.measure();
    }

    public Window window() {
        return source.window();
    }

    public Surplus surplus() {
        return source.surplus();
    }

    public RewardKind kind() {
        return source.kind();
    }

    public boolean autoApply() {
        return source.autoApply();
    }

    public boolean rewardReceiptsEarn() {
        return source.rewardReceiptsEarn();
    }

    /** Whether a used reward of a receipt names this one. */
    public boolean isNamed(ReceiptColumns receipt, int reference) {
        return Texts.same(receipt, reference, idBytes);
    }

    /** Whether a line counts for this reward by its category. */
    public boolean counts(ReceiptColumns receipt, int line) {
        return category == null || Texts.within(receipt, receipt.category[line], category);
    }

    static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
