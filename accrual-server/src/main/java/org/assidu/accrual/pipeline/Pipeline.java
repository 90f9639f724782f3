package org.assidu.accrual.pipeline;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import java.util.function.LongSupplier;
import org.assidu.accrual.directory.MemberDirectory;
import org.assidu.accrual.engine.AccrualEngine;
import org.assidu.accrual.engine.MemberView;
import org.assidu.accrual.journal.Journal;
import org.assidu.accrual.model.MemberEnrolment;
import org.assidu.accrual.model.MemberStanding;
import org.assidu.accrual.model.Operation;
import org.assidu.accrual.model.OutcomeColumns;
import org.assidu.accrual.model.PrivacyEvent;
import org.assidu.accrual.model.ProductEntry;
import org.assidu.accrual.model.PublishedProgramme;
import org.assidu.accrual.model.ReceiptColumns;
import org.assidu.accrual.model.RecordedReceipt;
import org.assidu.accrual.model.StoreEntry;
import org.assidu.accrual.model.SupposedMember;
import org.assidu.accrual.replay.ReceiptIndex;
import org.assidu.accrual.replay.RecordedReceipts;
import org.jspecify.annotations.Nullable;

/**
 * The write path and everything that is asked of it. Safe for any thread.
 *
 * <p>Every answer, also to a question, is given only when the last position that it reflects is durable. Futures are completed
 * on pipeline threads, so what is chained to them must not block. They fail with {@link PipelineOverloadedException} when the
 * ring or the disk has no room, with {@link PipelineUnavailableException} when the pipeline has stopped.
 */
public final class Pipeline implements AutoCloseable {
    /** Most entries of a statement's page, unless one receipt alone has more. */
    public static final int MOST_STATEMENT_ENTRIES = 1000;

    private final Journal journal;
    private final MemberDirectory directory;
    private final FailStop failStop;
    private final Inbox inbox;
    private final AccrualStage stage;
    private final ReceiptIndex index;
    private final LookupAgent lookup;
    private final AccrualAgent accrual;
    private final AnswersAgent answers;
    private final JournalReads reads;
    private final Doorbell accrualBell = new Doorbell();
    private final Doorbell answersBell = new Doorbell();
    private final Thread lookupThread;
    private final Thread accrualThread;
    private final Thread answersThread;
    private final CompletableFuture<Long> drained = new CompletableFuture<>();

    private Pipeline(
            PipelineConfig config,
            Journal journal,
            MemberDirectory directory,
            LongSupplier clock,
            LongSupplier nanoTime,
            PipelineListener listener,
            @Nullable Recovery loaded) {
        this.journal = journal;
        this.directory = directory;
        failStop = new FailStop(listener);
        Recovery recovered = Recovery.replay(journal, loaded, listener);
        AccrualEngine engine = recovered.engine();
        index = recovered.index();
        inbox = new Inbox(config.ringSize());
        stage = new AccrualStage(recovered, journal.appender(), recordedReceipts(index, engine), clock, nanoTime);
        lookup = new LookupAgent(
                directory, stage, index, recordedReceipts(index, engine), failStop, accrualBell, config);
        accrual = new AccrualAgent(inbox, stage, failStop, accrualBell, answersBell, config, nanoTime, this::force);
        answers = new AnswersAgent(inbox, accrual, journal.barrier(), failStop, answersBell);
        reads = new JournalReads(recordedReceipts(index, engine), engine, stage::shelf);
        lookupThread = new Thread(lookup, "assidu-lookup");
        accrualThread = new Thread(accrual, "assidu-accrual");
        answersThread = new Thread(this::answerUntilTheEnd, "assidu-answers");
    }

    /**
     * Recovers by replay, then takes work.
     *
     * @param clock wall clock in epoch milliseconds; journal time is the latest it has said
     * @throws RuntimeException when the journal cannot be replayed; nothing runs then
     */
    public static Pipeline start(
            PipelineConfig config,
            Journal journal,
            MemberDirectory directory,
            LongSupplier clock,
            PipelineListener listener) {
        return start(config, journal, directory, clock, listener, null);
    }

    /** As above, from a snapshot's state and the records behind it. @param loaded null = from the first record */
    public static Pipeline start(
            PipelineConfig config,
            Journal journal,
            MemberDirectory directory,
            LongSupplier clock,
            PipelineListener listener,
            @Nullable Recovery loaded) {
        Pipeline pipeline = assemble(config, journal, directory, clock, System::nanoTime, listener, loaded);
        for (Thread thread : List.of(pipeline.lookupThread, pipeline.accrualThread, pipeline.answersThread)) {
            thread.setDaemon(true);
            thread.start();
        }
        return pipeline;
    }

    /** Recovers by replay and starts no thread: whoever calls it drives the {@link #stages} step by step, on one thread. */
    static Pipeline assemble(
            PipelineConfig config,
            Journal journal,
            MemberDirectory directory,
            LongSupplier clock,
            LongSupplier nanoTime,
            PipelineListener listener,
            @Nullable Recovery loaded) {
        return new Pipeline(config, journal, directory, clock, nanoTime, listener, loaded);
    }

    /** The parts that threads run, and what they share. */
    record Stages(
            LookupAgent lookup, AccrualStage stage, AccrualAgent accrual, AnswersAgent answers, FailStop failStop) {}

    Stages stages() {
        return new Stages(lookup, stage, accrual, answers, failStop);
    }

    private RecordedReceipts recordedReceipts(ReceiptIndex index, AccrualEngine engine) {
        return new RecordedReceipts(journal.newReader(), index, engine);
    }

    /**
     * Hands over an item. Never blocks.
     *
     * @return false when the ring is full, or the pipeline no longer takes work ({@link #state} tells): the item is still the
     *     caller's, and {@link #whenRoom} says when to try again
     */
    public boolean trySubmit(SalesItem item) {
        if (!failStop.running()) {
            return false;
        }
        boolean toLookUp = lookup.isNeededBy(item);
        item.lookupPending(toLookUp);
        if (!inbox.offer(item, toLookUp ? lookup : null)) {
            return false;
        }
        if (toLookUp) {
            lookup.bell().ring();
        }
        accrualBell.ring();
        return true;
    }

    /**
     * Runs something once, as soon as the ring has room or the pipeline stops: on a pipeline thread, or at once on this one. It
     * must not block; it usually submits the item that was refused and asks its client for more.
     */
    public void whenRoom(Runnable retry) {
        inbox.whenRoom(retry);
        if (!failStop.running()) {
            inbox.releaseWaiting();
        }
    }

    /** Whether the disk has room for new records; when it has not, new work is answered OVERLOADED and reads go on. */
    public boolean hasRoom() {
        return journal.hasRoom();
    }

    public PipelineState state() {
        return failStop.state();
    }

    /** Last position that answers and exports may reflect. */
    public long durablePosition() {
        return answers.durable();
    }

    /** The reward at an index of {@code OutcomeColumns.alertReward} in a published version. Cheap; for the answers thread. */
    public RewardTerms reward(int programmeVersion, int rewardIndex) {
        return stage.shelf().reward(programmeVersion, rewardIndex);
    }

    /** The id of a rule of a published version. Cheap; for the answers thread. */
    public String ruleId(int programmeVersion, int rule) {
        return stage.shelf().programme(programmeVersion).ruleId(rule);
    }

    /** Level, clubs and perks that an answered outcome tells. Cheap; for the answers thread. */
    public StatusTerms status(OutcomeColumns outcome) {
        return outcome.statusVersion == 0
                ? StatusTerms.NONE
                : StatusTerms.of(stage.shelf().programme(outcome.statusVersion), outcome);
    }

    /** Balances and usable rewards; {@code known} is false for a member that no record names. */
    public CompletableFuture<MemberAnswer> member(long memberKey) {
        return ask(s -> memberAnswer(s, s.engine().desk().survivorOf(memberKey)));
    }

    /** Where a member stands now. */
    public CompletableFuture<StandingAnswer> standing(long memberKey) {
        return ask(s -> new StandingAnswer(s.standing(memberKey), s.lastPosition()));
    }

    private static MemberAnswer memberAnswer(AccrualStage stage, long memberKey) {
        MemberView view = stage.engine().member(memberKey);
        if (view == null) {
            return new MemberAnswer(
                    memberKey, false, List.of(), List.of(), 0, stage.status(memberKey), stage.lastPosition());
        }
        MemberStanding standing = stage.standing(memberKey);
        List<MemberAnswer.PurseBalance> purses = new ArrayList<>();
        for (MemberView.PurseView purse : view.purses()) {
            boolean points = purses.isEmpty();
            MemberStanding.Money money = points ? null : money(standing, purse.purseId());
            long usable =
                    money == null ? Math.max(0, purse.balanceMicro() - purse.pendingMicro()) : money.usableMicro();
            purses.add(balance(
                    purse,
                    points ? "" : stage.shelf().currency(),
                    usable,
                    money == null ? 0 : money.convertibleMicro()));
        }
        List<MemberAnswer.UsableReward> rewards = new ArrayList<>();
        for (MemberView.UnlockedReward unlocked : view.rewards()) {
            RewardTerms terms = stage.shelf().reward(unlocked.rewardId());
            if (terms != null && unlocked.available() > 0) {
                rewards.add(
                        new MemberAnswer.UsableReward(terms, (int) Math.min(Integer.MAX_VALUE, unlocked.available())));
            }
        }
        return new MemberAnswer(
                memberKey, true, purses, rewards, view.receipts(), stage.status(memberKey), stage.lastPosition());
    }

    /** Null for a purse that the programme in force does not have. */
    private static MemberStanding.@Nullable Money money(MemberStanding standing, String purseId) {
        for (MemberStanding.Money money : standing.money()) {
            if (money.purseId().equals(purseId)) {
                return money;
            }
        }
        return null;
    }

    private static MemberAnswer.PurseBalance balance(
            MemberView.PurseView from, String currency, long usableMicro, long convertibleMicro) {
        return new MemberAnswer.PurseBalance(
                from.purseId(),
                currency,
                from.balanceMicro(),
                from.pendingMicro(),
                from.debtMicro(),
                usableMicro,
                convertibleMicro,
                from.lots().stream()
                        .map(lot -> new MemberAnswer.Lot(lot.micro(), lot.expiryDay(), lot.unlockDay()))
                        .toList());
    }

    /** A closed receipt as recorded; null when there is none of that identity. */
    public CompletableFuture<@Nullable Explanation> explain(ReceiptIdentity identity) {
        return reads.<JournalReads.@Nullable Found>supply(() -> reads.find(identity, durablePosition()))
                .thenCompose(found -> found == null ? CompletableFuture.completedFuture(null) : explain(found));
    }

    private CompletableFuture<@Nullable Explanation> explain(JournalReads.Found found) {
        ReceiptColumns receipt = found.recorded().receipt();
        return ask(s -> {
            RecordedReceipt recorded = ServiceDesk.asClaimed(s, found.recorded());
            OutcomeColumns outcome = recorded.outcome();
            long[] returned = new long[receipt.lines];
            for (int line = 0; line < returned.length; line++) {
                returned[line] = s.engine().returnedThousandths(receipt, line);
            }
            int version = outcome.programmeVersion;
            String programmeId =
                    version == 0 ? "" : s.shelf().programme(version).id();
            List<String> ruleIds =
                    version == 0 ? List.of() : s.shelf().programme(version).ruleIds();
            return new Explanation(
                    recorded,
                    found.receivedAtMillis(),
                    programmeId,
                    ruleIds,
                    reads.movements(outcome),
                    returned,
                    recorded != found.recorded(),
                    s.lastPosition());
        });
    }

    /**
     * The member's ledger, newest first, in whole receipts: a page ends with the receipt that reaches the limit.
     *
     * @param limit entries, 1 to {@link #MOST_STATEMENT_ENTRIES}
     * @param beforePosition only what is below it; 0 = from the newest
     */
    public CompletableFuture<StatementPage> statement(long memberKey, int limit, long beforePosition) {
        if (limit < 1 || limit > MOST_STATEMENT_ENTRIES || beforePosition < 0) {
            throw new IllegalArgumentException("limit=" + limit + " beforePosition=" + beforePosition
                    + ", expected a limit of 1 to " + MOST_STATEMENT_ENTRIES + " and a position of 0 or more");
        }
        return ask(s -> MemberTrails.of(s, memberKey))
                .thenCompose(trail -> reads.supply(() -> reads.statement(trail, limit, beforePosition)));
    }

    /**
     * Enrols in the directory, forces it, then journals the enrolment. Fails with
     * {@link org.assidu.accrual.directory.IdentifierConflictException} when the identifiers belong to different members.
     */
    public CompletableFuture<EnrolmentAnswer> enrol(EnrolmentRequest request) {
        return directory(d -> d.enrol(request.identifiers()))
                .thenCompose(memberKey -> ask(s -> s.enrol(new MemberEnrolment(
                        memberKey,
                        request.channel(),
                        request.store(),
                        request.termsVersion(),
                        request.consents(),
                        false))));
    }

    /** Journals a decision about a member's data. @return a future of the position */
    public CompletableFuture<Long> recordPrivacy(PrivacyEvent event) {
        return ask(s -> s.privacy(event));
    }

    /** All members erased so far. */
    public CompletableFuture<Set<Long>> erasedMembers() {
        return ask(s -> s.privacyTrail().erased());
    }

    /** A member's enrolments and decisions about their data, oldest first. */
    public CompletableFuture<List<PrivacyFact>> privacyFacts(long memberKey) {
        return ask(s -> MemberTrails.privacy(s, memberKey))
                .thenCompose(positions -> reads.supply(() -> reads.privacyFacts(positions)));
    }

    /** As {@link #privacyFacts}, of one key alone: without those that were merged into it. */
    public CompletableFuture<List<PrivacyFact>> ownPrivacyFacts(long memberKey) {
        return ask(s -> s.privacyTrail().of(memberKey))
                .thenCompose(positions -> reads.supply(() -> reads.privacyFacts(positions)));
    }

    /**
     * A member's own receipts with all lines, newest first, also those that earned nothing.
     *
     * @param beforePosition only what is below it; 0 = from the newest
     */
    public CompletableFuture<ReceiptPage> receipts(long memberKey, int limit, long beforePosition) {
        return ask(s -> MemberTrails.of(s, memberKey))
                .thenCompose(trail -> reads.supply(() -> {
                    JournalReads.Receipts page = reads.receipts(trail, limit, beforePosition);
                    List<Explanation> receipts = new ArrayList<>();
                    for (JournalReads.Found found : page.found()) {
                        receipts.add(new Explanation(
                                found.recorded(),
                                found.receivedAtMillis(),
                                "",
                                List.of(),
                                reads.movements(found.recorded().outcome()),
                                new long[found.recorded().receipt().lines],
                                false,
                                trail.position()));
                    }
                    return new ReceiptPage(receipts, page.nextBeforePosition());
                }));
    }

    /** Operations as recorded, by positions that an answer told. */
    CompletableFuture<List<JournalReads.RecordedOperation>> operationsAt(List<Long> positions) {
        return reads.supply(() -> reads.operations(positions));
    }

    /** The first position of a journal time or later; one beyond the last when there is none. */
    public CompletableFuture<Long> positionAt(long epochMillis) {
        return ask(AccrualStage::lastPosition)
                .thenCompose(last -> reads.supply(() -> reads.positionAt(epochMillis, last)));
    }

    /** Which of these members have records, and none at {@code position} or later, and are not erased. */
    public CompletableFuture<List<Long>> inactiveSince(List<Long> memberKeys, long position) {
        return ask(s -> memberKeys.stream()
                .filter(key -> {
                    long[] facts = s.privacyTrail().of(key);
                    long newest =
                            Math.max(s.engine().lastPositionOf(key), facts.length == 0 ? 0 : facts[facts.length - 1]);
                    return newest != 0 && newest < position && !s.privacyTrail().isErased(key);
                })
                .toList());
    }

    /** Changes or searches the directory off the caller's thread; done when the change is forced. */
    public <T extends @Nullable Object> CompletableFuture<T> directory(Function<MemberDirectory, T> change) {
        if (!failStop.running()) {
            return CompletableFuture.failedFuture(failStop.unavailable());
        }
        return reads.supply(() -> {
            T result = change.apply(directory);
            directory.force();
            return result;
        });
    }

    /** Decides an operation in its turn. */
    public CompletableFuture<OperationAnswer> operate(Operation operation) {
        return ask(s -> s.operate(operation));
    }

    /** Journals a programme as the next version, unless its content is refused or it is the newest version already. */
    public CompletableFuture<PublicationAnswer> publish(PublicationRequest request) {
        return ask(s -> s.publish(request));
    }

    /** All published versions, oldest first. */
    public CompletableFuture<List<ProgrammeVersion>> programmes() {
        return ask(s -> s.shelf().versions());
    }

    /**
     * What a receipt would earn under a programme for a member that is supposed. Computed on the caller's thread.
     *
     * @throws IllegalArgumentException when the programme has no such tier or club
     */
    public Simulation simulate(PublishedProgramme programme, ReceiptColumns receipt, SupposedMember member) {
        return ReceiptSimulation.simulate(programme, receipt, member);
    }

    /** Journals products. @return a future of the position */
    public CompletableFuture<Long> importProducts(List<ProductEntry> products) {
        List<ProductEntry> copy = List.copyOf(products);
        return ask(s -> s.importProducts(copy));
    }

    /** Journals stores. @return a future of the position */
    public CompletableFuture<Long> importStores(List<StoreEntry> stores) {
        List<StoreEntry> copy = List.copyOf(stores);
        return ask(s -> s.importStores(copy));
    }

    /** Figures as they are when nothing is due any more: after the sweep. */
    public CompletableFuture<PipelineStatus> status() {
        return afterSweep()
                .thenCompose(none -> ask(s -> new PipelineStatus(
                        state(),
                        s.lastPosition(),
                        durablePosition(),
                        s.engine().stateHash(),
                        s.engine().totals().members(),
                        s.engine().totals().receipts(),
                        s.engine().totals().lines(),
                        s.engine().totals().openReceipts(),
                        s.engine().totals().outstandingMicro(),
                        s.shelf().versions().size(),
                        inbox.used(),
                        inbox.size(),
                        s.batches(),
                        s.largestBatch(),
                        answers.barriers(),
                        answers.lastBarrierMicros(),
                        answers.totalBarrierMicros(),
                        lookup.lookups(),
                        s.engine().totals().books(),
                        passed(s),
                        accrual.times().counts())));
    }

    private static PassedTime passed(AccrualStage stage) {
        Timekeeper time = stage.time();
        return new PassedTime(
                stage.engine().time().day(),
                time.ticks(),
                time.settlements(),
                time.longestSliceMicros(),
                stage.engine().totals().lotBytes());
    }

    /** Waits until nothing is due any more. @return a future of the position up to which that is durable */
    public CompletableFuture<Long> settled() {
        return afterSweep().thenCompose(none -> ask(AccrualStage::lastPosition));
    }

    private CompletableFuture<Void> afterSweep() {
        return ask(s -> s.time().settled()).thenCompose(settled -> settled);
    }

    /** Day of the clock in the programme's zone, since 1970-01-01; 0 while time changes nothing. */
    public CompletableFuture<Integer> today() {
        return ask(AccrualStage::today);
    }

    /**
     * Lets days pass up to one, one after the other, each with what is due on it; it cannot be taken back.
     *
     * @param day since 1970-01-01
     */
    public CompletableFuture<PassedTime> passUntil(int day) {
        return ask(s -> s.time().passUntilDay(day))
                .thenCompose(passed -> passed)
                .thenCompose(none -> ask(Pipeline::passed));
    }

    /** Has what was appended without anyone waiting for it become durable. */
    private void force() {
        ask(AccrualStage::lastPosition);
    }

    /** Runs something on the accrual thread in its turn; done when what it saw is durable. */
    <T extends @Nullable Object> CompletableFuture<T> ask(Function<AccrualStage, T> question) {
        if (!failStop.running()) {
            return CompletableFuture.failedFuture(failStop.unavailable());
        }
        ControlItem<T> item = new ControlItem<>(question);
        if (!inbox.offer(item, null)) {
            return CompletableFuture.failedFuture(
                    failStop.running()
                            ? new PipelineOverloadedException(
                                    "all " + inbox.size() + " places of the ring are taken: ask again later")
                            : failStop.unavailable());
        }
        accrualBell.ring();
        return item.answer();
    }

    /** Takes nothing new, answers everything taken. @return a future of the last position, durable */
    public CompletableFuture<Long> drain() {
        failStop.drain();
        accrualBell.ring();
        return drained.copy();
    }

    /** Drains and ends the threads. Journal and directory stay open: they are their owner's to close. */
    @Override
    public void close() {
        var unused = drain();
        try {
            answersThread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(
                    "interrupted while the pipeline drains: it still uses journal and directory", e);
        }
        reads.close();
    }

    /**
     * The state that a closed pipeline has come to, all of it durable: to be written as a snapshot, or looked at.
     *
     * @throws IllegalStateException while it runs, and after it failed
     */
    public Recovery finalState() {
        if (answersThread.isAlive() || failStop.failed() || !drained.isDone()) {
            throw new IllegalStateException(
                    "the pipeline is " + failStop.state() + ": only a drained one has a final state");
        }
        return Recovery.of(stage, index, journal.chainHead());
    }

    /** Slots of the ring ever taken. */
    long submittedSlots() {
        return inbox.claimed() + 1;
    }

    /** Slots whose work is decided and committed. */
    long decidedSlots() {
        return accrual.decided() + 1;
    }

    /** Life of the answers thread: it is the last to end, and tells everyone who got no answer. */
    private void answerUntilTheEnd() {
        answers.run();
        accrualBell.ring();
        lookup.end();
        joinUninterrupted(accrualThread);
        joinUninterrupted(lookupThread);
        boolean clean = !failStop.failed();
        failStop.closed();
        PipelineUnavailableException cause = failStop.unavailable();
        stage.time().abandon(cause);
        inbox.shut(work -> abandon(work, cause));
        inbox.releaseWaiting();
        if (clean) {
            drained.complete(stage.lastPosition());
        } else {
            drained.completeExceptionally(cause);
        }
    }

    private static void abandon(InboxWork work, PipelineUnavailableException cause) {
        if (work instanceof SalesItem item) {
            item.sink().abandoned(item, cause);
        } else if (work instanceof ControlItem<?> control) {
            control.abandoned(cause);
        }
    }

    /** The threads of the write path are never interrupted: journal files would not survive it. */
    private static void joinUninterrupted(Thread thread) {
        try {
            thread.join();
        } catch (InterruptedException e) {
            throw new IllegalStateException("the answers thread was interrupted", e);
        }
    }
}
