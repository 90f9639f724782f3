package org.assidu.analytics.render;

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

/** The tables of a section and what they are called in files, whatever the format. */
final class Tables {

    private Tables() {}

    /** Those under charts included, in the order of the page. */
    static List<Table> of(Section section) {
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

    /** Such as {@code habits-turnover-by-month.csv}, in the folder of its format. */
    static String fileName(Section section, Table table, OutputFormat format) {
        return section.key() + "-" + table.key() + "." + format.code();
    }

    /** Name of a column in files: money says its currency, as in {@code sales_eur}. */
    static String heading(Field field, Currency currency) {
        return field.unit() == Unit.MONEY
                ? field.key() + "_" + currency.getCurrencyCode().toLowerCase(Locale.ROOT)
                : field.key();
    }
}
