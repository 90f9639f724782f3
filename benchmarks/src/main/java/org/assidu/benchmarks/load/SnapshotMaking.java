package org.assidu.benchmarks.load;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.io.PrintWriter;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.assidu.accrual.cli.SnapshotProcess;
import org.jspecify.annotations.Nullable;

/** A snapshot process as the server starts it, kept busy for as long as is wanted; what it says is in {@code DIR/snapshots.log}. */
final class SnapshotMaking implements AutoCloseable {
    private final PrintWriter log;
    private final List<String> command;
    private final Thread listener = new Thread(this::listen, "snapshots");
    private @Nullable Process process;
    private boolean wanted;
    private boolean underWay;
    private boolean ended;
    private int made;

    SnapshotMaking(Path data, String heap, int mebibytesPerSecond) throws IOException {
        List<String> options = new ArrayList<>(List.of("-Xmx" + heap));
        ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
                .filter(argument -> argument.startsWith("--add-"))
                .forEach(options::add);
        command = SnapshotProcess.command(data, options, mebibytesPerSecond);
        log = new PrintWriter(Files.newBufferedWriter(data.resolve("snapshots.log")), true);
    }

    /** Starts it; it loads the newest snapshot. */
    synchronized void start() throws IOException {
        process = new ProcessBuilder(command).redirectErrorStream(true).start();
        listener.start();
    }

    private Process process() {
        Process started = process;
        if (started == null) {
            throw new IllegalStateException("the snapshot process was not started");
        }
        return started;
    }

    private synchronized void ask() throws IOException {
        underWay = true;
        OutputStream requests = process().getOutputStream();
        requests.write('\n');
        requests.flush();
    }

    private void listen() {
        try (BufferedReader said =
                new BufferedReader(new InputStreamReader(process().getInputStream(), StandardCharsets.UTF_8))) {
            for (String line = said.readLine(); line != null; line = said.readLine()) {
                log.println(line);
                boolean none = line.startsWith("nothing came");
                if (none || line.contains(".snapshot  position ")) {
                    done(none ? 0 : 1);
                }
            }
        } catch (IOException e) {
            log.println(e);
        } finally {
            over();
        }
    }

    private synchronized void done(int snapshots) throws IOException {
        made += snapshots;
        underWay = false;
        notifyAll();
        if (wanted) {
            ask();
        }
    }

    private synchronized void over() {
        ended = true;
        notifyAll();
    }

    /** From now on one snapshot after the other. */
    synchronized void begin() throws IOException {
        made = 0;
        wanted = true;
        ask();
    }

    /** @return snapshots made since it began; the one under way is finished, but not counted */
    synchronized int end() {
        wanted = false;
        return made;
    }

    synchronized void awaitIdle() throws InterruptedException {
        while (underWay) {
            if (ended) {
                throw new IllegalStateException(
                        "the snapshot process has ended; see snapshots.log in the data directory");
            }
            wait();
        }
    }

    void suspend() throws IOException, InterruptedException {
        signal("STOP");
    }

    void resume() throws IOException, InterruptedException {
        signal("CONT");
    }

    private void signal(String name) throws IOException, InterruptedException {
        int code = new ProcessBuilder(
                        "kill", "-" + name, Long.toString(process().pid()))
                .inheritIO()
                .start()
                .waitFor();
        if (code != 0) {
            throw new IOException("kill -" + name + " ended with code " + code);
        }
    }

    @Override
    public void close() throws InterruptedException {
        Process started = process;
        if (started != null) {
            started.destroyForcibly().waitFor();
            listener.join();
        }
        log.close();
    }
}
