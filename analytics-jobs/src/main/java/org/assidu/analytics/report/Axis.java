package org.assidu.analytics.report;

/** An axis: its title and the unit of its numbers. Money is in minor units, as everywhere. */
public record Axis(Text title, Unit unit) {

    public static Axis of(Unit unit, String en, String fr) {
        return new Axis(Text.of(en, fr), unit);
    }
}
