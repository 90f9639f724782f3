package org.assidu.analytics.report;

/** One column of a table; the key is its heading in CSV and JSON ({@code snake_case}). */
public record Field(String key, Text label, Unit unit) {

    public static Field of(String key, Unit unit, String en, String fr) {
        return new Field(key, Text.of(en, fr), unit);
    }
}
