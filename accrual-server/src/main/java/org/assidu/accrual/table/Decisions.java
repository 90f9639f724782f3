package org.assidu.accrual.table;

/**
 * What a member decided about the use of their data, in the bits of an int: for each purpose of a consent whether it was asked
 * and whether it is given, whether profiling is opposed, whether the member is erased. 0 = nothing was ever asked.
 */
public final class Decisions {
    /** Purposes as in the wire contract. */
    public static final int EMAIL = 1;

    public static final int SMS = 2;
    public static final int PUSH = 3;
    public static final int PROFILING = 4;

    private static final int GIVEN_SHIFT = 8;
    private static final int OPPOSED = 1 << 16;
    private static final int ERASED = 1 << 17;

    private Decisions() {}

    /** After a consent was given or withdrawn; purposes unknown to this version change nothing. */
    public static int consent(int decisions, int purpose, boolean granted) {
        if (purpose < EMAIL || purpose > PROFILING) {
            return decisions;
        }
        int given = 1 << purpose + GIVEN_SHIFT;
        return (granted ? decisions | given : decisions & ~given) | 1 << purpose;
    }

    public static int opposition(int decisions, boolean opposed) {
        return opposed ? decisions | OPPOSED : decisions & ~OPPOSED;
    }

    /** Of a member whose data are gone: no consent is left. */
    public static int erased() {
        return ERASED;
    }

    public static boolean isAsked(int decisions, int purpose) {
        return (decisions & 1 << purpose) != 0;
    }

    public static boolean isGiven(int decisions, int purpose) {
        return (decisions & 1 << purpose + GIVEN_SHIFT) != 0;
    }

    public static boolean isOpposed(int decisions) {
        return (decisions & OPPOSED) != 0;
    }

    public static boolean isErased(int decisions) {
        return (decisions & ERASED) != 0;
    }
}
