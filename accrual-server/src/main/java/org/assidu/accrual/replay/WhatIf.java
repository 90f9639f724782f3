package org.assidu.accrual.replay;

import java.util.List;
import java.util.function.LongConsumer;
import java.util.function.Supplier;
import org.assidu.accrual.codec.RecordContext;
import org.assidu.accrual.engine.AccrualEngine;
import org.assidu.accrual.engine.ReservationView;
import org.assidu.accrual.journal.JournalReader;
import org.assidu.accrual.model.Mechanics.ShopReward;
import org.assidu.accrual.model.MemberEnrolment;
import org.assidu.accrual.model.Operation;
import org.assidu.accrual.model.OperationKind;
import org.assidu.accrual.model.OutcomeColumns;
import org.assidu.accrual.model.PrivacyEvent;
import org.assidu.accrual.model.PublishedProgramme;
import org.assidu.accrual.model.ReceiptColumns;
import org.assidu.accrual.model.RecordType;
import org.assidu.accrual.model.StoreEntry;
import org.assidu.accrual.programme.Programme;
import org.assidu.accrual.programme.ShopRule;
import org.jspecify.annotations.Nullable;

/**
 * Replays a journal under other rules, beside what it says: one engine is kept in step by the recorded outcomes, another one
 * decides every record again. Sales, returns and what members used are facts; what rules gave for them is not. Nobody's behaviour
 * is modelled.
 *
 * <pre>
 *   record ──► history engine (applies)      ──► figures, purses   before
 *          └─► alternative engine (decides)  ──► figures, purses   after
 * </pre>
 */
public final class WhatIf implements RecordListener {
    private final WhatIfQuestion question;
    private final JournalSurvey survey;
    private final @Nullable Replacement replacement;
    private final BusinessClock clock = new BusinessClock();
    private final AccrualEngine history = new AccrualEngine();
    private final WorldFigures figures = new WorldFigures(history);
    private final AlternativeWorld alternative;
    private final MemberComparison members;
    private final ReceiptFacts receipts = new ReceiptFacts();
    private boolean replaced;

    private WhatIf(WhatIfQuestion question, JournalSurvey survey, @Nullable Replacement replacement) {
        this.question = question;
        this.survey = survey;
        this.replacement = replacement;
        alternative = new AlternativeWorld(survey, history);
        members = new MemberComparison(history, alternative.engine);
    }

    /** Told how far the replay is. */
    public interface Progress {
        /** The first look through the journal. */
        void surveyed(long position);

        /** @param records of which there are so many in all */
        void decided(long position, long records);
    }

    /**
     * Answers a question about a journal.
     *
     * @param journal opens a reader; one is read at a time
     * @throws IllegalArgumentException when the programme asked about has problems or the journal nothing to say
     */
    public static WhatIfReport answer(WhatIfQuestion question, Supplier<JournalReader> journal, Progress progress) {
        JournalSurvey survey;
        try (JournalReader reader = journal.get()) {
            survey = JournalSurvey.of(reader, question.from(), question.to(), progress::surveyed);
        }
        WhatIf whatIf = new WhatIf(question, survey, Replacement.of(question, survey));
        progress.decided(0, survey.last());
        try (JournalReader reader = journal.get()) {
            whatIf.replay(reader, position -> progress.decided(position, survey.last()));
        }
        return whatIf.finish();
    }

    private void replay(JournalReader reader, LongConsumer progress) {
        EngineReplay replay = new EngineReplay(history, this);
        reader.seek(1);
        while (reader.next() && reader.position() <= survey.last()) {
            if (replacement != null && !replaced && reader.position() == replacement.position()) {
                publish(replacement, reader.position());
            }
            replay.apply(reader);
            if (reader.position() % JournalSurvey.RECORDS_BETWEEN_REPORTS == 0) {
                progress.accept(reader.position());
            }
        }
        progress.accept(survey.last());
    }

    private void publish(Replacement other, long position) {
        alternative.publish(other.published(alternative.engine.programmes().size() + 1), position);
        replaced = true;
    }

    @Override
    public void receipt(
            RecordType type,
            ReceiptColumns receipt,
            OutcomeColumns outcome,
            RecordContext context,
            long position,
            long timeMillis) {
        clock.receipt(type, receipt, timeMillis);
        beginStretch(position);
        figures.receipt(type, receipt, outcome);
        if (type == RecordType.RECEIPT && receipt.usedRewards > 0) {
            noteHandedOut(receipt);
        }
        OutcomeColumns other = alternative.receipt(type, receipt, position, timeMillis);
        if (isInStretch(position)) {
            receipts.add(type, receipt, outcome, other);
        }
        if (type == RecordType.RECEIPT) {
            members.bought(receipt);
        }
    }

    /** Rewards of the shop that the receipt used cost what each side says; one that the other side lacks, what it cost. */
    private void noteHandedOut(ReceiptColumns receipt) {
        for (int used = 0; used < receipt.usedRewards; used++) {
            long units = Math.max(1, receipt.usedRewardCount[used]);
            String reward = receipt.string(receipt.usedReward[used]);
            ShopReward was = shopReward(history, reward, receipt.soldAtMillis);
            ShopReward would = shopReward(alternative.engine, reward, receipt.soldAtMillis);
            if (was != null) {
                figures.handedOut(AlternativeWorld.costMicro(was, units, history));
                alternative.figures.handedOut(AlternativeWorld.costMicro(would == null ? was : would, units, history));
            }
        }
    }

    private static @Nullable ShopReward shopReward(AccrualEngine engine, String id, long soldAtMillis) {
        Programme programme = engine.programmeAt(soldAtMillis);
        ShopRule reward = programme == null ? null : programme.shopReward(id);
        return reward == null ? null : reward.source();
    }

    private boolean isInStretch(long position) {
        return survey.firstFrom() != 0 && position >= survey.firstFrom();
    }

    /** Lets days pass in the other world where the journal has no ticks for it, and begins to count at the right place. */
    private void beginStretch(long position) {
        boolean counting = isInStretch(position);
        figures.counting(counting);
        alternative.figures.counting(counting);
        if (history.time().nextTickMillis() == Long.MAX_VALUE) {
            alternative.days.until(clock.millis(), position);
        }
    }

    @Override
    public void operation(
            Operation operation, OutcomeColumns outcome, RecordContext context, long position, long timeMillis) {
        clock.operation(operation, timeMillis);
        beginStretch(position);
        if (operation.kind() == OperationKind.COMMIT) {
            ReservationView held = history.reservation(operation.idempotencyKey());
            figures.handedOut(held == null ? 0 : AlternativeWorld.costMicro(held.reward(), held.units(), history));
        }
        figures.operation(outcome);
        alternative.operation(operation, outcome, position, timeMillis);
    }

    @Override
    public void programme(PublishedProgramme programme, long position, long timeMillis) {
        clock.other(timeMillis);
        if (replacement == null || replacement.keeps(programme)) {
            int next = alternative.engine.programmes().size() + 1;
            alternative.publish(Replacement.numbered(programme, next), position);
        }
    }

    @Override
    public void enrolment(MemberEnrolment enrolment, long position, long timeMillis) {
        clock.other(timeMillis);
        beginStretch(position);
        alternative.enrolment(enrolment, position, timeMillis);
    }

    @Override
    public void privacy(PrivacyEvent event, long position, long timeMillis) {
        clock.other(timeMillis);
    }

    @Override
    public void stores(List<StoreEntry> stores, long position, long timeMillis) {
        clock.other(timeMillis);
        alternative.engine.applyStores(stores);
    }

    /** Settles both worlds, as of the end of the last day, and compares them. */
    private WhatIfReport finish() {
        DaySweep days = new DaySweep(history, (operation, made) -> figures.operation(made));
        long last = survey.last();
        if (question.to() != null) {
            long end = question.to()
                            .plusDays(1)
                            .atStartOfDay(survey.zone())
                            .toInstant()
                            .toEpochMilli()
                    - 1;
            days.until(end, last);
            alternative.days.until(end, last);
        } else if (history.time().nextTickMillis() == Long.MAX_VALUE) {
            alternative.days.until(clock.millis(), last);
        }
        days.settle(last);
        alternative.days.settle(last);
        members.compare();
        return new WhatIfSummary(question, survey, replacement, history, figures, alternative, members, receipts)
                .report(clock.millis());
    }
}
