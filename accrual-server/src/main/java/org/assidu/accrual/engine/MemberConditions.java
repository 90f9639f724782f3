package org.assidu.accrual.engine;

import java.time.LocalDate;
import org.assidu.accrual.model.ReceiptColumns;
import org.assidu.accrual.programme.Anniversaries;
import org.assidu.accrual.programme.BonusRule;
import org.assidu.accrual.programme.MemberTerms;
import org.assidu.accrual.programme.Programme;

/** What bonuses ask of the member, at the moment a receipt arrives and as of its sold-at. */
final class MemberConditions {
    private static final int WHOLE = 10_000;

    private final MemberPages members;
    private final Draft draft;
    private final Clubs clubs;

    MemberConditions(MemberPages members, Draft draft, Clubs clubs) {
        this.members = members;
        this.draft = draft;
        this.clubs = clubs;
    }

    /** @param day of the sale, in the programme's zone */
    boolean hold(Programme programme, BonusRule rule, BonusSlots slots, ReceiptColumns receipt, long member, int day) {
        MemberTerms terms = rule.terms();
        int i = rule.index();
        return (terms.tierLevels() == 0 || (terms.tierLevels() & 1L << draft.counter(member, slots.tierLevel)) != 0)
                && (slots.clubs[i].length == 0 || inAny(member, slots.clubs[i], day))
                && (slots.tags[i].length == 0
                        || anyFrom(member, slots.tags[i], 1)
                        || anyFrom(member, slots.tagsUntil[i], day))
                && (!terms.firstPurchase() || isFirst(member))
                && (terms.everyNthVisit() == 0 || isNthVisit(programme, terms, slots, receipt, member))
                && (terms.unboughtDays() < 0 || isUnbought(draft.counter(member, slots.bought[i]), day, terms))
                && (terms.dormantDays() < 0 || isDormant(programme, member, day, terms))
                && (terms.birthdayBefore() < 0 || isBirthday(draft.counter(member, slots.birthday), day, terms))
                && (terms.newInClub() < 0 || clubs.isFirstPurchase(programme, terms.newInClub(), receipt, member, day))
                && !isControl(member, slots.idHash[i], terms.controlHundredths());
    }

    private boolean anyFrom(long member, int[] counters, long least) {
        for (int counter : counters) {
            if (draft.counter(member, counter) >= least) {
                return true;
            }
        }
        return false;
    }

    private boolean inAny(long member, int[] untilAndSince, int day) {
        for (int i = 0; i < untilAndSince.length; i += 2) {
            if (draft.counter(member, untilAndSince[i]) >= day && draft.counter(member, untilAndSince[i + 1]) <= day) {
                return true;
            }
        }
        return false;
    }

    private boolean isFirst(long member) {
        int row = members.find(member);
        return row == MemberPages.NONE || members.receipts(row) == 0;
    }

    private boolean isNthVisit(
            Programme programme, MemberTerms terms, BonusSlots slots, ReceiptColumns receipt, long member) {
        int window = programme.window(terms.visitWindow(), receipt.soldAtMillis);
        int counter = slots.visits[terms.visitWindow().ordinal()];
        long current = draft.counter(member, counter + 1);
        long before = window == current ? draft.counter(member, counter) : 0;
        return window >= current && (before + 1) % terms.everyNthVisit() == 0;
    }

    /** What was never bought is unbought. */
    private static boolean isUnbought(long lastDay, int day, MemberTerms terms) {
        return lastDay == 0 || day - lastDay > terms.unboughtDays();
    }

    /** Who never bought anything is not dormant. */
    private boolean isDormant(Programme programme, long member, int day, MemberTerms terms) {
        int row = members.find(member);
        long last = row == MemberPages.NONE ? 0 : members.lastSoldAtMillis(row);
        return last != 0 && day - programme.day(last) > terms.dormantDays();
    }

    private static boolean isBirthday(long monthAndDay, int day, MemberTerms terms) {
        if (monthAndDay == 0) {
            return false;
        }
        int year = LocalDate.ofEpochDay(day).getYear();
        for (int of = year - 1; of <= year + 1; of++) {
            long birthday = Anniversaries.birthday(monthAndDay, of);
            if (day >= birthday - terms.birthdayBefore() && day <= birthday + terms.birthdayAfter()) {
                return true;
            }
        }
        return false;
    }

    /** Drawn by hash of member and bonus: the same for every receipt and every version. */
    static boolean isControl(long member, long idHash, int hundredths) {
        return hundredths > 0 && Long.remainderUnsigned(Mix.of(member, idHash), WHOLE) < hundredths;
    }
}
