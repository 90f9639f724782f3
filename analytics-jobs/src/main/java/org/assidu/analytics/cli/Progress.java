package org.assidu.analytics.cli;

import com.sun.management.OperatingSystemMXBean;
import java.io.PrintStream;
import java.lang.management.ManagementFactory;
import java.util.Locale;
import org.assidu.analytics.features.Stages;

/** A line to stderr as each stage begins, with the seconds since the start. */
final class Progress implements Stages {

    private final PrintStream out;
    private final long startNanos = System.nanoTime();

    Progress(PrintStream out) {
        this.out = out;
    }

    @Override
    public synchronized void stage(String name) {
        out.printf(Locale.ROOT, "%6.1f s  %s%n", seconds(), name);
    }

    void done() {
        stage(String.format(Locale.ROOT, "done, %.1f s of processor time", processorSeconds()));
    }

    /** Of this process so far, all threads; what a busy machine changes least. */
    private static double processorSeconds() {
        return ManagementFactory.getOperatingSystemMXBean() instanceof OperatingSystemMXBean system
                ? system.getProcessCpuTime() / 1e9
                : Double.NaN;
    }

    private double seconds() {
        return (System.nanoTime() - startNanos) / 1e9;
    }
}
