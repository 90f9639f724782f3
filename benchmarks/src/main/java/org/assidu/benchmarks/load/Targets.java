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

/** Starts the servers under test, each in a process of its own with the same JVM settings. */
final class Targets {
    private static final long READY_WITHIN_NANOS = TimeUnit.SECONDS.toNanos(60);

    private final Path folder;
    private final String programme;

    Targets(Path folder, String programmeResource) {
        this.folder = folder;
        this.programme = resource(programmeResource);
    }

    Target start(String name) throws IOException {
        return switch (name) {
            case "noop" -> noop();
            case "fast", "durable" -> assidu(name);
            default ->
                throw new IllegalArgumentException("target '" + name + "' is unknown; there are noop, fast, durable");
        };
    }

    private Target noop() throws IOException {
        Process process = new ProcessBuilder(java(NoopServer.class.getName()))
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

    private Target assidu(String durability) throws IOException {
        Path data = folder.resolve(durability);
        List<String> command = new ArrayList<>(java("org.assidu.accrual.cli.Assidu"));
        command.addAll(List.of("serve", "--data", data.toString(), "--port", "0", "--durability", durability));
        Process process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(log(durability))
                .start();
        Target target = new Target(durability, process, Target.channel(port(process, data, durability)));
        publish(target.channel());
        return target;
    }

    private int port(Process process, Path data, String name) throws IOException {
        Path file = data.resolve("server.json");
        long deadline = System.nanoTime() + READY_WITHIN_NANOS;
        while (!Files.exists(file)) {
            if (!process.isAlive() || System.nanoTime() > deadline) {
                throw new IOException("the " + name + " server did not start; see " + log(name));
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
    private static List<String> java(String main) {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        for (String argument :
                java.lang.management.ManagementFactory.getRuntimeMXBean().getInputArguments()) {
            if (!argument.startsWith("-Xm")) {
                command.add(argument);
            }
        }
        command.addAll(List.of("-Xms2g", "-Xmx2g", "-cp", System.getProperty("java.class.path"), main));
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
