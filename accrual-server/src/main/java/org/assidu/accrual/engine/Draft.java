package org.assidu.accrual.engine;

import org.assidu.accrual.model.EventKind;
import org.assidu.accrual.model.LotKey;
import org.assidu.accrual.model.MovementKind;
import org.assidu.accrual.model.OutcomeColumns;
import org.assidu.accrual.model.ProgrammeDocument.NegativePolicy;
import org.assidu.accrual.model.ReceiptColumns;

/**
 * An outcome being written: purses and counters read as they will be once what is written so far has been applied. Keeps
 * one counter change per member and counter.
 */
final class Draft {
    /** What outcomes name as a member where counters of the programme itself change. */
    static final long PROGRAMME = 0;

    private static final int POINTS = 0;

    private final MemberPages members;
    private final ProgrammeCounters programmeCounters;
    private final CounterSlots counterSlots;
    private final Programmes programmes;
    private OutcomeColumns out = new OutcomeColumns();
    private NegativePolicy negative = NegativePolicy.ALLOW;
    /** What used rewards took, net of what was forgiven. */
    private long spentMicro;

    Draft(MemberPages members, ProgrammeCounters programmeCounters, CounterSlots counterSlots, Programmes programmes) {
        this.members = members;
        this.programmeCounters = programmeCounters;
        this.counterSlots = counterSlots;
        this.programmes = programmes;
    }

    /** @param newNegative policy of the points purse; a money purse follows that of the version that moves it */
    void start(OutcomeColumns newOut, NegativePolicy newNegative) {
        out = newOut;
        negative = newNegative;
        spentMicro = 0;
        counterSlots.forgetUnpublished();
    }

    /** Of the points purse. */
    long balanceMicro(long member) {
        return balanceMicro(member, POINTS);
    }

    long balanceMicro(long member, int purse) {
        int row = members.find(member);
        long balance = row == MemberPages.NONE ? 0 : members.balanceMicro(row, purse);
        for (int m = 0; m < out.movements; m++) {
            if (out.movementMember[m] == member && out.movementPurse[m] == purse) {
                balance += out.movementMicro[m];
            }
        }
        return balance;
    }

    /** @param member {@link #PROGRAMME} for a counter of the programme itself */
    long counter(long member, int counter) {
        int change = changeOf(member, counter);
        long value = value(member, counter);
        return change < 0 ? value : value + out.counterDelta[change];
    }

    private long value(long member, int counter) {
        if (member == PROGRAMME) {
            return programmeCounters.value(counter);
        }
        int row = members.find(member);
        return row == MemberPages.NONE ? 0 : members.counter(row, counter);
    }

    void change(long member, int counter, long delta) {
        if (delta == 0) {
            return;
        }
        int change = changeOf(member, counter);
        if (change < 0) {
            out.addCounterChange(member, counter, delta);
        } else {
            out.counterDelta[change] += delta;
        }
    }

    private int changeOf(long member, int counter) {
        for (int c = 0; c < out.counterChanges; c++) {
            if (out.counterSlot[c] == counter && out.counterMember[c] == member) {
                return c;
            }
        }
        return -1;
    }

    /** Moves the points purse; the lot of a credit is that of the sale or of the day. */
    void move(long member, MovementKind kind, long micro, int rule, int version) {
        move(member, POINTS, kind, micro, rule, version, LotKey.NONE);
    }

    /**
     * Moves a purse by a credit, which pays a debt first, or by a debit under the negative-purse policy.
     *
     * @param purse slot
     * @param lot of a credit, or the lot that a debit takes from before any other; {@link LotKey#NONE} = of its own choice
     */
    void move(long member, int purse, MovementKind kind, long micro, int rule, int version, long lot) {
        if (micro > 0) {
            credit(member, purse, kind, micro, rule, version, lot);
        } else if (micro < 0) {
            debit(member, purse, kind, micro, rule, version, lot);
        }
    }

    private void credit(long member, int purse, MovementKind kind, long micro, int rule, int version, long lot) {
        out.addMovement(member, purse, kind, micro, rule, version, lot);
        int debt = programmes.debtCounter(purse);
        long paid = Math.min(counter(member, debt), micro);
        if (paid > 0) {
            out.addMovement(member, purse, MovementKind.REVERSED, -paid, rule, version, lot);
            change(member, debt, -paid);
        }
    }

    private void debit(long member, int purse, MovementKind kind, long micro, int rule, int version, long lot) {
        NegativePolicy policy = policy(purse, version);
        long after = balanceMicro(member, purse) + micro;
        // Never more than this debit: a purse may be below zero from a time of another policy.
        long missing = after < 0 ? Math.min(-after, -micro) : 0;
        long taken = policy == NegativePolicy.DEBT ? micro + missing : micro;
        if (taken != 0) {
            out.addMovement(member, purse, kind, taken, rule, version, lot);
        }
        if (policy == NegativePolicy.DEBT) {
            change(member, programmes.debtCounter(purse), missing);
        }
        long forgiven = policy == NegativePolicy.FLOOR_AT_ZERO ? missing : 0;
        if (forgiven > 0) {
            out.addMovement(member, purse, MovementKind.FORGIVEN, forgiven, rule, version, lot);
        }
        if (kind == MovementKind.SPENT && purse == POINTS) {
            spentMicro += taken + forgiven;
        }
    }

    /**
     * Notes that a threshold was reached so many times; what the same outcome takes back (negative) was not reached. Nothing
     * is noted of what earlier receipts reached.
     */
    void reached(long member, int rule, long times) {
        for (int e = 0; e < out.events; e++) {
            boolean same = out.eventKind[e] == EventKind.THRESHOLD_REACHED
                    && out.eventMember[e] == member
                    && out.eventRule[e] == rule;
            if (same) {
                out.eventValue[e] += times;
                if (out.eventValue[e] <= 0) {
                    out.removeEvent(e);
                }
                return;
            }
        }
        if (times > 0) {
            out.addEvent(EventKind.THRESHOLD_REACHED, member, rule, times);
        }
    }

    private NegativePolicy policy(int purse, int version) {
        return purse == POINTS ? negative : programmes.purse(version, purse).negative();
    }

    /**
     * Lot that a sale credits under a version: what a return of it takes back first. {@link LotKey#NONE} for a purse that
     * keeps no lots.
     */
    @SuppressWarnings("unused") // purses keep no lots yet
    long lotOf(int purse, int version, ReceiptColumns sold) {
        return LotKey.NONE;
    }

    /** Ends the outcome: points and balance of the receipt's member, no counter change of zero. */
    void finish(long member) {
        long moved = 0;
        for (int m = 0; m < out.movements; m++) {
            if (out.movementMember[m] == member && out.movementPurse[m] == POINTS) {
                moved += out.movementMicro[m];
            }
        }
        out.pointsMicro = moved - spentMicro;
        out.balanceMicro = member == 0 ? 0 : balanceMicro(member);
        int kept = 0;
        for (int c = 0; c < out.counterChanges; c++) {
            if (out.counterDelta[c] != 0) {
                out.counterMember[kept] = out.counterMember[c];
                out.counterSlot[kept] = out.counterSlot[c];
                out.counterDelta[kept++] = out.counterDelta[c];
            }
        }
        out.counterChanges = kept;
    }
}
