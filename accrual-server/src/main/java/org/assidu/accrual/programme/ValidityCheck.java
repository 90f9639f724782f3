package org.assidu.accrual.programme;

import java.time.LocalDate;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.assidu.accrual.model.Mechanics.ShopKind;
import org.assidu.accrual.model.Mechanics.ShopReward;
import org.assidu.accrual.model.ProgrammeDocument;
import org.assidu.accrual.model.ProgrammeDocument.Measure;
import org.assidu.accrual.model.ProgrammeDocument.ThresholdReward;
import org.jspecify.annotations.Nullable;

/** Checks how long rewards can be used, and when members are reminded of them. */
final class ValidityCheck {
    private static final int MOST_DAYS = 3_650;
    private static final int MOST_REMINDERS = 10;

    private final ProgrammeDocument document;
    private final FieldChecks checks;

    ValidityCheck(ProgrammeDocument document, FieldChecks checks) {
        this.document = document;
        this.checks = checks;
    }

    void check() {
        List<ThresholdReward> rewards = document.thresholdRewards();
        for (int i = 0; i < rewards.size(); i++) {
            ThresholdReward reward = rewards.get(i);
            String path = "threshold_rewards[" + i + "]";
            if (reward.validDays() != 0 && reward.measure() == Measure.POINTS) {
                checks.problem(
                        path + ".valid_days",
                        "is for rewards that take no points; points end by purse.validity: write that, or another measure");
            }
            validity(path, reward.validDays(), reward.reminderDays(), null);
        }
        List<ShopReward> shop = document.mechanics().shop();
        for (int i = 0; i < shop.size(); i++) {
            ShopReward reward = shop.get(i);
            String path = "shop[" + i + "]";
            boolean hasCode = reward.kind() == ShopKind.GIFT_CARD || reward.kind() == ShopKind.VOUCHER;
            if (reward.validDays() != 0 && !hasCode) {
                checks.problem(
                        path + ".valid_days",
                        "is for the code of a GIFT_CARD or VOUCHER; write last_day, or remove it");
            }
            validity(path, reward.validDays(), reward.reminderDays(), reward.lastDay());
        }
    }

    private void validity(String path, int validDays, List<Integer> reminders, @Nullable LocalDate lastDay) {
        checks.range(path + ".valid_days", validDays, 0, MOST_DAYS);
        checks.unique(path + ".reminder_days", reminders);
        checks.count(path + ".reminder_days", reminders, MOST_REMINDERS);
        boolean endless =
                validDays == 0 && lastDay == null && document.mechanics().lastBurnDay() == null;
        if (endless && !reminders.isEmpty()) {
            checks.problem(
                    path + ".reminder_days", "what never ends needs no reminder; write valid_days, or remove it");
        }
        Set<Integer> seen = new HashSet<>();
        for (int i = 0; i < reminders.size(); i++) {
            if (seen.add(reminders.get(i))) {
                checks.range(
                        path + ".reminder_days[" + i + "]", reminders.get(i), 1, validDays > 1 ? validDays : MOST_DAYS);
            }
        }
    }
}
