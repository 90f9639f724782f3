package org.assidu.accrual.pipeline;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicInteger;
import org.assidu.accrual.journal.JournalEnvironment;

/** A disk whose forces can be held back, and made to fail. */
final class HeldForce implements JournalEnvironment.Forcer {
    private final AtomicInteger waiting = new AtomicInteger();
    private boolean held;
    private boolean failing;

    @Override
    public void force(FileChannel channel, Path file) throws IOException {
        waiting.incrementAndGet();
        synchronized (this) {
            while (held) {
                try {
                    wait();
                } catch (InterruptedException e) {
                    throw new IllegalStateException(e);
                }
            }
            waiting.decrementAndGet();
            if (failing) {
                throw new IOException("injected: no force today");
            }
        }
        channel.force(false);
    }

    synchronized void hold() {
        held = true;
    }

    synchronized void release() {
        held = false;
        notifyAll();
    }

    synchronized void fail() {
        failing = true;
    }

    /** Whether a barrier is under way and held. */
    boolean isWaitedFor() {
        return waiting.get() != 0;
    }
}
