package org.assidu.accrual.programme;

import org.assidu.accrual.model.Bonus.AwardKind;
import org.jspecify.annotations.Nullable;

/**
 * A bonus, or the multiplier of a tier, in integers. Amounts given and limits are in the unit of the award: micropoints,
 * millionths of a minor unit (cashback), minor units (member prices), or times (REWARD, TAG).
 */
public final class BonusRule {
    /** Limit of what has none. */
    public static final long NO_LIMIT = Long.MAX_VALUE;

    private static final int NO_GROUP = -1;

    private final int index;
    private final int rule;
    private final String id;
    private final AwardKind kind;
    private final long value;
    private final int factor;
    private final int divisor;
    private final int group;
    private final int target;
    private final @Nullable String targetId;
    private final long amountAtLeastMinor;
    private final MemberTerms terms;
    private final Limit limit;
    private final boolean happyHour;
    private final boolean points;
    private final boolean limited;
    private final boolean forEveryone;

    /** Most that a bonus gives by receipt, by member and day, by member, over all members. */
    record Limit(long perReceipt, long perMemberDay, long perMember, long budget) {
        static final Limit NONE = new Limit(NO_LIMIT, NO_LIMIT, NO_LIMIT, NO_LIMIT);
    }

    /**
     * @param value see {@link #value}
     * @param factor of a multiplier, over {@code divisor}
     * @param group index of an exclusive group; negative = none
     * @param target see {@link #target}
     */
    record Award(
            AwardKind kind,
            long value,
            int factor,
            int divisor,
            int group,
            int target,
            @Nullable String targetId) {
        static Award multiplier(int factor, int divisor, int group) {
            return new Award(AwardKind.MULTIPLIER, 0, factor, divisor, group, -1, null);
        }
    }

    BonusRule(
            int index,
            int rule,
            String id,
            Award award,
            long amountAtLeastMinor,
            MemberTerms terms,
            Limit limit,
            boolean happyHour) {
        this.index = index;
        this.rule = rule;
        this.id = id;
        this.kind = award.kind();
        this.value = award.value();
        this.factor = award.factor();
        this.divisor = award.divisor();
        this.group = award.group();
        this.target = award.target();
        this.targetId = award.targetId();
        this.amountAtLeastMinor = amountAtLeastMinor;
        this.terms = terms;
        this.limit = limit;
        this.happyHour = happyHour;
        points = kind == AwardKind.EXTRA_RATE || kind == AwardKind.FIXED_POINTS || kind == AwardKind.MULTIPLIER;
        limited = !limit.equals(Limit.NONE);
        forEveryone = terms.isNone() && !limited;
    }

    /** Among the programme's bonuses and tiers, from 0. */
    public int index() {
        return index;
    }

    /** Among the programme's rules. */
    public int rule() {
        return rule;
    }

    public String id() {
        return id;
    }

    public AwardKind kind() {
        return kind;
    }

    /**
     * Micropoints per minor unit or article (EXTRA_RATE), micropoints (FIXED_POINTS), millionths (CASHBACK_PERCENT),
     * millionths of a minor unit (CASHBACK_AMOUNT), hundredths of a percent (MEMBER_PRICE_PERCENT), minor units
     * (MEMBER_PRICE_AMOUNT), 1 (REWARD, TAG); 0 for a MULTIPLIER.
     */
    long value() {
        return value;
    }

    int factor() {
        return factor;
    }

    int divisor() {
        return divisor;
    }

    /** Index of the group of multipliers of which only the largest counts; negative = none. */
    int group() {
        return group;
    }

    boolean isInGroup() {
        return group != NO_GROUP;
    }

    /** Whether this factor is larger than another's. */
    boolean exceeds(BonusRule other) {
        return (long) factor * other.divisor > (long) other.factor * divisor;
    }

    /** Index of a money purse (CASHBACK) or of a threshold reward (REWARD); -1 for any other, also a shop reward. */
    public int target() {
        return target;
    }

    /** Id of the purse, reward or tag; null when the award has none. */
    public @Nullable String targetId() {
        return targetId;
    }

    /** Least eligible amount of the receipt; {@link Long#MIN_VALUE} = any. */
    long amountAtLeastMinor() {
        return amountAtLeastMinor;
    }

    public MemberTerms terms() {
        return terms;
    }

    public long perReceipt() {
        return limit.perReceipt();
    }

    public long perMemberDay() {
        return limit.perMemberDay();
    }

    public long perMember() {
        return limit.perMember();
    }

    public long budget() {
        return limit.budget();
    }

    /** Whether what it gives ends at a limit. */
    public boolean isLimited() {
        return limited;
    }

    /** Whether it is decided without looking at the member. */
    public boolean isForEveryone() {
        return forEveryone;
    }

    /** Whether it is for some hours of the day. */
    public boolean isHappyHour() {
        return happyHour;
    }

    /** Whether it moves the points purse. */
    public boolean givesPoints() {
        return points;
    }

    /** Whether it moves a money purse. */
    public boolean givesMoney() {
        return kind == AwardKind.CASHBACK_PERCENT || kind == AwardKind.CASHBACK_AMOUNT;
    }

    /** Whether it is a discount that the till takes off lines. */
    public boolean isMemberPrice() {
        return kind == AwardKind.MEMBER_PRICE_PERCENT || kind == AwardKind.MEMBER_PRICE_AMOUNT;
    }
}
