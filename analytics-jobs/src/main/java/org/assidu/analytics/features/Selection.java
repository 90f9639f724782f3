package org.assidu.analytics.features;

import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a run is asked to look at.
 *
 * @param from first day of sales, null = the first in the data
 * @param to last day of sales and movements, null = the last in the data
 * @param asOf what was recorded after this day is left out, as if the run were made that night; null = everything
 * @param segments all must hold
 * @param zone tells days and hours anew from the till's clock; null = the days the export states
 * @param currency the one to report on; null = the only one in the data
 */
public record Selection(
        @Nullable LocalDate from,
        @Nullable LocalDate to,
        @Nullable LocalDate asOf,
        List<Segment> segments,
        @Nullable ZoneId zone,
        @Nullable String currency) {

    public static final Selection ALL = new Selection(null, null, null, List.of(), null, null);

    public Selection {
        segments = List.copyOf(segments);
    }

    /** Leaves out no receipt of its currency. */
    boolean isWhole() {
        return from == null && to == null && asOf == null && segments.isEmpty();
    }

    /** The last day that can be in it; null = open. */
    @Nullable
    LocalDate end() {
        if (to == null || asOf == null) {
            return to == null ? asOf : to;
        }
        return to.isBefore(asOf) ? to : asOf;
    }

    /** As it would be typed. */
    public String words() {
        List<String> words = new ArrayList<>();
        if (from != null) {
            words.add("--from " + from);
        }
        if (to != null) {
            words.add("--to " + to);
        }
        if (asOf != null) {
            words.add("--as-of " + asOf);
        }
        segments.forEach(segment -> words.add("--segment " + segment));
        return String.join(" ", words);
    }
}
