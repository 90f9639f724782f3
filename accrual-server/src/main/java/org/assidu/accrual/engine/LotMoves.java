package org.assidu.accrual.engine;

import org.assidu.accrual.model.EventKind;
import org.assidu.accrual.model.LotKey;
import org.assidu.accrual.model.MovementKind;
import org.assidu.accrual.model.ProgrammeDocument.NegativePolicy;
import org.assidu.accrual.programme.Programme;

/**
 * Movements of a purse that keeps lots, one for each lot that moves. A balance is the sum of its lots and of what no lot holds
 * ({@link LotKey#NONE}): points from before the purse kept lots or, below zero, what is missing; then there are no lots, since
 * credits fill it first and debits reach it last.
 */
final class LotMoves {
    private final Programmes programmes;
    private final Draft draft;

    // The debit at hand
    private long member;
    private int purse;
    private MovementKind kind = MovementKind.NONE;
    private int rule;
    private int version;
    private long leftMicro;

    LotMoves(Programmes programmes, Draft draft) {
        this.programmes = programmes;
        this.draft = draft;
    }

    /** @param lot not NONE, unless the purse keeps none under the version */
    void credit(long toMember, int toPurse, MovementKind why, long micro, int byRule, int byVersion, long lot) {
        long fillMicro = Math.min(micro, Math.max(0, -draft.balanceMicro(toMember, toPurse)));
        if (fillMicro > 0) {
            draft.record(toMember, toPurse, why, fillMicro, byRule, byVersion, LotKey.NONE);
        }
        long lotMicro = micro - fillMicro;
        long target = current(toMember, toPurse, byVersion, lot);
        if (lotMicro > 0) {
            draft.record(toMember, toPurse, why, lotMicro, byRule, byVersion, target);
        }
        lotMicro -= payDebt(toMember, toPurse, micro, lotMicro, byRule, byVersion, target);
        if (lotMicro > 0 && target != LotKey.NONE && LotKey.expiryDay(target) < draft.today()) {
            draft.record(toMember, toPurse, MovementKind.EXPIRED, -lotMicro, Programme.NO_RULE, byVersion, target);
            draft.event(
                    EventKind.POINTS_EXPIRED, toMember, Programme.NO_RULE, lotMicro, toPurse, LotKey.expiryDay(target));
        }
    }

    /** @return what the lot gave */
    private long payDebt(long toMember, int toPurse, long micro, long lotMicro, int byRule, int byVersion, long lot) {
        int debt = programmes.debtCounter(toPurse);
        long paid = Math.min(draft.counter(toMember, debt), micro);
        if (paid <= 0) {
            return 0;
        }
        draft.change(toMember, debt, -paid);
        long fromLot = Math.min(paid, lotMicro);
        if (fromLot > 0) {
            draft.record(toMember, toPurse, MovementKind.REVERSED, -fromLot, byRule, byVersion, lot);
        }
        if (paid > fromLot) {
            draft.record(toMember, toPurse, MovementKind.REVERSED, fromLot - paid, byRule, byVersion, LotKey.NONE);
        }
        return fromLot;
    }

    /** Where a lot's points are now: sales may have renewed it, and what waits no longer has no unlock day. */
    private long current(long ofMember, int ofPurse, int byVersion, long lot) {
        long now = renewed(ofMember, ofPurse, byVersion, lot);
        return lot != LotKey.NONE && LotKey.unlockDay(now) <= draft.today() ? PurseDays.unlocked(now) : now;
    }

    private long renewed(long ofMember, int ofPurse, int byVersion, long lot) {
        int counter = programmes.renewedCounter(ofPurse);
        long day = counter == Programmes.NO_COUNTER ? 0 : draft.counter(ofMember, counter);
        return renewed(ofPurse, byVersion, lot, day);
    }

    private long renewed(int ofPurse, int byVersion, long lot, long day) {
        boolean renews = lot != LotKey.NONE
                && day > 0
                && programmes.purse(byVersion, ofPurse).isRenewed();
        return renews ? PurseDays.renewed(lot, (int) day) : lot;
    }

    /**
     * Takes from the given lot, from the others by expiry, from what no lot holds, from what is still pending.
     *
     * @return what nothing held
     */
    long debit(long ofMember, int ofPurse, MovementKind why, long micro, int byRule, int byVersion, long lot) {
        member = ofMember;
        purse = ofPurse;
        kind = why;
        rule = byRule;
        version = byVersion;
        leftMicro = micro;
        LotList lots = draft.lots(member, purse);
        long unheldMicro = draft.balanceMicro(member, purse) - sum(lots);
        if (lot != LotKey.NONE) {
            takeOwn(lots, lot);
        }
        takeByExpiry(lots, false);
        long unheld = Math.min(leftMicro, Math.max(0, unheldMicro));
        if (unheld > 0) {
            draft.record(member, purse, kind, -unheld, rule, version, LotKey.NONE);
            leftMicro -= unheld;
        }
        takeByExpiry(lots, true);
        return leftMicro;
    }

    private static long sum(LotList lots) {
        long sum = 0;
        for (int i = lots.live() - 1; i >= 0; i--) {
            sum += lots.micro[i];
        }
        return sum;
    }

    /** The lot itself, as it was or as it is now; then what of it has expired, which is taken back from the expiry instead. */
    private void takeOwn(LotList lots, long lot) {
        long now = renewed(member, purse, version, lot);
        take(lots, now);
        take(lots, PurseDays.unlocked(now));
        // A sale of the same receipt renews lots when all of it is put into effect.
        long before = renewed(purse, version, lot, draft.counterBefore(member, programmes.renewedCounter(purse)));
        if (before != now) {
            take(lots, before);
            take(lots, PurseDays.unlocked(before));
        }
        if (kind != MovementKind.REVERSED) {
            return;
        }
        boolean moved = now != lot;
        for (int i = lots.live(); i < lots.size && leftMicro > 0; i++) {
            long key = lots.keys[i];
            boolean same = key == LotList.expired(lot)
                    || (moved
                            && LotKey.cohortMonth(key) == LotKey.cohortMonth(lot)
                            && LotKey.expiryDay(key) >= LotKey.expiryDay(lot));
            long micro = same ? Math.min(leftMicro, lots.micro[i]) : 0;
            if (micro > 0) {
                long of = LotList.lotOf(key);
                draft.record(member, purse, MovementKind.EXPIRED, micro, rule, version, of);
                draft.record(member, purse, kind, -micro, rule, version, of);
                lots.micro[i] -= micro;
                leftMicro -= micro;
            }
        }
    }

    private void takeByExpiry(LotList lots, boolean pending) {
        int live = lots.live();
        for (int i = 0; i < live && leftMicro > 0; i++) {
            if (LotKey.unlockDay(lots.keys[i]) > draft.today() == pending) {
                take(lots, i);
            }
        }
    }

    private void take(LotList lots, long key) {
        int at = lots.find(key);
        if (at >= 0) {
            take(lots, at);
        }
    }

    /** The list is the draft's own copy: what is taken is taken from it too. */
    private void take(LotList lots, int at) {
        long micro = Math.min(leftMicro, lots.micro[at]);
        if (micro > 0) {
            draft.record(member, purse, kind, -micro, rule, version, lots.keys[at]);
            lots.micro[at] -= micro;
            leftMicro -= micro;
        }
    }

    /** What cannot be spent yet. */
    long pendingMicro(long ofMember, int ofPurse) {
        LotList lots = draft.lots(ofMember, ofPurse);
        long sum = 0;
        for (int i = lots.live() - 1; i >= 0; i--) {
            sum += LotKey.unlockDay(lots.keys[i]) > draft.today() ? lots.micro[i] : 0;
        }
        return sum;
    }

    /** What nothing held, under the purse's policy. @return what was taken or forgiven of it: below zero or zero */
    long missing(
            long ofMember,
            int ofPurse,
            MovementKind why,
            long micro,
            int byRule,
            int byVersion,
            NegativePolicy policy) {
        if (micro == 0) {
            return 0;
        }
        if (policy == NegativePolicy.DEBT) {
            draft.change(ofMember, programmes.debtCounter(ofPurse), micro);
            return 0;
        }
        draft.record(ofMember, ofPurse, why, -micro, byRule, byVersion, LotKey.NONE);
        if (policy == NegativePolicy.ALLOW) {
            return -micro;
        }
        draft.record(ofMember, ofPurse, MovementKind.FORGIVEN, micro, byRule, byVersion, LotKey.NONE);
        return 0;
    }
}
