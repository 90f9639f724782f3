package org.assidu.accrual.model;

/** Something that a CRM or a cashier should act on. Append only: the code is in the journal and on the wire. */
public enum EventKind {
    NONE,
    THRESHOLD_REACHED,
    REWARD_AVAILABLE,
    REWARD_EXPIRING,
    TIER_REACHED,
    TIER_LOST,
    TIER_AT_RISK,
    POINTS_EXPIRING,
    POINTS_EXPIRED,
    WELCOME,
    ENROLMENT_UNFINISHED,
    BIRTHDAY,
    DORMANT,
    FIRST_PURCHASE,
    REFERRAL_INVITED,
    REFERRAL_COMPLETED,
    REVIEW_ASKED,
    HAPPY_HOUR_USED,
    NTH_VISIT,
    CLUB_JOINED,
    CLUB_ENDING,
    CLUB_ENDED,
    CAMPAIGN,
    BUDGET_NEARLY_USED,
    UNUSUAL_USE,
    TAGGED,
    /** A limit kept back a part of what a bonus would have given: the value. */
    AWARD_LIMITED,
    /** The article of a club was sold to a member who may not join it. */
    CLUB_REFUSED,
    /** A survey was answered: the value is its score, 0 to 10. */
    SURVEY_ANSWERED;

    private static final EventKind[] VALUES = values();

    /** Stable number in the journal. */
    public byte code() {
        return (byte) ordinal();
    }

    /** @throws IllegalArgumentException for a code that no value has */
    public static EventKind ofCode(int code) {
        if (code < 0 || code >= VALUES.length) {
            throw new IllegalArgumentException("event code " + code + " is unknown to this version");
        }
        return VALUES[code];
    }
}
