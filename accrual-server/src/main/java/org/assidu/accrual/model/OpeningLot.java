package org.assidu.accrual.model;

/**
 * What a migrated member had of a purse, as one lot.
 *
 * @param purseId of the programme
 * @param micro micropoints, or millionths of a minor unit in a money purse; above 0
 * @param earnedDay epoch day; {@link #AT_ENROLMENT} = when the member joined
 * @param lastDay last epoch day on which it can be spent; {@link #BY_PURSE} = as the purse says
 */
public record OpeningLot(String purseId, long micro, int earnedDay, int lastDay) {
    public static final int BY_PURSE = -1;
    public static final int AT_ENROLMENT = -1;
    private static final String LOT = "lot";
    private static final int PARTS = 5;

    /** As a detail of a MIGRATE operation. */
    public String detail() {
        return String.join(
                " ", LOT, purseId, Long.toString(micro), Integer.toString(earnedDay), Integer.toString(lastDay));
    }

    /** @throws IllegalArgumentException when the detail is none of a lot */
    public static OpeningLot of(String detail) {
        String[] parts = detail.split(" ", -1);
        if (parts.length != PARTS || !parts[0].equals(LOT)) {
            throw new IllegalArgumentException("\"" + detail + "\" is no opening lot");
        }
        return new OpeningLot(
                parts[1], Long.parseLong(parts[2]), Integer.parseInt(parts[3]), Integer.parseInt(parts[4]));
    }
}
