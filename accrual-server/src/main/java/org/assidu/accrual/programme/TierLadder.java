package org.assidu.accrual.programme;

import java.util.List;
import org.assidu.accrual.model.LineStatus;
import org.assidu.accrual.model.Mechanics.Downgrade;
import org.assidu.accrual.model.Mechanics.Tier;
import org.assidu.accrual.model.Mechanics.TierMeasure;
import org.assidu.accrual.model.Mechanics.TierWindow;
import org.assidu.accrual.model.Mechanics.Tiers;
import org.assidu.accrual.model.OutcomeColumns;
import org.assidu.accrual.model.ProgrammeDocument;
import org.assidu.accrual.model.ReceiptColumns;
import org.jspecify.annotations.Nullable;

/**
 * Levels of a programme in integers. What a member spends or earns is counted by period: all time (LIFETIME), calendar years
 * or calendar months. A level is reached by what the period under way and, under ROLLING_MONTHS, the {@code months} full ones
 * before it have; so a purchase counts for at least so many months.
 */
public final class TierLadder {
    private static final int YEAR_MONTHS = 12;
    private static final int MICRO_DECIMALS = 6;

    private final Tiers source;
    private final int firstRule;
    /** By level - 1, in minor units or micropoints. */
    private final long[] reachesUnits;

    private TierLadder(Tiers source, int firstRule, int currencyDigits) {
        this.source = source;
        this.firstRule = firstRule;
        int decimals = source.measure() == TierMeasure.SPEND ? currencyDigits : MICRO_DECIMALS;
        reachesUnits = source.levels().stream()
                .mapToLong(level -> level.reaches().movePointRight(decimals).longValueExact())
                .toArray();
    }

    static @Nullable TierLadder of(ProgrammeDocument document, int firstRule) {
        Tiers tiers = document.mechanics().tiers();
        int digits = Math.max(0, ProgrammeCompiler.minorDigits(document.currency()));
        return tiers == null ? null : new TierLadder(tiers, firstRule, digits);
    }

    public int levels() {
        return reachesUnits.length;
    }

    /** @param level from 1 */
    public Tier level(int level) {
        return source.levels().get(level - 1);
    }

    /** Index of a level among the programme's rules; {@link Programme#NO_RULE} for one that the version does not have. */
    public int rule(int level) {
        return level < 1 || level > levels() ? Programme.NO_RULE : firstRule + level - 1;
    }

    /** Highest level that a measure reaches; 0 = none. */
    public int levelOf(long units) {
        int level = 0;
        while (level < reachesUnits.length && units >= reachesUnits[level]) {
            level++;
        }
        return level;
    }

    /** Minor units or micropoints. @param level from 1 */
    public long reachesUnits(int level) {
        return reachesUnits[level - 1];
    }

    public TierMeasure measure() {
        return source.measure();
    }

    public TierWindow window() {
        return source.window();
    }

    public boolean goesOneDown() {
        return source.downgrade() == Downgrade.ONE_DOWN;
    }

    public List<Integer> reminderDays() {
        return source.reminderDays();
    }

    /** Number of the period of an epoch day. */
    public int period(int day) {
        return switch (source.window()) {
            case LIFETIME -> 0;
            case CALENDAR_YEAR -> CivilDays.month(day) / YEAR_MONTHS;
            case ROLLING_MONTHS -> CivilDays.month(day);
        };
    }

    /** Periods that a member's counters must hold. */
    public int periodsKept() {
        return switch (source.window()) {
            case LIFETIME -> 1;
            case CALENDAR_YEAR -> 2;
            case ROLLING_MONTHS -> source.months() + 1;
        };
    }

    /** Periods before the one under way that count towards reaching a level. */
    public int periodsBefore() {
        return source.window() == TierWindow.ROLLING_MONTHS ? source.months() : 0;
    }

    /** Periods before the one under way that count at a review: the days of grace belong to the period that ended. */
    public int reviewedBefore() {
        return periodsKept() - 1;
    }

    /** Day of the first review of a level reached on a day; 0 = never reviewed by time alone. */
    public int firstReview(int day) {
        return switch (source.window()) {
            case LIFETIME -> 0;
            case CALENDAR_YEAR -> CivilDays.firstDay((period(day) + 1) * YEAR_MONTHS) + source.graceDays();
            case ROLLING_MONTHS -> CivilDays.firstDay(period(day) + source.months() + 1) + source.graceDays();
        };
    }

    /** Day of the review after the one on a day. */
    public int nextReview(int reviewDay) {
        int begins = period(reviewDay - source.graceDays());
        return switch (source.window()) {
            case LIFETIME -> 0;
            case CALENDAR_YEAR -> CivilDays.firstDay((begins + 1) * YEAR_MONTHS) + source.graceDays();
            case ROLLING_MONTHS -> CivilDays.firstDay(begins + source.months()) + source.graceDays();
        };
    }

    /** Day of the review that a return on a day makes due where time alone makes none. */
    public int reviewAfterReturn(int day) {
        return day + Math.max(1, source.graceDays());
    }

    /**
     * What a receipt's sale lines add to the measure when so much of each has come back.
     *
     * @param creditMicro the receipt's credit in points for the same quantities
     */
    public long units(ReceiptColumns receipt, OutcomeColumns priced, long @Nullable [] returned, long creditMicro) {
        return source.measure() == TierMeasure.SPEND
                ? spendMinor(receipt, priced, LineStatus.EARNED, returned)
                : creditMicro;
    }

    /** What return lines without original add to the measure: zero or less. */
    public long unlinkedUnits(ReceiptColumns receipt, OutcomeColumns priced, long unlinkedMicro) {
        return source.measure() == TierMeasure.SPEND
                ? spendMinor(receipt, priced, LineStatus.RETURNED_AT_CURRENT_RATE, null)
                : unlinkedMicro;
    }

    /** Amounts of the lines of a status that have not come back. */
    public static long spendMinor(
            ReceiptColumns receipt, OutcomeColumns priced, LineStatus status, long @Nullable [] returned) {
        long sum = 0;
        for (int line = 0; line < receipt.lines; line++) {
            if (priced.lineStatus[line] == status) {
                sum += Programme.remaining(receipt.amountMinor[line], receipt, line, returned);
            }
        }
        return sum;
    }
}
