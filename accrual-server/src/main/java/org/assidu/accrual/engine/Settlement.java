package org.assidu.accrual.engine;

import java.util.ArrayList;
import java.util.List;
import org.assidu.accrual.model.StateSink;
import org.assidu.accrual.model.StateSource;

/**
 * What day it is for the engine, which only ticks say, and bringing members up to it. Each member's settled day is a counter:
 * the newest of the day on which it was last concerned by an outcome and the last day on which something was due.
 */
final class Settlement implements KeptState {
    private static final long DAY_SALT = 0x5469636BL;

    private final MemberPages members;
    private final Programmes programmes;
    /** In the order in which they act on the same day. */
    private final List<Settling> parts = new ArrayList<>();

    private int day;

    Settlement(MemberPages members, Programmes programmes) {
        this.members = members;
        this.programmes = programmes;
    }

    /** Only while the engine is built; the order is part of its meaning. */
    void add(Settling part) {
        parts.add(part);
    }

    /** Day of the newest tick, since 1970-01-01; 0 before the first. */
    int day() {
        return day;
    }

    void tick(int newDay) {
        day = newDay;
    }

    /** Whether time passes for members at all. */
    boolean isActive() {
        return day > 0 && programmes.settledCounter() != Programmes.NO_COUNTER;
    }

    /** First day after the one up to which a member is settled on which something may be due. */
    int nextDue(long member, int row, Draft draft) {
        return nextDue(member, row, (int) draft.counter(member, programmes.settledCounter()), draft);
    }

    private int nextDue(long member, int row, int afterDay, Draft draft) {
        int next = Settling.NEVER;
        for (int i = 0; i < parts.size(); i++) {
            next = Math.min(next, parts.get(i).nextDue(member, row, afterDay, draft));
        }
        return next;
    }

    /** Does everything due for a member up to a day, one day after the other. @return whether anything was due */
    boolean settle(long member, int upTo, Draft draft) {
        int counter = programmes.settledCounter();
        int row = members.find(member);
        int settled = (int) draft.counter(member, counter);
        boolean due = false;
        for (int next = nextDue(member, row, settled, draft);
                next <= upTo;
                next = nextDue(member, row, settled, draft)) {
            draft.today(next);
            for (int i = 0; i < parts.size(); i++) {
                parts.get(i).settle(member, row, settled, next, draft);
            }
            draft.change(member, counter, next - settled);
            settled = next;
            due = true;
        }
        draft.today(day);
        return due;
    }

    /** Notes that an outcome concerns a member today: what it is given now is not reminded of for days that are over. */
    void touch(long member, Draft draft) {
        int counter = programmes.settledCounter();
        draft.change(member, counter, day - draft.counter(member, counter));
    }

    long hash() {
        return day == 0 ? 0 : Mix.of(DAY_SALT, day);
    }

    @Override
    public void write(StateSink sink) {
        sink.begin("day");
        sink.putInt(day);
    }

    @Override
    public void read(StateSource source) {
        source.begin("day");
        day = source.takeInt();
    }
}
