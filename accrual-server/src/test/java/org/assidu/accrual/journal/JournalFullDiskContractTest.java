package org.assidu.accrual.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A real disk that is really full: a small tmpfs in a mount namespace of its own, where the system allows that. */
public abstract class JournalFullDiskContractTest {
    private static final String DISK_MEGABYTES = "24";

    @TempDir
    Path disk;

    private final TestedJournal tested;

    protected JournalFullDiskContractTest(TestedJournal tested) {
        this.tested = tested;
    }

    @ParameterizedTest
    @ValueSource(strings = {"floor", "no-floor"})
    void nothingToldIsLostWhenTheDiskIsFull(String floor) throws IOException, InterruptedException {
        boolean allowed = run(List.of("true")).code() == 0;
        if (!allowed) {
            System.out.println("full disk test: mounting a tmpfs (unshare -rm) is forbidden here, skipped");
        }
        assumeTrue(allowed, "mounting a tmpfs in a namespace is forbidden here");
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        for (String argument : ManagementFactory.getRuntimeMXBean().getInputArguments()) {
            if (argument.startsWith("--add-") || argument.startsWith("-Dchronicle")) {
                command.add(argument);
            }
        }
        command.addAll(List.of(
                "-cp",
                System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
                FullDiskWriter.class.getName(),
                tested.getClass().getName(),
                disk.toString(),
                floor));
        Result result = run(command);
        System.out.println(result.out());
        assertThat(result.code()).as(result.out()).isZero();
        assertThat(result.out())
                .containsPattern("told [1-9][0-9]+, recovered [1-9]")
                .contains(floor.equals("floor") ? "refused at" : "failed at");
    }

    private record Result(int code, String out) {}

    /** Runs a command in a namespace in which the folder is a small disk. */
    private Result run(List<String> command) throws IOException, InterruptedException {
        List<String> inNamespace = new ArrayList<>(List.of(
                "unshare",
                "-rm",
                "sh",
                "-c",
                "mount -t tmpfs -o size=" + DISK_MEGABYTES + "m tmpfs \"$0\" && exec \"$@\"",
                disk.toString()));
        inNamespace.addAll(command);
        Process process;
        try {
            process = new ProcessBuilder(inNamespace).redirectErrorStream(true).start();
        } catch (IOException noSuchProgram) {
            return new Result(-1, String.valueOf(noSuchProgram.getMessage()));
        }
        String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        return new Result(process.waitFor(), out);
    }
}
