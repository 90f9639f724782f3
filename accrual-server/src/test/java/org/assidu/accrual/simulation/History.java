package org.assidu.accrual.simulation;

import java.util.Arrays;

/**
 * What was appended, by position, as one hash that covers everything up to it; and how much of it was told to anyone. Survives
 * crashes: it is the simulator's own memory, against which each recovery is held.
 */
final class History {
    private static final long ODD = 0x9E3779B97F4A7C15L;

    private long[] chain = new long[1 << 10];
    /** Engine's state hash where a batch ended; 0 = unknown. */
    private long[] stateHash = new long[1 << 10];

    private int last;
    private long told;
    private long lost;

    void appended(long position, int type, long timeMillis, byte[] payload, int offset, int length) {
        Violation.unless(
                position == last + 1,
                "the journal gave position=" + position + ", expected=" + (last + 1) + " (dense)");
        if (last + 2 > chain.length) {
            chain = Arrays.copyOf(chain, chain.length * 2);
            stateHash = Arrays.copyOf(stateHash, stateHash.length * 2);
        }
        last++;
        chain[last] = link(chain[last - 1], type, timeMillis, payload, offset, length);
        stateHash[last] = 0;
    }

    /** The engine has this hash when it has applied everything appended so far. */
    void applied(long hash) {
        stateHash[last] = hash;
    }

    /** Someone was told something that reflects a position. */
    void tell(long position) {
        told = Math.max(told, position);
    }

    /** A recovered journal's record, in order; must be what was appended. */
    void recovered(long position, int type, long timeMillis, byte[] payload, int offset, int length) {
        Violation.unless(
                position <= last, "position=" + position + " was recovered, only " + last + " were ever appended");
        long expected = chain[(int) position];
        long actual = link(chain[(int) position - 1], type, timeMillis, payload, offset, length);
        Violation.unless(expected == actual, "position=" + position + " reads otherwise than it was appended");
    }

    /** A recovery has ended at a position: what lies behind is lost for good. */
    void recoveredUpTo(long position) {
        Violation.unless(
                position >= told,
                "recovered up to position=" + position + ", but what reflects position=" + told + " was told");
        lost += last - position;
        last = (int) position;
    }

    /** State hash that the engine had at a position; 0 = not noted. */
    long stateHash(long position) {
        return stateHash[(int) position];
    }

    long last() {
        return last;
    }

    long told() {
        return told;
    }

    /** Records that crashes took, none of which was told. */
    long lost() {
        return lost;
    }

    /** Hash of everything appended and not lost. */
    long digest() {
        return chain[last];
    }

    private static long link(long before, int type, long timeMillis, byte[] payload, int offset, int length) {
        long hash = (before + type) * ODD ^ timeMillis;
        for (int at = offset; at < offset + length; at++) {
            hash = (hash ^ payload[at]) * ODD;
            hash ^= hash >>> 29;
        }
        return hash * ODD | 1;
    }
}
