package org.assidu.analytics.model.persona;

/** Named groups of cells of the 5 × 5 grid of recency and frequency scores (5 = most recent, most frequent). */
public enum RfmSegment {
    CHAMPIONS,
    LOYAL,
    POTENTIAL_LOYALISTS,
    NEW_MEMBERS,
    PROMISING,
    NEED_ATTENTION,
    ABOUT_TO_SLEEP,
    AT_RISK,
    CANNOT_LOSE,
    HIBERNATING;

    /** The segment of a cell; both scores from 1 to 5. */
    public static RfmSegment of(int recency, int frequency) {
        if (recency < 1 || recency > 5 || frequency < 1 || frequency > 5) {
            throw new IllegalArgumentException("scores are 1 to 5: recency " + recency + ", frequency " + frequency);
        }
        if (recency <= 2) {
            return frequency == 5 ? CANNOT_LOSE : frequency >= 3 ? AT_RISK : HIBERNATING;
        }
        if (recency == 3) {
            return frequency >= 4 ? LOYAL : frequency == 3 ? NEED_ATTENTION : ABOUT_TO_SLEEP;
        }
        if (frequency >= 4) {
            return recency == 5 ? CHAMPIONS : LOYAL;
        }
        if (frequency >= 2) {
            return POTENTIAL_LOYALISTS;
        }
        return recency == 5 ? NEW_MEMBERS : PROMISING;
    }
}
