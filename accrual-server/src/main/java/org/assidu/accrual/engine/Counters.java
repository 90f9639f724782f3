package org.assidu.accrual.engine;

/**
 * Counter slots of a member that are given by arithmetic: debt, then four for each reward slot. The numbers are in the
 * journal. All others have names: {@link CounterSlots}.
 */
final class Counters {
    /** Micropoints that the next credits pay first. */
    static final int DEBT = 0;

    private static final int FIRST_REWARD = 1;
    private static final int PER_REWARD = 4;
    private static final int RESERVED = 3;
    /** Rewards that have room below {@link CounterSlots#FIRST}. */
    static final int MOST_REWARDS = (CounterSlots.FIRST - FIRST_REWARD) / PER_REWARD;

    private Counters() {}

    /** Units of the measure since the last crossing, in the window of {@link #window}. */
    static int progress(int rewardSlot) {
        return FIRST_REWARD + rewardSlot * PER_REWARD;
    }

    /** Number of the window that progress belongs to. */
    static int window(int rewardSlot) {
        return progress(rewardSlot) + 1;
    }

    /** Rewards unlocked and not used. */
    static int unlocked(int rewardSlot) {
        return progress(rewardSlot) + 2;
    }

    /** Of the unlocked ones, those held for open receipts. */
    static int reserved(int rewardSlot) {
        return progress(rewardSlot) + RESERVED;
    }

    /** Reward slot of a reserved counter; -1 for another counter. */
    static int rewardOfReserved(int counter) {
        int reward = counter - FIRST_REWARD;
        return reward >= 0 && counter < CounterSlots.FIRST && reward % PER_REWARD == RESERVED
                ? reward / PER_REWARD
                : -1;
    }
}
