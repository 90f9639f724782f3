package org.assidu.accrual.pipeline;

import org.assidu.accrual.model.RewardKind;

/**
 * What a till needs to know about a reward.
 *
 * @param value hundredths of a percent (PERCENTAGE_OFF) or minor units
 */
public record RewardTerms(String id, boolean autoApply, RewardKind kind, long value) {}
