package org.assidu.analytics.render;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Currency;
import java.util.List;
import java.util.Locale;
import org.assidu.analytics.report.Block;
import org.assidu.analytics.report.Chart;
import org.assidu.analytics.report.Field;
import org.assidu.analytics.report.Listing;
import org.assidu.analytics.report.Note;
import org.assidu.analytics.report.Section;
import org.assidu.analytics.report.Table;
import org.assidu.analytics.report.Unit;
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

    static String fileName(Section section, Table table) {
        return section.key() + "-" + table.key() + ".csv";
    }

    /** Tables of a section, those under charts included, in the order of the page. */
    static List<Table> tables(Section section) {
        List<Table> tables = new ArrayList<>();
        for (Block block : section.blocks()) {
            if (block instanceof Chart chart) {
                tables.add(chart.table());
            } else if (block instanceof Table table) {
                tables.add(table);
            } else if (block instanceof Listing listing) {
                tables.add(listing.table());
            } else if (!(block instanceof Note)) {
                throw new IllegalStateException("unknown block " + block);
            }
        }
        return tables;
    }

    void write(List<Section> sections, Path folder) throws IOException {
        Files.createDirectories(folder);
        for (Section section : sections) {
            for (Table table : tables(section)) {
                Files.writeString(folder.resolve(fileName(section, table)), csv(table));
            }
        }
    }

    private String csv(Table table) {
        StringBuilder csv = new StringBuilder();
        List<Field> fields = table.columns();
        for (int i = 0; i < fields.size(); i++) {
            csv.append(i == 0 ? "" : ",").append(heading(fields.get(i), currency));
        }
        csv.append("\r\n");
        for (List<@Nullable Object> row : table.rows()) {
            for (int i = 0; i < fields.size(); i++) {
                Object value = format.plain(fields.get(i).unit(), row.get(i), Language.EN);
                csv.append(i == 0 ? "" : ",").append(value == null ? "" : quoted(value.toString()));
            }
            csv.append("\r\n");
        }
        return csv.toString();
    }

    /** Name of a column in files: money says its currency, as in {@code sales_eur}. */
    static String heading(Field field, Currency currency) {
        return field.unit() == Unit.MONEY
                ? field.key() + "_" + currency.getCurrencyCode().toLowerCase(Locale.ROOT)
                : field.key();
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
