package org.assidu.accrual.engine;

import org.assidu.accrual.model.EventKind;
import org.assidu.accrual.model.MovementKind;
import org.assidu.accrual.model.OutcomeColumns;
import org.assidu.accrual.model.ProgrammeDocument.NegativePolicy;

/**
 * An outcome being written: purses and counters read as they will be once what is written so far has been applied. Keeps
 * one counter change per member and counter.
 */
final class Draft {
    private final MemberPages members;
    private OutcomeColumns out = new OutcomeColumns();
    private NegativePolicy negative = NegativePolicy.ALLOW;
    /** What used rewards took, net of what was forgiven. */
    private long spentMicro;

    Draft(MemberPages members) {
        this.members = members;
    }

    void start(OutcomeColumns newOut, NegativePolicy newNegative) {
        out = newOut;
        negative = newNegative;
        spentMicro = 0;
    }

    long balanceMicro(long member) {
        int row = members.find(member);
        long balance = row == MemberPages.NONE ? 0 : members.balanceMicro(row);
        for (int m = 0; m < out.movements; m++) {
            if (out.movementMember[m] == member) {
                balance += out.movementMicro[m];
            }
        }
        return balance;
    }

    long counter(long member, int counter) {
        int row = members.find(member);
        long value = row == MemberPages.NONE ? 0 : members.counter(row, counter);
        int change = changeOf(member, counter);
        return change < 0 ? value : value + out.counterDelta[change];
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

    /** Moves a purse by a credit, which pays a debt first, or by a debit under the negative-purse policy. */
    void move(long member, MovementKind kind, long micro, int rule, int version) {
        if (micro > 0) {
            credit(member, kind, micro, rule, version);
        } else if (micro < 0) {
            debit(member, kind, micro, rule, version);
        }
    }

    private void credit(long member, MovementKind kind, long micro, int rule, int version) {
        out.addMovement(member, 0, kind, micro, rule, version);
        long paid = Math.min(counter(member, Counters.DEBT), micro);
        if (paid > 0) {
            out.addMovement(member, 0, MovementKind.REVERSED, -paid, rule, version);
            change(member, Counters.DEBT, -paid);
        }
    }

    private void debit(long member, MovementKind kind, long micro, int rule, int version) {
        long after = balanceMicro(member) + micro;
        // Never more than this debit: a purse may be below zero from a time of another policy.
        long missing = after < 0 ? Math.min(-after, -micro) : 0;
        long taken = negative == NegativePolicy.DEBT ? micro + missing : micro;
        if (taken != 0) {
            out.addMovement(member, 0, kind, taken, rule, version);
        }
        if (negative == NegativePolicy.DEBT) {
            change(member, Counters.DEBT, missing);
        }
        long forgiven = negative == NegativePolicy.FLOOR_AT_ZERO ? missing : 0;
        if (forgiven > 0) {
            out.addMovement(member, 0, MovementKind.FORGIVEN, forgiven, rule, version);
        }
        if (kind == MovementKind.SPENT) {
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

    /** Ends the outcome: points and balance of the receipt's member, no counter change of zero. */
    void finish(long member) {
        long moved = 0;
        for (int m = 0; m < out.movements; m++) {
            if (out.movementMember[m] == member) {
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
