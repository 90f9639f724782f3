package org.assidu.accrual.cli;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * The command line of a process that makes a snapshot for each line on its standard input, with what the server leaves: processors
 * and disk that nothing else asks for, as far as this machine has the commands for it. It ends with its input, and so with the
 * server.
 */
public final class SnapshotProcess {
    /** A disk shared with the journal has room for its forces beside that, MiB/s. */
    public static final int SPARING_RATE = 32;

    /** Idle classes of processor and disk; where they are not known, the lowest priority. */
    private static final List<List<String>> SPARING = List.of(
            List.of("/usr/bin/chrt", "--idle", "0"),
            List.of("/usr/bin/ionice", "-c", "3"),
            List.of("/usr/bin/nice", "-n", "19"));

    private static final List<String> INHERITED = List.of("-Xmx", "-XX:MaxRAM", "--add-", "-Dlogback");

    private SnapshotProcess() {}

    /** With the heap that this process has. */
    static List<String> command(Path data) {
        return command(
                data,
                ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
                        .filter(option -> INHERITED.stream().anyMatch(option::startsWith))
                        .toList(),
                SPARING_RATE);
    }

    /**
     * @param options of the Java machine
     * @param mebibytesPerSecond see {@code assidu snapshot --mib-per-second}
     */
    public static List<String> command(Path data, List<String> options, int mebibytesPerSecond) {
        List<String> command = new ArrayList<>();
        for (List<String> sparing : SPARING) {
            if (isAllowed(sparing)) {
                command.addAll(sparing);
            }
        }
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(options);
        // One thread collects: the others belong to the server. What replay throws away takes the same few pages again,
        // where by default a third of the heap would be touched for it; and none is given back to be new once more.
        command.addAll(List.of("-XX:+UseSerialGC", "-XX:MaxNewSize=64m", "-XX:MaxHeapFreeRatio=100"));
        command.addAll(List.of("-cp", System.getProperty("java.class.path")));
        command.addAll(List.of(
                Assidu.class.getName(),
                "snapshot",
                "--data",
                data.toAbsolutePath().toString()));
        command.addAll(List.of("--mib-per-second", Integer.toString(mebibytesPerSecond), "--stay"));
        return command;
    }

    /** A container may have the command and not let it do its work; then it would start nothing. */
    static boolean isAllowed(List<String> sparing) {
        if (!Files.isExecutable(Path.of(sparing.get(0)))) {
            return false;
        }
        List<String> trial = new ArrayList<>(sparing);
        trial.add("true");
        try {
            return new ProcessBuilder(trial)
                            .redirectErrorStream(true)
                            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                            .start()
                            .waitFor()
                    == 0;
        } catch (IOException notThere) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
