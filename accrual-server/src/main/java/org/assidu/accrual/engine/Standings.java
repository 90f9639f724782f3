package org.assidu.accrual.engine;

import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import org.assidu.accrual.model.LotKey;
import org.assidu.accrual.model.MemberStanding;
import org.assidu.accrual.model.MemberStatus;
import org.assidu.accrual.programme.Programme;
import org.assidu.accrual.programme.RewardRule;
import org.jspecify.annotations.Nullable;

/** Works out where a member stands, from what is known of it and the programme in force. */
final class Standings {
    /** How far ahead points that end are told where the programme reminds of nothing. */
    private static final int DAYS_AHEAD = 30;

    private final MemberPages members;
    private final Programmes programmes;

    Standings(MemberPages members, Programmes programmes) {
        this.members = members;
        this.programmes = programmes;
    }

    /** @param view null for a member that no record names */
    MemberStanding of(long memberKey, @Nullable MemberView view, MemberStatus status, long atMillis) {
        Programme programme = programmes.at(atMillis);
        int day = programme == null ? 0 : programme.day(atMillis);
        List<MemberStanding.Usable> usable = new ArrayList<>();
        if (view != null) {
            for (MemberView.UnlockedReward reward : view.rewards()) {
                if (reward.available() > 0 && (programme == null || has(programme, reward.rewardId()))) {
                    usable.add(new MemberStanding.Usable(reward.rewardId(), reward.available()));
                }
            }
        }
        return new MemberStanding(
                memberKey,
                programme == null ? null : programme.document(),
                day,
                view == null ? 0 : view.balanceMicro(),
                view == null ? 0 : view.receipts(),
                List.copyOf(usable),
                programme == null ? List.of() : progress(programme, memberKey, atMillis),
                view == null || programme == null ? List.of() : expiring(programme, view, day),
                status.tierId().isEmpty() ? null : status.tierId());
    }

    private static boolean has(Programme programme, String rewardId) {
        return programme.thresholdRewards().stream()
                .anyMatch(reward -> reward.id().equals(rewardId));
    }

    private List<MemberStanding.Progress> progress(Programme programme, long memberKey, long atMillis) {
        int row = members.find(memberKey);
        List<MemberStanding.Progress> progress = new ArrayList<>();
        for (RewardRule reward : programme.thresholdRewards()) {
            int slot = programmes.rewardSlot(programme, reward.index());
            long reached = 0;
            // Progress of a window that is over is none.
            if (row != MemberPages.NONE
                    && members.counter(row, Counters.window(slot)) >= programme.window(reward, atMillis)) {
                reached = members.counter(row, Counters.progress(slot));
            }
            progress.add(new MemberStanding.Progress(reward.id(), reached, reward.reachesUnits()));
        }
        return List.copyOf(progress);
    }

    private static List<MemberStanding.Expiring> expiring(Programme programme, MemberView view, int day) {
        int ahead = programme.document().purse().reminderDays().stream()
                .mapToInt(Integer::intValue)
                .max()
                .orElse(DAYS_AHEAD);
        TreeMap<Integer, Long> byDay = new TreeMap<>();
        for (MemberView.PurseView purse : view.purses()) {
            if (!purse.purseId().equals(programme.purseId())) {
                continue;
            }
            for (MemberView.Lot lot : purse.lots()) {
                boolean soon =
                        lot.expiryDay() != LotKey.NEVER && lot.expiryDay() >= day && lot.expiryDay() <= day + ahead;
                if (soon && lot.micro() > 0) {
                    byDay.merge(lot.expiryDay(), lot.micro(), Long::sum);
                }
            }
        }
        return byDay.entrySet().stream()
                .map(entry -> new MemberStanding.Expiring(entry.getKey(), entry.getValue()))
                .toList();
    }
}
