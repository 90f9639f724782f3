package org.assidu.accrual.engine;

import org.assidu.accrual.programme.TierLadder;

/**
 * Counters of a member's level. What the member did is kept by period, each period in the place of its number modulo the
 * periods kept, so that the newest takes the place of one that no longer counts.
 */
final class TierSlots {
    /** The level, from 1; 0 = none. */
    final int level;
    /** Epoch day of the level's next review; 0 = none. */
    final int review;
    /** Number of the newest period. */
    final int newest;

    private final int[] units;

    TierSlots(TierLadder ladder, CounterSlots counters) {
        level = counters.publish(BonusSlots.TIER_LEVEL);
        review = counters.publish("tier/review");
        newest = counters.publish("tier/newest");
        units = new int[ladder.periodsKept()];
        for (int i = 0; i < units.length; i++) {
            units[i] = counters.publish("tier/units/" + i);
        }
    }

    /** What was spent or earned in a period, minor units or micropoints. */
    int units(int period) {
        return units[period % units.length];
    }

    int periods() {
        return units.length;
    }
}
