package org.assidu.accrual.cli;

import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The command line of a process that makes one snapshot, at the lowest priority, with the heap that this process has. */
final class SnapshotProcess {
    private static final Path NICE = Path.of("/usr/bin/nice");
    private static final List<String> INHERITED = List.of("-Xmx", "-XX:MaxRAM", "--add-", "-Dlogback");

    /** A disk shared with the journal has room for its forces beside that. */
    private static final String MEBIBYTES_PER_SECOND = "32";

    private SnapshotProcess() {}

    static List<String> command(Path data) {
        List<String> command = new ArrayList<>();
        if (Files.isExecutable(NICE)) {
            command.addAll(List.of(NICE.toString(), "-n", "19"));
        }
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        for (String option : ManagementFactory.getRuntimeMXBean().getInputArguments()) {
            if (INHERITED.stream().anyMatch(option::startsWith)) {
                command.add(option);
            }
        }
        // One thread collects: the others belong to the server.
        command.addAll(List.of("-XX:+UseSerialGC", "-cp", System.getProperty("java.class.path")));
        command.addAll(List.of(
                Assidu.class.getName(),
                "snapshot",
                "--data",
                data.toAbsolutePath().toString(),
                "--mib-per-second",
                MEBIBYTES_PER_SECOND));
        return command;
    }
}
