package org.assidu.benchmarks.load;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.grpc.ManagedChannel;
import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.assidu.proto.v1.ProgrammeDocument;
import org.assidu.proto.v1.ProgrammeServiceGrpc;
import org.assidu.proto.v1.PublishProgrammeRequest;
import org.assidu.proto.v1.PublishProgrammeResponse;
import org.jspecify.annotations.Nullable;

/** Starts the servers under test, each in a process of its own with the same JVM settings. */
final class Targets {
    private static final long READY_WITHIN_NANOS = TimeUnit.SECONDS.toNanos(60);

    /** What the names of targets of another build end with. */
    static final String AGAINST = "-against";

    private final Path folder;
    private final String programme;
    private final @Nullable Path against;
    private final List<String> options;

    /**
     * @param against folder of another build; null when there is none to compare with
     * @param options more of {@code assidu serve}
     */
    Targets(Path folder, String programmeResource, @Nullable Path against, List<String> options) {
        this.against = against;
        this.options = List.copyOf(options);
        this.folder = folder;
        this.programme = resource(programmeResource);
    }

    Target start(String name) throws IOException {
        return switch (name) {
            case "noop" -> noop();
            case "fast", "durable", "fast" + AGAINST, "durable" + AGAINST -> assidu(name);
            default ->
                throw new IllegalArgumentException("target '" + name
                        + "' is unknown; there are noop, fast, durable, and the last two with " + AGAINST);
        };
    }

    private Target noop() throws IOException {
        Process process = new ProcessBuilder(java(NoopServer.class.getName(), null))
                .redirectError(log("noop"))
                .start();
        BufferedReader out =
                new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
        String line = out.readLine();
        while (line != null && !line.startsWith(NoopServer.PORT)) {
            line = out.readLine();
        }
        if (line == null) {
            throw new IOException("the noop server did not start; see " + log("noop"));
        }
        return new Target("noop", process, Target.channel(Integer.parseInt(line.substring(NoopServer.PORT.length()))));
    }

    private Target assidu(String name) throws IOException {
        String durability = name.endsWith(AGAINST) ? name.substring(0, name.length() - AGAINST.length()) : name;
        Path data = folder.resolve(name);
        List<String> command =
                new ArrayList<>(java("org.assidu.accrual.cli.Assidu", name.endsWith(AGAINST) ? against : null));
        command.addAll(List.of("serve", "--data", data.toString(), "--port", "0", "--durability", durability));
        command.addAll(options);
        Process process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(log(name))
                .start();
        Target target = new Target(name, process, Target.channel(port(process, data, name)));
        publish(target.channel());
        return target;
    }

    /** A durable server over a data directory that has a programme, without snapshots of its own; its log lies beside its data. */
    static Target serve(Path data, String heap) throws IOException {
        List<String> command = new ArrayList<>(java("org.assidu.accrual.cli.Assidu", null));
        command.replaceAll(argument -> argument.matches("-Xm[sx]2g") ? argument.substring(0, 4) + heap : argument);
        command.addAll(List.of("serve", "--data", data.toString(), "--port", "0", "--snapshot-hours", "0"));
        File log = data.resolve("server.log").toFile();
        Files.deleteIfExists(data.resolve("server.json"));
        Process process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(log)
                .start();
        return new Target("durable", process, Target.channel(port(process, data, "durable", log, 20)));
    }

    private int port(Process process, Path data, String name) throws IOException {
        return port(process, data, name, log(name), 1);
    }

    private static int port(Process process, Path data, String name, File log, int patience) throws IOException {
        Path file = data.resolve("server.json");
        long deadline = System.nanoTime() + patience * READY_WITHIN_NANOS;
        while (!Files.exists(file)) {
            if (!process.isAlive() || System.nanoTime() > deadline) {
                throw new IOException("the " + name + " server did not start; see " + log);
            }
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(20));
        }
        return new ObjectMapper().readTree(file.toFile()).get("port").asInt();
    }

    private void publish(ManagedChannel channel) {
        PublishProgrammeResponse answer = ProgrammeServiceGrpc.newBlockingStub(channel)
                .publishProgramme(PublishProgrammeRequest.newBuilder()
                        .setDocument(ProgrammeDocument.newBuilder().setText(programme))
                        .build());
        if (answer.getProblemsCount() > 0) {
            throw new IllegalStateException("the benchmark's programme has problems: " + answer.getProblemsList());
        }
    }

    /** The JVM's command with this process's options and class path. */
    private static List<String> java(String main, @Nullable Path build) {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        for (String argument :
                java.lang.management.ManagementFactory.getRuntimeMXBean().getInputArguments()) {
            if (!argument.startsWith("-Xm")) {
                command.add(argument);
            }
        }
        String classes = System.getProperty("java.class.path");
        if (build != null) {
            classes =
                    build.resolve("benchmarks.jar") + File.pathSeparator + build.resolve("lib") + File.separator + "*";
        }
        // Touched at the start: on a virtual machine the first touch of a page may wait for the host, inside a
        // collection.
        command.addAll(List.of("-Xms2g", "-Xmx2g", "-XX:+AlwaysPreTouch", "-cp", classes, main));
        return command;
    }

    private File log(String name) {
        return folder.resolve(name + ".log").toFile();
    }

    private static String resource(String name) {
        try (InputStream in = Targets.class.getResourceAsStream("/" + name)) {
            if (in == null) {
                throw new IllegalArgumentException("no resource " + name);
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }
}
