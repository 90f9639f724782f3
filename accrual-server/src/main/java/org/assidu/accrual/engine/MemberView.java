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
     * @param balanceMicro micropoints, or millionths of a minor unit in a money purse
     * @param debtMicro what the next credits pay first, under the policy DEBT
     */
    public record PurseView(String purseId, long balanceMicro, long debtMicro) {}

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
