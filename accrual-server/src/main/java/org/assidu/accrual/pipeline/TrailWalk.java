package org.assidu.accrual.pipeline;

import java.util.List;

/** Goes down the positions of several chains of records and lists of positions at once, the newest first, each once. */
final class TrailWalk {
    /** Next position of each chain; 0 = at its end. */
    private final long[] heads;

    private final List<long[]> foreign;
    /** Index of the next position of each list; -1 = at its end. */
    private final int[] tails;

    /** @param before of the lists only what is below it */
    TrailWalk(long[] heads, List<long[]> foreign, long before) {
        this.heads = heads;
        this.foreign = foreign;
        tails = new int[foreign.size()];
        for (int list = 0; list < tails.length; list++) {
            long[] positions = foreign.get(list);
            tails[list] = positions.length - 1;
            while (tails[list] >= 0 && positions[tails[list]] >= before) {
                tails[list]--;
            }
        }
    }

    /** The newest position that is left; 0 = none. */
    long next() {
        long newest = 0;
        for (long head : heads) {
            newest = Math.max(newest, head);
        }
        for (int list = 0; list < tails.length; list++) {
            newest = tails[list] < 0 ? newest : Math.max(newest, foreign.get(list)[tails[list]]);
        }
        return newest;
    }

    /** Leaves the newest position. @param previous what its record says comes before it in its chain; 0 = nothing */
    void advance(long previous) {
        long newest = next();
        for (int chain = 0; chain < heads.length; chain++) {
            heads[chain] = heads[chain] == newest ? previous : heads[chain];
        }
        for (int list = 0; list < tails.length; list++) {
            if (tails[list] >= 0 && foreign.get(list)[tails[list]] == newest) {
                tails[list]--;
            }
        }
    }
}
