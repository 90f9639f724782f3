package org.assidu.accrual.journal;

import java.io.IOException;
import java.util.List;

/**
 * What this process appends to: a generation, and when that is full the next one. The one before is forced and sealed first, so
 * that a kill at any moment leaves what a start knows: sealed generations and one that is not.
 *
 * <p>The appending thread writes and goes over to the next generation; the barrier's thread, which may be forcing, is waited
 * for.
 */
final class LiveGenerations {
    private final GenerationMaker maker;
    private final List<Generation> generations;
    private final Failure failure;
    private volatile LiveGeneration live;

    /** @param generations those before {@code first}, which is added; readers see it grow */
    LiveGenerations(GenerationMaker maker, List<Generation> generations, LiveGeneration first) {
        this.maker = maker;
        this.generations = generations;
        this.failure = maker.failure();
        this.live = first;
        generations.add(first.generation());
    }

    /** Writes a batch and shows it to readers. */
    void write(BatchBuilder batch) {
        if (live.isFullFor(batch.length())) {
            goOn();
        }
        live.write(batch);
    }

    private synchronized void goOn() {
        failure.check();
        LiveGeneration full = live;
        Generation ended = full.generation();
        try {
            full.close();
            LiveGeneration next = maker.begin(ended.number() + 1, ended.lastPosition(), full.chainHead());
            generations.add(next.generation());
            live = next;
        } catch (IOException | RuntimeException | InternalError e) {
            throw failure.fail("going on from generation " + ended.number() + " to the next", e);
        }
    }

    /** See {@link JournalBarrier#advance}. */
    synchronized long advance() {
        return live.advance();
    }

    long lastPosition() {
        return live.generation().lastPosition();
    }

    int number() {
        return live.generation().number();
    }

    byte[] chainHead() {
        return live.chainHead();
    }

    synchronized void close() throws IOException {
        live.close();
    }
}
