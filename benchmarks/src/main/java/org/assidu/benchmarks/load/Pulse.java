package org.assidu.benchmarks.load;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** How long this machine keeps a thread waiting that wants next to nothing of it: what no server can be better than. */
final class Pulse {
    private static final long SLEEP_NANOS = TimeUnit.MICROSECONDS.toNanos(500);

    private final Thread thread = new Thread(this::run, "pulse");
    private volatile boolean ended;
    private volatile long longestNanos;

    Pulse() {
        thread.setDaemon(true);
        thread.start();
    }

    private void run() {
        while (!ended) {
            long began = System.nanoTime();
            LockSupport.parkNanos(SLEEP_NANOS);
            longestNanos = Math.max(longestNanos, System.nanoTime() - began - SLEEP_NANOS);
        }
    }

    /** @return the longest wait, microseconds */
    long end() throws InterruptedException {
        ended = true;
        thread.join();
        return TimeUnit.NANOSECONDS.toMicros(longestNanos);
    }
}
