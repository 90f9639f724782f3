package org.assidu.analytics.render;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.pebbletemplates.pebble.PebbleEngine;
import io.pebbletemplates.pebble.loader.ClasspathLoader;
import java.io.IOException;
import java.io.InputStream;
import java.io.StringReader;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Properties;
import org.assidu.analytics.features.Scope;
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

/** {@code index.html}: everything in one file, script and styles included; it asks nothing of a network. */
final class PageRenderer {

    private static final String RESOURCES = "org/assidu/analytics/render/";

    private final ValueFormat format;
    private final Scope scope;
    private final Language language;

    PageRenderer(ValueFormat format, Scope scope, Language language) {
        this.format = format;
        this.scope = scope;
        this.language = language;
    }

    /** A value in both languages, and what a sort goes by. */
    public record Cell(Text text, String sort, boolean number) {}

    public record Card(Text label, Text value, Text note) {}

    public record Heading(Text label, boolean number) {}

    public record Grid(Text caption, String csv, List<Heading> headings, List<List<Cell>> rows) {}

    /** One block as the template asks for it; what it does not have is null. */
    public record Part(
            @Nullable Text note,
            @Nullable String id,
            @Nullable Text title,
            @Nullable Text reading,
            @Nullable Integer heatmapRows,
            @Nullable Grid grid) {}

    public record View(
            String key,
            Text title,
            Text lead,
            Text population,
            List<Card> cards,
            List<Part> parts,
            List<Text> definitions,
            List<Text> limits,
            List<Card> leftOut) {}

    void write(List<Section> sections, Path file) throws IOException {
        ObjectNode plots = new ObjectMapper().createObjectNode();
        List<View> views = new ArrayList<>();
        for (Section section : sections) {
            views.add(view(section, plots));
        }
        Map<String, Object> model = new HashMap<>();
        model.put("lang", language.code());
        model.put("views", views);
        model.put("period", both(Unit.DATE, scope.firstDate(), scope.lastDate()));
        model.put("days", both(Unit.COUNT, scope.days()));
        model.put("currency", scope.currency().getCurrencyCode());
        model.put("zone", scope.zone().getId());
        model.put("position", both(Unit.COUNT, scope.position()));
        model.put("lines", both(Unit.COUNT, scope.lines()));
        model.put("populationLines", both(Unit.COUNT, scope.populationLines()));
        model.put("leftOutLines", both(Unit.COUNT, scope.lines() - scope.populationLines()));
        model.put(
                "qualityShown",
                sections.stream().anyMatch(section -> section.key().equals("quality")));
        model.put("css", resource(RESOURCES + "site.css"));
        model.put("script", resource(RESOURCES + "site.js"));
        model.put("echarts", resource(echarts()).replace("</script", "<\\/script"));
        model.put("data", data(plots).replace("</", "<\\/"));
        ClasspathLoader loader = new ClasspathLoader(PageRenderer.class.getClassLoader());
        loader.setPrefix(RESOURCES);
        PebbleEngine engine = new PebbleEngine.Builder()
                .loader(loader)
                .strictVariables(true)
                .newLineTrimming(true)
                .build();
        try (Writer out = Files.newBufferedWriter(file, StandardCharsets.UTF_8)) {
            engine.getTemplate("index.html.peb").evaluate(out, model);
        }
    }

    private String data(ObjectNode plots) {
        ObjectNode data = new ObjectMapper().createObjectNode();
        data.put("currency", scope.currency().getCurrencyCode());
        ObjectNode locales = data.putObject("locales");
        for (Language each : Language.values()) {
            Locale locale = each.locale(scope.currency());
            locales.put(each.code(), locale.toLanguageTag());
        }
        data.set("plots", plots);
        return data.toString();
    }

    private static String resource(String path) throws IOException {
        try (InputStream in = PageRenderer.class.getClassLoader().getResourceAsStream(path)) {
            if (in == null) {
                throw new IllegalStateException(
                        path + " is not on the class path: the build is incomplete, run mvn package");
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    /** Where the chart library's one file is in its jar; the jar tells its version. */
    private static String echarts() throws IOException {
        Properties artifact = new Properties();
        artifact.load(new StringReader(resource("META-INF/maven/org.mvnpm/echarts/pom.properties")));
        return "META-INF/resources/_static/echarts/" + artifact.getProperty("version") + "/dist/echarts.min.js";
    }

    private View view(Section section, ObjectNode plots) {
        List<Card> cards = new ArrayList<>();
        for (Figure figure : section.figures()) {
            cards.add(new Card(figure.label(), text(figure.unit(), figure.value()), figure.note()));
        }
        List<Part> parts = new ArrayList<>();
        for (Block block : section.blocks()) {
            parts.add(part(section, block, plots));
        }
        List<Card> leftOut = new ArrayList<>();
        for (LeftOut rows : section.leftOut()) {
            leftOut.add(new Card(rows.reason(), text(Unit.COUNT, rows.rows()), Text.same("")));
        }
        return new View(
                section.key(),
                section.title(),
                section.lead(),
                section.population(),
                cards,
                parts,
                section.definitions(),
                section.limits(),
                leftOut);
    }

    private Part part(Section section, Block block, ObjectNode plots) {
        if (block instanceof Chart chart) {
            String id = section.key() + "-" + chart.key();
            plots.set(id, new PlotJson(format).of(chart.plot()));
            Integer rows = chart.plot() instanceof HeatmapPlot heatmap
                    ? (Integer) heatmap.rows().size()
                    : null;
            return new Part(
                    null, id, chart.title(), chart.reading(), rows, grid(section, chart.table(), Integer.MAX_VALUE));
        }
        if (block instanceof Table table) {
            return new Part(null, null, table.caption(), null, null, grid(section, table, Integer.MAX_VALUE));
        }
        if (block instanceof Listing listing) {
            Table table = listing.table();
            int shown = Math.min(listing.shown(), table.rows().size());
            Text rows = text(Unit.COUNT, table.rows().size());
            Text reading = Text.of(
                    "The first " + shown + " of " + rows.en() + " rows; the CSV has all.",
                    "Les " + shown + " premières lignes sur " + rows.fr() + " ; le CSV les a toutes.");
            return new Part(null, null, table.caption(), reading, null, grid(section, table, shown));
        }
        if (block instanceof Note note) {
            return new Part(note.text(), null, null, null, null, null);
        }
        throw new IllegalStateException("unknown block " + block);
    }

    private Grid grid(Section section, Table table, int shown) {
        List<Heading> headings = new ArrayList<>();
        for (Field field : table.columns()) {
            headings.add(new Heading(field.label(), isNumber(field.unit())));
        }
        List<List<Cell>> rows = new ArrayList<>();
        for (List<@Nullable Object> row :
                table.rows().subList(0, Math.min(shown, table.rows().size()))) {
            List<Cell> cells = new ArrayList<>();
            for (int i = 0; i < row.size(); i++) {
                Unit unit = table.columns().get(i).unit();
                Object plain = format.plain(unit, row.get(i), language);
                cells.add(new Cell(text(unit, row.get(i)), plain == null ? "" : plain.toString(), isNumber(unit)));
            }
            rows.add(cells);
        }
        return new Grid(table.caption(), "csv/" + CsvRenderer.fileName(section, table), headings, rows);
    }

    private static boolean isNumber(Unit unit) {
        return unit != Unit.TEXT && unit != Unit.DATE;
    }

    private Text text(Unit unit, @Nullable Object value) {
        return Text.of(format.words(unit, value, Language.EN), format.words(unit, value, Language.FR));
    }

    private Text both(Unit unit, Object... values) {
        List<String> en = new ArrayList<>();
        List<String> fr = new ArrayList<>();
        for (Object value : values) {
            en.add(format.words(unit, value, Language.EN));
            fr.add(format.words(unit, value, Language.FR));
        }
        return Text.of(String.join(" – ", en), String.join(" – ", fr));
    }
}
