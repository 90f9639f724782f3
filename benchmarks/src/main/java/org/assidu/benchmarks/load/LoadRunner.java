package org.assidu.benchmarks.load;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import org.HdrHistogram.Histogram;
import org.assidu.proto.v1.Identifier;
import org.assidu.proto.v1.SaleLine;

/** Runs one interval of load over several streams, each with a sending thread of its own. */
final class LoadRunner {
    /** Unanswered lines of a stream in a closed loop: enough that the server never waits for this process. */
    private static final int UNANSWERED_LINES = 4_096;

    private final int streams;
    private final SaleLine[] assortment = MessageSource.assortment(42);
    private final Identifier[] members = MessageSource.members();
    private long runs;

    LoadRunner(int streams) {
        this(streams, System.currentTimeMillis());
    }

    /** @param firstRun no other runner on the same server may be near: it is a part of the receipts' identities */
    LoadRunner(int streams, long firstRun) {
        this.streams = streams;
        runs = firstRun;
    }

    void enrolAll(Target target) {
        Shape shape = new Shape(500, 1);
        new StreamRun(source(shape, 0, ++runs), shape, target).enrolAll();
    }

    Measurement closed(int round, Shape shape, Target target, double seconds) {
        int unanswered = Math.max(4, UNANSWERED_LINES / shape.linesPerMessage());
        Interval interval = Interval.of(seconds);
        return run(round, shape, target, "closed", 0, interval, run -> run.closedLoop(unanswered, interval));
    }

    Measurement open(int round, Shape shape, Target target, double seconds, double linesPerSecond) {
        double perStream = linesPerSecond / shape.linesPerMessage() / streams;
        Interval interval = Interval.of(seconds);
        return run(round, shape, target, "open", linesPerSecond, interval, run -> run.openLoop(perStream, interval));
    }

    private Measurement run(
            int round,
            Shape shape,
            Target target,
            String mode,
            double offered,
            Interval interval,
            Consumer<StreamRun> work) {
        long run = ++runs;
        List<StreamRun> all = new ArrayList<>();
        List<Thread> threads = new ArrayList<>();
        AtomicReference<Throwable> failed = new AtomicReference<>();
        for (int s = 0; s < streams; s++) {
            StreamRun stream = new StreamRun(source(shape, s, run), shape, target);
            all.add(stream);
            Thread thread = new Thread(() -> work.accept(stream), "load-" + s);
            thread.setUncaughtExceptionHandler((t, failure) -> failed.compareAndSet(null, failure));
            threads.add(thread);
        }
        threads.forEach(Thread::start);
        sleepUntil(interval.fromNanos());
        long serverCpu = target.cpuNanos();
        long clientCpu = ownCpuNanos();
        sleepUntil(interval.toNanos());
        serverCpu = target.cpuNanos() - serverCpu;
        clientCpu = ownCpuNanos() - clientCpu;
        threads.forEach(LoadRunner::join);
        if (failed.get() != null) {
            throw new IllegalStateException(target.name() + " at " + shape + " failed", failed.get());
        }
        Histogram latency = new Histogram(3);
        long lines = 0;
        for (StreamRun stream : all) {
            latency.add(stream.latencyMicros());
            lines += stream.measuredLines();
        }
        return new Measurement(
                round,
                shape,
                target.name(),
                mode,
                lines / interval.seconds(),
                offered,
                (double) serverCpu / Math.max(1, lines),
                (double) clientCpu / Math.max(1, lines),
                latency.getValueAtPercentile(50),
                latency.getValueAtPercentile(99),
                latency.getValueAtPercentile(99.9),
                latency.getMaxValue());
    }

    private static long ownCpuNanos() {
        return ProcessHandle.current()
                .info()
                .totalCpuDuration()
                .orElse(Duration.ZERO)
                .toNanos();
    }

    private static void sleepUntil(long nanoTime) {
        for (long left = nanoTime - System.nanoTime(); left > 0; left = nanoTime - System.nanoTime()) {
            LockSupport.parkNanos(left);
        }
    }

    private static void join(Thread thread) {
        try {
            thread.join();
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while measuring", interrupted);
        }
    }

    private MessageSource source(Shape shape, int stream, long run) {
        return new MessageSource(shape, stream, run, assortment, members);
    }
}
