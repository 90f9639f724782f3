package org.assidu.analytics.render;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.assidu.analytics.features.Scope;
import org.assidu.analytics.report.Block;
import org.assidu.analytics.report.Field;
import org.assidu.analytics.report.Figure;
import org.assidu.analytics.report.LeftOut;
import org.assidu.analytics.report.Listing;
import org.assidu.analytics.report.Note;
import org.assidu.analytics.report.Section;
import org.assidu.analytics.report.Table;
import org.assidu.analytics.report.Text;
import org.assidu.analytics.report.Unit;
import org.jspecify.annotations.Nullable;

/**
 * {@code report.json} with scope and key figures of every report, for scripts and for the comparison of runs; and
 * {@code json/<report>.json} with the tables of one, but for those of one row a member, which are in the other files.
 */
final class JsonRenderer {

    static final int FORMAT_VERSION = 2;

    private final ObjectMapper mapper = new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);
    private final ValueFormat format;
    private final RunInfo run;

    JsonRenderer(ValueFormat format, RunInfo run) {
        this.format = format;
        this.run = run;
    }

    /** The key figures of a run. */
    ObjectNode summary(List<Section> sections) {
        Scope scope = run.scope();
        ObjectNode root = mapper.createObjectNode();
        root.put("format_version", FORMAT_VERSION);
        root.put("position", scope.position());
        root.put("first_date", scope.firstDate().toString());
        root.put("last_date", scope.lastDate().toString());
        root.put("zone", scope.zone().getId());
        root.put("currency", scope.currency().getCurrencyCode());
        root.put("selection", run.selection().words());
        root.put("lines", scope.lines());
        root.put("population_lines", scope.populationLines());
        ObjectNode reports = root.putObject("reports");
        for (Section section : sections) {
            figures(reports.putObject(section.key()), section);
        }
        return root;
    }

    void write(ObjectNode node, Path file) throws IOException {
        Files.writeString(file, mapper.writeValueAsString(node) + "\n");
    }

    /** One file a report. */
    void writeReports(List<Section> sections, Path folder) throws IOException {
        Files.createDirectories(folder);
        for (Section section : sections) {
            ObjectNode node = mapper.createObjectNode();
            node.put("format_version", FORMAT_VERSION);
            text(node.putObject("title"), section.title());
            text(node.putObject("lead"), section.lead());
            figures(node, section);
            ArrayNode notes = node.putArray("notes");
            ObjectNode tables = node.putObject("tables");
            for (Block block : section.blocks()) {
                if (block instanceof Note note) {
                    text(notes.addObject(), note.text());
                }
            }
            for (Table table : Tables.of(section)) {
                table(tables.putObject(table.key()), section, table);
            }
            texts(node.putArray("definitions"), section.definitions());
            texts(node.putArray("limits"), section.limits());
            write(node, folder.resolve(section.key() + ".json"));
        }
    }

    private void table(ObjectNode node, Section section, Table table) {
        text(node.putObject("caption"), table.caption());
        node.put("csv", "csv/" + Tables.fileName(section, table, OutputFormat.CSV));
        node.put("row_count", table.rows().size());
        ArrayNode columns = node.putArray("columns");
        for (Field field : table.columns()) {
            ObjectNode column = columns.addObject();
            column.put("name", Tables.heading(field, run.scope().currency()));
            column.put("unit", unit(field.unit()));
        }
        boolean listed = section.blocks().stream()
                .anyMatch(block -> block instanceof Listing listing && listing.table() == table);
        if (listed) {
            return;
        }
        ArrayNode rows = node.putArray("rows");
        for (List<@Nullable Object> row : table.rows()) {
            ArrayNode values = rows.addArray();
            for (int i = 0; i < row.size(); i++) {
                values.addPOJO(format.plain(table.columns().get(i).unit(), row.get(i), Language.EN));
            }
        }
    }

    private void figures(ObjectNode node, Section section) {
        node.put("population", section.population().en());
        ObjectNode figures = node.putObject("figures");
        for (Figure figure : section.figures()) {
            ObjectNode one = figures.putObject(figure.key());
            one.putPOJO("value", format.plain(figure.unit(), figure.value(), Language.EN));
            one.put("unit", unit(figure.unit()));
        }
        ObjectNode leftOut = node.putObject("left_out");
        for (LeftOut rows : section.leftOut()) {
            leftOut.put(rows.reason().en(), rows.rows());
        }
    }

    private static void texts(ArrayNode array, List<Text> texts) {
        for (Text text : texts) {
            text(array.addObject(), text);
        }
    }

    private static void text(ObjectNode node, Text text) {
        node.put("en", text.en()).put("fr", text.fr());
    }

    private String unit(Unit unit) {
        return unit == Unit.MONEY
                ? run.scope().currency().getCurrencyCode()
                : unit.name().toLowerCase(java.util.Locale.ROOT);
    }
}
