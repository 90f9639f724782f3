package org.assidu.analytics.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.assidu.analytics.features.Selection;
import org.assidu.analytics.fixture.ExportFixture;
import org.assidu.analytics.fixture.SmallChain;
import org.assidu.analytics.render.Language;
import org.assidu.analytics.render.OutputFormat;
import org.assidu.analytics.report.Reports;
import org.assidu.analytics.report.Settings;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A run that reads only what is new writes the same bytes as one that reads everything. */
final class IncrementalRunTest {

    private static final long[] FIRST = {700, 1500};
    private static final long[] THEN = {700, 1500, 1900, 2400};

    @TempDir
    Path folder;

    private final ByteArrayOutputStream told = new ByteArrayOutputStream();

    @Test
    void newSegmentsAloneAreReadAndEveryFileIsTheSameToTheByte() throws Exception {
        Path export = folder.resolve("export");
        Path kept = folder.resolve("kept");
        try (ExportFixture chain = SmallChain.make(folder.resolve("unused"))) {
            chain.writeUpTo(export, SmallChain.ZONE, FIRST);
            run(export, kept, kept.resolve("work").toUri().toString());
            chain.writeUpTo(export, SmallChain.ZONE, THEN);
        }
        Path whole = folder.resolve("whole");
        run(export, whole, null);
        List<Path> first = files(export.resolve("sale_lines"), "000000000001-000000000700.parquet");
        Path spoiled = first.get(first.size() / 2);
        byte[] before = spoil(spoiled);
        told.reset();
        run(export, kept, kept.resolve("work").toUri().toString());
        assertThat(told.toString(StandardCharsets.UTF_8))
                .containsPattern("sale lines: \\d+ files to read, \\d+ added up before");
        sameFiles(kept, whole);
        assertThat(bytes(kept.resolve("csv"))).hasSizeGreaterThan(50);
        told.reset();
        run(export, kept, kept.resolve("work").toUri().toString());
        assertThat(told.toString(StandardCharsets.UTF_8)).contains("sale lines: 0 files to read");
        sameFiles(kept, whole);
        assertThat(Files.readString(kept.resolve("index.html")))
                .as("what changed is still told against the run before the last segments")
                .contains("The figures that moved most");

        Files.write(spoiled, before);
        told.reset();
        run(export, kept, kept.resolve("work").toUri().toString());
        assertThat(told.toString(StandardCharsets.UTF_8))
                .as("a file that was written again is read again")
                .doesNotContain("sale lines: 0 files to read");
        sameFiles(kept, whole);
    }

    private static void sameFiles(Path kept, Path whole) throws IOException {
        Map<String, String> actual = bytes(kept.resolve("csv"));
        Map<String, String> expected = bytes(whole.resolve("csv"));
        assertThat(actual.keySet()).isEqualTo(expected.keySet());
        for (Map.Entry<String, String> file : expected.entrySet()) {
            assertThat(actual.get(file.getKey())).as(file.getKey()).isEqualTo(file.getValue());
        }
    }

    private void run(Path export, Path out, @Nullable String work) throws IOException {
        new ReportsRun(
                        export.toString(),
                        out,
                        Reports.ALL,
                        Selection.ALL,
                        Settings.DEFAULT,
                        java.util.EnumSet.allOf(OutputFormat.class),
                        Language.EN,
                        null,
                        work,
                        "local[2]",
                        new Progress(new PrintStream(told, true, StandardCharsets.UTF_8)))
                .write();
    }

    /** Zeroes the pages and leaves length, footer and time: whoever reads the rows fails. Returns what it held. */
    private static byte[] spoil(Path file) throws IOException {
        FileTime time = Files.getLastModifiedTime(file);
        byte[] content = Files.readAllBytes(file);
        byte[] zeroed = content.clone();
        java.util.Arrays.fill(zeroed, 4, content.length / 3, (byte) 0);
        Files.write(file, zeroed);
        Files.setLastModifiedTime(file, time);
        return content;
    }

    private static List<Path> files(Path folder, String name) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(file -> file.getFileName().toString().equals(name))
                    .sorted()
                    .toList();
        }
    }

    private static Map<String, String> bytes(Path folder) throws IOException {
        Map<String, String> bytes = new TreeMap<>();
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file : files.toList()) {
                bytes.put(
                        file.getFileName().toString(),
                        new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1));
            }
        }
        return bytes;
    }
}
