package org.assidu.analytics.model;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;

/**
 * Share not yet reached by an event when some are still waited for (Kaplan and Meier 1958), with Greenwood's variance and
 * the log-log interval, which stays inside 0 and 1.
 */
public final class KaplanMeier {

    private static final double Z_95 = 1.959963984540054;

    private KaplanMeier() {}

    /** How many had the event at a time, and how many were last seen then without it. */
    public record Exits(long events, long censored) {}

    /**
     * The curve after a time.
     *
     * @param survival share without the event yet
     * @param low lower end of the 95 % interval
     * @param high upper end
     */
    public record Step(int time, long atRisk, long events, double survival, double low, double high) {}

    /** One step at each time with an event; those censored at a time were still at risk at it. */
    public static List<Step> fit(SortedMap<Integer, Exits> exits) {
        long atRisk = 0;
        for (Exits exit : exits.values()) {
            atRisk += exit.events() + exit.censored();
        }
        List<Step> steps = new ArrayList<>();
        double survival = 1;
        double greenwood = 0;
        for (Map.Entry<Integer, Exits> entry : exits.entrySet()) {
            long events = entry.getValue().events();
            if (events > 0) {
                survival *= 1 - (double) events / atRisk;
                greenwood += atRisk == events ? 0 : events / ((double) atRisk * (atRisk - events));
                steps.add(step(entry.getKey(), atRisk, events, survival, greenwood));
            }
            atRisk -= events + entry.getValue().censored();
        }
        return steps;
    }

    private static Step step(int time, long atRisk, long events, double survival, double greenwood) {
        if (survival <= 0 || survival >= 1) {
            return new Step(time, atRisk, events, survival, survival, survival);
        }
        double width = Z_95 * Math.sqrt(greenwood) / Math.abs(Math.log(survival));
        return new Step(
                time,
                atRisk,
                events,
                survival,
                Math.pow(survival, Math.exp(width)),
                Math.pow(survival, Math.exp(-width)));
    }
}
