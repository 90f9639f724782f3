package org.assidu.benchmarks.load;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.assidu.proto.v1.AdminServiceGrpc;
import org.assidu.proto.v1.GetStatusRequest;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code bench snapshot-stall}. */
@Command(
        name = "snapshot-stall",
        mixinStandardHelpOptions = true,
        description = {
            "Streams sales on a schedule to a durable server over a data directory that `bench recovery --dir DIR` has filled,",
            "in turn alone and beside a snapshot process as the server starts it, which makes one snapshot after the other;",
            "while the server is measured alone that process is stopped (SIGSTOP), and catches up when it goes on. Before, once,",
            "beside the start of that process, which loads the newest snapshot.",
            "Prints medians of both: acknowledgements' p99, the longest turn of the thread that decides, and, for comparison, the",
            "longest that a thread of this process, which only sleeps for half a millisecond at a time, was kept waiting."
        })
public final class SnapshotStallCommand implements Callable<Integer> {
    private static final Shape TILLS = new Shape(4, 5);
    private static final double WARM_UP_SECONDS = 20;
    private static final long MOST_STALL_MICROS = 10_000;

    @Option(names = "--dir", paramLabel = "DIR", required = true, description = "The data directory.")
    private Path dir = Path.of("");

    @Option(names = "--rounds", defaultValue = "5", description = "Rounds (default: ${DEFAULT-VALUE}).")
    private int rounds;

    @Option(
            names = "--seconds",
            defaultValue = "60",
            description =
                    "Length of one measured interval; a snapshot should be done within it (default: ${DEFAULT-VALUE}).")
    private double seconds;

    @Option(
            names = "--lines",
            defaultValue = "50000",
            description = "Lines a second of the tills (default: ${DEFAULT-VALUE}).")
    private int linesPerSecond;

    @Option(names = "--heap", defaultValue = "4g", description = "Heap of each process (default: ${DEFAULT-VALUE}).")
    private String heap = "";

    @Option(
            names = "--mib-per-second",
            defaultValue = "32",
            description = "As of `assidu snapshot` (default: ${DEFAULT-VALUE}).")
    private int mebibytesPerSecond;

    private record Round(long p99Micros, long longestTurnMicros, long longTurns, long machineMicros, int snapshots) {}

    private final LoadRunner tills = new LoadRunner(2);

    @Override
    public Integer call() throws IOException, InterruptedException {
        System.err.println(Machine.describe());
        List<Round> alone = new ArrayList<>();
        List<Round> beside = new ArrayList<>();
        Round start;
        try (Target server = Targets.serve(dir, heap);
                SnapshotMaking snapshots = new SnapshotMaking(dir, heap, mebibytesPerSecond)) {
            tills.enrolAll(server);
            tills.open(0, TILLS, server, WARM_UP_SECONDS, linesPerSecond);
            snapshots.start();
            start = measure(server, 0, snapshots);
            snapshots.awaitIdle();
            for (int round = 1; round <= rounds; round++) {
                snapshots.suspend();
                alone.add(measure(server, round, null));
                snapshots.resume();
                beside.add(measure(server, round, snapshots));
                snapshots.awaitIdle();
            }
        }
        System.out.printf(Locale.ROOT, "%,d lines/s, %d rounds of %.0f s%n", linesPerSecond, rounds, seconds);
        print("beside its start", List.of(start));
        print("alone", alone);
        print("beside snapshots", beside);
        System.out.printf(
                Locale.ROOT, "p99 ratio of the medians %.2f%n", (double) p99(beside) / Math.max(1, p99(alone)));
        return 0;
    }

    private static void print(String name, List<Round> of) {
        System.out.printf(
                Locale.ROOT,
                "%-17s p99 %,8d µs (median), longest turn %,8d µs (median), %,8d µs (longest), %,d turns beyond %d ms,"
                        + " a sleeping thread waited %,8d µs (median), %d snapshots made%n",
                name,
                p99(of),
                median(of.stream().mapToLong(Round::longestTurnMicros).toArray()),
                of.stream().mapToLong(Round::longestTurnMicros).max().orElse(0),
                of.stream().mapToLong(Round::longTurns).sum(),
                MOST_STALL_MICROS / 1_000,
                median(of.stream().mapToLong(Round::machineMicros).toArray()),
                of.stream().mapToInt(Round::snapshots).sum());
    }

    private static long p99(List<Round> of) {
        return median(of.stream().mapToLong(Round::p99Micros).toArray());
    }

    private static long median(long[] values) {
        Arrays.sort(values);
        return values[values.length / 2];
    }

    private Round measure(Target server, int round, @Nullable SnapshotMaking snapshots)
            throws IOException, InterruptedException {
        if (snapshots != null) {
            snapshots.begin();
        }
        List<Long> before = turns(server);
        Pulse pulse = new Pulse();
        long p99 = tills.open(round, TILLS, server, seconds, linesPerSecond).p99Micros();
        List<Long> after = turns(server);
        long machine = pulse.end();
        int made = snapshots == null ? 0 : snapshots.end();
        long longest = 0;
        long longTurns = 0;
        for (int bucket = 0; bucket < after.size(); bucket++) {
            long known = bucket < before.size() ? before.get(bucket) : 0;
            longest = after.get(bucket) > known ? upToMicros(bucket) : longest;
            longTurns += upToMicros(bucket) > MOST_STALL_MICROS ? after.get(bucket) - known : 0;
        }
        Round measured = new Round(p99, longest, longTurns, machine, made);
        System.err.println((snapshots != null ? "beside snapshots " : "alone ") + measured);
        return measured;
    }

    private static List<Long> turns(Target server) {
        return AdminServiceGrpc.newBlockingStub(server.channel())
                .getStatus(GetStatusRequest.getDefaultInstance())
                .getTurnsList();
    }

    /** End of a step of {@code GetStatusResponse.turns}: four to each doubling. */
    private static long upToMicros(int bucket) {
        int next = bucket + 1;
        return next < 4 ? next : (4L + next % 4) << (next / 4 - 1);
    }
}
