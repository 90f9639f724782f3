package org.assidu.accrual.programme;

import java.math.BigDecimal;
import java.math.RoundingMode;
import org.assidu.accrual.model.Points;
import org.assidu.accrual.model.ProgrammeDocument.Basis;
import org.jspecify.annotations.Nullable;

/** From decimal points to whole micropoints per unit counted, and back for what a message proposes. */
public final class Rates {
    private static final BigDecimal MICRO = BigDecimal.valueOf(Points.MICRO);
    private static final BigDecimal MOST = BigDecimal.valueOf(Limits.RECEIPT_MICRO);

    private Rates() {}

    /**
     * A rate, or why there is none.
     *
     * @param micro micropoints per minor unit (AMOUNT), article or visit; 0 with a problem
     */
    public record Rate(long micro, @Nullable String problem) {}

    /** @param points per 1.00 of currency (AMOUNT), per article or per visit */
    public static Rate of(Basis basis, BigDecimal points, int currencyDigits) {
        return of(basis, points, BigDecimal.ONE, currencyDigits);
    }

    /** @param per under AMOUNT, the amount of currency that earns so many points; must be more than 0 */
    public static Rate of(Basis basis, BigDecimal points, BigDecimal per, int currencyDigits) {
        if (points.signum() <= 0) {
            return new Rate(0, "is " + points.toPlainString() + "; write more than 0");
        }
        BigDecimal units = basis == Basis.AMOUNT ? per.movePointRight(currencyDigits) : BigDecimal.ONE;
        BigDecimal[] exact = points.multiply(MICRO).divideAndRemainder(units);
        if (exact[0].compareTo(MOST) > 0) {
            return new Rate(0, "is " + points.toPlainString() + "; that is more than any receipt may earn");
        }
        if (exact[1].signum() == 0) {
            return new Rate(exact[0].longValueExact(), null);
        }
        BigDecimal below = exact[0].setScale(0, RoundingMode.DOWN);
        String unit = basis == Basis.AMOUNT ? "minor unit of currency" : basis == Basis.ARTICLE ? "article" : "visit";
        String nearest = points(basis, below.add(BigDecimal.ONE), currencyDigits);
        if (below.signum() > 0) {
            nearest = points(basis, below, currencyDigits) + " or " + nearest;
        }
        String per1 = basis == Basis.AMOUNT ? " (with per: 1)" : "";
        return new Rate(0, "is not a whole number of micropoints per " + unit + "; nearest: " + nearest + per1);
    }

    /** Decimal points per 1.00 of currency, article or visit of a rate in micropoints. */
    public static String points(Basis basis, BigDecimal micro, int currencyDigits) {
        return decimal(basis, micro, currencyDigits).toPlainString();
    }

    /** The same as a number without trailing zeros. */
    public static BigDecimal decimal(Basis basis, BigDecimal micro, int currencyDigits) {
        BigDecimal points = micro.movePointLeft(6);
        BigDecimal perUnit = basis == Basis.AMOUNT ? points.movePointRight(currencyDigits) : points;
        BigDecimal plain = perUnit.stripTrailingZeros();
        return plain.scale() < 0 ? plain.setScale(0) : plain;
    }

    /** Largest rate with which a receipt of {@link Limits#LINES} largest lines stays within a long. */
    static long largestMicro(Basis basis, long largestAmountMinor) {
        return switch (basis) {
            case AMOUNT -> Limits.RECEIPT_MICRO / Limits.LINES / Math.max(1, largestAmountMinor);
            // The product is divided by 1,000 only after it was formed.
            case ARTICLE ->
                Math.min(
                        Limits.RECEIPT_MICRO / Limits.QUANTITY_THOUSANDTHS,
                        Limits.RECEIPT_MICRO / Limits.LINES / (Limits.QUANTITY_THOUSANDTHS / 1000));
            case VISIT -> Limits.RECEIPT_MICRO;
        };
    }
}
