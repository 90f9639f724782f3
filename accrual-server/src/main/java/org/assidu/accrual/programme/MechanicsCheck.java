package org.assidu.accrual.programme;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.assidu.accrual.model.Mechanics;
import org.assidu.accrual.model.Mechanics.MoneyPurse;
import org.assidu.accrual.model.Mechanics.Objective;
import org.assidu.accrual.model.Problem;
import org.assidu.accrual.model.ProgrammeDocument;
import org.assidu.accrual.model.ProgrammeDocument.Purse;
import org.assidu.accrual.model.ProgrammeDocument.ThresholdReward;
import org.assidu.accrual.model.ProgrammeDocument.Validity;
import org.assidu.accrual.model.ProgrammeDocument.ValidityUnit;

/**
 * Checks everything of a document beyond base, threshold rewards and cards: each field by itself, references between
 * sections, and that what it says can be counted exactly and never beyond a long.
 */
final class MechanicsCheck {
    private static final int MOST_DAYS = 3_650;
    private static final int MOST_MONTHS = 120;
    private static final int MOST_PENDING_DAYS = 366;
    private static final int MOST_REMINDERS = 10;
    private static final int MONTH_LEAST_DAYS = 28;

    private final ProgrammeDocument document;
    private final Mechanics mechanics;
    private final List<Problem> problems;
    private final FieldChecks checks;

    MechanicsCheck(ProgrammeDocument document, List<Problem> problems, int currencyDigits) {
        this.document = document;
        this.mechanics = document.mechanics();
        this.problems = problems;
        this.checks = new FieldChecks(problems, document.currency(), currencyDigits);
    }

    void check() {
        KnownIds known = KnownIds.of(document);
        Set<String> ruleIds = new HashSet<>(Set.of(Programme.BASE_RULE_ID));
        document.thresholdRewards().stream().map(ThresholdReward::id).forEach(ruleIds::add);
        purses();
        new BonusCheck(document, checks, known).check(ruleIds);
        StatusCheck status = new StatusCheck(document, checks, known);
        status.acts(ruleIds);
        status.tiers(ruleIds);
        status.clubs(ruleIds);
        ShopCheck shop = new ShopCheck(document, checks, known);
        shop.shop(ruleIds);
        shop.promoCodes();
        new ValidityCheck(document, checks).check();
        new GuardCheck(document, checks).check();
        objectives();
        desk();
        checks.range("notice_days", mechanics.noticeDays(), 0, 366);
        lastDays();
        if (problems.isEmpty()) {
            new EarningBound(document, checks).check();
        }
    }

    private void purses() {
        purse("purse", document.purse());
        Set<String> ids = new HashSet<>(Set.of(document.purse().id()));
        Set<String> usable = new HashSet<>();
        document.thresholdRewards().forEach(reward -> usable.add(reward.id()));
        mechanics.shop().forEach(reward -> usable.add(reward.id()));
        checks.count("money_purses", mechanics.moneyPurses(), Limits.MONEY_PURSES);
        for (int i = 0; i < mechanics.moneyPurses().size(); i++) {
            MoneyPurse money = mechanics.moneyPurses().get(i);
            String path = "money_purses[" + i + "]";
            checks.newId(path + ".id", money.purse().id(), "cagnotte", ids, "purse");
            if (usable.contains(money.purse().id())) {
                checks.problem(
                        path + ".id",
                        "\"" + money.purse().id() + "\" is the id of a reward, and tills name both among used rewards;"
                                + " give the purse another");
            }
            purse(path, money.purse());
            checks.amount(path + ".minimum_to_spend", money.minimumToSpend(), true);
            checks.points(path + ".points_per_unit", money.pointsPerUnit(), false, FieldChecks.MOST_POINTS);
        }
    }

    private void purse(String path, Purse purse) {
        checks.range(path + ".pending_days", purse.pendingDays(), 0, MOST_PENDING_DAYS);
        Validity validity = purse.validity();
        List<Integer> reminders = purse.reminderDays();
        checks.unique(path + ".reminder_days", reminders);
        checks.count(path + ".reminder_days", reminders, MOST_REMINDERS);
        if (validity == null) {
            if (!reminders.isEmpty()) {
                checks.problem(path + ".reminder_days", "what never expires needs no reminder; remove it");
            }
            return;
        }
        boolean months = validity.unit() == ValidityUnit.MONTHS;
        checks.range(path + ".validity.length", validity.length(), 1, months ? MOST_MONTHS : MOST_DAYS);
        long days = Math.max(1, validity.length()) * (months ? (long) MONTH_LEAST_DAYS : 1);
        for (int i = 0; i < reminders.size(); i++) {
            checks.range(path + ".reminder_days[" + i + "]", reminders.get(i), 1, days);
        }
        if (purse.pendingDays() >= days) {
            checks.problem(
                    path + ".pending_days",
                    "is " + purse.pendingDays() + ", which a validity of " + validity.length() + " " + validity.unit()
                            + " does not outlast; write less");
        }
    }

    private void objectives() {
        List<Objective> objectives = mechanics.objectives();
        checks.count("objectives", objectives, Limits.RULES);
        Set<String> ids = new HashSet<>();
        for (int i = 0; i < objectives.size(); i++) {
            Objective objective = objectives.get(i);
            String path = "objectives[" + i + "]";
            checks.newId(path + ".id", objective.id(), "retention-2026", ids, "objective");
            switch (objective.metric()) {
                case RETENTION_PERCENT, REPURCHASE_PERCENT ->
                    checks.percent(path + ".target", objective.target(), false);
                case AVERAGE_BASKET, COST_CEILING -> checks.amount(path + ".target", objective.target(), false);
            }
            checks.days(path, objective.firstDay(), objective.lastDay());
        }
    }

    private void desk() {
        checks.points("desk.adjustment_limit", mechanics.desk().adjustmentLimit(), true, FieldChecks.MOST_POINTS);
        checks.points("desk.approval_above", mechanics.desk().approvalAbove(), true, FieldChecks.MOST_POINTS);
        checks.range("desk.claim_days", mechanics.desk().claimDays(), 0, MOST_DAYS);
    }

    private void lastDays() {
        checks.day("last_earn_day", mechanics.lastEarnDay());
        checks.day("last_burn_day", mechanics.lastBurnDay());
        if (mechanics.lastBurnDay() == null) {
            return;
        }
        if (mechanics.lastEarnDay() == null) {
            checks.problem(
                    "last_earn_day",
                    "is missing, and from " + mechanics.lastBurnDay()
                            + " on nothing can be used; write the last day on which members earn, at most that");
        } else if (mechanics.lastBurnDay().isBefore(mechanics.lastEarnDay())) {
            checks.problem(
                    "last_burn_day",
                    mechanics.lastBurnDay() + " is before last_earn_day = " + mechanics.lastEarnDay()
                            + "; let members use what they earned until then");
        }
    }
}
