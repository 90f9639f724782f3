package org.assidu.accrual.engine;

import org.assidu.accrual.model.EventKind;
import org.assidu.accrual.model.MovementKind;
import org.assidu.accrual.model.OutcomeColumns;
import org.assidu.accrual.model.ProgrammeDocument.Window;
import org.assidu.accrual.model.ReceiptColumns;
import org.assidu.accrual.programme.Awards;
import org.assidu.accrual.programme.BonusRule;
import org.assidu.accrual.programme.Programme;

/**
 * Bonuses of a sale: which of them the member and the moment qualify for, with how much room under their limits, which is
 * recorded as the receipt's context; then what they give.
 */
final class BonusDecision {
    private static final Window[] WINDOWS = Window.values();

    private final Programmes programmes;
    private final Stores stores;
    private final Draft draft;
    private final MemberConditions conditions;
    private final Allowances allowances;
    private final Grants grants;
    private final Clubs clubs;
    private final Awards awards = new Awards();

    BonusDecision(
            Programmes programmes,
            Stores stores,
            Draft draft,
            MemberConditions conditions,
            Allowances allowances,
            Grants grants,
            Clubs clubs) {
        this.programmes = programmes;
        this.stores = stores;
        this.draft = draft;
        this.conditions = conditions;
        this.allowances = allowances;
        this.grants = grants;
        this.clubs = clubs;
    }

    /** Writes context and member prices into the outcome. */
    void qualify(Programme programme, ReceiptColumns receipt, long member, OutcomeColumns out) {
        String banner = programme.asksForBanners() ? stores.banner(receipt) : null;
        if (!programme.findCandidates(receipt, banner, awards)) {
            return;
        }
        BonusSlots slots = programmes.bonusSlots(programme);
        int day = awards.day();
        for (int i = awards.nextCandidate(0); i >= 0; i = awards.nextCandidate(i + 1)) {
            BonusRule rule = programme.bonus(i);
            if (rule.isForEveryone()) {
                out.addContext(rule.rule(), BonusRule.NO_LIMIT);
            } else if (conditions.hold(programme, rule, slots, receipt, member, day)) {
                long headroom = allowances.headroom(rule, slots, member, day);
                if (headroom > 0) {
                    out.addContext(rule.rule(), headroom);
                }
            }
        }
        programme.tellPrices(receipt, out, awards);
    }

    /** Takes member prices out of an outcome's context. */
    void dropPrices(Programme programme, OutcomeColumns out) {
        out.prices = 0;
        int kept = 0;
        for (int c = 0; c < out.contexts; c++) {
            if (!programme.bonusOfRule(out.contextRule[c]).isMemberPrice()) {
                out.contextRule[kept] = out.contextRule[c];
                out.contextHeadroom[kept++] = out.contextHeadroom[c];
            }
        }
        out.contexts = kept;
    }

    /** Moves purses, counters and grants for a receipt whose lines are priced. @return what it credits in points */
    long award(Programme programme, ReceiptColumns receipt, long member, OutcomeColumns out) {
        BonusSlots slots = programmes.bonusSlots(programme);
        int version = programme.version();
        long lot = draft.lotOf(0, version, receipt);
        if (out.contexts == 0) {
            long creditMicro = programme.creditMicro(receipt, out, null);
            draft.move(member, 0, MovementKind.EARNED, creditMicro, Programme.BASE_RULE, version, lot);
            count(programme, slots, receipt, member, out);
            return creditMicro;
        }
        programme.award(receipt, out, awards);
        boolean plain = awards.baseMicro() >= 0 && draft.creditsPlainly(member, 0);
        draft.move(member, 0, MovementKind.EARNED, awards.baseMicro(), Programme.BASE_RULE, version, lot);
        for (int at = 0; at < awards.rules(); at++) {
            // What takes points off may leave a debt, which the next bonus pays.
            plain &= awards.given(at) >= 0;
            give(programme, receipt, slots, member, plain, lot, at, out);
        }
        count(programme, slots, receipt, member, out);
        return awards.pointsMicro();
    }

    private void give(
            Programme programme,
            ReceiptColumns receipt,
            BonusSlots slots,
            long member,
            boolean plain,
            long pointsLot,
            int at,
            OutcomeColumns out) {
        BonusRule rule = programme.bonus(awards.bonus(at));
        long given = awards.given(at);
        int version = programme.version();
        if (rule.givesPoints() && plain && given > 0) {
            out.addMovement(draft.purseOwner(member), 0, MovementKind.EARNED, given, rule.rule(), version);
        } else if (rule.givesPoints()) {
            draft.move(member, 0, MovementKind.EARNED, given, rule.rule(), version, pointsLot);
        } else if (rule.givesMoney()) {
            int purse = slots.purse[rule.index()];
            long lot = draft.lotOf(purse, version, receipt);
            draft.move(member, purse, MovementKind.EARNED, given, rule.rule(), version, lot);
        } else if (given > 0 && !rule.isMemberPrice()) {
            grants.give(programme, rule, slots, member, given, out);
        }
        if (given > 0 && rule.terms().newInClub() >= 0) {
            clubs.useFirst(programme, rule.terms().newInClub(), member, true);
        }
        if (rule.isLimited()) {
            allowances.use(rule, slots, member, awards.day(), given);
            allowances.tell(rule, slots, member, given, awards.withheld(at), out);
        }
        if (given > 0 && rule.terms().everyNthVisit() > 0) {
            out.addEvent(EventKind.NTH_VISIT, member, rule.rule(), given);
        }
        if (given > 0 && rule.isHappyHour()) {
            out.addEvent(EventKind.HAPPY_HOUR_USED, member, rule.rule(), given);
        }
    }

    /** Visits, and the days on which articles were bought that a bonus wants to have been missed. */
    private void count(Programme programme, BonusSlots slots, ReceiptColumns receipt, long member, OutcomeColumns out) {
        if (slots.countsVisits() && programme.isVisit(receipt, out, null)) {
            visit(programme, slots, receipt.soldAtMillis, member, 1);
        }
        for (int i = 0; slots.tracksBought() && i < slots.bought.length; i++) {
            if (slots.bought[i] != BonusSlots.NONE && awards.isBought(i)) {
                long last = draft.counter(member, slots.bought[i]);
                draft.change(member, slots.bought[i], Math.max(0, awards.day() - last));
            }
        }
    }

    /** What a return takes back of each bonus of its original. */
    void takeBack(
            Programme programme, ReceiptColumns sold, long member, Awards before, Awards after, Reversals reversals) {
        BonusSlots slots = programmes.bonusSlots(programme);
        int day = programme.day(sold.soldAtMillis);
        for (int at = 0; at < before.rules(); at++) {
            BonusRule rule = programme.bonus(before.bonus(at));
            long delta = after.given(at) - before.given(at);
            if (rule.givesPoints() || rule.givesMoney()) {
                int purse = rule.givesPoints() ? 0 : slots.purse[rule.index()];
                long lot = draft.lotOf(purse, programme.version(), sold);
                reversals.addMovement(member, programme.version(), rule.rule(), purse, delta, lot);
            } else if (delta < 0 && !rule.isMemberPrice()) {
                grants.takeBack(programme, rule, slots, member, -delta);
            } else if (delta > 0 && !rule.isMemberPrice()) {
                grants.give(programme, rule, slots, member, delta);
            }
            if (delta < 0 && after.given(at) == 0 && rule.terms().newInClub() >= 0) {
                clubs.useFirst(programme, rule.terms().newInClub(), member, false);
            }
            allowances.use(rule, slots, member, day, delta);
        }
    }

    void uncountVisit(Programme programme, ReceiptColumns sold, long member) {
        visit(programme, programmes.bonusSlots(programme), sold.soldAtMillis, member, -1);
    }

    /** Counts a visit or, of -1, one that was wholly returned; those of windows that are over are gone. */
    private void visit(Programme programme, BonusSlots slots, long soldAtMillis, long member, int delta) {
        for (Window window : WINDOWS) {
            int counter = slots.visits[window.ordinal()];
            if (counter == BonusSlots.NONE) {
                continue;
            }
            int number = programme.window(window, soldAtMillis);
            long current = draft.counter(member, counter + 1);
            long before = draft.counter(member, counter);
            if (number == current) {
                draft.change(member, counter, Math.max(delta, -before));
            } else if (number > current && delta > 0) {
                draft.change(member, counter + 1, number - current);
                draft.change(member, counter, delta - before);
            }
        }
    }
}
