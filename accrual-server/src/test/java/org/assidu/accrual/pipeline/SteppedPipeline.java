package org.assidu.accrual.pipeline;

import java.util.function.LongSupplier;
import org.assidu.accrual.directory.MemberDirectory;
import org.assidu.accrual.engine.AccrualEngine;
import org.assidu.accrual.journal.Journal;
import org.jspecify.annotations.Nullable;

/** The real write path without its threads: whoever has it says which stage works next, and sees every exception. */
public final class SteppedPipeline {
    private final Pipeline pipeline;
    private final Pipeline.Stages stages;

    private SteppedPipeline(Pipeline pipeline) {
        this.pipeline = pipeline;
        stages = pipeline.stages();
    }

    /** Recovers by replay, and runs the barrier once, as the answers thread does first. */
    public static SteppedPipeline start(
            PipelineConfig config,
            Journal journal,
            MemberDirectory directory,
            LongSupplier clock,
            LongSupplier nanoTime,
            PipelineListener listener) {
        return start(config, journal, directory, clock, nanoTime, listener, null);
    }

    /** As the other, from a snapshot's state. @param loaded null = from the first record */
    public static SteppedPipeline start(
            PipelineConfig config,
            Journal journal,
            MemberDirectory directory,
            LongSupplier clock,
            LongSupplier nanoTime,
            PipelineListener listener,
            @Nullable Recovery loaded) {
        SteppedPipeline stepped =
                new SteppedPipeline(Pipeline.assemble(config, journal, directory, clock, nanoTime, listener, loaded));
        stepped.stages.answers().advance();
        return stepped;
    }

    /** The lookup stage's turn. @return whether it had anything to do */
    public boolean lookUp() {
        return stages.lookup().turn();
    }

    /** The accrual stage's turn: a batch, the clock, the sweep. @return whether a slot of the ring was decided */
    public boolean decide() {
        long before = stages.accrual().decided();
        stages.accrual().turn();
        return stages.accrual().decided() != before;
    }

    /** The answers stage's turn. @return whether it gave an answer */
    public boolean answer() {
        return stages.answers().turn();
    }

    public Pipeline pipeline() {
        return pipeline;
    }

    public AccrualEngine engine() {
        return stages.stage().engine();
    }

    /** Last position applied. */
    public long lastPosition() {
        return stages.stage().lastPosition();
    }
}
