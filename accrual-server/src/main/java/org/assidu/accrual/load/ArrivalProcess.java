package org.assidu.accrual.load;

/** When members come: each one's Poisson process in season time, until dropout. */
final class ArrivalProcess {
    private final long seed;
    private final SyntheticMembers members;
    private final ChainCalendar calendar;
    private final VisitQueue queue;
    private final double[] nextVisit;
    private final float[] rate;
    private final float[] dropout;
    private final int[] visits;
    private final boolean[] first;
    private final Draws draws = new Draws();

    ArrivalProcess(SyntheticConfig config, SyntheticMembers members, ChainCalendar calendar) {
        int count = config.members();
        this.seed = config.seed();
        this.members = members;
        this.calendar = calendar;
        queue = new VisitQueue(config.days(), count);
        nextVisit = new double[count];
        rate = new float[count];
        dropout = new float[count];
        visits = new int[count];
        first = new boolean[count];
        for (int index = 0; index < count; index++) {
            start(index);
        }
    }

    /** A member who comes on the day, then the next one; −1 when all have come. A member may come more than once. */
    int poll(int day) {
        int member = queue.poll(day);
        if (member >= 0) {
            visits[member]++;
            draws.of(seed, Draws.Purpose.ARRIVAL, member, visits[member]);
            boolean stays = first[member] || !draws.chance(dropout[member]);
            first[member] = false;
            if (stays) {
                schedule(member, nextVisit[member] + draws.exponential() / rate[member]);
            }
        }
        return member;
    }

    /** How often the member has come, the visit just polled included. */
    int visits(int member) {
        return visits[member];
    }

    private void start(int index) {
        SyntheticMember member = members.member(index);
        rate[index] = (float) Math.max(1e-12, member.visitsPerDay());
        dropout[index] = (float) member.dropoutProbability();
        double joined = members.joinedAt(index);
        first[index] = joined >= 0;
        if (joined < 0) {
            draws.of(seed, Draws.Purpose.ARRIVAL, index, 0);
            joined = draws.exponential() / rate[index];
        }
        schedule(index, joined);
    }

    private void schedule(int member, double time) {
        nextVisit[member] = time;
        queue.add(calendar.dayOf(time), member);
    }
}
