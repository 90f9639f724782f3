package org.assidu.accrual.programme;

import java.nio.charset.StandardCharsets;
import org.assidu.accrual.model.ProgrammeDocument.Measure;
import org.assidu.accrual.model.ProgrammeDocument.Surplus;
import org.assidu.accrual.model.ProgrammeDocument.ThresholdReward;
import org.assidu.accrual.model.ReceiptColumns;
import org.assidu.accrual.model.RewardKind;
import org.jspecify.annotations.Nullable;

/** A threshold reward in integers. */
public final class RewardRule {
    private final int index;
    private final ThresholdReward source;
    private final byte[] id;
    private final long reachesUnits;
    private final byte @Nullable [] category;
    private final long value;

    /** @param value see {@link #value} */
    RewardRule(int index, ThresholdReward source, long reachesUnits, long value) {
        this.index = index;
        this.source = source;
        this.id = bytes(source.id());
        this.reachesUnits = reachesUnits;
        this.category = source.category() == null ? null : bytes(source.category());
        this.value = value;
    }

    /** Among the programme's threshold rewards, from 0. */
    public int index() {
        return index;
    }

    /** Index of this reward among the programme's rules; the base rule is 0. */
    public int rule() {
        return index + 1;
    }

    public String id() {
        return source.id();
    }

    /** The reward as its owner wrote it. */
    public ThresholdReward source() {
        return source;
    }

    public Measure measure() {
        return source.measure();
    }

    /** Micropoints (POINTS), minor units (SPEND), thousandths of articles (ARTICLES) or visits (VISITS). */
    public long reachesUnits() {
        return reachesUnits;
    }

    public boolean keepsSurplus() {
        return source.surplus() == Surplus.KEEP;
    }

    public RewardKind kind() {
        return source.kind();
    }

    /** Hundredths of a percent (PERCENTAGE_OFF), minor units (FIXED_AMOUNT, GIFT_VOUCHER), 0 (FREE_ARTICLE). */
    public long value() {
        return value;
    }

    public boolean autoApply() {
        return source.autoApply();
    }

    /** Whether the receipt on which this reward is used earns. */
    public boolean rewardReceiptsEarn() {
        return source.rewardReceiptsEarn();
    }

    /** Micropoints that one use takes from the purse. */
    public long costMicro() {
        return measure() == Measure.POINTS ? reachesUnits : 0;
    }

    /** Whether a text of a receipt is this reward's id. */
    public boolean isNamed(ReceiptColumns receipt, int reference) {
        return Texts.same(receipt, reference, id);
    }

    public boolean countsAllCategories() {
        return category == null;
    }

    /** Whether a line is of the category that counts. */
    boolean counts(ReceiptColumns receipt, int line) {
        return category == null || Texts.within(receipt, receipt.category[line], category);
    }

    static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
