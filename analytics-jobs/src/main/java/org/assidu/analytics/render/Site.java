package org.assidu.analytics.render;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.assidu.analytics.features.Scope;
import org.assidu.analytics.report.Section;

/**
 * The folder a reader opens: {@code index.html}, {@code report.json} and {@code csv/}.
 *
 * @param language the one shown first; the page holds both
 */
public record Site(Scope scope, List<Section> sections, Language language) {

    public Site {
        sections = List.copyOf(sections);
    }

    /** Writes the folder; files of an earlier run are replaced. Returns the page. */
    public Path write(Path folder) throws IOException {
        Files.createDirectories(folder);
        ValueFormat format = new ValueFormat(scope.currency());
        new CsvRenderer(format, scope.currency()).write(sections, folder.resolve("csv"));
        new JsonRenderer(format, scope).write(sections, folder.resolve("report.json"));
        Path page = folder.resolve("index.html");
        new PageRenderer(format, scope, language).write(sections, page);
        return page;
    }
}
