package org.assidu.accrual.engine;

import java.util.Arrays;
import org.assidu.accrual.model.StateSink;
import org.assidu.accrual.model.StateSource;

/**
 * Finds the members with something due, without looking at the others: each page of members has the first day on which one of
 * them may have. What it knows follows from the members, so that it goes on after a restart where it was.
 */
final class Sweep implements KeptState {
    private static final int PAGE_BITS = 10;
    private static final int PAGE_ROWS = 1 << PAGE_BITS;

    private final MemberPages members;
    private final Programmes programmes;
    private final Settlement settlement;
    private final Draft draft;

    /** First day on which a member of the page may have something to settle, or earlier. */
    private int[] dueDay = new int[4];

    private int pages;
    /** Page under way and its next row. */
    private int page;

    private int nextRow;
    private int endRow;
    /** Day up to which no page was left, unless one has become due since. */
    private int cleanDay;

    Sweep(MemberPages members, Programmes programmes, Settlement settlement, Draft draft) {
        this.members = members;
        this.programmes = programmes;
        this.settlement = settlement;
        this.draft = draft;
    }

    /** Something about a member has changed. */
    void changed(int row) {
        if (programmes.settledCounter() == Programmes.NO_COUNTER) {
            return;
        }
        int of = row >>> PAGE_BITS;
        grow(of + 1);
        note(of, dueDay(row));
    }

    /** What is due may have changed for everyone. */
    void changedForAll() {
        grow((members.size() + PAGE_ROWS - 1) >>> PAGE_BITS);
        Arrays.fill(dueDay, 0, pages, 0);
        cleanDay = 0;
    }

    private void grow(int size) {
        if (size > dueDay.length) {
            dueDay = Arrays.copyOf(dueDay, Math.max(size, dueDay.length * 2));
        }
        if (size > pages) {
            Arrays.fill(dueDay, pages, size, Settling.NEVER);
            pages = size;
        }
    }

    private void note(int of, int day) {
        dueDay[of] = Math.min(dueDay[of], day);
        cleanDay = Math.min(cleanDay, day - 1);
    }

    private int dueDay(int row) {
        draft.look();
        return settlement.nextDue(members.key(row), row, draft);
    }

    /** Whether a member may have something due on the day of the newest tick or before. */
    boolean isPending() {
        return settlement.isActive() && cleanDay < settlement.day();
    }

    /**
     * Row of a member with something due; it stays the next one until it is settled.
     *
     * @param mostRows to look at before giving up for now
     * @return {@link MemberPages#NONE} when none was found: {@link #isPending} says whether to go on
     */
    int next(int mostRows) {
        int day = settlement.day();
        for (int looked = 0; looked < mostRows && isPending(); looked++) {
            if (nextRow == endRow && !nextPage(day)) {
                cleanDay = day;
                return MemberPages.NONE;
            }
            int due = dueDay(nextRow);
            if (due <= day) {
                return nextRow;
            }
            dueDay[page] = Math.min(dueDay[page], due);
            nextRow++;
        }
        return MemberPages.NONE;
    }

    /** Goes to the next page that may have someone due. */
    private boolean nextPage(int day) {
        for (int step = 1; step <= pages; step++) {
            int candidate = (page + step) % pages;
            if (dueDay[candidate] <= day) {
                page = candidate;
                dueDay[page] = Settling.NEVER;
                nextRow = page << PAGE_BITS;
                endRow = Math.min(nextRow + PAGE_ROWS, members.size());
                return true;
            }
        }
        return false;
    }

    @Override
    public void write(StateSink sink) {
        sink.begin("sweep");
        sink.putArray(dueDay, pages);
        sink.putInt(page);
        sink.putInt(nextRow);
        sink.putInt(endRow);
        sink.putInt(cleanDay);
    }

    @Override
    public void read(StateSource source) {
        source.begin("sweep");
        dueDay = source.takeIntArray();
        pages = dueDay.length;
        page = source.takeInt();
        nextRow = source.takeInt();
        endRow = source.takeInt();
        cleanDay = source.takeInt();
    }
}
