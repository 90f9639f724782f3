package org.assidu.benchmarks.reports;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * One run of {@code assidu-reports} in a process of its own, by the seconds its stages began at.
 *
 * @param startUpSeconds until Spark runs
 * @param sumsSeconds from reading the export until every report can begin
 * @param reportsSeconds of all reports, side by side
 * @param writingSeconds of pages and files
 * @param totalSeconds of the process, start and end of the Java machine included
 * @param processorSeconds of all its threads: what a busy machine changes least
 */
record ReportRun(
        double startUpSeconds,
        double sumsSeconds,
        double reportsSeconds,
        double writingSeconds,
        double totalSeconds,
        double processorSeconds) {

    private static final Pattern STAGE = Pattern.compile("\\s*(\\d+\\.\\d) s  (.*)");
    private static final Pattern PROCESSOR = Pattern.compile("done, (\\d+\\.\\d) s of processor time");

    static ReportRun of(Path launcher, Path export, Path out, String heap, List<String> options)
            throws IOException, InterruptedException {
        List<String> command =
                new ArrayList<>(List.of(launcher.toString(), "--exports", export.toString(), "--out", out.toString()));
        command.addAll(options);
        ProcessBuilder builder = new ProcessBuilder(command).redirectOutput(ProcessBuilder.Redirect.DISCARD);
        builder.environment().put("JAVA_OPTS", "-Xmx" + heap);
        long begun = System.nanoTime();
        Process process = builder.start();
        double reading = 0;
        double reports = 0;
        double writing = 0;
        double done = 0;
        double processorSeconds = Double.NaN;
        List<String> said = new ArrayList<>();
        try (BufferedReader lines =
                new BufferedReader(new InputStreamReader(process.getErrorStream(), StandardCharsets.UTF_8))) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                said.add(line);
                Matcher stage = STAGE.matcher(line);
                if (!stage.matches()) {
                    continue;
                }
                double at = Double.parseDouble(stage.group(1));
                String name = stage.group(2);
                if (name.startsWith("reading")) {
                    reading = at;
                } else if (name.startsWith("report ") && reports == 0) {
                    reports = at;
                } else if (name.startsWith("writing")) {
                    writing = at;
                } else if (name.startsWith("done")) {
                    done = at;
                    Matcher processor = PROCESSOR.matcher(name);
                    processorSeconds = processor.matches() ? Double.parseDouble(processor.group(1)) : Double.NaN;
                }
            }
        }
        int code = process.waitFor();
        if (code != 0) {
            throw new IOException(command + " ended with " + code + ":\n" + String.join("\n", said));
        }
        return new ReportRun(
                reading,
                reports - reading,
                writing - reports,
                done - writing,
                (System.nanoTime() - begun) / 1e9,
                processorSeconds);
    }
}
