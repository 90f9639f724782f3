package org.assidu.accrual.simulation;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import org.assidu.accrual.directory.DirectoryConfig;
import org.assidu.accrual.directory.MemberDirectory;
import org.assidu.accrual.journal.Durability;
import org.jspecify.annotations.Nullable;

/** Worlds one after the other, on as many threads as asked for; each world is the work of one thread. */
public final class Simulate {
    private static final int EVENTS_A_WORLD = 6_000;
    private static final int WORLDS_A_DIRECTORY = 500;
    private static final long MEMBER_KEY_SEED = 7;
    private static final long REPORT_SECONDS = 10;

    private Simulate() {}

    /** {@code minutes [seed [threads]]}: prints what happened, and ends with 1 at the first violation. */
    public static void main(String[] args) throws InterruptedException {
        double minutes = args.length > 0 ? Double.parseDouble(args[0]) : 1;
        long seed = args.length > 1 ? Long.parseLong(args[1]) : System.nanoTime();
        int threads = args.length > 2
                ? Integer.parseInt(args[2])
                : Runtime.getRuntime().availableProcessors();
        System.out.println("simulating for " + minutes + " min on " + threads + " threads, seed " + seed);
        try {
            runFor((long) (minutes * 60e9), seed, threads, true);
        } catch (Violation violation) {
            violation.printStackTrace(System.out);
            System.out.println("VIOLATION " + violation.getMessage()
                    + "\nto see it again: -Dseed as above, mvn -pl accrual-server -am test"
                    + " -Dtest=SimulationTest -Dsurefire.failIfNoSpecifiedTests=false -Dseed=<seed>");
            System.exit(1);
        }
    }

    /**
     * Runs the worlds of seeds from one on, for a time.
     *
     * @throws Violation the first one found
     */
    public static SimulationReport runFor(long nanos, long firstSeed, int threads, boolean verbose)
            throws InterruptedException {
        long started = System.nanoTime();
        AtomicLong next = new AtomicLong(firstSeed);
        AtomicReference<SimulationReport> total = new AtomicReference<>(SimulationReport.NOTHING);
        AtomicReference<@Nullable Violation> found = new AtomicReference<>();
        List<Thread> running = new ArrayList<>();
        for (int thread = 0; thread < threads; thread++) {
            running.add(new Thread(
                    () -> {
                        try {
                            while (System.nanoTime() - started < nanos && found.get() == null) {
                                worlds(next, total, started + nanos, found);
                            }
                        } catch (Violation violation) {
                            found.compareAndSet(null, violation);
                        } catch (RuntimeException | Error e) {
                            found.compareAndSet(null, new Violation("a thread of the simulator ended: " + e, e));
                        }
                    },
                    "simulation-" + thread));
        }
        running.forEach(Thread::start);
        for (Thread thread : running) {
            while (thread.isAlive()) {
                thread.join(TimeUnit.SECONDS.toMillis(REPORT_SECONDS));
                if (verbose) {
                    report(total.get(), System.nanoTime() - started);
                }
            }
        }
        Violation violation = found.get();
        if (violation != null) {
            throw violation;
        }
        return total.get();
    }

    private static void report(SimulationReport total, long nanos) {
        System.out.printf(
                Locale.ROOT,
                "%.0f s, %,.0f events/s: %s%n",
                nanos / 1e9,
                total.events() * 1e9 / nanos,
                total.summary());
    }

    /** Some worlds in one directory: opening it takes as long as a world. */
    private static void worlds(
            AtomicLong next,
            AtomicReference<SimulationReport> total,
            long endNanos,
            AtomicReference<@Nullable Violation> found) {
        inFolder((folder, directory) -> {
            for (int world = 0;
                    world < WORLDS_A_DIRECTORY && System.nanoTime() < endNanos && found.get() == null;
                    world++) {
                SimulationReport report =
                        Simulation.run(SimulationConfig.of(next.getAndIncrement(), EVENTS_A_WORLD, folder), directory);
                total.accumulateAndGet(report, SimulationReport::plus);
            }
        });
    }

    /**
     * Runs worlds of consecutive seeds until one breaks something that must hold.
     *
     * @return what it broke; empty when none did
     */
    public static String hunt(long firstSeed, int worlds, boolean fileJournal) {
        String[] found = {""};
        inFolder((folder, directory) -> {
            for (int world = 0; world < worlds && found[0].isEmpty(); world++) {
                SimulationConfig config = SimulationConfig.of(firstSeed + world, EVENTS_A_WORLD, folder)
                        .withFileJournal(fileJournal)
                        .withDurability(Durability.DURABLE);
                try {
                    Simulation.run(config, directory);
                } catch (Violation violation) {
                    found[0] = String.valueOf(violation.getMessage());
                }
            }
        });
        return found[0];
    }

    /** What runs in a folder with a directory. */
    @FunctionalInterface
    interface InFolder {
        void run(Path folder, MemberDirectory directory);
    }

    /** Makes a folder with an empty directory, and deletes it afterwards. */
    static void inFolder(InFolder work) {
        try {
            Path folder = Files.createTempDirectory("assidu-simulation");
            try (MemberDirectory directory = MemberDirectory.open(DirectoryConfig.at(folder.resolve("directory"))
                    .withMemberKeySeed(MEMBER_KEY_SEED)
                    .withCachedCards(1 << 10))) {
                work.run(folder, directory);
            } finally {
                FolderStorage.deleteTree(folder);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
