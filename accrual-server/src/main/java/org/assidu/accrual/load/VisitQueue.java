package org.assidu.accrual.load;

import java.util.Arrays;

/** Which members come next on which day: one linked list a day through an array of members, so nothing is allocated. */
final class VisitQueue {
    private static final int NONE = -1;

    private final int[] firstOfDay;
    private final int[] following;

    VisitQueue(int days, int members) {
        firstOfDay = new int[days];
        following = new int[members];
        Arrays.fill(firstOfDay, NONE);
    }

    /** Each member waits for one day at a time; days beyond the last are dropped. */
    void add(int day, int member) {
        if (day < firstOfDay.length) {
            following[member] = firstOfDay[day];
            firstOfDay[day] = member;
        }
    }

    /** Takes a member of the day out; −1 when nobody is left. */
    int poll(int day) {
        int member = firstOfDay[day];
        if (member != NONE) {
            firstOfDay[day] = following[member];
        }
        return member;
    }
}
