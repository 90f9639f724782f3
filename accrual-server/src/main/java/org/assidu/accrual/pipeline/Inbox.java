package org.assidu.accrual.pipeline;

import com.lmax.disruptor.BusySpinWaitStrategy;
import com.lmax.disruptor.InsufficientCapacityException;
import com.lmax.disruptor.RingBuffer;
import com.lmax.disruptor.Sequence;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The bounded ring that orders all work, and parks it until its answer may be given: a slot is free again only when the
 * answers thread has released it, so the ring bounds everything that is under way.
 *
 * <p>Nothing waits on the ring itself (its wait strategy is never used); threads sleep on a {@link Doorbell}.
 */
final class Inbox {
    /** A place in the ring. */
    static final class Slot {
        /** Null in slots taken only to fill the ring up. */
        @Nullable
        InboxWork work;
        /** Last position applied when the work was done. */
        long position;
    }

    private final RingBuffer<Slot> ring;
    private final Sequence released = new Sequence();
    private final Queue<Runnable> waiting = new ConcurrentLinkedQueue<>();

    Inbox(int size) {
        ring = RingBuffer.createMultiProducer(Slot::new, size, new BusySpinWaitStrategy());
        ring.addGatingSequences(released);
    }

    /**
     * Puts work into the ring.
     *
     * @param lookup gets the item too when it has to wait for that stage; null = it has not
     * @return false when the ring is full
     */
    boolean offer(@Nullable InboxWork work, @Nullable LookupAgent lookup) {
        long sequence;
        try {
            sequence = ring.tryNext();
        } catch (InsufficientCapacityException full) {
            return false;
        }
        if (lookup != null && work instanceof SalesItem item) {
            lookup.take(item);
        }
        ring.get(sequence).work = work;
        ring.publish(sequence);
        return true;
    }

    /** Whether the slot of a sequence number is filled; sequence numbers start at 0. */
    boolean filled(long sequence) {
        return ring.isAvailable(sequence);
    }

    /** Last sequence number that someone fills or has filled, from -1. */
    long claimed() {
        return ring.getCursor();
    }

    Slot slot(long sequence) {
        return ring.get(sequence);
    }

    /** Frees all slots up to this one. */
    void release(long sequence) {
        released.set(sequence);
    }

    /** Last slot freed, from -1. */
    long released() {
        return released.get();
    }

    int size() {
        return ring.getBufferSize();
    }

    int used() {
        return (int) (ring.getBufferSize() - ring.remainingCapacity());
    }

    /** Runs something when there is room, now or as soon as slots are released. */
    void whenRoom(Runnable retry) {
        waiting.add(retry);
        if (ring.hasAvailableCapacity(1)) {
            runWaiting();
        }
    }

    /** Runs what waits for room; each once, also those that find none and wait again. */
    void runWaiting() {
        if (waiting.isEmpty()) {
            return;
        }
        int turns = ring.getBufferSize();
        Runnable retry;
        while (turns-- > 0 && ring.hasAvailableCapacity(1) && (retry = waiting.poll()) != null) {
            retry.run();
        }
    }

    /** Runs everything that waits, whether there is room or not: the pipeline has stopped. */
    void releaseWaiting() {
        Runnable retry;
        while ((retry = waiting.poll()) != null) {
            retry.run();
        }
    }

    /**
     * Fills the ring up so that no work gets in any more, and hands over what no one has released. To be called when the threads
     * of the write path have ended.
     */
    void shut(Consumer<InboxWork> leftOver) {
        while (offer(null, null)) {}
        long last = ring.getCursor();
        for (long sequence = released.get() + 1; sequence <= last; sequence++) {
            while (!ring.isAvailable(sequence)) {
                Thread.onSpinWait();
            }
            InboxWork work = ring.get(sequence).work;
            if (work != null) {
                leftOver.accept(work);
            }
        }
    }
}
