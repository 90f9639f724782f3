package org.assidu.accrual.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the system was asked for, call by call: before each answer, the file of its batches was forced, the rolled one first. */
public abstract class JournalTraceContractTest {
    private static final Pattern FORCE = Pattern.compile("(?:fdatasync|fsync)\\(\\d+<([^>]*)>");
    private static final Pattern ANSWER = Pattern.compile("write\\(1<[^>]*>, \"answer (\\d+)");

    @TempDir
    Path temporary;

    private final TestedJournal tested;

    protected JournalTraceContractTest(TestedJournal tested) {
        this.tested = tested;
    }

    @Test
    void everyAnswerFollowsAForceOfItsBatches() throws IOException, InterruptedException {
        boolean allowed =
                run(List.of("strace", "-f", "-o", temporary.resolve("try").toString(), "true")) == 0;
        if (!allowed) {
            System.out.println("trace test: strace is missing or forbidden here, skipped");
        }
        assumeTrue(allowed, "strace is missing or forbidden here");
        Path trace = temporary.resolve("trace");
        Path journal = temporary.resolve("journal");
        assertThat(run(traced(trace, journal))).isZero();

        String suffix = tested.framing().fileSuffix();
        List<String> files = new ArrayList<>();
        List<String> forced = new ArrayList<>();
        int answers = 0;
        int rolls = 0;
        for (String line : Files.readAllLines(trace, StandardCharsets.UTF_8)) {
            assertThat(line).doesNotContain("= -1");
            Matcher force = FORCE.matcher(line);
            Matcher answer = ANSWER.matcher(line);
            if (force.find() && force.group(1).endsWith(suffix)) {
                forced.add(force.group(1));
                if (!files.contains(force.group(1))) {
                    files.add(force.group(1));
                }
            } else if (answer.find()) {
                answers++;
                String newest = files.get(files.size() - 1);
                assertThat(forced)
                        .as("forces before answer %s", answer.group(1))
                        .endsWith(newest);
                rolls += forced.stream().distinct().count() > 1 ? 1 : 0;
                forced.clear();
            }
        }
        assertThat(answers).isEqualTo(TracedWriter.BARRIERS);
        assertThat(rolls).as("barriers that forced a file and the one after it").isPositive();
        assertThat(files)
                .as("files forced are the files there are")
                .hasSameSizeAs(JournalImages.documentFiles(journal, tested.framing()));
        assertThat(files).isSorted();
        assertThat(JournalDirectory.generations(journal)).hasSize(2);
    }

    private List<String> traced(Path trace, Path journal) {
        List<String> command = new ArrayList<>(
                List.of("strace", "-f", "-y", "-e", "trace=fsync,fdatasync,write", "-o", trace.toString()));
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        for (String argument : ManagementFactory.getRuntimeMXBean().getInputArguments()) {
            if (argument.startsWith("--add-") || argument.startsWith("-Dchronicle")) {
                command.add(argument);
            }
        }
        command.addAll(List.of(
                "-cp",
                System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
                TracedWriter.class.getName(),
                tested.getClass().getName(),
                journal.toString()));
        return command;
    }

    private static int run(List<String> command) throws IOException, InterruptedException {
        try {
            Process process =
                    new ProcessBuilder(command).redirectErrorStream(true).start();
            String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            int code = process.waitFor();
            if (code != 0) {
                System.out.println(out);
            }
            return code;
        } catch (IOException noSuchProgram) {
            return -1;
        }
    }
}
