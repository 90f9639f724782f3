package org.assidu.benchmarks.load;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.assidu.accrual.grpc.ListenerSecurity;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code bench abuse}: what other tills notice of a client that floods the server. */
@Command(
        name = "abuse",
        mixinStandardHelpOptions = true,
        description = {
            "Tills stream on a schedule while another client sends good messages, while one of an address not seen before"
                    + " sends as many bad frames, connecting anew whenever it is cut off or turned away, and while good messages come"
                    + " on as many connections.",
            "Prints per kind: the tills' p99 beside each, ratios of the medians, and how long the offender stayed connected;"
                    + " ends with 1 when abuse costs more than twice as much as good messages on as many connections, or an offender"
                    + " stayed longer than 5 s."
        })
public final class AbuseCommand implements Callable<Integer> {
    private static final List<String> KINDS = List.of(
            "rapid-resets",
            "ping-flood",
            "settings-flood",
            "empty-frames",
            "large-headers",
            "endless-headers",
            "large-messages",
            "idle-streams",
            "slow-reader",
            "silence");
    private static final double MOST_RATIO = 2;
    private static final long MOST_MILLIS = 5_000;
    private static final Shape TILLS = new Shape(4, 5);
    private static final Shape ONE_RECEIPT = new Shape(1, 1);

    @Option(names = "--rounds", defaultValue = "5", description = "Rounds (default: ${DEFAULT-VALUE}).")
    private int rounds;

    @Option(
            names = "--seconds",
            defaultValue = "3",
            description = "Length of one measured interval (default: ${DEFAULT-VALUE}).")
    private double seconds;

    @Option(
            names = "--rate",
            defaultValue = "2000",
            description = "Good messages or bad frames a second of the other client (default: ${DEFAULT-VALUE}).")
    private int rate;

    @Option(
            names = "--lines",
            defaultValue = "100000",
            description = "Lines a second of the tills (default: ${DEFAULT-VALUE}).")
    private int linesPerSecond;

    @Option(
            names = "--pause",
            paramLabel = "SECONDS",
            defaultValue = "" + ListenerSecurity.ABUSE_PAUSE_SECONDS,
            description = "As --abuse-pause of `assidu serve` (default: ${DEFAULT-VALUE}).")
    private int pauseSeconds;

    @Option(
            names = "--kinds",
            paramLabel = "KIND",
            split = ",",
            description = "Only these, separated by commas (default: all).")
    private @Nullable List<String> kinds;

    @Option(
            names = "--dir",
            paramLabel = "DIR",
            description =
                    "Where the server's data lies meanwhile, such as /dev/shm where single forces of the disk take longer than"
                            + " what is measured (default: the system's temporary folder).")
    private @Nullable Path dir;

    @Override
    public Integer call() throws IOException, InterruptedException {
        List<String> chosen = kinds == null ? KINDS : kinds;
        for (String kind : chosen) {
            if (!KINDS.contains(kind)) {
                throw new IllegalArgumentException("kind '" + kind + "' is unknown; there are " + KINDS);
            }
        }
        System.err.println(Machine.describe());
        Path folder = dir == null
                ? Files.createTempDirectory("assidu-bench-")
                : Files.createTempDirectory(dir, "assidu-bench-");
        boolean held = true;
        try (Target server = new Targets(
                                folder,
                                "load-simple.yaml",
                                null,
                                List.of("--abuse-pause", Integer.toString(pauseSeconds)))
                        .start("durable");
                Target other = new Target("other", server.process(), Target.channel(server.port()));
                ProperProcess proper = ProperProcess.start(server.port())) {
            Rounds measure = new Rounds(server, other, proper);
            measure.warmUp();
            for (String kind : chosen) {
                held &= measure.report(kind);
            }
        } finally {
            delete(folder);
        }
        return held ? 0 : 1;
    }

    private static void delete(Path folder) throws IOException {
        try (Stream<Path> all = Files.walk(folder)) {
            for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(path);
            }
        }
    }

    /** All kinds of neighbour, in turn. */
    private final class Rounds {
        private static final double WARM_UP_SECONDS = 15;
        private static final long RUNS_APART = 1_000_000;

        private final Target server;
        private final Target other;
        private final ProperProcess proper;
        private final LoadRunner tills = new LoadRunner(2);
        private final LoadRunner neighbour = new LoadRunner(1, System.currentTimeMillis() + RUNS_APART);

        Rounds(Target server, Target other, ProperProcess proper) {
            this.server = server;
            this.other = other;
            this.proper = proper;
        }

        void warmUp() throws IOException, InterruptedException {
            System.err.println("warming up");
            tills.enrolAll(server);
            besideGood(WARM_UP_SECONDS, rate);
            besideConnections(WARM_UP_SECONDS, rate / 2.0);
        }

        /** @return whether the bars held */
        boolean report(String kind) throws IOException, InterruptedException {
            List<Long> good = new ArrayList<>();
            List<Long> bad = new ArrayList<>();
            List<Long> asOften = new ArrayList<>();
            long closed = 0;
            long answered = 0;
            long longestMillis = 0;
            try (OffenderProcess offender = OffenderProcess.start(server.port(), kind, rate)) {
                for (int round = 0; round < rounds; round++) {
                    good.add(besideGood(seconds, rate));
                    long began = System.nanoTime();
                    offender.begin();
                    bad.add(tills.open(round, TILLS, server, seconds, linesPerSecond)
                            .p99Micros());
                    OffenderProcess.Cuts cuts = offender.end();
                    double connections = cuts.times() * 1e9 / (System.nanoTime() - began);
                    closed += cuts.times();
                    longestMillis = Math.max(longestMillis, cuts.longestMillis());
                    Beside beside = besideConnections(seconds, connections);
                    asOften.add(beside.p99Micros());
                    answered += beside.connections();
                }
            }
            double ratio = (double) median(bad) / median(asOften);
            boolean held = ratio <= MOST_RATIO && longestMillis <= MOST_MILLIS && closed > 0;
            System.out.printf(
                    Locale.ROOT,
                    "%-16s tills' p99 %,7d µs beside good messages, %,7d µs on %,d connections, %,7d µs beside abuse: ratios %.2f"
                            + " and %.2f; cut off %,d times, at the latest after %,d ms%s%n",
                    kind,
                    median(good),
                    median(asOften),
                    answered,
                    median(bad),
                    (double) median(bad) / median(good),
                    ratio,
                    closed,
                    longestMillis,
                    held ? "" : "  BEYOND THE BAR");
            return held;
        }

        /** @return the tills' p99 in microseconds */
        private long besideGood(double howLong, double messagesPerSecond) throws InterruptedException {
            Thread good = new Thread(
                    () -> neighbour.open(0, ONE_RECEIPT, other, howLong, messagesPerSecond), "good-neighbour");
            good.start();
            long p99 = tills.open(0, TILLS, server, howLong, linesPerSecond).p99Micros();
            good.join();
            return p99;
        }

        /** As many messages as on one connection, one of them on each of so many. */
        private Beside besideConnections(double howLong, double connectionsPerSecond)
                throws IOException, InterruptedException {
            proper.begin(connectionsPerSecond);
            long p99 = besideGood(howLong, Math.max(1, rate - connectionsPerSecond));
            return new Beside(p99, proper.end());
        }

        /**
         * @param p99Micros of the tills
         * @param connections that were made and answered
         */
        private record Beside(long p99Micros, long connections) {}

        private static long median(List<Long> values) {
            long[] sorted = values.stream().mapToLong(Long::longValue).toArray();
            Arrays.sort(sorted);
            return sorted[sorted.length / 2];
        }
    }
}
