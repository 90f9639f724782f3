package org.assidu.accrual.engine;

import org.assidu.accrual.model.EventKind;
import org.assidu.accrual.model.LineStatus;
import org.assidu.accrual.model.LotKey;
import org.assidu.accrual.model.Operation;
import org.assidu.accrual.model.OperationStatus;
import org.assidu.accrual.model.OutcomeColumns;
import org.assidu.accrual.model.ReceiptColumns;
import org.assidu.accrual.programme.ClubRule;
import org.assidu.accrual.programme.Programme;
import org.assidu.accrual.programme.TierLadder;
import org.jspecify.annotations.Nullable;

/**
 * Clubs and paid cards. Buying the article of a club joins or renews, bringing it back takes off what it bought. A membership
 * counts from the next receipt on, its discount on the first purchase from the receipt that joins on.
 *
 * <p>JOIN_CLUB and LEAVE_CLUB: {@code subject} club.
 */
final class Clubs {
    private static final int USED = 1;

    private final Programmes programmes;
    private final Draft draft;

    Clubs(Programmes programmes, Draft draft) {
        this.programmes = programmes;
        this.draft = draft;
    }

    /** Whether the discount on the first purchase of a club is for this receipt. @param day of the sale */
    boolean isFirstPurchase(Programme programme, int club, ReceiptColumns receipt, long member, int day) {
        ClubSlots slots = programmes.clubSlots(programme);
        ClubRule rule = programme.clubs().get(club);
        if (draft.counter(member, slots.first[club]) == USED) {
            return false;
        }
        return isMember(slots, club, member, day)
                || (rule.articlesSold(receipt, null) > 0 && isOpenTo(rule, slots, member, day));
    }

    boolean isMember(ClubSlots slots, int club, long member, int day) {
        return draft.counter(member, slots.until[club]) >= day && draft.counter(member, slots.since[club]) <= day;
    }

    private boolean isOpenTo(ClubRule rule, ClubSlots slots, long member, int day) {
        boolean invited = slots.tag[rule.index()] == ClubSlots.NONE
                || draft.counter(member, slots.tag[rule.index()]) > 0
                || draft.counter(member, slots.tagUntil[rule.index()]) >= day;
        return invited
                && (!rule.asksForPurchases()
                        || rule.isOpenTo(draft.counter(member, slots.bought), draft.counter(member, slots.baskets)));
    }

    /** The discount on the first purchase was given, or all that it was given on has come back. */
    void useFirst(Programme programme, int club, long member, boolean used) {
        int counter = programmes.clubSlots(programme).first[club];
        draft.change(member, counter, (used ? USED : 0) - draft.counter(member, counter));
    }

    /** A receipt of a member whose lines are priced: joins and renews, takes back what came without receipt, counts. */
    void close(Programme programme, ReceiptColumns receipt, OutcomeColumns out, long member, int day) {
        if (programme.clubs().isEmpty()) {
            return;
        }
        ClubSlots slots = programmes.clubSlots(programme);
        for (int i = 0; i < programme.clubs().size(); i++) {
            ClubRule rule = programme.clubs().get(i);
            long sold = rule.articlesSold(receipt, null);
            if (sold > 0) {
                buy(rule, slots, member, day, sold);
            }
            long back = rule.articlesReturned(receipt, out);
            if (back > 0) {
                giveBack(rule, slots, member, LotKey.NEVER, day, back);
            }
        }
        if (slots.bought != ClubSlots.NONE) {
            long minor = TierLadder.spendMinor(receipt, out, LineStatus.EARNED, null)
                    + TierLadder.spendMinor(receipt, out, LineStatus.RETURNED_AT_CURRENT_RATE, null);
            count(slots, member, minor, programme.isVisit(receipt, out, null) ? 1 : 0);
        }
    }

    private void count(ClubSlots slots, long member, long minor, int baskets) {
        draft.change(member, slots.bought, minor);
        draft.change(member, slots.baskets, baskets);
    }

    private void buy(ClubRule rule, ClubSlots slots, long member, int day, long periods) {
        int i = rule.index();
        long until = draft.counter(member, slots.until[i]);
        if (until == LotKey.NEVER) {
            // Bought twice, it ends with the return of the first.
            return;
        }
        if (until >= day) {
            int since = (int) draft.counter(member, slots.since[i]);
            set(rule, slots, member, since, rule.lastDay(since, (int) until, periods));
        } else if (isOpenTo(rule, slots, member, day)) {
            join(rule, slots, member, day, periods);
        } else {
            draft.event(EventKind.CLUB_REFUSED, member, rule.rule(), periods);
        }
    }

    private void join(ClubRule rule, ClubSlots slots, long member, int day, long periods) {
        int lastDay = rule.lastDay(day, periods);
        set(rule, slots, member, day, lastDay);
        if (lastDay < draft.today()) {
            draft.event(EventKind.CLUB_ENDED, member, rule.rule(), lastDay);
        }
    }

    private void set(ClubRule rule, ClubSlots slots, long member, int since, int lastDay) {
        write(rule, slots, member, since, lastDay);
        draft.event(EventKind.CLUB_JOINED, member, rule.rule(), lastDay);
    }

    private void write(ClubRule rule, ClubSlots slots, long member, int since, int lastDay) {
        int i = rule.index();
        draft.change(member, slots.since[i], since - draft.counter(member, slots.since[i]));
        draft.change(member, slots.until[i], lastDay - draft.counter(member, slots.until[i]));
    }

    /**
     * What returns take from a recorded sale.
     *
     * @param programme that decided the sale
     * @param before thousandths that were back by line, and {@code after}: that are back now
     * @param today day of the return
     */
    void takeBack(
            Programme programme,
            ReceiptColumns sold,
            OutcomeColumns priced,
            long member,
            long[] before,
            long[] after,
            int today) {
        if (programme.clubs().isEmpty()) {
            return;
        }
        ClubSlots slots = programmes.clubSlots(programme);
        for (int i = 0; i < programme.clubs().size(); i++) {
            ClubRule rule = programme.clubs().get(i);
            long back = rule.articlesSold(sold, before) - rule.articlesSold(sold, after);
            if (back > 0) {
                giveBack(rule, slots, member, lastDayBought(priced, rule), today, back);
            }
        }
        if (slots.bought != ClubSlots.NONE) {
            long minor = TierLadder.spendMinor(sold, priced, LineStatus.EARNED, after)
                    - TierLadder.spendMinor(sold, priced, LineStatus.EARNED, before);
            boolean gone = programme.isVisit(sold, priced, before) && !programme.isVisit(sold, priced, after);
            count(slots, member, minor, gone ? -1 : 0);
        }
    }

    /** Last day of the membership that a recorded sale bought; 0 when it bought none. */
    private static int lastDayBought(OutcomeColumns priced, ClubRule rule) {
        for (int e = 0; e < priced.events; e++) {
            if (priced.eventKind[e] == EventKind.CLUB_JOINED && priced.eventRule[e] == rule.rule()) {
                return (int) priced.eventValue[e];
            }
        }
        return 0;
    }

    /** @param lastDayBought a membership that began later is another one */
    private void giveBack(ClubRule rule, ClubSlots slots, long member, int lastDayBought, int today, long periods) {
        int i = rule.index();
        int since = (int) draft.counter(member, slots.since[i]);
        int until = (int) draft.counter(member, slots.until[i]);
        if (until == 0 || lastDayBought < since) {
            return;
        }
        int lastDay = rule.lastDay(since, until, -periods);
        if (lastDay < since) {
            end(rule, slots, member);
        } else {
            write(rule, slots, member, since, lastDay);
        }
        if (until >= today && lastDay < today) {
            draft.event(EventKind.CLUB_ENDED, member, draft.ruleOfClub(rule.id()), Math.max(lastDay, since));
        }
    }

    private void end(ClubRule rule, ClubSlots slots, long member) {
        write(rule, slots, member, 0, 0);
    }

    OperationStatus join(Operation operation, Programme programme, int day) {
        ClubRule rule = rule(operation, programme);
        if (rule == null) {
            return OperationStatus.SUBJECT_UNKNOWN;
        }
        ClubSlots slots = programmes.clubSlots(programme);
        long member = operation.memberKey();
        if (isMember(slots, rule.index(), member, day)) {
            return OperationStatus.NOTHING_TO_DO;
        }
        if (rule.hasFee()) {
            return OperationStatus.NOT_ALLOWED;
        }
        if (!isOpenTo(rule, slots, member, day)) {
            return OperationStatus.LIMIT_EXCEEDED;
        }
        join(rule, slots, member, day, 1);
        return OperationStatus.DONE;
    }

    OperationStatus leave(Operation operation, Programme programme, int day) {
        ClubRule rule = rule(operation, programme);
        if (rule == null) {
            return OperationStatus.SUBJECT_UNKNOWN;
        }
        ClubSlots slots = programmes.clubSlots(programme);
        if (!isMember(slots, rule.index(), operation.memberKey(), day)) {
            return OperationStatus.NOTHING_TO_DO;
        }
        end(rule, slots, operation.memberKey());
        draft.event(EventKind.CLUB_ENDED, operation.memberKey(), rule.rule(), day);
        return OperationStatus.DONE;
    }

    private static @Nullable ClubRule rule(Operation operation, Programme programme) {
        for (ClubRule rule : programme.clubs()) {
            if (rule.id().equals(operation.subject())) {
                return rule;
            }
        }
        return null;
    }
}
