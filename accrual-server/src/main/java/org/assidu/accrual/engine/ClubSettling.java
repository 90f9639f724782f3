package org.assidu.accrual.engine;

import java.util.List;
import org.assidu.accrual.model.EventKind;
import org.assidu.accrual.model.LotKey;
import org.assidu.accrual.programme.ClubRule;
import org.assidu.accrual.programme.Programme;

/** Tells members before their memberships end, and that they have ended on the day after the last. */
final class ClubSettling implements Settling {
    private final Programmes programmes;

    ClubSettling(Programmes programmes) {
        this.programmes = programmes;
    }

    @Override
    public int nextDue(long member, int row, int afterDay, Draft draft) {
        Programme newest = programmes.newest();
        int next = NEVER;
        // The newest version has all clubs: once published, they stay.
        for (int i = 0; newest != null && i < newest.clubs().size(); i++) {
            int until = (int) draft.counter(member, programmes.clubSlots(newest).until[i]);
            if (until != 0 && until != LotKey.NEVER) {
                next = Math.min(next, nextDue(newest.clubs().get(i), until, afterDay));
            }
        }
        return next;
    }

    private int nextDue(ClubRule club, int until, int afterDay) {
        int next = until + 1 > afterDay ? until + 1 : NEVER;
        for (int version = 1; version <= programmes.size(); version++) {
            List<Integer> reminders = reminders(club.id(), version);
            for (int r = 0; r < reminders.size(); r++) {
                int day = until - reminders.get(r);
                if (day > afterDay && day < next && programmes.versionOn(day) == version) {
                    next = day;
                }
            }
        }
        return next;
    }

    private List<Integer> reminders(String club, int version) {
        Programme programme = programmes.ofVersion(version);
        for (int i = 0; programme != null && i < programme.clubs().size(); i++) {
            if (programme.clubs().get(i).id().equals(club)) {
                return programme.clubs().get(i).source().reminderDays();
            }
        }
        return List.of();
    }

    @Override
    public void settle(long member, int row, int fromDay, int toDay, Draft draft) {
        Programme newest = programmes.newest();
        for (int i = 0; newest != null && i < newest.clubs().size(); i++) {
            int until = (int) draft.counter(member, programmes.clubSlots(newest).until[i]);
            String club = newest.clubs().get(i).id();
            if (until == 0 || until == LotKey.NEVER) {
                continue;
            }
            if (toDay == until + 1) {
                draft.event(EventKind.CLUB_ENDED, member, draft.ruleOfClub(club), until);
            } else if (reminders(club, programmes.versionOn(toDay)).contains(until - toDay)) {
                draft.event(EventKind.CLUB_ENDING, member, draft.ruleOfClub(club), until);
            }
        }
    }
}
