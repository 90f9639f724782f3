package org.assidu.accrual.model;

/**
 * What an operation asks for. Append only: the code is in the journal. Codes are given in blocks, so that neighbours in
 * meaning stay neighbours: 1 desk, 20 time, 40 acts and clubs, 60 shop, 80 tags.
 */
public enum OperationKind {
    /** Manual credit or debit of a purse, by a named author for a reason. */
    ADJUST(1),
    /** An adjustment that a second person must approve begins to wait. */
    PROPOSE_ADJUSTMENT(2),
    /** Another person lets a waiting adjustment take effect. */
    APPROVE_ADJUSTMENT(3),
    /** A waiting adjustment is given up. */
    REJECT_ADJUSTMENT(4),
    /** A card of the member was blocked, unblocked or replaced; which card, only the directory knows. */
    CHANGE_CARD(5),
    /** A receipt of nobody is credited to the member who claims it. */
    CLAIM(6),
    /** A member of another system begins here with what it had there. */
    MIGRATE(7),
    /** Two memberships of one person become one. */
    MERGE(8),
    /** A member's purses become part of those of a household. */
    JOIN_HOUSEHOLD(9),
    /** A member has purses of their own again. */
    LEAVE_HOUSEHOLD(10),
    /** A day has begun. */
    TICK(20),
    /** What time has in store for a member is done, up to a day that has begun. */
    SETTLE(21),
    /** Takes a member into a club without a fee. */
    JOIN_CLUB(40),
    /** Ends a membership. */
    LEAVE_CLUB(41),

    /** Something other than a purchase that is rewarded: an enrolment, a review, a survey, or anything else by code. */
    ACT(42),
    /** A member was referred by another. */
    REFER(43),
    /** What rules need to know about a person, such as the birthday without its year. */
    PERSON_FACT(44),

    /** Holds a reward of the shop for a member: its points are spent, and given back unless it is committed in time. */
    RESERVE(60),
    /** Makes a reservation final. */
    COMMIT(61),
    /** Gives a reservation back. */
    CANCEL(62),
    /** Gives back a reservation whose time is over; by the clock. */
    END_RESERVATION(63),
    /** Issues a voucher or gift card. */
    ISSUE_CODE(64),
    /** Pays with a voucher or gift card. */
    REDEEM_CODE(65),
    /** Gives back what a voucher or gift card paid. */
    REFUND_CODE(66),
    /** Uses a promo code. */
    USE_PROMO_CODE(67),
    /** Points of a member become money of a purse, at the rate of the programme. */
    CONVERT(68),

    /** Gives a member a segment tag that was worked out elsewhere. */
    TAG(80),
    /** Takes a tag, or all of them, from a member. */
    UNTAG(81);

    private static final OperationKind[] BY_CODE = new OperationKind[128];

    static {
        for (OperationKind kind : values()) {
            BY_CODE[kind.code] = kind;
        }
    }

    private final byte code;

    OperationKind(int code) {
        this.code = (byte) code;
    }

    /** Stable number in the journal. */
    public byte code() {
        return code;
    }

    /** @throws IllegalArgumentException for a code that no value has */
    public static OperationKind ofCode(int code) {
        OperationKind kind = code < 0 || code >= BY_CODE.length ? null : BY_CODE[code];
        if (kind == null) {
            throw new IllegalArgumentException("operation code " + code + " is unknown to this version");
        }
        return kind;
    }
}
