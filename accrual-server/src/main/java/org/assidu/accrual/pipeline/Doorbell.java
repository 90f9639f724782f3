package org.assidu.accrual.pipeline;

import java.lang.invoke.VarHandle;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Lets one thread sleep until another has something for it. Ringing costs a fence while that thread is awake, and a system
 * call only when it sleeps. Nothing spins: the cores belong to whoever has work.
 */
final class Doorbell {
    private volatile @Nullable Thread sleeper;

    /** Wakes the sleeper to look again; to be called after the change that it waits for. */
    void ring() {
        VarHandle.fullFence();
        Thread thread = sleeper;
        if (thread != null) {
            LockSupport.unpark(thread);
        }
    }

    /** Sleeps until the condition holds or the time is over. */
    void await(BooleanSupplier condition, long nanos) {
        if (condition.getAsBoolean()) {
            return;
        }
        long deadline = System.nanoTime() + nanos;
        sleeper = Thread.currentThread();
        try {
            long left = nanos;
            while (!condition.getAsBoolean() && left > 0) {
                LockSupport.parkNanos(this, left);
                left = deadline - System.nanoTime();
            }
        } finally {
            sleeper = null;
        }
    }
}
