package org.assidu.benchmarks.recovery;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.assidu.benchmarks.load.Machine;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code bench recovery}. */
@Command(
        name = "recovery",
        mixinStandardHelpOptions = true,
        description = {
            "Fills a data directory with a year of a chain (12-month lots, 3 levels) through engine and journal, and measures",
            "memory per member, replay, writing and loading a snapshot, and opening the journal: each in processes of their"
                    + " own, medians of the rounds."
        })
public final class RecoveryCommand implements Callable<Integer> {
    @Option(names = "--members", defaultValue = "5000000", description = "Members (default: ${DEFAULT-VALUE}).")
    private long members;

    @Option(
            names = "--receipts",
            defaultValue = "4",
            description = "Receipts of five lines per member, over the year (default: ${DEFAULT-VALUE}).")
    private int receipts;

    @Option(
            names = "--rounds",
            defaultValue = "3",
            description = "Rounds of replay and load (default: ${DEFAULT-VALUE}).")
    private int rounds;

    @Option(names = "--heap", defaultValue = "6g", description = "Heap of each process (default: ${DEFAULT-VALUE}).")
    private String heap = "";

    @Option(
            names = "--dir",
            paramLabel = "DIR",
            description = "Data directory to fill, or filled before; it stays (default: a temporary one, deleted).")
    private @Nullable Path dir;

    private final Map<String, List<Double>> figures = new LinkedHashMap<>();
    private final Map<String, String> units = new LinkedHashMap<>();

    @Override
    public Integer call() throws IOException, InterruptedException {
        Path folder = dir == null ? Files.createTempDirectory("assidu-recovery-") : dir;
        System.out.println(Machine.describe());
        try {
            if (!Files.isDirectory(folder.resolve("journal"))) {
                phase(folder, "build");
            }
            for (int round = 0; round < rounds; round++) {
                phase(folder, "replay");
                phase(folder, "load");
                phase(folder, "open");
            }
        } finally {
            if (dir == null) {
                delete(folder);
            }
        }
        System.out.printf("%n%,d members, %d receipts each, medians of %d rounds%n", members, receipts, rounds);
        figures.forEach((figure, values) -> {
            Collections.sort(values);
            System.out.printf(
                    Locale.ROOT, "%-42s %,15.2f %s%n", figure, values.get(values.size() / 2), units.get(figure));
        });
        return 0;
    }

    private void phase(Path folder, String phase) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        for (String argument : ManagementFactory.getRuntimeMXBean().getInputArguments()) {
            if (!argument.startsWith("-Xm")) {
                command.add(argument);
            }
        }
        command.addAll(List.of("-Xms" + heap, "-Xmx" + heap, "-cp", System.getProperty("java.class.path")));
        command.addAll(List.of(RecoveryPhases.class.getName(), folder.toString(), phase));
        command.addAll(List.of(Long.toString(members), Integer.toString(receipts)));
        Process process = new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        try (BufferedReader said =
                new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
            for (String line = said.readLine(); line != null; line = said.readLine()) {
                System.out.println(phase + ": " + line);
                String[] parts = line.split("\t", -1);
                if (parts.length == 3) {
                    figures.computeIfAbsent(parts[0], any -> new ArrayList<>()).add(Double.parseDouble(parts[1]));
                    units.put(parts[0], parts[2]);
                }
            }
        }
        if (process.waitFor() != 0) {
            throw new IOException("phase " + phase + " ended with code " + process.exitValue());
        }
    }

    private static void delete(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }
}
