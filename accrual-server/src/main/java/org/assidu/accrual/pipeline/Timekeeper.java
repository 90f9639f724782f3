package org.assidu.accrual.pipeline;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.LongSupplier;
import java.util.function.Predicate;
import org.assidu.accrual.engine.AccrualEngine;
import org.assidu.accrual.model.Operation;

/**
 * Lets days pass for the engine: the ticks that are due, and after them the sweep, in slices between batches. Days pass by
 * journal time, and by the time of sale while history is what comes in: then the clock waits until a live sale or an operator
 * says otherwise. For the accrual thread.
 */
final class Timekeeper {
    /** While the newest sale is older than this and historical, history is being brought in. */
    private static final long HISTORY_MILLIS = 48 * 3_600_000L;

    private static final int ROWS_BETWEEN_LOOKS = 64;

    private final AccrualEngine engine;
    /** Decides, journals and applies an operation; false when there is no room for it. */
    private final Predicate<Operation> journal;

    private final LongSupplier nanoTime;

    private boolean historical;
    /** Of the newest receipt; 0 before the first. */
    private long newestSoldMillis;
    /** Day up to which an operator lets days pass; 0 = none. */
    private int targetDay;

    private final List<CompletableFuture<Void>> awaitSettled = new ArrayList<>();
    private boolean full;
    private long ticks;
    private long settlements;
    private long longestSliceNanos;

    /** @param journal decides, journals and applies an operation; false when there is no room for it */
    Timekeeper(AccrualEngine engine, Predicate<Operation> journal, LongSupplier nanoTime) {
        this.engine = engine;
        this.journal = journal;
        this.nanoTime = nanoTime;
    }

    /** The newest receipt is this one. */
    void sold(boolean isHistorical, long soldAtMillis) {
        historical = isHistorical;
        newestSoldMillis = soldAtMillis;
    }

    /** Whether the newest receipt is historical. */
    boolean isHistorical() {
        return historical;
    }

    /** When the newest receipt was sold; 0 = there is none. */
    long newestSoldMillis() {
        return newestSoldMillis;
    }

    /** Begins every day that has begun at a time. @return false when the disk has no room for it */
    boolean passUntil(long millis) {
        while (engine.time().nextTickMillis() <= millis) {
            Operation tick = engine.time().nextTick(millis);
            if (tick == null) {
                return true;
            }
            if (!journal.test(tick)) {
                return false;
            }
            ticks++;
        }
        return true;
    }

    /** As {@link #passUntil}, unless history is being brought in or no sale has come yet. */
    boolean passByClock(long nowMillis) {
        full = false;
        return newestSoldMillis == 0 || isHistory(nowMillis) || passUntil(nowMillis);
    }

    /** Whether days pass by the time of historical sales. */
    boolean isHistory(long nowMillis) {
        return historical && newestSoldMillis < nowMillis - HISTORY_MILLIS;
    }

    /** Lets days pass, each with its sweep, in slices. Done once that has happened and nothing is due any more. */
    CompletableFuture<Void> passUntilDay(int day) {
        targetDay = Math.max(targetDay, day);
        return settled();
    }

    /** Done once nothing is due. */
    CompletableFuture<Void> settled() {
        CompletableFuture<Void> settled = new CompletableFuture<>();
        if (hasWork()) {
            awaitSettled.add(settled);
        } else {
            settled.complete(null);
        }
        return settled;
    }

    private boolean hasWork() {
        return engine.time().isSweepPending() || engine.time().day() < targetDay;
    }

    /** Whether a slice of work is there to be done. */
    boolean isBusy() {
        return !full && hasWork();
    }

    /** Works for so long, and a little longer at most. @return whether the last of the work was done */
    boolean slice(long nanos) {
        long started = nanoTime.getAsLong();
        long spent = 0;
        while (isBusy() && spent < nanos) {
            step();
            spent = nanoTime.getAsLong() - started;
        }
        longestSliceNanos = Math.max(longestSliceNanos, spent);
        if (hasWork()) {
            return false;
        }
        List<CompletableFuture<Void>> done = List.copyOf(awaitSettled);
        awaitSettled.clear();
        done.forEach(settled -> settled.complete(null));
        return true;
    }

    private void step() {
        if (engine.time().isSweepPending()) {
            Operation settle = engine.time().nextSettle(ROWS_BETWEEN_LOOKS);
            if (settle != null) {
                full = !journal.test(settle);
                settlements += full ? 0 : 1;
            }
            return;
        }
        Operation tick = engine.time().nextTick(engine.time().startOfDayMillis(targetDay));
        if (tick == null) {
            targetDay = 0;
        } else {
            full = !journal.test(tick);
            ticks += full ? 0 : 1;
        }
    }

    /** Nothing more will be done. */
    void abandon(Throwable cause) {
        awaitSettled.forEach(settled -> settled.completeExceptionally(cause));
        awaitSettled.clear();
    }

    /** Days begun since the start of the process. */
    long ticks() {
        return ticks;
    }

    /** Members settled by sweeps since the start of the process. */
    long settlements() {
        return settlements;
    }

    long longestSliceMicros() {
        return longestSliceNanos / 1_000;
    }
}
