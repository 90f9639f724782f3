package org.assidu.analytics.render;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.assidu.analytics.report.Block;
import org.assidu.analytics.report.Chart;
import org.assidu.analytics.report.Field;
import org.assidu.analytics.report.Figure;
import org.assidu.analytics.report.HeatmapPlot;
import org.assidu.analytics.report.LeftOut;
import org.assidu.analytics.report.Listing;
import org.assidu.analytics.report.Note;
import org.assidu.analytics.report.Section;
import org.assidu.analytics.report.Table;
import org.assidu.analytics.report.Text;
import org.assidu.analytics.report.Unit;
import org.jspecify.annotations.Nullable;

/** Sections in words: what the templates fill in. */
final class ViewBuilder {

    private static final Text NOTHING = Text.of(
            "Not enough data yet: the page says what is missing.",
            "Pas encore assez de données : la page dit ce qui manque.");

    private final ValueFormat format;
    private final RunInfo run;
    private final Comparison comparison;

    ViewBuilder(ValueFormat format, RunInfo run, Comparison comparison) {
        this.format = format;
        this.run = run;
        this.comparison = comparison;
    }

    View view(Section section) {
        ObjectNode plots = new ObjectMapper().createObjectNode();
        List<View.Part> parts = new ArrayList<>();
        for (Block block : section.blocks()) {
            parts.add(part(section, block, plots));
        }
        List<View.Card> leftOut = new ArrayList<>();
        for (LeftOut rows : section.leftOut()) {
            leftOut.add(new View.Card(rows.reason(), text(Unit.COUNT, rows.rows()), Text.same(""), false, null));
        }
        return new View(
                section.key(),
                section.title(),
                section.lead(),
                section.audience(),
                section.next(),
                section.population(),
                cards(section, Integer.MAX_VALUE),
                parts,
                section.definitions(),
                section.limits(),
                leftOut,
                !plots.isEmpty(),
                data(plots),
                NOTHING);
    }

    /** The first figures of a section. */
    List<View.Card> cards(Section section, int most) {
        List<View.Card> cards = new ArrayList<>();
        for (Figure figure : section.figures()) {
            if (cards.size() < most) {
                cards.add(new View.Card(
                        figure.label(),
                        text(figure.unit(), figure.value()),
                        figure.note(),
                        figure.unit() == Unit.TEXT,
                        comparison.change(section.key(), figure)));
            }
        }
        return cards;
    }

    /** What the page's script reads. */
    String data(ObjectNode plots) {
        ObjectNode data = new ObjectMapper().createObjectNode();
        data.put("currency", run.scope().currency().getCurrencyCode());
        ObjectNode locales = data.putObject("locales");
        for (Language each : Language.values()) {
            Locale locale = each.locale(run.scope().currency());
            locales.put(each.code(), locale.toLanguageTag());
        }
        data.set("plots", plots);
        return data.toString().replace("</", "<\\/");
    }

    private View.Part part(Section section, Block block, ObjectNode plots) {
        if (block instanceof Chart chart) {
            String id = section.key() + "-" + chart.key();
            plots.set(id, new PlotJson(format).of(chart));
            HeatmapPlot heatmap = chart.plot() instanceof HeatmapPlot plot ? plot : null;
            return new View.Part(
                    null,
                    id,
                    chart.title(),
                    chart.reading(),
                    heatmap == null ? null : (Integer) heatmap.rows().size(),
                    heatmap == null ? null : (Integer) heatmap.columns().size(),
                    grid(section, chart.table(), Integer.MAX_VALUE));
        }
        if (block instanceof Table table) {
            return new View.Part(
                    null, null, table.caption(), null, null, null, grid(section, table, Integer.MAX_VALUE));
        }
        if (block instanceof Listing listing) {
            Table table = listing.table();
            int shown = Math.min(listing.shown(), table.rows().size());
            return new View.Part(
                    null,
                    null,
                    table.caption(),
                    shownOf(shown, table.rows().size()),
                    null,
                    null,
                    grid(section, table, shown));
        }
        if (block instanceof Note note) {
            return new View.Part(note.text(), null, null, null, null, null, null);
        }
        throw new IllegalStateException("unknown block " + block);
    }

    private @Nullable Text shownOf(int shown, int all) {
        if (shown == all) {
            return null;
        }
        Text rows = text(Unit.COUNT, (long) all);
        return Text.of(
                "The first " + shown + " of " + rows.en() + " rows; the file has all.",
                "Les " + shown + " premières lignes sur " + rows.fr() + " ; le fichier les a toutes.");
    }

    View.Grid grid(Section section, Table table, int shown) {
        String csv = run.formats().contains(OutputFormat.CSV)
                ? "csv/" + Tables.fileName(section, table, OutputFormat.CSV)
                : "";
        return grid(section.key() + "-" + table.key() + "-table", csv, table, shown);
    }

    View.Grid grid(String id, String csv, Table table, int shown) {
        List<View.Heading> headings = new ArrayList<>();
        for (Field field : table.columns()) {
            headings.add(new View.Heading(field.label(), isNumber(field.unit())));
        }
        List<List<View.Cell>> rows = new ArrayList<>();
        for (List<@Nullable Object> row :
                table.rows().subList(0, Math.min(shown, table.rows().size()))) {
            List<View.Cell> cells = new ArrayList<>();
            for (int i = 0; i < row.size(); i++) {
                Unit unit = table.columns().get(i).unit();
                Object plain = format.plain(unit, row.get(i), run.language());
                cells.add(new View.Cell(text(unit, row.get(i)), plain == null ? "" : plain.toString(), isNumber(unit)));
            }
            rows.add(cells);
        }
        return new View.Grid(id, table.caption(), csv, headings, rows);
    }

    private static boolean isNumber(Unit unit) {
        return unit != Unit.TEXT && unit != Unit.DATE;
    }

    Text text(Unit unit, @Nullable Object value) {
        return Text.of(format.words(unit, value, Language.EN), format.words(unit, value, Language.FR));
    }

    /** Values of one unit as a range. */
    Text range(Unit unit, Object from, Object to) {
        Text first = text(unit, from);
        Text last = text(unit, to);
        return Text.of(first.en() + " – " + last.en(), first.fr() + " – " + last.fr());
    }
}
