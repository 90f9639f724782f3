package org.assidu.accrual.pipeline;

import java.util.List;
import org.assidu.accrual.model.PurseBooks;

/**
 * Figures for operators.
 *
 * @param outstandingMicro sum over all points purses
 * @param ringUsed slots taken: work waiting, being decided, or parked for the barrier
 * @param batches commits since start
 * @param largestBatch most records in a commit since start
 * @param barriers barriers since start
 * @param lastBarrierMicros duration of the last barrier
 * @param totalBarrierMicros duration of all barriers since start
 * @param lookups items that needed the lookup stage
 * @param books of each purse, by slot
 * @param turns of the accrual thread since start, by duration: four steps to each doubling of microseconds
 */
public record PipelineStatus(
        PipelineState state,
        long appliedPosition,
        long durablePosition,
        long stateHash,
        long members,
        long receipts,
        long lines,
        long openReceipts,
        long outstandingMicro,
        int programmeVersions,
        int ringUsed,
        int ringSize,
        long batches,
        long largestBatch,
        long barriers,
        long lastBarrierMicros,
        long totalBarrierMicros,
        long lookups,
        List<PurseBooks> books,
        PassedTime time,
        List<Long> turns) {}
