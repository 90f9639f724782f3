package org.assidu.analytics.render;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import org.assidu.analytics.features.Scope;
import org.assidu.analytics.report.Figure;
import org.assidu.analytics.report.LeftOut;
import org.assidu.analytics.report.Section;
import org.assidu.analytics.report.Table;
import org.assidu.analytics.report.Unit;

/** {@code report.json}: scope, and the key figures of each report with their units, for scripts. */
final class JsonRenderer {

    private static final int FORMAT_VERSION = 1;

    private final ObjectMapper mapper = new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);
    private final ValueFormat format;
    private final Scope scope;

    JsonRenderer(ValueFormat format, Scope scope) {
        this.format = format;
        this.scope = scope;
    }

    void write(List<Section> sections, Path file) throws IOException {
        ObjectNode root = mapper.createObjectNode();
        root.put("format_version", FORMAT_VERSION);
        root.put("position", scope.position());
        root.put("first_date", scope.firstDate().toString());
        root.put("last_date", scope.lastDate().toString());
        root.put("zone", scope.zone().getId());
        root.put("currency", scope.currency().getCurrencyCode());
        root.put("lines", scope.lines());
        root.put("population_lines", scope.populationLines());
        ObjectNode reports = root.putObject("reports");
        for (Section section : sections) {
            section(reports.putObject(section.key()), section);
        }
        mapper.writeValue(file.toFile(), root);
    }

    private void section(ObjectNode node, Section section) {
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
        ObjectNode tables = node.putObject("tables");
        for (Table table : CsvRenderer.tables(section)) {
            ObjectNode one = tables.putObject(table.key());
            one.put("file", "csv/" + CsvRenderer.fileName(section, table));
            one.put("rows", table.rows().size());
        }
    }

    private String unit(Unit unit) {
        return unit == Unit.MONEY
                ? scope.currency().getCurrencyCode()
                : unit.name().toLowerCase(Locale.ROOT);
    }
}
