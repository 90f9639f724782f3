package org.assidu.accrual.text;

/**
 * A line for the cashier.
 *
 * @param code stable, for tills that show a picture or words of their own
 */
public record TillPrompt(Code code, String text) {

    /** What a prompt is about, most important first. */
    public enum Code {
        REWARD_TO_OFFER,
        BIRTHDAY,
        TIER,
        MONEY_TO_USE,
        NEXT_REWARD,
        POINTS_EXPIRING,
        POINTS_TO_CONVERT,
        EMAIL_MISSING
    }
}
