package org.assidu.accrual.programme;

/**
 * Bounds that hold for every receipt, whatever its programme says. The compiler refuses rates that could overflow within
 * them, so that pricing never checks.
 */
public final class Limits {
    /** Lines of one receipt, over all chunks. */
    public static final int LINES = 5_000;
    /** Largest absolute amount of a line or tender, minor units; a programme may say less. */
    public static final long AMOUNT_MINOR = 100_000_000_000_000L;
    /** Largest absolute quantity of a line: a million articles. */
    public static final long QUANTITY_THOUSANDTHS = 1_000_000_000L;
    /** How often one receipt may use one reward. */
    public static final int REWARD_USES = 1_000;
    /** Threshold rewards of a programme. */
    public static final int REWARDS = 64;
    /** Bonuses of a programme. */
    public static final int BONUSES = 256;
    /** Entries of any other list of rules, such as acts or clubs. */
    public static final int RULES = 1_000;
    /** Money purses of a programme. */
    public static final int MONEY_PURSES = 16;
    /** Most that one receipt may move, micropoints: sums of two such still fit a long. */
    static final long RECEIPT_MICRO = 1L << 61;
    /** Most that a receipt may take from a money purse, minor units. */
    public static final long PURSE_MINOR = RECEIPT_MICRO / 1_000_000;

    /** Most that one line may move, micropoints: what multipliers bring beyond it is cut off. */
    static final long LINE_MICRO = RECEIPT_MICRO / LINES;

    private Limits() {}
}
