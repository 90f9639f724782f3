package org.assidu.accrual.programme;

import java.math.BigDecimal;
import java.util.List;
import org.assidu.accrual.model.Bonus;
import org.assidu.accrual.model.Bonus.AwardKind;
import org.assidu.accrual.model.Mechanics.Guards;
import org.assidu.accrual.model.Mechanics.MostAdvantage;
import org.assidu.accrual.model.Mechanics.PromoCode;
import org.assidu.accrual.model.ProgrammeDocument;
import org.assidu.accrual.model.ProgrammeDocument.ThresholdReward;

/** Checks the guards, and refuses rules that name a category which they protect. */
final class GuardCheck {
    private static final int MOST_RECEIPTS = 10_000;

    private final ProgrammeDocument document;
    private final FieldChecks checks;
    private final Guards guards;

    GuardCheck(ProgrammeDocument document, FieldChecks checks) {
        this.document = document;
        this.checks = checks;
        this.guards = document.mechanics().guards();
    }

    void check() {
        checks.range("guards.receipts_a_day", guards.receiptsADay(), 0, MOST_RECEIPTS);
        checks.texts("guards.never_earn", guards.neverEarn());
        checks.texts("guards.never_promote", guards.neverPromote());
        List<MostAdvantage> most = guards.mostAdvantage();
        checks.unique(
                "guards.most_advantage",
                most.stream().map(MostAdvantage::category).toList());
        for (int i = 0; i < most.size(); i++) {
            String path = "guards.most_advantage[" + i + "]";
            checks.text(path + ".category", most.get(i).category());
            checks.percent(path + ".percent", most.get(i).percent(), true);
        }
        List<Bonus> bonuses = document.mechanics().bonuses();
        for (int i = 0; i < bonuses.size(); i++) {
            bonus("bonuses[" + i + "]", bonuses.get(i));
        }
        List<PromoCode> codes = document.mechanics().promoCodes();
        for (int i = 0; i < codes.size(); i++) {
            PromoCode code = codes.get(i);
            for (int c = 0; c < code.categories().size(); c++) {
                String path = "promo_codes[" + i + "]";
                String category = code.categories().get(c);
                protectedBy(path + ".categories[" + c + "]", category, guards.neverPromote(), "never_promote");
                advantage(path + ".percent", category, code.percent());
            }
        }
        List<ThresholdReward> rewards = document.thresholdRewards();
        for (int i = 0; i < rewards.size(); i++) {
            String category = rewards.get(i).category();
            if (category != null) {
                String path = "threshold_rewards[" + i + "].category";
                protectedBy(path, category, guards.neverPromote(), "never_promote");
                protectedBy(path, category, guards.neverEarn(), "never_earn");
            }
        }
    }

    private void bonus(String path, Bonus bonus) {
        AwardKind kind = bonus.award().kind();
        List<String> categories = bonus.when().categories();
        for (int c = 0; c < categories.size(); c++) {
            String at = path + ".when.categories[" + c + "]";
            protectedBy(at, categories.get(c), guards.neverPromote(), "never_promote");
            if (earns(kind)) {
                protectedBy(at, categories.get(c), guards.neverEarn(), "never_earn");
            }
            if (kind == AwardKind.MEMBER_PRICE_PERCENT || kind == AwardKind.CASHBACK_PERCENT) {
                advantage(
                        path + ".award.value", categories.get(c), bonus.award().value());
            }
        }
    }

    private static boolean earns(AwardKind kind) {
        return switch (kind) {
            case EXTRA_RATE, FIXED_POINTS, MULTIPLIER, CASHBACK_PERCENT, CASHBACK_AMOUNT, REWARD -> true;
            case TAG, MEMBER_PRICE_PERCENT, MEMBER_PRICE_AMOUNT -> false;
        };
    }

    private void protectedBy(String path, String category, List<String> protectedCategories, String guard) {
        for (String guarded : protectedCategories) {
            if (isWithin(category, guarded)) {
                checks.problem(
                        path,
                        "\"" + category + "\" is protected by guards." + guard + " (" + guarded + "); remove it here");
                return;
            }
        }
    }

    private void advantage(String path, String category, BigDecimal percent) {
        for (MostAdvantage most : guards.mostAdvantage()) {
            if (isWithin(category, most.category()) && percent.compareTo(most.percent()) > 0) {
                String limit = Exact.plain(most.percent()).toPlainString();
                checks.problem(
                        path,
                        "is " + percent.toPlainString() + " percent on \"" + category
                                + "\", which guards.most_advantage limits to " + limit + "; write at most " + limit);
                return;
            }
        }
    }

    /** Whether a category is {@code ancestor} or below it: "a/b" is below "a", "ab" is not. */
    static boolean isWithin(String category, String ancestor) {
        return category.equals(ancestor) || category.startsWith(ancestor + "/");
    }
}
