package org.assidu.accrual.replay;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import org.assidu.accrual.model.OperationKind;
import org.assidu.accrual.model.OperationStatus;
import org.jspecify.annotations.Nullable;

/**
 * What other rules would have changed in a stretch of the journal. Amounts are micropoints, millionths of a minor unit in a money
 * purse, or minor units where they are money.
 *
 * @param identity whether the rules were the published ones
 * @param sameState whether both worlds ended in the same state, by its hash
 * @param hashBefore state hash of the world as it was, hexadecimal
 * @param hashAfter of the other world
 * @param purses by id, the points purse first
 * @param cost what was given, in money; empty amounts where nothing says what a point is worth
 * @param liability what members still hold, in money
 * @param rewards threshold rewards, by id
 * @param rules what each rule gave net of returns, largest difference first
 * @param stores what was given on receipts of each store net of returns, largest difference first
 * @param storeMembers members by the store of their last purchase
 * @param tierMembers members by the tier they have at the end, as it was; empty without tiers
 * @param members all of them; a household counts once
 */
public record WhatIfReport(
        Stretch stretch,
        boolean identity,
        boolean sameState,
        String hashBefore,
        String hashAfter,
        List<PurseChange> purses,
        List<MoneyChange> cost,
        List<MoneyChange> liability,
        @Nullable Worth worthBefore,
        @Nullable Worth worthAfter,
        List<RewardChange> rewards,
        List<GiverChange> rules,
        List<GiverChange> stores,
        List<MemberGroup> storeMembers,
        List<MemberGroup> tierMembers,
        MemberGroup members,
        Redemptions redemptions) {

    /**
     * What was looked at.
     *
     * @param from null = from the beginning
     * @param to null = to the end
     * @param upTo time up to which records are about; 0 = none says
     * @param programmesBefore versions in force, as {@code points version 2}
     * @param receipts closed, of the stretch
     * @param otherwise of which earn otherwise
     * @param refused of which the other rules would not have recorded
     */
    public record Stretch(
            @Nullable LocalDate from,
            @Nullable LocalDate to,
            ZoneId zone,
            long upTo,
            String currency,
            int currencyDigits,
            List<String> programmesBefore,
            String programmeAfter,
            long records,
            long receipts,
            long otherwise,
            long refused) {

        /** Last day that records are about; null = none says. */
        public @Nullable LocalDate lastDay() {
            return upTo == 0 ? null : Instant.ofEpochMilli(upTo).atZone(zone).toLocalDate();
        }
    }

    /** A figure as it was and as it would have been. */
    public record Change(long before, long after) {
        public long difference() {
            return after - before;
        }
    }

    /**
     * One purse.
     *
     * @param money whether it holds money
     * @param given by rules, net of returns
     * @param spent net of what was given back; negative
     * @param expired negative
     * @param desk by people and migrations, net
     * @param forgiven under the policy FLOOR_AT_ZERO
     * @param outstanding at the end
     * @param belowZeroMembers members whose purse is below zero at the end
     */
    public record PurseChange(
            String purseId,
            boolean money,
            Change given,
            Change spent,
            Change expired,
            Change desk,
            Change forgiven,
            Change outstanding,
            Change belowZeroMembers) {}

    /**
     * An amount of money.
     *
     * @param key points, rewards, member_prices, total, or the id of a money purse
     * @param minor null where nothing says what a point is worth
     */
    public record MoneyChange(String key, @Nullable Change minor) {}

    /**
     * A threshold reward.
     *
     * @param reached how often it was unlocked
     * @param open unlocked and not used at the end
     * @param reachedMinor what it gave in money; 0 where points pay for it, or it is no fixed amount
     * @param openMinor the same of those open
     */
    public record RewardChange(String rewardId, Change reached, Change open, Change reachedMinor, Change openMinor) {}

    /** What a rule or a store gave into a purse. */
    public record GiverChange(String name, String purseId, boolean money, Change given) {}

    /**
     * Members, by what they hold at the end.
     *
     * @param better more in some purse and less in none
     * @param worse less in some purse and more in none
     * @param mixed more in one and less in another
     * @param differenceMicro by purse
     */
    public record MemberGroup(
            String name, long better, long worse, long mixed, long same, Map<String, Long> differenceMicro) {}

    /**
     * What members used, which is taken as it happened.
     *
     * @param receipts with a used reward
     * @param discountMinor that tills gave for them
     * @param unfundedReceipts of which a reward was used that nothing covered
     * @param unfundedRewards rewards of the shop that the purse did not cover
     * @param shopCostMinor of rewards of the shop that were handed out
     */
    public record Redemptions(
            long receipts,
            long discountMinor,
            Change unfundedReceipts,
            long unfundedRewards,
            Change shopCostMinor,
            List<Refused> refused) {}

    /**
     * Operations that the other rules refuse.
     *
     * @param forced whether they were done all the same, since they are facts
     */
    public record Refused(OperationKind kind, OperationStatus status, boolean forced, long count) {}

    /** Whether nothing at all is different. */
    public boolean nothingChanged() {
        return stretch.otherwise() == 0
                && stretch.refused() == 0
                && members.better() + members.worse() + members.mixed() == 0
                && rules.stream().allMatch(rule -> rule.given().difference() == 0)
                && rewards.stream()
                        .allMatch(reward -> reward.reached().difference() == 0
                                && reward.open().difference() == 0)
                && purses.stream().allMatch(purse -> purse.outstanding().difference() == 0);
    }
}
