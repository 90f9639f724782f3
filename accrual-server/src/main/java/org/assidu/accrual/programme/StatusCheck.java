package org.assidu.accrual.programme;

import java.math.BigDecimal;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.assidu.accrual.model.Mechanics.Act;
import org.assidu.accrual.model.Mechanics.ActKind;
import org.assidu.accrual.model.Mechanics.Club;
import org.assidu.accrual.model.Mechanics.ClubAccess;
import org.assidu.accrual.model.Mechanics.Tier;
import org.assidu.accrual.model.Mechanics.TierMeasure;
import org.assidu.accrual.model.Mechanics.TierWindow;
import org.assidu.accrual.model.Mechanics.Tiers;
import org.assidu.accrual.model.ProgrammeDocument;

/** Checks tiers, clubs and acts. */
final class StatusCheck {
    private static final int YEAR_MONTHS = 12;
    private static final int MOST_MONTHS = 120;
    private static final int MOST_DAYS = 3_650;
    private static final int MOST_GRACE = 366;
    /** The review is before the end of the year that follows. */
    private static final int MOST_CALENDAR_GRACE = 364;

    private static final int MOST_REMINDERS = 10;
    private static final int MOST_DAYS_BEFORE = 60;
    private static final int MOST_LEVELS = 16;
    private static final int MOST_TIMES = 1_000_000;
    private static final BigDecimal MOST_FACTOR = BigDecimal.valueOf(100);

    private final ProgrammeDocument document;
    private final FieldChecks checks;
    private final KnownIds known;

    StatusCheck(ProgrammeDocument document, FieldChecks checks, KnownIds known) {
        this.document = document;
        this.checks = checks;
        this.known = known;
    }

    void tiers(Set<String> ruleIds) {
        Tiers tiers = document.mechanics().tiers();
        if (tiers == null) {
            return;
        }
        boolean calendar = tiers.window() == TierWindow.CALENDAR_YEAR;
        checks.range("tiers.grace_days", tiers.graceDays(), 0, calendar ? MOST_CALENDAR_GRACE : MOST_GRACE);
        checks.range("tiers.months", tiers.months(), 1, MOST_MONTHS);
        reminders("tiers.reminder_days", tiers.reminderDays());
        if (tiers.window() == TierWindow.LIFETIME && !tiers.reminderDays().isEmpty()) {
            checks.problem("tiers.reminder_days", "a level over a LIFETIME is kept and needs no reminder; remove it");
        }
        if (calendar && tiers.months() != YEAR_MONTHS) {
            checks.problem("tiers.months", "is " + tiers.months() + "; a calendar year has 12: remove it");
        }
        if (tiers.levels().isEmpty()) {
            checks.problem("tiers.levels", "is empty; write at least one level, lowest first");
        }
        checks.count("tiers.levels", tiers.levels(), MOST_LEVELS);
        for (int i = 0; i < tiers.levels().size(); i++) {
            Tier tier = tiers.levels().get(i);
            String path = "tiers.levels[" + i + "]";
            checks.newId(path + ".id", tier.id(), "silver", ruleIds, "rule");
            if (tiers.measure() == TierMeasure.SPEND) {
                checks.amount(path + ".reaches", tier.reaches(), false);
            } else {
                checks.points(path + ".reaches", tier.reaches(), false, FieldChecks.MOST_POINTS);
            }
            if (checks.decimal(path + ".multiplier", tier.multiplier(), false, 4, MOST_FACTOR, "a factor")
                    && tier.multiplier().compareTo(BigDecimal.ONE) < 0) {
                checks.problem(
                        path + ".multiplier",
                        "is " + tier.multiplier().toPlainString() + "; a level never earns less: write at least 1");
            }
            perks(path + ".perks", tier.perks());
            if (i > 0 && tier.reaches().compareTo(tiers.levels().get(i - 1).reaches()) <= 0) {
                checks.problem(
                        path + ".reaches",
                        "is " + tier.reaches().toPlainString() + ", not above the level before it ("
                                + tiers.levels().get(i - 1).reaches().toPlainString()
                                + "); write the levels lowest first");
            }
        }
    }

    private void reminders(String path, List<Integer> days) {
        checks.unique(path, days);
        checks.count(path, days, MOST_REMINDERS);
        for (int i = 0; i < days.size(); i++) {
            checks.range(path + "[" + i + "]", days.get(i), 1, MOST_GRACE);
        }
    }

    private void perks(String path, List<String> perks) {
        checks.unique(path, perks);
        for (int i = 0; i < perks.size(); i++) {
            checks.id(path + "[" + i + "]", perks.get(i), "free-delivery");
        }
    }

    void clubs(Set<String> ruleIds) {
        List<Club> clubs = document.mechanics().clubs();
        checks.count("clubs", clubs, Limits.RULES);
        Set<String> skus = new HashSet<>();
        for (int i = 0; i < clubs.size(); i++) {
            Club club = clubs.get(i);
            String path = "clubs[" + i + "]";
            checks.newId(path + ".id", club.id(), "wine", ruleIds, "rule");
            String sku = club.sku();
            if (sku != null) {
                checks.text(path + ".sku", sku);
                if (!skus.add(sku)) {
                    checks.problem(path + ".sku", "\"" + sku + "\" joins another club already; give each its article");
                }
            }
            checks.amount(path + ".fee", club.fee(), true);
            if (club.fee().signum() > 0 && sku == null) {
                checks.problem(path + ".fee", "is paid by buying an article; write its sku, or no fee");
            }
            checks.range(path + ".months", club.months(), 0, MOST_MONTHS);
            reminders(path + ".reminder_days", club.reminderDays());
            if (club.months() == 0 && !club.reminderDays().isEmpty()) {
                checks.problem(path + ".reminder_days", "a membership without end needs no reminder; write its months");
            }
            checks.percent(path + ".first_purchase_percent", club.firstPurchasePercent(), true);
            perks(path + ".perks", club.perks());
            access(path + ".access", club.access());
        }
    }

    private void access(String path, ClubAccess access) {
        checks.amount(path + ".average_basket", access.averageBasket(), false);
        checks.range(path + ".purchases", access.purchases(), 0, MOST_TIMES);
        checks.amount(path + ".spend", access.spend(), false);
        if (access.tag() != null) {
            checks.tag(path + ".tag", access.tag());
        }
    }

    void acts(Set<String> ruleIds) {
        List<Act> acts = document.mechanics().acts();
        checks.count("acts", acts, Limits.RULES);
        for (int i = 0; i < acts.size(); i++) {
            Act act = acts.get(i);
            String path = "acts[" + i + "]";
            checks.newId(path + ".id", act.id(), "welcome", ruleIds, "rule");
            code(path, act);
            if (act.kind() == ActKind.EVERY_MONTHS) {
                checks.range(path + ".months", act.number(), 1, MOST_MONTHS);
            } else if (act.kind() == ActKind.BIRTHDAY) {
                checks.range(path + ".days_before", act.number(), 0, MOST_DAYS_BEFORE);
            } else if (act.kind() == ActKind.PROFILE_COMPLETED || act.kind() == ActKind.REVIEW) {
                checks.range(path + ".days", act.number(), 0, MOST_DAYS);
            } else if (act.kind() == ActKind.DORMANT) {
                checks.range(path + ".days", act.number(), 1, MOST_DAYS);
            }
            checks.points(path + ".points", act.points(), true, FieldChecks.MOST_POINTS);
            if (act.reward() != null) {
                checks.known(path + ".reward", act.reward(), known.rewards(), "reward", "threshold_rewards or shop");
            } else if (act.points().signum() == 0 && !isWorthTelling(act)) {
                checks.problem(path + ".points", "is nothing; write how many points, or a reward");
            }
            checks.range(path + ".times", act.times(), 0, MOST_TIMES);
        }
    }

    /** Whether the act's event alone may be what it is written for. */
    private static boolean isWorthTelling(Act act) {
        return switch (act.kind()) {
            case BIRTHDAY, DORMANT, REVIEW, SURVEY, PROFILE_COMPLETED -> true;
            case WELCOME, REFERRER, REFERRED, CUSTOM, EVERY_MONTHS, TIER_ENTRY -> false;
        };
    }

    private void code(String path, Act act) {
        String code = act.code();
        if (act.kind() == ActKind.CUSTOM) {
            if (code == null) {
                checks.problem(path + ".code", "is missing; write the code that the event carries, such as app");
            } else {
                checks.id(path + ".code", code, "app");
            }
        } else if (act.kind() == ActKind.TIER_ENTRY) {
            if (code == null) {
                checks.problem(path + ".tier", "is missing; write the id of the tier that is reached");
            } else {
                checks.known(path + ".tier", code, known.tiers(), "tier", "tiers.levels");
            }
        }
    }
}
