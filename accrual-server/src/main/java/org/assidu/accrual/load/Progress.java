package org.assidu.accrual.load;

import java.io.PrintStream;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;
import org.jspecify.annotations.Nullable;

/** Progress of long work: a bar on a terminal, a line every few seconds elsewhere. */
public final class Progress implements AutoCloseable {
    private static final long LINE_EVERY_NANOS = TimeUnit.SECONDS.toNanos(5);

    private final String task;
    private final String unit;
    private final PrintStream out;
    private final @Nullable ProgressBar bar;
    private final long startedNanos = System.nanoTime();
    private long total;
    private long done;
    private long lastLineNanos = startedNanos;
    private boolean closed;

    private Progress(String task, String unit, long total, PrintStream out, boolean terminal) {
        this.task = task;
        this.unit = unit;
        this.total = total;
        this.out = out;
        this.bar = terminal
                ? new ProgressBarBuilder()
                        .setTaskName(task)
                        .setInitialMax(total)
                        .setUnit(" " + unit, 1)
                        .setStyle(ProgressBarStyle.ASCII)
                        .setUpdateIntervalMillis(200)
                        .showSpeed()
                        .build()
                : null;
    }

    /**
     * Starts reporting to standard error; the launcher says whether that is a terminal.
     *
     * @param total units of work, 0 when not yet known
     */
    public static Progress start(String task, String unit, long total) {
        return new Progress(task, unit, total, System.err, Boolean.getBoolean("assidu.terminal"));
    }

    /** Sets the work done so far. */
    public void at(long units) {
        done = units;
        if (bar != null) {
            bar.stepTo(units);
            return;
        }
        long now = System.nanoTime();
        if (now - lastLineNanos >= LINE_EVERY_NANOS) {
            lastLineNanos = now;
            line(now);
        }
    }

    /** Corrects the amount of work. */
    public void total(long units) {
        total = units;
        if (bar != null) {
            bar.maxHint(units);
        }
    }

    @Override
    public void close() {
        if (closed) {
            return;
        }
        closed = true;
        if (bar != null) {
            bar.close();
        } else {
            line(System.nanoTime());
        }
    }

    private void line(long now) {
        double seconds = Math.max(1e-3, (now - startedNanos) / 1e9);
        String of = total > 0 ? String.format(Locale.ROOT, " of %,d", total) : "";
        out.printf(Locale.ROOT, "%s: %,d%s %s (%,.0f/s)%n", task, done, of, unit, done / seconds);
    }
}
