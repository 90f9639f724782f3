package org.assidu.accrual.simulation;

import java.util.SplittableRandom;

/** Carries messages late, in any order, twice or not at all. */
final class SimulatedNetwork {
    private final Timeline timeline;
    private final SplittableRandom random;
    private int lossPercent;
    private int repeatPercent;
    private int longestMillis;
    private boolean cut;

    SimulatedNetwork(Timeline timeline, SplittableRandom random) {
        this.timeline = timeline;
        this.random = random;
        lossPercent = random.nextInt(20);
        repeatPercent = random.nextInt(20);
        longestMillis = 2 + random.nextInt(30_000);
    }

    void send(Runnable arrival) {
        if (cut || random.nextInt(100) < lossPercent) {
            return;
        }
        timeline.in(1 + random.nextInt(longestMillis), arrival);
        if (random.nextInt(100) < repeatPercent) {
            timeline.in(1 + random.nextInt(longestMillis * 4), arrival);
        }
    }

    void cut(boolean value) {
        cut = value;
    }

    /** From here on everything arrives once, and soon. */
    void heal() {
        cut = false;
        lossPercent = repeatPercent = 0;
        longestMillis = 2;
    }
}
