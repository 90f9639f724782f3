package org.assidu.analytics.render;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.text.NumberFormat;
import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.time.format.FormatStyle;
import java.util.Currency;
import java.util.Locale;
import org.assidu.analytics.report.Text;
import org.assidu.analytics.report.Unit;
import org.jspecify.annotations.Nullable;

/** Values as words of a language, and as plain numbers for files. Money comes in minor units and leaves in major ones. */
final class ValueFormat {

    private static final String UNKNOWN = "–";

    private final Currency currency;
    private final int digits;

    ValueFormat(Currency currency) {
        this.currency = currency;
        this.digits = Math.max(0, currency.getDefaultFractionDigits());
    }

    /** As a reader of the language writes it; a dash where the value is not known. */
    String words(Unit unit, @Nullable Object value, Language language) {
        if (value == null || isNan(value)) {
            return UNKNOWN;
        }
        Locale locale = language.locale(currency);
        return switch (unit) {
            case TEXT -> value instanceof Text text ? language.of(text) : value.toString();
            case COUNT -> number(locale, 0, value);
            case MONEY -> money(locale, value);
            case POINTS -> number(locale, 0, points(value));
            case SHARE -> percent(locale, value);
            case DECIMAL -> number(locale, 2, value);
            case COEFFICIENT -> number(locale, 4, value);
            case DAYS ->
                number(locale, value instanceof Long ? 0 : 1, value)
                        + (language == Language.FR ? "\u00a0j" : "\u00a0d");
            case DATE -> date(locale, value);
        };
    }

    /** Without grouping, with a point: for CSV, JSON and sorting. Null where the value is not known. */
    @Nullable
    Object plain(Unit unit, @Nullable Object value, Language language) {
        if (value == null || isNan(value)) {
            return null;
        }
        if (unit == Unit.MONEY) {
            return major(value);
        }
        if (unit == Unit.POINTS) {
            return points(value);
        }
        if (value instanceof Text text) {
            return language.of(text);
        }
        return value instanceof Number ? value : value.toString();
    }

    /** Micropoints to points, exactly. */
    static BigDecimal points(Object micro) {
        return BigDecimal.valueOf(((Number) micro).longValue(), 6);
    }

    /** Minor units to major: exact for whole numbers, six digits beyond the minor unit for means. */
    BigDecimal major(Object minor) {
        if (minor instanceof Long exact) {
            return BigDecimal.valueOf(exact, digits);
        }
        double mean = ((Number) minor).doubleValue();
        return BigDecimal.valueOf(mean).movePointLeft(digits).setScale(digits + 6, RoundingMode.HALF_EVEN);
    }

    /** Major units to minor, for a number that was read back from a file. */
    double minor(double major) {
        return BigDecimal.valueOf(major).movePointRight(digits).doubleValue();
    }

    private static boolean isNan(Object value) {
        return value instanceof Double number && !Double.isFinite(number);
    }

    private static String number(Locale locale, int fractionDigits, Object value) {
        NumberFormat format = NumberFormat.getNumberInstance(locale);
        format.setRoundingMode(RoundingMode.HALF_UP);
        format.setMinimumFractionDigits(fractionDigits);
        format.setMaximumFractionDigits(fractionDigits);
        return format.format(value);
    }

    private String money(Locale locale, Object minor) {
        NumberFormat format = NumberFormat.getCurrencyInstance(locale);
        format.setCurrency(currency);
        format.setRoundingMode(RoundingMode.HALF_UP);
        format.setMinimumFractionDigits(digits);
        format.setMaximumFractionDigits(digits);
        return format.format(major(minor));
    }

    private static String percent(Locale locale, Object value) {
        NumberFormat format = NumberFormat.getPercentInstance(locale);
        format.setRoundingMode(RoundingMode.HALF_UP);
        format.setMinimumFractionDigits(1);
        format.setMaximumFractionDigits(2);
        return format.format(value);
    }

    private static String date(Locale locale, Object value) {
        return value instanceof LocalDate date
                ? date.format(
                        DateTimeFormatter.ofLocalizedDate(FormatStyle.MEDIUM).withLocale(locale))
                : value.toString();
    }
}
