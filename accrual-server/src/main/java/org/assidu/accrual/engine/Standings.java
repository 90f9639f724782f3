package org.assidu.accrual.engine;

import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import org.assidu.accrual.model.LotKey;
import org.assidu.accrual.model.Mechanics.MoneyPurse;
import org.assidu.accrual.model.MemberStanding;
import org.assidu.accrual.model.MemberStatus;
import org.assidu.accrual.model.ProgrammeDocument.Purse;
import org.assidu.accrual.programme.Programme;
import org.assidu.accrual.programme.PurseRule;
import org.assidu.accrual.programme.RewardRule;
import org.assidu.accrual.programme.ShopRule;
import org.jspecify.annotations.Nullable;

/** Works out where a member stands, from what is known of it and the programme in force. */
final class Standings {
    /** How far ahead points that end are told where the programme reminds of nothing. */
    private static final int DAYS_AHEAD = 30;

    private final MemberPages members;
    private final Programmes programmes;
    private final CounterSlots slots;

    Standings(MemberPages members, Programmes programmes, CounterSlots slots) {
        this.members = members;
        this.programmes = programmes;
        this.slots = slots;
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
            if (programme != null) {
                granted(programme, memberKey, day, usable);
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
                view == null || programme == null
                        ? List.of()
                        : expiring(programme.document().purse(), view.purses().get(0), day),
                status.tierId().isEmpty() ? null : status.tierId(),
                view == null || programme == null ? List.of() : money(programme, view, day));
    }

    private static boolean has(Programme programme, String rewardId) {
        return programme.thresholdRewards().stream()
                .anyMatch(reward -> reward.id().equals(rewardId));
    }

    /** Rewards of the shop that the member may have without points. */
    private void granted(Programme programme, long memberKey, int day, List<MemberStanding.Usable> usable) {
        int row = members.find(memberKey);
        for (ShopRule reward : programme.shop()) {
            int slot = slots.find(ShopSlots.unlocked(reward.id()));
            long units = row == MemberPages.NONE || slot < 0 ? 0 : members.counter(row, slot);
            if (units > 0 && reward.isOpen(day)) {
                usable.add(new MemberStanding.Usable(reward.id(), units));
            }
        }
    }

    private List<MemberStanding.Money> money(Programme programme, MemberView view, int day) {
        MemberView.PurseView points = view.purses().get(0);
        long pointsMicro = Math.max(0, points.balanceMicro() - points.pendingMicro());
        List<MemberStanding.Money> money = new ArrayList<>();
        List<MoneyPurse> documents = programme.document().mechanics().moneyPurses();
        for (int i = 0; i < documents.size(); i++) {
            PurseRule rule = programme.purses().get(i + 1);
            int slot = programmes.purseSlot(rule.id());
            MemberView.PurseView held = view.purses().get(slot);
            long available = Math.max(0, held.balanceMicro() - held.pendingMicro());
            long worth = rule.isConvertible() ? rule.converted(pointsMicro) : 0;
            money.add(new MemberStanding.Money(
                    rule.id(),
                    slot,
                    held.balanceMicro(),
                    available >= rule.minimumMicro() ? available : 0,
                    worth == Long.MAX_VALUE ? 0 : worth,
                    expiring(documents.get(i).purse(), held, day)));
        }
        return List.copyOf(money);
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

    private static List<MemberStanding.Expiring> expiring(Purse purse, MemberView.PurseView held, int day) {
        int ahead =
                purse.reminderDays().stream().mapToInt(Integer::intValue).max().orElse(DAYS_AHEAD);
        TreeMap<Integer, Long> byDay = new TreeMap<>();
        for (MemberView.Lot lot : held.lots()) {
            boolean soon = lot.expiryDay() != LotKey.NEVER && lot.expiryDay() >= day && lot.expiryDay() <= day + ahead;
            if (soon && lot.micro() > 0) {
                byDay.merge(lot.expiryDay(), lot.micro(), Long::sum);
            }
        }
        return byDay.entrySet().stream()
                .map(entry -> new MemberStanding.Expiring(entry.getKey(), entry.getValue()))
                .toList();
    }
}
