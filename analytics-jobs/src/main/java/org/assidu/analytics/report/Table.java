package org.assidu.analytics.report;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Rows under named columns; a value is a {@code Number}, {@code LocalDate}, {@code String}, {@link Text} or null (unknown). */
public final class Table implements Block {

    private final String key;
    private final Text caption;
    private final List<Field> columns;
    private final List<List<@Nullable Object>> rows = new ArrayList<>();

    public Table(String key, Text caption, Field... columns) {
        this.key = key;
        this.caption = caption;
        this.columns = List.of(columns);
    }

    public Table(String key, Text caption, List<Field> columns) {
        this.key = key;
        this.caption = caption;
        this.columns = List.copyOf(columns);
    }

    /** Adds a row; as many values as columns. */
    public Table row(@Nullable Object... values) {
        if (values.length != columns.size()) {
            throw new IllegalArgumentException(
                    "table " + key + ": row of " + values.length + " values under " + columns.size() + " columns");
        }
        rows.add(Collections.unmodifiableList(new ArrayList<>(Arrays.asList(values))));
        return this;
    }

    /** Name of the table in files, unique within its section, in {@code kebab-case}. */
    public String key() {
        return key;
    }

    public Text caption() {
        return caption;
    }

    public List<Field> columns() {
        return columns;
    }

    public List<List<@Nullable Object>> rows() {
        return Collections.unmodifiableList(rows);
    }
}
