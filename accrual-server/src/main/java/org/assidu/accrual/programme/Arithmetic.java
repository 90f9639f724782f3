package org.assidu.accrual.programme;

import org.assidu.accrual.model.Points;
import org.assidu.accrual.model.ProgrammeDocument.Rounding;

/** Exact integer arithmetic of which the intermediate product may need 128 bits; allocates nothing. */
public final class Arithmetic {
    private Arithmetic() {}

    /**
     * {@code floor(a × part / whole)} for {@code 0 ≤ part ≤ whole}, {@code whole > 0}: the result is never further from
     * zero than {@code a}.
     */
    public static long shareFloor(long a, long part, long whole) {
        if (a >= 0) {
            return shareOfMagnitude(a, part, whole);
        }
        long magnitude = shareOfMagnitude(-a, part, whole);
        // The low 64 bits of the exact difference: it lies in 0…whole-1.
        long rest = -a * part - magnitude * whole;
        return rest == 0 ? -magnitude : -magnitude - 1;
    }

    /** What is left of a value when {@code returned} of {@code sold} articles are back. */
    public static long remaining(long value, long returned, long sold) {
        return value - shareFloor(value, returned, sold);
    }

    private static long shareOfMagnitude(long a, long part, long whole) {
        long high = Math.multiplyHigh(a, part);
        long low = a * part;
        if (high == 0 && low >= 0) {
            return low / whole;
        }
        return divide(high, low, whole);
    }

    /** Long division of a 128-bit number whose quotient fits 63 bits, one bit a step. */
    private static long divide(long high, long low, long divisor) {
        long rest = high;
        long quotient = 0;
        for (int bit = 63; bit >= 0; bit--) {
            // rest < divisor < 2^63, so the shifted rest fits an unsigned long.
            rest = rest << 1 | low >>> bit & 1;
            quotient <<= 1;
            if (Long.compareUnsigned(rest, divisor) >= 0) {
                rest -= divisor;
                quotient |= 1;
            }
        }
        return quotient;
    }

    /** Symmetric about zero: what a debit rounds to is the negative of what the same credit rounds to. */
    public static long rounded(long micro, Rounding rounding) {
        long magnitude = Math.abs(micro);
        long rounded = switch (rounding) {
            case CARRY -> magnitude;
            case FLOOR_PER_RECEIPT -> magnitude / Points.MICRO * Points.MICRO;
            case HALF_UP_PER_RECEIPT -> (magnitude + Points.MICRO / 2) / Points.MICRO * Points.MICRO;
        };
        return micro < 0 ? -rounded : rounded;
    }

    /** Quotient rounded to nearest, halves away from zero; {@code divisor > 0}, {@code |value| < 2^62}. */
    public static long divideHalfUp(long value, long divisor) {
        long magnitude = (Math.abs(value) * 2 + divisor) / (divisor * 2);
        return value < 0 ? -magnitude : magnitude;
    }
}
