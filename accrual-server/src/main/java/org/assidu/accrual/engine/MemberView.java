package org.assidu.accrual.engine;

import java.util.List;

/**
 * What the engine knows of one member, copied out.
 *
 * @param enrolledAtMillis journal time of the enrolment, or sold-at of a historical first receipt
 * @param balanceMicro points purse
 * @param debtMicro what the next credits pay first, under the policy DEBT
 * @param purses all purses, the points purse first, in order of slot
 * @param rewards unlocked rewards not yet used, in order of first publication
 * @param receipts closed receipts
 * @param firstSoldAtMillis earliest sold-at of them; 0 = none
 * @param lastSoldAtMillis latest sold-at of them; 0 = none
 * @param lastPosition newest record of the member's chain; 0 = none
 */
public record MemberView(
        long memberKey,
        long enrolledAtMillis,
        long balanceMicro,
        long debtMicro,
        List<PurseView> purses,
        List<UnlockedReward> rewards,
        long receipts,
        long firstSoldAtMillis,
        long lastSoldAtMillis,
        long lastPosition) {

    /**
     * One purse.
     *
     * @param balanceMicro micropoints, or millionths of a minor unit in a money purse; with what is pending
     * @param pendingMicro part of the balance that cannot be spent yet
     * @param debtMicro what the next credits pay first, under the policy DEBT
     * @param lots by expiry; none for a purse that keeps no lots
     */
    public record PurseView(String purseId, long balanceMicro, long pendingMicro, long debtMicro, List<Lot> lots) {}

    /**
     * Points that were earned together and end together.
     *
     * @param expiryDay last epoch day on which they can be spent; {@link org.assidu.accrual.model.LotKey#NEVER} = for ever
     * @param cohortMonth months since January 1970 of the sale
     * @param unlockDay first epoch day on which they can be spent; 0 = now
     */
    public record Lot(long micro, int expiryDay, int cohortMonth, int unlockDay) {}

    /**
     * A reward the member may use.
     *
     * @param unlocked how often in all
     * @param reserved of which held for open receipts
     */
    public record UnlockedReward(String rewardId, long unlocked, long reserved) {
        public long available() {
            return Math.max(0, unlocked - reserved);
        }
    }
}
