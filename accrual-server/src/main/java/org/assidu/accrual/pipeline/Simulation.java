package org.assidu.accrual.pipeline;

import java.util.List;
import org.assidu.accrual.model.OutcomeColumns;

/**
 * What a receipt would earn; nothing is recorded.
 *
 * @param effects what each rule gives, in order of the rules
 */
public record Simulation(OutcomeColumns outcome, List<MemberAnswer.UsableReward> alerts, List<RuleEffect> effects) {

    /**
     * What one rule gives: a movement of a purse, a member price, or, where both are none, something else such as a reward.
     *
     * @param purseId empty when no purse moves
     * @param money whether the purse holds money
     * @param micro micropoints, or millionths of a minor unit of a money purse
     * @param priceMinor taken off lines, minor units
     */
    public record RuleEffect(String ruleId, String purseId, boolean money, long micro, long priceMinor) {}
}
