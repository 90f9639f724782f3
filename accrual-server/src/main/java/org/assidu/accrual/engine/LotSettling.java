package org.assidu.accrual.engine;

import org.assidu.accrual.model.EventKind;
import org.assidu.accrual.model.LotKey;
import org.assidu.accrual.model.MovementKind;
import org.assidu.accrual.programme.Programme;
import org.assidu.accrual.programme.PurseRule;

/** Expires lots on the day after their last one, and reminds their owners before. */
final class LotSettling implements Settling {
    private final Programmes programmes;

    LotSettling(Programmes programmes) {
        this.programmes = programmes;
    }

    @Override
    public int nextDue(long member, int row, int afterDay, Draft draft) {
        int next = NEVER;
        for (int purse = 0; purse < programmes.purseSlots(); purse++) {
            if (programmes.keepsLots(purse)) {
                LotList lots = draft.lots(member, purse);
                int live = lots.live();
                for (int i = 0; i < live && LotKey.expiryDay(lots.keys[i]) != LotKey.NEVER; i++) {
                    next = Math.min(next, nextDue(purse, LotKey.expiryDay(lots.keys[i]), afterDay));
                }
            }
        }
        return next;
    }

    private int nextDue(int purse, int expiryDay, int afterDay) {
        // A lot that should have gone already goes on the next day that is looked at.
        int next = Math.max(expiryDay + 1, afterDay + 1);
        for (int version = 1; version <= programmes.size(); version++) {
            PurseRule rule = programmes.purseOf(version, purse);
            int after = afterDay;
            int reminder = rule == null ? NEVER : rule.reminderAfter(expiryDay, after);
            while (reminder < next && programmes.versionOn(reminder) != version) {
                after = reminder;
                reminder = rule == null ? NEVER : rule.reminderAfter(expiryDay, after);
            }
            next = Math.min(next, reminder);
        }
        return next;
    }

    @Override
    public void settle(long member, int row, int fromDay, int toDay, Draft draft) {
        Programme programme = programmes.ofVersion(programmes.versionOn(toDay));
        if (programme == null) {
            return;
        }
        for (int purse = 0; purse < programmes.purseSlots(); purse++) {
            if (programmes.keepsLots(purse)) {
                expire(member, purse, toDay, programme, draft);
                PurseRule rule = programmes.purseOf(programme.version(), purse);
                if (rule != null) {
                    remind(member, purse, toDay, rule, draft);
                }
            }
        }
    }

    private static void expire(long member, int purse, int day, Programme programme, Draft draft) {
        LotList lots = draft.lots(member, purse);
        int live = lots.live();
        long expired = 0;
        // The list is the draft's and stays as it is while movements are added.
        for (int i = 0; i < live && LotKey.expiryDay(lots.keys[i]) < day; i++) {
            draft.record(
                    member,
                    purse,
                    MovementKind.EXPIRED,
                    -lots.micro[i],
                    Programme.NO_RULE,
                    programme.version(),
                    lots.keys[i]);
            expired += lots.micro[i];
        }
        if (expired > 0) {
            draft.event(EventKind.POINTS_EXPIRED, member, Programme.NO_RULE, expired, purse, day - 1);
        }
    }

    /** One reminder for all lots that end on the same day. */
    private static void remind(long member, int purse, int day, PurseRule rule, Draft draft) {
        LotList lots = draft.lots(member, purse);
        int live = lots.live();
        for (int i = 0; i < live; ) {
            int expiryDay = LotKey.expiryDay(lots.keys[i]);
            long ending = 0;
            for (; i < live && LotKey.expiryDay(lots.keys[i]) == expiryDay; i++) {
                ending += lots.micro[i];
            }
            if (expiryDay != LotKey.NEVER && rule.reminds(expiryDay, day)) {
                draft.event(EventKind.POINTS_EXPIRING, member, Programme.NO_RULE, ending, purse, expiryDay);
            }
        }
    }
}
