package org.assidu.accrual.programme;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.List;
import org.assidu.accrual.model.Bonus;
import org.assidu.accrual.model.Bonus.AwardKind;
import org.assidu.accrual.model.Mechanics.Tier;
import org.assidu.accrual.model.Mechanics.Tiers;
import org.assidu.accrual.model.ProgrammeDocument;
import org.assidu.accrual.model.ProgrammeDocument.Basis;

/**
 * Whether the largest receipt stays within a long whatever bonuses meet on it: base and extra rates, times the multipliers
 * that can meet, times the best tier. A line then stays below 2^61 / {@link Limits#LINES} before it is multiplied by a
 * factor in ten thousandths, which still fits.
 */
final class EarningBound {
    private static final BigDecimal TEN_THOUSAND = BigDecimal.valueOf(10_000);

    private final ProgrammeDocument document;
    private final FieldChecks checks;

    EarningBound(ProgrammeDocument document, FieldChecks checks) {
        this.document = document;
        this.checks = checks;
    }

    /** Only for a document whose single values are in order. */
    void check() {
        List<Bonus> bonuses = document.mechanics().bonuses();
        long largest = document.largestAmountMinor();
        points(bonuses, BigDecimal.valueOf(Rates.largestMicro(document.earning().basis(), largest)));
        BigDecimal cashback = sum(bonuses, AwardKind.CASHBACK_PERCENT).multiply(TEN_THOUSAND);
        if (cashback.compareTo(BigDecimal.valueOf(Rates.largestMicro(Basis.AMOUNT, largest))) > 0) {
            checks.problem(
                    "bonuses",
                    "one receipt could earn more than 2^61 millionths of a minor unit of cashback; write smaller"
                            + " percentages, or a smaller largest_amount");
        }
    }

    private void points(List<Bonus> bonuses, BigDecimal mostMicro) {
        Basis basis = document.earning().basis();
        BigDecimal rate = document.earning().points().add(sum(bonuses, AwardKind.EXTRA_RATE));
        BigDecimal micro = rate.movePointRight(basis == Basis.AMOUNT ? 6 - checks.currencyDigits() : 6);
        BigDecimal tier = bestTier();
        BigDecimal enough = mostMicro.divide(micro.multiply(tier), 4, RoundingMode.DOWN);
        List<Bonus> multipliers = bonuses.stream()
                .filter(bonus -> bonus.award().kind() == AwardKind.MULTIPLIER)
                .toList();
        BigDecimal factor = StackedFactor.of(multipliers, enough);
        if (micro.multiply(tier).multiply(factor).compareTo(mostMicro) <= 0) {
            return;
        }
        String rest = "a rate of " + Exact.plain(rate).toPlainString()
                + (tier.compareTo(BigDecimal.ONE) == 0 ? "" : ", times the tier's " + plain(tier));
        checks.problem(
                "bonuses",
                multipliers.isEmpty()
                        ? "one receipt could earn more than 2^61 micropoints at " + rest
                                + "; write smaller rates, or a smaller largest_amount"
                        : "multipliers can meet on one line and reach " + plain(factor) + "; at " + rest
                                + ", only " + plain(enough)
                                + " fits. Put them into a group with combine: BEST, let them"
                                + " exclude each other, or write a smaller largest_amount");
    }

    private static String plain(BigDecimal factor) {
        return "×" + Exact.plain(factor).toPlainString();
    }

    private static BigDecimal sum(List<Bonus> bonuses, AwardKind kind) {
        BigDecimal sum = BigDecimal.ZERO;
        for (Bonus bonus : bonuses) {
            if (bonus.award().kind() == kind) {
                sum = sum.add(bonus.award().value());
            }
        }
        return sum;
    }

    private BigDecimal bestTier() {
        Tiers tiers = document.mechanics().tiers();
        BigDecimal best = BigDecimal.ONE;
        if (tiers != null) {
            for (Tier tier : tiers.levels()) {
                best = best.max(tier.multiplier());
            }
        }
        return best;
    }
}
