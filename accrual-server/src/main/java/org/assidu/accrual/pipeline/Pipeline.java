package org.assidu.accrual.pipeline;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import org.assidu.accrual.directory.MemberDirectory;
import org.assidu.accrual.model.ProductEntry;
import org.assidu.accrual.model.PublishedProgramme;
import org.assidu.accrual.model.ReceiptColumns;
import org.assidu.accrual.model.StoreEntry;
import org.jspecify.annotations.Nullable;

/**
 * The write path and everything that is asked of it. Safe for any thread.
 *
 * <p>Every answer, also to a question, is given only when the last position that it reflects is durable. Futures are completed
 * on pipeline threads, so what is chained to them must not block. They fail with {@link PipelineOverloadedException} when the
 * ring or the disk has no room, with {@link PipelineUnavailableException} when the pipeline has stopped.
 */
public final class Pipeline implements AutoCloseable {

    /**
     * Hands over an item. Never blocks.
     *
     * @return false when the ring is full, or the pipeline no longer takes work ({@link #state} tells): the item is still the
     *     caller's, and {@link #whenRoom} says when to try again
     */
    public boolean trySubmit(SalesItem item) {
        throw new UnsupportedOperationException();
    }

    /**
     * Runs something once, as soon as the ring has room or the pipeline stops: on a pipeline thread, or at once on this one. It
     * must not block; it usually submits the item that was refused and asks its client for more.
     */
    public void whenRoom(Runnable retry) {
        throw new UnsupportedOperationException();
    }

    /** Whether the disk has room for new records; when it has not, new work is answered OVERLOADED and reads go on. */
    public boolean hasRoom() {
        throw new UnsupportedOperationException();
    }

    public PipelineState state() {
        throw new UnsupportedOperationException();
    }

    /** Last position that answers and exports may reflect. */
    public long durablePosition() {
        throw new UnsupportedOperationException();
    }

    /** The reward at an index of {@code OutcomeColumns.alertReward} in a published version. Cheap; for the answers thread. */
    public RewardTerms reward(int programmeVersion, int rewardIndex) {
        throw new UnsupportedOperationException();
    }

    /** Balances and usable rewards; {@code known} is false for a member that no record names. */
    public CompletableFuture<MemberAnswer> member(long memberKey) {
        throw new UnsupportedOperationException();
    }

    /** A closed receipt as recorded; null when there is none of that identity. */
    public CompletableFuture<@Nullable Explanation> explain(ReceiptIdentity identity) {
        throw new UnsupportedOperationException();
    }

    /**
     * The member's ledger, newest first, in whole receipts: a page ends with the receipt that reaches the limit.
     *
     * @param limit entries, 1 to 1,000
     * @param beforePosition only what is below it; 0 = from the newest
     */
    public CompletableFuture<StatementPage> statement(long memberKey, int limit, long beforePosition) {
        throw new UnsupportedOperationException();
    }

    /**
     * Enrols in the directory, forces it, then journals the enrolment. Fails with
     * {@link org.assidu.accrual.directory.IdentifierConflictException} when the identifiers belong to different members.
     */
    public CompletableFuture<EnrolmentAnswer> enrol(EnrolmentRequest request) {
        throw new UnsupportedOperationException();
    }

    /** Changes or searches the directory off the caller's thread; done when the change is forced. */
    public <T> CompletableFuture<T> directory(Function<MemberDirectory, T> change) {
        throw new UnsupportedOperationException();
    }

    /** Journals a programme as the next version, unless its content is refused or it is the newest version already. */
    public CompletableFuture<PublicationAnswer> publish(PublicationRequest request) {
        throw new UnsupportedOperationException();
    }

    /** All published versions, oldest first. */
    public CompletableFuture<List<ProgrammeVersion>> programmes() {
        throw new UnsupportedOperationException();
    }

    /** What a receipt would earn under a programme for a new member. Computed on the caller's thread. */
    public Simulation simulate(PublishedProgramme programme, ReceiptColumns receipt) {
        throw new UnsupportedOperationException();
    }

    /** Journals products. @return a future of the position */
    public CompletableFuture<Long> importProducts(List<ProductEntry> products) {
        throw new UnsupportedOperationException();
    }

    /** Journals stores. @return a future of the position */
    public CompletableFuture<Long> importStores(List<StoreEntry> stores) {
        throw new UnsupportedOperationException();
    }

    public CompletableFuture<PipelineStatus> status() {
        throw new UnsupportedOperationException();
    }

    /** Takes nothing new, answers everything taken. @return a future of the last position, durable */
    public CompletableFuture<Long> drain() {
        throw new UnsupportedOperationException();
    }

    /** Drains and ends the threads. Journal and directory stay open: they are their owner's to close. */
    @Override
    public void close() {
        throw new UnsupportedOperationException();
    }
}
