package org.assidu.analytics.render;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.assidu.analytics.report.Section;
import org.jspecify.annotations.Nullable;

/**
 * The folder a reader opens: {@code index.html} and a page a report, {@code csv/}, {@code parquet/}, {@code json/},
 * {@code report.json}, and {@code history/} for the next run.
 *
 * @param baseline run to compare with; null = the one before in the same folder
 */
public record Site(
        RunInfo run, List<Section> sections, @Nullable EarlierRun baseline) {

    public Site {
        sections = List.copyOf(sections);
    }

    /** Writes the folder; files of an earlier run are replaced. Returns what to open first. */
    public Path write(Path folder) throws IOException {
        Files.createDirectories(folder);
        ValueFormat format = new ValueFormat(run.scope().currency());
        EarlierRun earlier = baseline == null ? EarlierRun.before(run, folder) : baseline;
        JsonRenderer json = new JsonRenderer(format, run);
        ObjectNode summary = json.summary(sections);
        Path first = folder;
        if (run.formats().contains(OutputFormat.CSV)) {
            new CsvRenderer(format, run.scope().currency()).write(sections, folder.resolve("csv"));
        }
        if (run.formats().contains(OutputFormat.PARQUET)) {
            new ParquetRenderer(format, run.scope().currency()).write(sections, folder.resolve("parquet"));
        }
        if (run.formats().contains(OutputFormat.JSON)) {
            json.write(summary, folder.resolve("report.json"));
            json.writeReports(sections, folder.resolve("json"));
        }
        if (run.formats().contains(OutputFormat.HTML)) {
            first = new PageRenderer(format, run, new Comparison(format, run, earlier)).write(sections, folder);
        }
        Path kept = EarlierRun.place(run, folder);
        Files.createDirectories(folder.resolve("history"));
        json.write(summary, kept);
        return first;
    }
}
