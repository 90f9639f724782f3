package org.assidu.analytics.model.persona;

import java.util.ArrayList;
import java.util.List;

/** Recency, frequency and spend of one member as quintile scores, 5 being most recent, most frequent, highest. */
public record RfmScore(int recency, int frequency, int spend) {

    public RfmSegment segment() {
        return RfmSegment.of(recency, frequency);
    }

    /** Scores members against each other; the three arrays are in the same order. */
    public static List<RfmScore> of(double[] daysSinceLast, double[] orders, double[] spend) {
        double[] closeness = new double[daysSinceLast.length];
        for (int i = 0; i < closeness.length; i++) {
            closeness[i] = -daysSinceLast[i];
        }
        int[] r = Quintiles.of(closeness);
        int[] f = Quintiles.of(orders);
        int[] m = Quintiles.of(spend);
        var scores = new ArrayList<RfmScore>(r.length);
        for (int i = 0; i < r.length; i++) {
            scores.add(new RfmScore(r[i], f[i], m[i]));
        }
        return scores;
    }
}
