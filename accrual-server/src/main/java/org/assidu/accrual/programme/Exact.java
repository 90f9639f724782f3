package org.assidu.accrual.programme;

import java.math.BigDecimal;

/** Decimals of a document. */
final class Exact {
    private Exact() {}

    /** Without trailing zeros and without exponent. */
    static BigDecimal plain(BigDecimal value) {
        BigDecimal stripped = value.stripTrailingZeros();
        return stripped.scale() < 0 ? stripped.setScale(0) : stripped;
    }
}
