package org.assidu.accrual.reference;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import org.assidu.accrual.model.ProgrammeDocument.Rounding;

/** Arithmetic without bounds. Micro stands for micropoints, or millionths of a minor unit. */
final class Exact {
    static final BigInteger ZERO = BigInteger.ZERO;
    private static final BigInteger MICRO = BigInteger.valueOf(1_000_000);

    private Exact() {}

    static BigInteger micro(BigDecimal units) {
        return units.movePointRight(6).toBigIntegerExact();
    }

    static BigInteger whole(long value) {
        return BigInteger.valueOf(value);
    }

    /** Toward zero. */
    static BigInteger truncated(BigDecimal value) {
        return value.setScale(0, RoundingMode.DOWN).toBigInteger();
    }

    static BigInteger floor(BigInteger numerator, BigInteger denominator) {
        return new BigDecimal(numerator)
                .divide(new BigDecimal(denominator), 0, RoundingMode.FLOOR)
                .toBigInteger();
    }

    static BigInteger halfUp(BigInteger numerator, BigInteger denominator) {
        return new BigDecimal(numerator)
                .divide(new BigDecimal(denominator), 0, RoundingMode.HALF_UP)
                .toBigInteger();
    }

    /** What is left of a value when so much of a quantity is back: value − floor(value × returned / quantity). */
    static BigInteger remaining(BigInteger value, long returned, long quantity) {
        return value.subtract(floor(value.multiply(whole(returned)), whole(quantity)));
    }

    /** What a receipt credits, symmetric about zero. */
    static BigInteger rounded(BigInteger micro, Rounding rounding) {
        return switch (rounding) {
            case CARRY -> micro;
            case FLOOR_PER_RECEIPT -> micro.divide(MICRO).multiply(MICRO);
            case HALF_UP_PER_RECEIPT -> halfUp(micro, MICRO).multiply(MICRO);
        };
    }

    static BigInteger floored(BigInteger micro) {
        return rounded(micro, Rounding.FLOOR_PER_RECEIPT);
    }
}
