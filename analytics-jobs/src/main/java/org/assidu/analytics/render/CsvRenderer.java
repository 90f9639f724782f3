package org.assidu.analytics.render;

import java.io.IOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Currency;
import java.util.List;
import org.assidu.analytics.report.Field;
import org.assidu.analytics.report.Section;
import org.assidu.analytics.report.Table;
import org.jspecify.annotations.Nullable;

/**
 * One file a table, {@code <report>-<table>.csv}: UTF-8, comma, RFC 4180 quotes, a decimal point, an empty cell for
 * unknown. Money is in major units, its column named with the currency. Words are English.
 */
final class CsvRenderer {

    private final ValueFormat format;
    private final Currency currency;

    CsvRenderer(ValueFormat format, Currency currency) {
        this.format = format;
        this.currency = currency;
    }

    void write(List<Section> sections, Path folder) throws IOException {
        Files.createDirectories(folder);
        for (Section section : sections) {
            for (Table table : Tables.of(section)) {
                try (Writer out =
                        Files.newBufferedWriter(folder.resolve(Tables.fileName(section, table, OutputFormat.CSV)))) {
                    write(table, out);
                }
            }
        }
    }

    private void write(Table table, Writer csv) throws IOException {
        List<Field> fields = table.columns();
        for (int i = 0; i < fields.size(); i++) {
            csv.append(i == 0 ? "" : ",").append(Tables.heading(fields.get(i), currency));
        }
        csv.append("\r\n");
        for (List<@Nullable Object> row : table.rows()) {
            for (int i = 0; i < fields.size(); i++) {
                Object value = format.plain(fields.get(i).unit(), row.get(i), Language.EN);
                csv.append(i == 0 ? "" : ",").append(value == null ? "" : quoted(value.toString()));
            }
            csv.append("\r\n");
        }
    }

    /** Quotes where the syntax needs them; a leading sign that a spreadsheet would take for a formula is defused. */
    private static String quoted(String value) {
        boolean formula = !value.isEmpty() && "=+@\t".indexOf(value.charAt(0)) >= 0;
        String safe = formula ? "'" + value : value;
        return safe.chars().anyMatch(c -> c == ',' || c == '"' || c == '\n' || c == '\r')
                ? '"' + safe.replace("\"", "\"\"") + '"'
                : safe;
    }
}
