package org.assidu.analytics.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.jar.JarFile;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.assidu.analytics.fixture.SmallChain;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The packaged jar, given to {@code spark-submit} on a standalone cluster of this machine: a master and two workers, each
 * a process, from the Spark of the build. Ports are free ones of loopback.
 */
final class ClusterIT {

    private static final Path TARGET = Path.of("target").toAbsolutePath();
    private static final Path JAVA = Path.of(System.getProperty("java.home"), "bin", "java");
    private static final Pattern MASTER = Pattern.compile("spark://127\\.0\\.0\\.1:\\d+");
    private static final long PATIENCE_SECONDS = 240;

    /** What is not Spark's own and travels with the job; README.md names the same. */
    private static final Pattern OWN =
            Pattern.compile("(picocli|hipparchus|jgrapht|jheaps|apfloat|fastcsv|echarts|jspecify|pebble|unbescape)-.*");

    @TempDir
    static Path folder;

    private static final List<Process> daemons = new ArrayList<>();
    private static Path export;
    private static Path sparkHome;
    private static String master;

    @BeforeAll
    static void start() throws Exception {
        export = folder.resolve("export");
        try (var chain = SmallChain.make(folder.resolve("first"))) {
            chain.writeUpTo(export, SmallChain.ZONE, 1000, 2400);
        }
        sparkHome = Files.createDirectories(folder.resolve("spark"));
        Path jars = Files.createDirectories(sparkHome.resolve("jars"));
        Files.createDirectories(sparkHome.resolve("conf"));
        for (Path jar : libraries()) {
            if (!OWN.matcher(jar.getFileName().toString()).matches()) {
                Files.createSymbolicLink(jars.resolve(jar.getFileName()), jar);
            }
        }
        Path log = folder.resolve("master.log");
        daemon(log, "org.apache.spark.deploy.master.Master", "--host", "127.0.0.1", "--port", "0", "--webui-port", "0");
        master = await(log, MASTER);
        for (int i = 1; i <= 2; i++) {
            Path worker = folder.resolve("worker-" + i + ".log");
            daemon(
                    worker,
                    "org.apache.spark.deploy.worker.Worker",
                    "--host",
                    "127.0.0.1",
                    "--webui-port",
                    "0",
                    "--cores",
                    "1",
                    "--memory",
                    "700m",
                    "--work-dir",
                    folder.resolve("work-" + i).toString(),
                    master);
            await(worker, Pattern.compile("Successfully registered with master"));
        }
    }

    @AfterAll
    static void stop() throws Exception {
        for (Process daemon : daemons) {
            daemon.descendants().forEach(ProcessHandle::destroy);
            daemon.destroy();
        }
        for (Process daemon : daemons) {
            daemon.waitFor(20, TimeUnit.SECONDS);
            daemon.destroyForcibly();
        }
        try (Stream<Path> links = Files.list(sparkHome.resolve("jars"))) {
            for (Path link : links.toList()) {
                Files.delete(link);
            }
        }
    }

    @Test
    void clusterWritesTheSameBytesAsOneMachine() throws Exception {
        submit("local[*]", "local");
        submit(master, "cluster");
        Map<String, String> local = csv("local");
        Map<String, String> cluster = csv("cluster");
        assertThat(local).hasSizeGreaterThan(50);
        assertThat(cluster.keySet()).isEqualTo(local.keySet());
        local.forEach((name, content) -> assertThat(cluster.get(name)).as(name).isEqualTo(content));
        try (Stream<Path> files = Files.walk(folder.resolve("work-1"))) {
            assertThat(files.map(Path::toString))
                    .as("a worker that ran an executor")
                    .anyMatch(name -> name.endsWith("stderr"));
        }
    }

    @Test
    void submittedJarHoldsNoSpark() throws Exception {
        try (JarFile jar = new JarFile(jobJar().toFile())) {
            assertThat(jar.stream().map(entry -> entry.getName()))
                    .noneMatch(name -> name.startsWith("org/apache/") || name.startsWith("scala/"))
                    .anyMatch(name -> name.equals("org/assidu/analytics/cli/ReportsCommand.class"));
        }
    }

    private static void submit(String url, String out) throws Exception {
        String own = libraries().stream()
                .filter(jar -> OWN.matcher(jar.getFileName().toString()).matches())
                .map(Path::toString)
                .collect(Collectors.joining(","));
        List<String> command = new ArrayList<>(java());
        command.addAll(List.of(
                "org.apache.spark.deploy.SparkSubmit",
                "--master",
                url,
                "--conf",
                "spark.driver.host=127.0.0.1",
                "--conf",
                "spark.driver.bindAddress=127.0.0.1",
                "--conf",
                "spark.ui.enabled=false",
                "--conf",
                "spark.executor.memory=600m",
                "--conf",
                "spark.rpc.io.mode=NIO",
                "--conf",
                "spark.shuffle.io.mode=NIO",
                "--conf",
                "spark.io.mode=NIO",
                "--class",
                "org.assidu.analytics.cli.ReportsCommand",
                "--jars",
                own,
                jobJar().toString(),
                "--exports",
                export.toString(),
                "--out",
                folder.resolve(out).toString(),
                "--format",
                "csv",
                "--work",
                "none"));
        Path log = folder.resolve(out + ".log");
        Process process = start(log, command);
        assertThat(process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS))
                .as("ended: " + Files.readString(log))
                .isTrue();
        assertThat(process.exitValue()).as(Files.readString(log)).isZero();
    }

    private static Path jobJar() throws IOException {
        try (Stream<Path> files = Files.list(TARGET)) {
            return files.filter(file -> file.getFileName().toString().matches("analytics-jobs-.*\\.jar"))
                    .filter(file -> !file.getFileName().toString().contains("sources"))
                    .findFirst()
                    .orElseThrow();
        }
    }

    private static List<Path> libraries() throws IOException {
        try (Stream<Path> files = Files.list(TARGET.resolve("lib"))) {
            return files.filter(file -> file.toString().endsWith(".jar"))
                    .sorted()
                    .toList();
        }
    }

    private static List<String> java() throws IOException {
        return List.of(
                JAVA.toString(),
                "@" + TARGET.resolve("jvm.options"),
                "-Xmx512m",
                "-Dspark.rpc.io.mode=NIO",
                "-Dspark.shuffle.io.mode=NIO",
                "-cp",
                sparkHome.resolve("jars") + File.separator + "*");
    }

    private static void daemon(Path log, String... command) throws IOException {
        List<String> all = new ArrayList<>(java());
        all.add(1, "-Dlog4j.configurationFile=" + logging());
        all.addAll(List.of(command));
        daemons.add(start(log, all));
    }

    /** Daemons say on which port they listen only at level INFO. */
    private static Path logging() throws IOException {
        Path file = folder.resolve("daemon-log4j2.properties");
        Files.writeString(
                file,
                "rootLogger.level = info\nrootLogger.appenderRef.out.ref = out\nappender.out.type = Console\n"
                        + "appender.out.name = out\nappender.out.layout.type = PatternLayout\n"
                        + "appender.out.layout.pattern = %p %c{1}: %m%n\n");
        return file;
    }

    private static Process start(Path log, List<String> command) throws IOException {
        ProcessBuilder builder =
                new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(log.toFile());
        builder.environment().put("SPARK_HOME", sparkHome.toString());
        builder.environment().put("SPARK_SCALA_VERSION", "2.13");
        builder.environment().put("SPARK_LOCAL_IP", "127.0.0.1");
        builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
        return builder.start();
    }

    /** What a process says of itself, once it does. */
    private static String await(Path log, Pattern words) throws Exception {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
        while (System.nanoTime() < end) {
            Matcher matcher = words.matcher(Files.exists(log) ? Files.readString(log) : "");
            if (matcher.find()) {
                return matcher.group();
            }
            TimeUnit.MILLISECONDS.sleep(100);
        }
        throw new AssertionError("no " + words + " in " + Files.readString(log));
    }

    private static Map<String, String> csv(String out) throws IOException {
        Map<String, String> files = new TreeMap<>();
        try (Stream<Path> all = Files.list(folder.resolve(out).resolve("csv"))) {
            for (Path file : all.toList()) {
                files.put(
                        file.getFileName().toString(),
                        new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1));
            }
        }
        return files;
    }
}
