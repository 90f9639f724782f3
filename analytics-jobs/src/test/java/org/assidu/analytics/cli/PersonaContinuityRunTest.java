package org.assidu.analytics.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.assidu.analytics.fixture.ExportFixture;
import org.assidu.analytics.fixture.SmallChain;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** Personas from run to run: assigned by the saved ones until told to find them anew. */
final class PersonaContinuityRunTest {

    @TempDir
    private Path folder;

    private final StringWriter errors = new StringWriter();

    @Test
    void aLaterRunAssignsByTheSavedPersonasAndARefitSaysWhoMoved() throws Exception {
        Path export = folder.resolve("export");
        try (ExportFixture chain = SmallChain.make(folder.resolve("unused"))) {
            chain.writeUpTo(export, SmallChain.ZONE, 1500);
            run(export, "out");
            String saved = Files.readString(folder.resolve("out/personas.json"));
            Map<String, String> first = csv("out");
            assertThat(first).containsKeys("personas-persona-rules.csv", "personas-persona-moves.csv");
            assertThat(first).doesNotContainKeys("personas-persona-drift.csv", "personas-persona-refit.csv");

            run(export, "out");
            assertThat(csv("out")).as("a repetition writes the same bytes").isEqualTo(first);

            chain.writeUpTo(export, SmallChain.ZONE, 1500, 2400);
            run(export, "out");
            assertThat(Files.readString(folder.resolve("out/personas.json"))).isEqualTo(saved);
            assertThat(csv("out")).containsKey("personas-persona-drift.csv");
            assertThat(names("out")).isEqualTo(names(first));

            run(export, "out", "--refit-personas");
            assertThat(csv("out")).containsKey("personas-persona-refit.csv");
            assertThat(Files.readString(folder.resolve("out/personas.json"))).isNotEqualTo(saved);
        }
    }

    @Test
    void aDamagedFileOfPersonasIsRefusedByName() throws Exception {
        Path damaged = Files.writeString(folder.resolve("p.json"), "{}");
        assertThat(code("--exports", "x", "--out", folder.resolve("o").toString(), "--personas", damaged.toString()))
                .isEqualTo(2);
        assertThat(errors.toString()).contains("p.json", "no saved personas", "find personas anew");
    }

    @Test
    void anEarlierListWithoutMemberKeysIsRefusedByName() throws Exception {
        Path list = Files.writeString(folder.resolve("list.csv"), "key\n1\n");
        assertThat(code("--exports", "x", "--out", folder.resolve("o").toString(), "--exclude", list.toString()))
                .isEqualTo(2);
        assertThat(errors.toString()).contains("list.csv", "no column member_key");
    }

    private int code(String... arguments) {
        CommandLine command = ReportsCommand.commandLine();
        command.setErr(new PrintWriter(errors, true));
        return ReportsCommand.execute(command, arguments);
    }

    private void run(Path export, String out, String... more) {
        List<String> arguments = Stream.concat(
                        Stream.of(
                                "--exports",
                                export.toString(),
                                "--out",
                                folder.resolve(out).toString(),
                                "--report",
                                "personas",
                                "--format",
                                "csv",
                                "--master",
                                "local[2]"),
                        Stream.of(more))
                .toList();
        assertThat(code(arguments.toArray(String[]::new))).as(errors.toString()).isZero();
    }

    private Map<String, String> csv(String out) throws IOException {
        Map<String, String> files = new TreeMap<>();
        try (Stream<Path> found = Files.list(folder.resolve(out).resolve("csv"))) {
            for (Path file : found.toList()) {
                files.put(file.getFileName().toString(), Files.readString(file));
            }
        }
        return files;
    }

    private List<String> names(String out) throws IOException {
        return names(csv(out));
    }

    private static List<String> names(Map<String, String> csv) {
        return csv.getOrDefault("personas-personas.csv", "")
                .lines()
                .map(line -> line.substring(0, line.indexOf(',')))
                .collect(Collectors.toList());
    }
}
