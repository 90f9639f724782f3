package org.assidu.analytics.report;

import java.math.BigDecimal;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What a run is told besides what to look at.
 *
 * @param holdOutDays of customer value; null = a third of the data, at most half a year
 * @param replicates samples behind the interval of customer value; 0 = no interval
 * @param pointValue what a point is worth, in major units of the currency; null = told from the programme where it can be
 * @param goals targets by name, see {@link GoalsReport}
 */
public record Settings(
        @Nullable Integer holdOutDays,
        int replicates,
        @Nullable BigDecimal pointValue,
        Map<String, BigDecimal> goals) {

    public static final Settings DEFAULT = new Settings(null, 0, null, Map.of());

    public Settings {
        goals = Map.copyOf(new TreeMap<>(goals));
    }
}
