package org.assidu.accrual.replay;

import java.math.BigDecimal;
import java.math.RoundingMode;
import org.assidu.accrual.engine.AccrualEngine;
import org.assidu.accrual.model.Mechanics.ShopReward;
import org.assidu.accrual.model.Points;
import org.assidu.accrual.model.ProgrammeDocument;
import org.assidu.accrual.model.ProgrammeDocument.Measure;
import org.assidu.accrual.model.ProgrammeDocument.ThresholdReward;
import org.assidu.accrual.programme.Programme;
import org.assidu.accrual.programme.ProgrammeCompiler;
import org.jspecify.annotations.Nullable;

/**
 * What a point is worth, as reports count it too: as told, else what the dearest threshold reward makes of it, else the dearest
 * reward of the shop at its cost.
 *
 * @param minorPerPoint minor units of currency
 * @param rewardId the reward that says so; empty = told
 */
public record Worth(BigDecimal minorPerPoint, String rewardId) {
    private static final int DIGITS = 10;
    private static final BigDecimal HUNDRED = BigDecimal.valueOf(100);

    /**
     * @param told currency units a point; null = by the programme
     * @param averageReceiptMinor on which a percentage is taken; 0 = there is none
     * @return null where nothing says
     */
    static @Nullable Worth of(ProgrammeDocument document, @Nullable BigDecimal told, long averageReceiptMinor) {
        int digits = Math.max(0, ProgrammeCompiler.minorDigits(document.currency()));
        if (told != null) {
            return new Worth(told.movePointRight(digits), "");
        }
        Worth dearest = null;
        for (ThresholdReward reward : document.thresholdRewards()) {
            dearest = dearer(dearest, reward.id(), minor(reward, digits, averageReceiptMinor), reward.reaches());
        }
        if (dearest == null) {
            for (ShopReward reward : document.mechanics().shop()) {
                dearest = dearer(dearest, reward.id(), reward.cost().movePointRight(digits), reward.price());
            }
        }
        return dearest;
    }

    private static @Nullable Worth dearer(@Nullable Worth than, String id, BigDecimal minor, BigDecimal points) {
        if (minor.signum() <= 0 || points.signum() <= 0) {
            return than;
        }
        BigDecimal perPoint = minor.divide(points, DIGITS, RoundingMode.HALF_UP);
        return than == null || perPoint.compareTo(than.minorPerPoint) > 0 ? new Worth(perPoint, id) : than;
    }

    private static BigDecimal minor(ThresholdReward reward, int digits, long averageReceiptMinor) {
        if (reward.measure() != Measure.POINTS) {
            return BigDecimal.ZERO;
        }
        return switch (reward.kind()) {
            case FIXED_AMOUNT, GIFT_VOUCHER -> reward.value().movePointRight(digits);
            case PERCENTAGE_OFF ->
                reward.value()
                        .multiply(BigDecimal.valueOf(averageReceiptMinor))
                        .divide(HUNDRED, DIGITS, RoundingMode.HALF_UP);
            case FREE_ARTICLE, UNSPECIFIED -> BigDecimal.ZERO;
        };
    }

    /** Micropoints in minor units, half up. */
    public long minorOf(long pointsMicro) {
        return minorPerPoint
                .multiply(BigDecimal.valueOf(pointsMicro))
                .divide(BigDecimal.valueOf(Points.MICRO), 0, RoundingMode.HALF_UP)
                .longValueExact();
    }

    /** Currency units in minor units of an engine's programmes. */
    static BigDecimal minor(BigDecimal units, AccrualEngine engine) {
        Programme newest = engine.programmes().get(engine.programmes().size() - 1);
        return units.movePointRight(
                Math.max(0, ProgrammeCompiler.minorDigits(newest.document().currency())));
    }
}
