package org.assidu.benchmarks.load;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.HdrHistogram.Histogram;
import org.assidu.proto.v1.Identifier;
import org.assidu.proto.v1.SaleLine;

/** Runs one interval of load over several streams, each with a sending thread of its own. */
final class LoadRunner {
    private static final long SETTLE_NANOS = TimeUnit.MILLISECONDS.toNanos(500);

    private final int streams;
    private final SaleLine[] assortment = MessageSource.assortment(42);
    private final Identifier[] members = MessageSource.members();
    private long runs = System.currentTimeMillis();

    LoadRunner(int streams) {
        this.streams = streams;
    }

    void enrolAll(Target target) {
        Shape shape = new Shape(500, 1);
        new StreamRun(source(shape, 0, ++runs), shape, target).enrolAll();
    }

    Measurement closed(int round, Shape shape, Target target, double seconds) {
        int unanswered = Math.max(4, 4_096 / shape.linesPerMessage());
        long from = System.nanoTime() + SETTLE_NANOS;
        long to = from + (long) (seconds * 1e9);
        List<StreamRun> finished = run(shape, target, run -> run.closedLoop(unanswered, from, to));
        return measurement(round, shape, target, "closed", seconds, 0, finished);
    }

    Measurement open(int round, Shape shape, Target target, double seconds, double linesPerSecond) {
        double perStream = linesPerSecond / shape.linesPerMessage() / streams;
        long start = System.nanoTime();
        long from = start + SETTLE_NANOS;
        long to = from + (long) (seconds * 1e9);
        List<StreamRun> finished = run(shape, target, run -> run.openLoop(perStream, start, from, to));
        return measurement(round, shape, target, "open", seconds, linesPerSecond, finished);
    }

    private List<StreamRun> run(Shape shape, Target target, Consumer<StreamRun> work) {
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
        for (Thread thread : threads) {
            try {
                thread.join();
            } catch (InterruptedException interrupted) {
                Thread.currentThread().interrupt();
                throw new IllegalStateException("interrupted while measuring", interrupted);
            }
        }
        if (failed.get() != null) {
            throw new IllegalStateException(target.name() + " at " + shape + " failed", failed.get());
        }
        return all;
    }

    private MessageSource source(Shape shape, int stream, long run) {
        return new MessageSource(shape, stream, run, assortment, members);
    }

    private static Measurement measurement(
            int round,
            Shape shape,
            Target target,
            String mode,
            double seconds,
            double offered,
            List<StreamRun> finished) {
        Histogram latency = new Histogram(3);
        long lines = 0;
        for (StreamRun run : finished) {
            latency.add(run.latencyMicros());
            lines += run.measuredLines();
        }
        return Measurement.of(round, shape, target.name(), mode, lines / seconds, offered, latency);
    }
}
