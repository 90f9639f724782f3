package org.assidu.accrual.engine;

import org.assidu.accrual.model.MovementKind;
import org.assidu.accrual.model.OutcomeColumns;

/** Puts movements and counter changes of an outcome into effect. */
final class Effects {
    private final MemberPages members;
    private final ProgrammeCounters programmeCounters;
    private final MemberLots lots;
    private final Programmes programmes;
    private final Books books;
    private final Sweep sweep;

    Effects(
            MemberPages members,
            ProgrammeCounters programmeCounters,
            MemberLots lots,
            Programmes programmes,
            Books books,
            Sweep sweep) {
        this.members = members;
        this.programmeCounters = programmeCounters;
        this.lots = lots;
        this.programmes = programmes;
        this.books = books;
        this.sweep = sweep;
    }

    /** @param timeMillis journal time, at which members that are new here are enrolled */
    void apply(OutcomeColumns outcome, long timeMillis) {
        for (int m = 0; m < outcome.movements; m++) {
            int row = members.intern(outcome.movementMember[m], timeMillis);
            int purse = outcome.movementPurse[m];
            MovementKind kind = outcome.movementKind[m];
            members.addBalance(row, purse, outcome.movementMicro[m]);
            lots.move(row, purse, outcome.movementLot[m], kind, outcome.movementMicro[m]);
            books.add(purse, kind, outcome.movementMicro[m]);
        }
        for (int c = 0; c < outcome.counterChanges; c++) {
            long member = outcome.counterMember[c];
            if (member == Draft.PROGRAMME) {
                programmeCounters.add(outcome.counterSlot[c], outcome.counterDelta[c]);
            } else {
                int row = members.intern(member, timeMillis);
                members.addCounter(row, outcome.counterSlot[c], outcome.counterDelta[c]);
                applyTime(row, outcome.counterSlot[c]);
            }
        }
        if (programmes.settledCounter() != Programmes.NO_COUNTER) {
            noteChanged(outcome);
        }
    }

    /** What counters of time mean for lots. */
    private void applyTime(int row, int counter) {
        if (counter < CounterSlots.FIRST) {
            return;
        }
        int value = (int) members.counter(row, counter);
        for (int purse = 0; purse < programmes.purseSlots(); purse++) {
            if (counter == programmes.settledCounter()) {
                lots.settled(row, purse, value, programmes.keptDays(value));
            } else if (counter == programmes.renewedCounter(purse)) {
                lots.renew(row, purse, value);
            }
        }
    }

    private void noteChanged(OutcomeColumns outcome) {
        long last = 0;
        for (int m = 0; m < outcome.movements; m++) {
            last = noteChanged(outcome.movementMember[m], last);
        }
        for (int c = 0; c < outcome.counterChanges; c++) {
            last = noteChanged(outcome.counterMember[c], last);
        }
    }

    private long noteChanged(long member, long last) {
        if (member != last && member != Draft.PROGRAMME) {
            sweep.changed(members.find(member));
        }
        return member;
    }
}
