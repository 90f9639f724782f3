package org.assidu.analytics.report;

import org.assidu.analytics.report.ProgrammeTerms.Objective;

/** An objective against what was measured; {@code daysSeen} of its {@code days} are in the data. */
record HeldGoal(Objective objective, GoalMetric metric, double target, double actual, long daysSeen, long days) {

    boolean isOver() {
        return daysSeen >= days;
    }

    /** NaN where there is nothing to compare. */
    double ratio() {
        return actual / target;
    }

    Text status() {
        if (daysSeen == 0) {
            return Text.of("not begun in the data", "pas commencé dans les données");
        }
        if (Double.isNaN(actual)) {
            return Text.of("cannot be told", "ne peut être dit");
        }
        boolean met = metric == GoalMetric.COST_CEILING ? actual <= target : actual >= target;
        if (metric == GoalMetric.COST_CEILING && !isOver()) {
            return !met
                    ? Text.of("over budget", "budget dépassé")
                    : actual / target > (double) daysSeen / days
                            ? Text.of("spending ahead of time", "dépense en avance")
                            : Text.of("within budget", "dans le budget");
        }
        if (isOver()) {
            return met ? Text.of("reached", "atteint") : Text.of("missed", "manqué");
        }
        return met ? Text.of("on track", "en bonne voie") : Text.of("behind so far", "en retard à ce jour");
    }
}
