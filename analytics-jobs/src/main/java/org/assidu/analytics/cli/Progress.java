package org.assidu.analytics.cli;

import java.io.PrintStream;
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
        stage("done");
    }

    private double seconds() {
        return (System.nanoTime() - startNanos) / 1e9;
    }
}
