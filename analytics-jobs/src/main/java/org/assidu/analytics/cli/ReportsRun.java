package org.assidu.analytics.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.apache.spark.sql.SparkSession;
import org.assidu.analytics.features.Features;
import org.assidu.analytics.features.Selection;
import org.assidu.analytics.ingest.ExportException;
import org.assidu.analytics.ingest.ExportFolder;
import org.assidu.analytics.ingest.ExportTable;
import org.assidu.analytics.render.EarlierRun;
import org.assidu.analytics.render.Language;
import org.assidu.analytics.render.OutputFormat;
import org.assidu.analytics.render.RunInfo;
import org.assidu.analytics.render.Site;
import org.assidu.analytics.report.PersonaRun;
import org.assidu.analytics.report.Report;
import org.assidu.analytics.report.Section;
import org.assidu.analytics.report.Settings;
import org.jspecify.annotations.Nullable;

/**
 * One run: export to features, features to sections, sections to files. Reports run side by side, since each spends part
 * of its time planning or fitting on one core; what they find does not depend on the order.
 */
record ReportsRun(
        String exports,
        Path out,
        List<Report> reports,
        Selection selection,
        Settings settings,
        Set<OutputFormat> formats,
        Language language,
        @Nullable EarlierRun baseline,
        @Nullable String work,
        @Nullable String master,
        Progress progress) {

    /** In the output folder: the personas that the next run into it goes on from. */
    static final String PERSONAS = "personas.json";

    private static final int AT_ONCE = 3;
    /** On little data more of a report is planning, which waits for one core and needs no memory. */
    private static final int AT_ONCE_SMALL = 4;

    /** Returns what to open first. */
    Path write() throws IOException {
        progress.stage("starting Spark");
        try (SparkSession spark = SparkSessions.open(master)) {
            progress.stage("reading " + exports);
            ExportFolder folder = ExportFolder.open(spark, exports);
            boolean small = SparkSessions.fit(spark, folder.bytes(ExportTable.SALE_LINES));
            try (Features features = Features.of(folder, selection, work, progress)) {
                progress.stage("members' histories");
                List<Section> sections = sections(features.prepared(), small ? AT_ONCE_SMALL : AT_ONCE);
                progress.stage("writing " + out);
                PersonaRun personas = features.known(PersonaRun.class);
                if (personas != null) {
                    Files.createDirectories(out);
                    Files.writeString(out.resolve(PERSONAS), personas.text());
                }
                Path page = new Site(new RunInfo(features.scope(), selection, language, formats), sections, baseline)
                        .write(out);
                progress.done();
                return page;
            }
        }
    }

    private List<Section> sections(Features features, int atOnce) {
        ExecutorService pool = Executors.newFixedThreadPool(atOnce, task -> {
            Thread thread = new Thread(task, "report");
            thread.setDaemon(true);
            return thread;
        });
        try {
            List<Future<Section>> running = new ArrayList<>();
            for (Report report : reports) {
                running.add(pool.submit(() -> {
                    progress.stage("report " + report.key());
                    return report.run(features, settings);
                }));
            }
            List<Section> sections = new ArrayList<>();
            for (Future<Section> section : running) {
                sections.add(section.get());
            }
            return sections;
        } catch (ExecutionException e) {
            if (e.getCause() instanceof RuntimeException cause) {
                throw cause;
            }
            if (e.getCause() instanceof Error cause) {
                throw cause;
            }
            throw new IllegalStateException(e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new ExportException("the run was interrupted; nothing was written: run it again", e);
        } finally {
            pool.shutdownNow();
        }
    }
}
