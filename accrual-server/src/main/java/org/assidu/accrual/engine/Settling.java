package org.assidu.accrual.engine;

/**
 * Something that time alone does to members: expiry, reviews, birthdays. Members are brought up to date day by day, in order
 * and none skipped, before anything else is decided about them and by the sweep after each tick. What is done on a day must
 * follow from the state of the member, the day and the programme in force on it, never from when it is done.
 */
interface Settling {
    /** No day. */
    int NEVER = Integer.MAX_VALUE;

    /**
     * First day after {@code afterDay} on which {@link #settle} may have something to do for a member if nothing else happens to
     * it; {@link #NEVER} when there is none. A day on which nothing comes of it is allowed, a missed one is not.
     *
     * @param row {@link MemberPages#NONE} for a member that no record names yet
     * @param draft tells the member as it is now
     */
    int nextDue(long member, int row, int afterDay, Draft draft);

    /**
     * Does what is due on {@code toDay}, the day that some {@link #nextDue} named.
     *
     * @param fromDay day up to which the member was settled before
     */
    void settle(long member, int row, int fromDay, int toDay, Draft draft);
}
