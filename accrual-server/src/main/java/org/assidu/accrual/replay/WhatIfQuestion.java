package org.assidu.accrual.replay;

import java.math.BigDecimal;
import java.time.LocalDate;
import org.jspecify.annotations.Nullable;

/**
 * What a replay under other rules is to answer.
 *
 * @param programmeText the programme that replaces all versions from {@code from} on; null = the ones published, as they are
 * @param from first day of the other programme, in the zone of the first one published; null = from the beginning
 * @param to last day looked at; null = to the end of the journal
 * @param pointValue what a point is worth, currency units; null = what each programme's rewards make of it
 */
public record WhatIfQuestion(
        @Nullable String programmeText,
        @Nullable LocalDate from,
        @Nullable LocalDate to,
        @Nullable BigDecimal pointValue) {

    /** @throws IllegalArgumentException when the last day is before the first */
    public WhatIfQuestion {
        if (from != null && to != null && to.isBefore(from)) {
            throw new IllegalArgumentException("the last day " + to + " is before the first day " + from);
        }
    }
}
