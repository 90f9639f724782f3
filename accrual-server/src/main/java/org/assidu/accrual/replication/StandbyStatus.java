package org.assidu.accrual.replication;

import java.util.Locale;

/**
 * What a standby tells of itself.
 *
 * @param primary address
 * @param connected whether a stream from it is open
 * @param position last one forced and applied
 * @param primaryPosition highest that the primary was heard to have
 * @param behindPositions what is missing of that
 * @param lagMillis for how long the oldest of them was heard of; 0 = none is missing
 * @param silentMillis since the primary was heard of last
 * @param stateHash after {@code position}
 * @param comparedPosition last one at which the primary had the same state; 0 = none yet
 * @param problem why it is not connected, or ended; empty = none
 */
public record StandbyStatus(
        String primary,
        boolean connected,
        long position,
        long primaryPosition,
        long behindPositions,
        long lagMillis,
        long silentMillis,
        long epoch,
        long stateHash,
        long comparedPosition,
        String problem) {

    /** In the text form that Prometheus reads. */
    public String metrics() {
        StringBuilder text = new StringBuilder();
        gauge(text, "assidu_standby_connected", "1 while a stream from the primary is open.", connected ? 1 : 0);
        gauge(text, "assidu_standby_position", "Last position forced and applied.", position);
        gauge(
                text,
                "assidu_standby_primary_position",
                "Highest position the primary was heard to have.",
                primaryPosition);
        gauge(
                text,
                "assidu_standby_lag_positions",
                "Positions the primary has and this standby lacks.",
                behindPositions);
        gauge(text, "assidu_standby_lag_milliseconds", "How long the oldest of them was heard of.", lagMillis);
        gauge(text, "assidu_standby_silent_milliseconds", "Since the primary was heard of last.", silentMillis);
        gauge(
                text,
                "assidu_standby_compared_position",
                "Last position with the primary's state hash.",
                comparedPosition);
        gauge(text, "assidu_standby_epoch", "Epoch of the chain.", epoch);
        return text.toString();
    }

    private static void gauge(StringBuilder text, String name, String help, long value) {
        text.append(
                String.format(Locale.ROOT, "# HELP %s %s%n# TYPE %s gauge%n%s %d%n", name, help, name, name, value));
    }
}
