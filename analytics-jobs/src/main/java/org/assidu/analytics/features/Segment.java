package org.assidu.analytics.features;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** A part of the receipts or members that a run is held to: {@code store=S001,S002}, {@code cohort=2026-03}. */
public record Segment(Dimension dimension, List<String> values) {

    /** What a segment may be told by. */
    public enum Dimension {
        STORE("store"),
        CHANNEL("channel"),
        BANNER("banner"),
        LEGAL_ENTITY("legal_entity"),
        COUNTRY("country"),
        ENROL_STORE("enrol_store"),
        ENROL_CHANNEL("enrol_channel"),
        COHORT("cohort");

        private final String column;

        Dimension(String column) {
            this.column = column;
        }

        String column() {
            return column;
        }

        /** On the command line. */
        String option() {
            return column.replace('_', '-');
        }

        /** A column of the stores table. */
        boolean ofStores() {
            return this == BANNER || this == LEGAL_ENTITY || this == COUNTRY;
        }

        /** Chooses members and all they bought, not single receipts. */
        boolean ofMembers() {
            return this == ENROL_STORE || this == ENROL_CHANNEL || this == COHORT;
        }
    }

    public Segment {
        values = List.copyOf(values);
    }

    /** Parses {@code name=value,value}; throws {@link IllegalArgumentException} that says what may be written. */
    public static Segment parse(String text) {
        int equals = text.indexOf('=');
        List<String> known = new ArrayList<>();
        for (Dimension dimension : Dimension.values()) {
            known.add(dimension.option());
            if (equals > 0
                    && dimension.option().equals(text.substring(0, equals).toLowerCase(Locale.ROOT))) {
                List<String> values = Arrays.stream(text.substring(equals + 1).split(",", -1))
                        .map(String::trim)
                        .filter(value -> !value.isEmpty())
                        .toList();
                if (values.isEmpty()) {
                    break;
                }
                return new Segment(dimension, values);
            }
        }
        throw new IllegalArgumentException("segment '" + text
                + "' is not NAME=VALUE or NAME=VALUE,VALUE with NAME one of " + String.join(", ", known));
    }

    @Override
    public String toString() {
        return dimension.option() + "=" + String.join(",", values);
    }
}
