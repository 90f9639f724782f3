package org.assidu.analytics.report;

/**
 * A key number on a card and in {@code report.json}.
 *
 * @param value a {@code Long}, {@code Double} or {@code LocalDate} as its unit says; NaN where it cannot be told
 * @param note the definition in a few words, or what it is measured against
 */
public record Figure(String key, Text label, Unit unit, Object value, Text note) {}
