package org.assidu.accrual.text;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Comparator;
import java.util.Currency;
import org.assidu.accrual.model.MemberStanding;
import org.assidu.accrual.model.MemberStanding.Progress;
import org.assidu.accrual.model.ProgrammeDocument;
import org.assidu.accrual.model.ProgrammeDocument.ThresholdReward;
import org.jspecify.annotations.Nullable;

/** The threshold reward that a member is nearest to, as a part of the way; of equals the first of the programme. */
public record NextReward(ThresholdReward reward, Progress progress) {
    private static final int PERCENT = 100;
    private static final int MICRO_DIGITS = 6;
    private static final int THOUSANDTHS_DIGITS = 3;
    private static final int SHOWN_DIGITS = 2;

    /** @return null where the programme has none */
    public static @Nullable NextReward of(MemberStanding standing) {
        ProgrammeDocument programme = standing.programme();
        if (programme == null) {
            return null;
        }
        Progress nearest = standing.progress().stream()
                .min(Comparator.comparing(NextReward::partMissing))
                .orElse(null);
        if (nearest == null) {
            return null;
        }
        return programme.thresholdRewards().stream()
                .filter(reward -> reward.id().equals(nearest.rewardId()))
                .map(reward -> new NextReward(reward, nearest))
                .findFirst()
                .orElse(null);
    }

    private static BigDecimal partMissing(Progress progress) {
        return BigDecimal.valueOf(progress.missingUnits())
                .divide(BigDecimal.valueOf(progress.reachesUnits()), MICRO_DIGITS, RoundingMode.HALF_UP);
    }

    /** Whether so many percent of the way are done. */
    boolean isDone(int percent) {
        return BigDecimal.valueOf(progress.reachedUnits())
                        .multiply(BigDecimal.valueOf(PERCENT))
                        .compareTo(BigDecimal.valueOf(progress.reachesUnits()).multiply(BigDecimal.valueOf(percent)))
                >= 0;
    }

    /** What is missing, in the measure's own unit, never rounded down. */
    BigDecimal missing(ProgrammeDocument programme) {
        long units = progress.missingUnits();
        BigDecimal exact = switch (reward.measure()) {
            case POINTS -> BigDecimal.valueOf(units, MICRO_DIGITS);
            case SPEND ->
                BigDecimal.valueOf(
                        units,
                        Math.max(0, Currency.getInstance(programme.currency()).getDefaultFractionDigits()));
            case ARTICLES -> BigDecimal.valueOf(units, THOUSANDTHS_DIGITS);
            case VISITS -> BigDecimal.valueOf(units);
        };
        return exact.setScale(Math.min(exact.scale(), SHOWN_DIGITS), RoundingMode.UP);
    }
}
