package org.assidu.accrual.simulation;

import java.io.IOException;
import java.util.SplittableRandom;

/** Decides which step of input or output fails, and how. */
final class Faults {
    private final SplittableRandom random;
    /** Steps until the process dies; 0 = it lives. */
    private int crashIn;
    /** Forces until one fails; 0 = none does. */
    private int failForceIn;
    /** Writes until one fails; 0 = none does. */
    private int failWriteIn;

    private boolean failed;
    private boolean diskFull;
    private boolean quiet;

    Faults(SplittableRandom random) {
        this.random = random;
    }

    void crashSoon() {
        crashIn = within(24);
    }

    void failForceSoon() {
        failForceIn = within(3);
    }

    void failWriteSoon() {
        failWriteIn = within(3);
    }

    private int within(int steps) {
        int in = 1 + random.nextInt(steps);
        return quiet ? 0 : in;
    }

    void diskFull(boolean full) {
        diskFull = full;
    }

    boolean isDiskFull() {
        return diskFull && !quiet;
    }

    /** A new process: what was to happen to the one before is off; the disk stays as full as it is. */
    void processStarts() {
        crashIn = failForceIn = failWriteIn = 0;
        failed = false;
    }

    /** From here on nothing fails. */
    void end() {
        processStarts();
        quiet = true;
        diskFull = false;
    }

    boolean isCrashArmed() {
        return crashIn > 0;
    }

    /** Whether a write or force has failed in this process. */
    boolean hasFailed() {
        return failed;
    }

    /** A moment at which the process may die. */
    void step(String where) {
        if (crashIn > 0 && --crashIn == 0) {
            throw new SimulatedCrash(where);
        }
    }

    void force() throws IOException {
        step("force");
        if (failForceIn > 0 && --failForceIn == 0) {
            failed = true;
            throw new IOException("simulated: the force fails");
        }
    }

    void write() throws IOException {
        step("write");
        if (failWriteIn > 0 && --failWriteIn == 0) {
            failed = true;
            throw new IOException("simulated: the write fails");
        }
    }
}
