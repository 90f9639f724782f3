package org.assidu.analytics.clv;

import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.time.format.ResolverStyle;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * How a file writes its dates.
 *
 * @param wholeText whether the pattern covers the whole cell; the detected ones stop where a time of day begins
 */
record DatePattern(String pattern, DateTimeFormatter formatter, boolean wholeText) {

    /** Tried in this order; the last two groups are told apart by a day above 12. */
    static final List<DatePattern> KNOWN = List.of(
            known("yyyy-MM-dd"),
            known("yyyyMMdd"),
            known("yyyy/M/d"),
            known("d.M.yyyy"),
            known("d/M/yyyy"),
            known("M/d/yyyy"),
            known("d-M-yyyy"),
            known("M-d-yyyy"));

    /** The pattern of {@code --date-format}. */
    static DatePattern of(String pattern) {
        try {
            return new DatePattern(pattern, formatter(pattern), true);
        } catch (IllegalArgumentException e) {
            throw new TransactionException("--date-format '" + pattern + "' is no date pattern (" + e.getMessage()
                    + "); write one such as dd/MM/yyyy or 'yyyy-MM-dd HH:mm'");
        }
    }

    private static DatePattern known(String pattern) {
        return new DatePattern(pattern, formatter(pattern), false);
    }

    /** Strict, so that 30 February is refused; years are proleptic, since strict y would want an era. */
    private static DateTimeFormatter formatter(String pattern) {
        return DateTimeFormatter.ofPattern(pattern.replace('y', 'u'), Locale.ROOT)
                .withResolverStyle(ResolverStyle.STRICT);
    }

    /** The day written in a cell, or null where it is none. */
    @Nullable
    LocalDate parse(String cell) {
        String text = cell.strip();
        try {
            return LocalDate.parse(wholeText ? text : withoutTime(text), formatter);
        } catch (DateTimeException notADate) {
            return null;
        }
    }

    private static String withoutTime(String text) {
        int end = text.indexOf(' ');
        if (end < 0) {
            end = text.indexOf('T');
        }
        return end < 0 ? text : text.substring(0, end);
    }
}
