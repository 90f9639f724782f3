package org.assidu.accrual.programme;

import java.math.BigDecimal;
import java.util.Arrays;
import java.util.List;
import org.assidu.accrual.model.LotKey;
import org.assidu.accrual.model.ProgrammeDocument.NegativePolicy;
import org.assidu.accrual.model.ProgrammeDocument.Purse;
import org.assidu.accrual.model.ProgrammeDocument.Rounding;
import org.assidu.accrual.model.ProgrammeDocument.Validity;
import org.assidu.accrual.model.ReceiptColumns;
import org.jspecify.annotations.Nullable;

/** A purse as one programme version has it, compiled: which lot a credit belongs to, and when members are reminded. */
public final class PurseRule {
    /** Month 0 of lots, in months since January of year 0. */
    private static final int FIRST_COHORT = 1970 * 12;

    private static final int MICRO_DIGITS = 6;
    private static final int MOST_COHORT = (1 << 16) - 1;

    private final Purse purse;
    private final @Nullable Validity validity;
    private final int[] reminderDays;
    private final long minimumMicro;
    private final long pointsMicroPerUnit;
    private final int digits;
    private final byte[] idBytes;

    /**
     * @param minimumToSpend currency units; zero for the points purse
     * @param pointsPerUnit points that one currency unit costs; null = points cannot be converted into this purse
     * @param digits decimals of the currency's minor unit
     */
    PurseRule(Purse purse, BigDecimal minimumToSpend, @Nullable BigDecimal pointsPerUnit, int digits) {
        this.purse = purse;
        this.digits = digits;
        idBytes = RewardRule.bytes(purse.id());
        validity = purse.validity();
        reminderDays = purse.reminderDays().stream()
                .mapToInt(Integer::intValue)
                .distinct()
                .sorted()
                .toArray();
        minimumMicro = minimumToSpend.movePointRight(digits + MICRO_DIGITS).longValue();
        pointsMicroPerUnit = pointsPerUnit == null
                ? 0
                : pointsPerUnit.movePointRight(MICRO_DIGITS).longValue();
    }

    public String id() {
        return purse.id();
    }

    /** Whether a text of a receipt is this purse's id. */
    public boolean isNamed(ReceiptColumns receipt, int reference) {
        return Texts.same(receipt, reference, idBytes);
    }

    public NegativePolicy negative() {
        return purse.negative();
    }

    public Rounding rounding() {
        return purse.rounding();
    }

    /** Least balance that can be used, millionths of a minor unit. */
    public long minimumMicro() {
        return minimumMicro;
    }

    /** Whether points can be converted into this purse. */
    public boolean isConvertible() {
        return pointsMicroPerUnit > 0;
    }

    /**
     * What so many micropoints are worth in a convertible purse, millionths of a minor unit, rounded as the purse rounds;
     * {@link Long#MAX_VALUE} when it is more than a purse may be given at once.
     */
    public long converted(long pointsMicro) {
        BigDecimal micro = BigDecimal.valueOf(pointsMicro)
                .movePointRight(digits + MICRO_DIGITS)
                .divideToIntegralValue(BigDecimal.valueOf(pointsMicroPerUnit));
        return micro.compareTo(BigDecimal.valueOf(Limits.RECEIPT_MICRO)) > 0
                ? Long.MAX_VALUE
                : Arithmetic.rounded(micro.longValue(), purse.rounding());
    }

    /** Whether credits are kept apart by expiry or unlock day. */
    public boolean keepsLots() {
        return validity != null || purse.pendingDays() > 0;
    }

    /** Whether each sale moves the expiry of all lots forward. */
    public boolean isRenewed() {
        return validity != null && validity.renewedByActivity();
    }

    /** Days before an expiry at which its owner is reminded, ascending. */
    public List<Integer> reminderDays() {
        return Arrays.stream(reminderDays).boxed().toList();
    }

    /** First reminder of an expiry after a day; {@link Integer#MAX_VALUE} = none. */
    public int reminderAfter(int expiryDay, int afterDay) {
        for (int i = reminderDays.length - 1; i >= 0; i--) {
            int day = expiryDay - reminderDays[i];
            if (day > afterDay) {
                return day;
            }
        }
        return Integer.MAX_VALUE;
    }

    /** Whether owners of a lot are reminded on a day. */
    public boolean reminds(int expiryDay, int onDay) {
        for (int days : reminderDays) {
            if (expiryDay - days == onDay) {
                return true;
            }
        }
        return false;
    }

    /**
     * Lot of what is credited for a business day; {@link LotKey#NONE} when the purse keeps none.
     *
     * @param sale whether it is pending first: what is not earned by a sale can be spent at once
     */
    public long lot(int day, boolean sale) {
        if (!keepsLots()) {
            return LotKey.NONE;
        }
        int unlock = sale && purse.pendingDays() > 0 ? Math.min(day + purse.pendingDays(), LotKey.NEVER) : 0;
        int cohort = Math.min(Math.max(CivilDays.month(day) - FIRST_COHORT, 0), MOST_COHORT);
        return LotKey.of(expiryDay(day), cohort, unlock);
    }

    /** Last day on which what is credited for a business day can be spent; {@link LotKey#NEVER} = for ever. */
    public int expiryDay(int day) {
        Validity rule = validity;
        if (rule == null) {
            return LotKey.NEVER;
        }
        int exact = switch (rule.unit()) {
            case DAYS -> day + rule.length();
            case MONTHS -> CivilDays.plusMonths(day, rule.length());
        };
        int month = CivilDays.month(exact);
        int moved = switch (rule.end()) {
            case EXACT_DAY -> exact;
            case END_OF_MONTH -> CivilDays.lastDay(month);
            case END_OF_YEAR -> CivilDays.lastDay(month / 12 * 12 + 11);
        };
        return Math.max(1, Math.min(moved, LotKey.NEVER - 1));
    }

    /** Last day of a cohort's month. */
    public static int lastDayOfCohort(int cohortMonth) {
        return CivilDays.lastDay(FIRST_COHORT + cohortMonth);
    }
}
