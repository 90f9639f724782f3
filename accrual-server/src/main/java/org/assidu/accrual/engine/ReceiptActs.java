package org.assidu.accrual.engine;

import org.assidu.accrual.model.EventKind;
import org.assidu.accrual.model.Mechanics.ActKind;
import org.assidu.accrual.model.MovementKind;
import org.assidu.accrual.model.OutcomeColumns;
import org.assidu.accrual.model.ReceiptColumns;
import org.assidu.accrual.model.RecordedReceipt;
import org.assidu.accrual.programme.ActRule;
import org.assidu.accrual.programme.Programme;
import org.assidu.accrual.programme.RuleKind;

/**
 * Acts that a closing receipt brings about: the welcome of a member whom a card's first receipt enrols, and a referral that the
 * referred member's first purchase completes. The welcome stays when the receipt is returned; a referral is open again.
 */
final class ReceiptActs {
    private final MemberPages members;
    private final Draft draft;
    private final Acts acts;
    private final Referrals referrals;
    private final CardWatch watch;
    private final Survivors survivors;

    ReceiptActs(
            MemberPages members, Draft draft, Acts acts, Referrals referrals, CardWatch watch, Survivors survivors) {
        this.members = members;
        this.draft = draft;
        this.acts = acts;
        this.referrals = referrals;
        this.watch = watch;
        this.survivors = survivors;
    }

    /** Writes what a receipt that earns gives beside its own points. @param nowMillis journal time */
    void add(Programme programme, ReceiptColumns receipt, long member, long nowMillis, OutcomeColumns out) {
        watch.receipt(programme, member, programme.day(receipt.soldAtMillis), out);
        ActTable table = acts.tables().of(programme);
        if (!table.acts.isEmpty() && isJoining(programme, receipt, member, nowMillis)) {
            int day = programme.day(receipt.soldAtMillis);
            for (ActRule act : table.acts) {
                if (act.kind() == ActKind.WELCOME) {
                    acts.give(member, programme, act, day, acts.lot(programme, day));
                }
            }
        }
        long referrer = survivors.of(referrals.openReferrerOf(member));
        if (referrer != 0 && referrer != member && programme.isVisit(receipt, out, null)) {
            complete(programme, table, receipt, member, referrer, out);
        }
    }

    /** Whether the member has no closed receipt yet and is known since today at the earliest. */
    private boolean isJoining(Programme programme, ReceiptColumns receipt, long member, long nowMillis) {
        int row = members.find(member);
        if (row == MemberPages.NONE) {
            return true;
        }
        long since = receipt.historical ? receipt.soldAtMillis : nowMillis;
        return members.receipts(row) == 0 && programme.day(members.enrolledAtMillis(row)) == programme.day(since);
    }

    private void complete(
            Programme programme,
            ActTable table,
            ReceiptColumns receipt,
            long member,
            long referrer,
            OutcomeColumns out) {
        referrals.close(member, 1);
        int day = programme.businessDay(receipt);
        long lot = draft.lotOf(0, programme.version(), receipt);
        boolean told = false;
        for (ActRule act : table.acts) {
            boolean toReferrer = act.kind() == ActKind.REFERRER;
            if (toReferrer || act.kind() == ActKind.REFERRED) {
                long to = toReferrer ? referrer : member;
                if (acts.give(to, programme, act, day, lot)) {
                    out.addEvent(EventKind.REFERRAL_COMPLETED, to, act.rule(), act.pointsMicro());
                    told |= toReferrer;
                }
            }
        }
        if (!told) {
            out.addEvent(EventKind.REFERRAL_COMPLETED, referrer, Programme.NO_RULE, 0);
        }
    }

    /** A receipt was wholly returned: what it completed, as its own events say, is taken back on both sides. */
    void takeBack(Programme programme, RecordedReceipt recorded, long member, Reversals reversals) {
        ReceiptColumns sold = recorded.receipt();
        OutcomeColumns outcome = recorded.outcome();
        boolean completed = false;
        for (int e = 0; e < outcome.events; e++) {
            if (outcome.eventKind[e] != EventKind.REFERRAL_COMPLETED) {
                continue;
            }
            completed = true;
            int act = outcome.eventRule[e] - programme.firstRule(RuleKind.ACT);
            if (outcome.eventRule[e] != Programme.NO_RULE) {
                long to = survivors.of(outcome.eventMember[e]);
                reversals.account(to, credited(outcome, e, to));
                acts.takeBack(
                        to,
                        programme,
                        acts.tables().of(programme).acts.get(act),
                        programme.businessDay(sold),
                        draft.lotOf(0, programme.version(), sold),
                        reversals);
            }
        }
        if (completed) {
            referrals.close(member, -1);
        }
    }

    /** Whose purse an act was credited to, which may be that of a household. */
    private long credited(OutcomeColumns outcome, int event, long member) {
        for (int m = 0; m < outcome.movements; m++) {
            if (outcome.movementRule[m] == outcome.eventRule[event] && outcome.movementKind[m] == MovementKind.EARNED) {
                return survivors.of(outcome.movementMember[m]);
            }
        }
        return member;
    }
}
