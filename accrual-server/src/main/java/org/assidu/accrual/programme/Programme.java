package org.assidu.accrual.programme;

import java.time.ZoneId;
import java.util.List;
import org.assidu.accrual.model.ProgrammeDocument;

/** A compiled programme version: prices receipts in integers, allocates nothing. */
public final class Programme {
    /** Rule index of the earning basis; threshold reward {@code i} is rule {@code i + 1}. */
    public static final int BASE_RULE = 0;

    private final int version;
    private final ProgrammeDocument document;
    private final List<RewardRule> rewards;
    private final ZoneId zone;
    private final int currency;

    Programme(int version, ProgrammeDocument document, List<RewardRule> rewards, ZoneId zone, int currency) {
        this.version = version;
        this.document = document;
        this.rewards = rewards;
        this.zone = zone;
        this.currency = currency;
    }

    /** From 1 in order of publication. */
    public int version() {
        return version;
    }

    public String id() {
        return document.id();
    }

    public String purseId() {
        return document.purse().id();
    }

    public ProgrammeDocument document() {
        return document;
    }

    public long effectiveFromMillis() {
        return document.effectiveFromMillis();
    }

    public ZoneId zone() {
        return zone;
    }

    /** Packed as in {@link org.assidu.accrual.model.ReceiptColumns#packCurrency}. */
    public int currency() {
        return currency;
    }

    /** Number of rules: the base and the threshold rewards. */
    public int rules() {
        return 1 + rewards.size();
    }

    /** Stable id of a rule: {@code base}, or a reward's id. */
    public String ruleId(int rule) {
        return rule == BASE_RULE ? "base" : rewards.get(rule - 1).id();
    }

    public List<RewardRule> thresholdRewards() {
        return rewards;
    }

    public RewardRule thresholdReward(int index) {
        return rewards.get(index);
    }

    /** Whether a card that belongs to nobody enrols by itself. */
    public boolean autoEnrols(long card) {
        for (ProgrammeDocument.CardRange range : document.cards()) {
            if (range.autoEnrol() && card >= range.first() && card <= range.last()) {
                return true;
            }
        }
        return false;
    }
}
