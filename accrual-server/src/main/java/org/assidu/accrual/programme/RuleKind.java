package org.assidu.accrual.programme;

/** Kinds of rules beyond the base, in the order of their indices. */
public enum RuleKind {
    THRESHOLD_REWARD,
    BONUS,
    TIER,
    ACT,
    SHOP_REWARD,
    CLUB
}
