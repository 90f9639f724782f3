package org.assidu.accrual.replay;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.LongConsumer;
import java.util.function.Supplier;
import org.assidu.accrual.codec.OperationRecordCodec;
import org.assidu.accrual.codec.ReceiptRecordCodec;
import org.assidu.accrual.codec.RecordContext;
import org.assidu.accrual.engine.AccrualEngine;
import org.assidu.accrual.engine.OriginalReceipts;
import org.assidu.accrual.journal.JournalReader;
import org.assidu.accrual.model.Operation;
import org.assidu.accrual.model.OperationStatus;
import org.assidu.accrual.model.OutcomeColumns;
import org.assidu.accrual.model.ReceiptColumns;
import org.assidu.accrual.model.RecordType;
import org.assidu.accrual.model.RecordedReceipt;
import org.jspecify.annotations.Nullable;

/**
 * Decides every receipt and operation of a journal again, in a fresh engine that is kept in step by the recorded outcomes, and compares what
 * it would append now with what was appended, byte for byte.
 */
public final class OutcomeVerifier implements RecordListener, OriginalReceipts {
    private static final int RECORDS_BETWEEN_REPORTS = 1 << 16;

    private final AccrualEngine engine = new AccrualEngine();
    private final ReceiptIndex index = new ReceiptIndex();
    private final JournalReader records;
    private final RecordedReceipts originals;
    private final ReceiptRecordCodec codec = new ReceiptRecordCodec();
    private final RecordContext contextNow = new RecordContext();
    private final ReceiptColumns input = new ReceiptColumns();
    private final OutcomeColumns outcomeNow = new OutcomeColumns();
    private final ReceiptColumns originalReceipt = new ReceiptColumns();
    private final OutcomeColumns originalOutcome = new OutcomeColumns();
    private final List<OutcomeReport.Mismatch> firstMismatches = new ArrayList<>();
    private byte[] buffer = new byte[1 << 16];
    private long count;
    private long decided;
    private long otherSemantics;
    private long declaredDifferences;
    private long mismatches;

    private OutcomeVerifier(JournalReader records, JournalReader lookups) {
        this.records = records;
        originals = new RecordedReceipts(lookups, index, engine);
    }

    /**
     * Verifies a journal whose structure is sound.
     *
     * @param records at the beginning
     * @param lookups another reader of the same journal
     * @param progress told the position now and then
     */
    public static OutcomeReport verify(JournalReader records, JournalReader lookups, LongConsumer progress) {
        return new OutcomeVerifier(records, lookups).run(progress);
    }

    private OutcomeReport run(LongConsumer progress) {
        EngineReplay replay = new EngineReplay(engine, this);
        while (records.next()) {
            replay.apply(records);
            if (++count % RECORDS_BETWEEN_REPORTS == 0) {
                progress.accept(records.position());
            }
        }
        return new OutcomeReport(
                count,
                decided,
                otherSemantics,
                declaredDifferences,
                mismatches,
                List.copyOf(firstMismatches),
                String.format(Locale.ROOT, "%016x", engine.stateHash()));
    }

    @Override
    public void receipt(
            RecordType type,
            ReceiptColumns receipt,
            OutcomeColumns outcome,
            RecordContext context,
            long position,
            long timeMillis) {
        count(decideAgain(receipt, outcome, context, timeMillis), context, position, () -> nameOf(receipt));
        if (type == RecordType.RECEIPT) {
            index.put(engine.identityHash(receipt, RecordedReceipts.ITSELF), position);
        }
    }

    @Override
    public void operation(
            Operation operation, OutcomeColumns outcome, RecordContext context, long position, long timeMillis) {
        count(
                decideAgain(operation, outcome, context, timeMillis),
                context,
                position,
                () -> "operation " + operation.kind());
    }

    private void count(@Nullable String difference, RecordContext context, long position, Supplier<String> name) {
        decided++;
        boolean otherRules = context.semanticsVersion != AccrualEngine.SEMANTICS_VERSION;
        if (otherRules) {
            otherSemantics++;
        }
        if (difference != null && otherRules) {
            declaredDifferences++;
        } else if (difference != null) {
            mismatches++;
            if (firstMismatches.size() < OutcomeReport.MOST_KEPT) {
                firstMismatches.add(new OutcomeReport.Mismatch(position, name.get(), difference));
            }
        }
    }

    private @Nullable String decideAgain(
            Operation operation, OutcomeColumns outcome, RecordContext context, long timeMillis) {
        OperationStatus status = engine.decide(operation, this, timeMillis, outcomeNow);
        if (!status.journalled()) {
            return "recorded as DONE, decided now=" + status;
        }
        ensureBuffer(OperationRecordCodec.encodedSizeBound(operation, outcomeNow));
        long previous = engine.lastPositionOf(operation.memberKey());
        contextNow.set(0, previous, context.semanticsVersion);
        int length = OperationRecordCodec.encode(operation, outcomeNow, contextNow, buffer, 0);
        return isRecorded(length)
                ? null
                : OutcomeDifference.between(outcome, outcomeNow, context.previousPosition, previous);
    }

    private boolean isRecorded(int length) {
        int from = records.offset();
        return Arrays.equals(buffer, 0, length, records.buffer(), from, from + records.length());
    }

    private void ensureBuffer(int bytes) {
        if (buffer.length < bytes) {
            buffer = new byte[bytes];
        }
    }

    /** @return how the record would be different now; null when it would be the same */
    private @Nullable String decideAgain(
            ReceiptColumns receipt, OutcomeColumns outcome, RecordContext context, long timeMillis) {
        asSent(receipt, input);
        ReceiptColumns recordedNow = engine.decide(input, this, timeMillis, outcomeNow);
        ensureBuffer(ReceiptRecordCodec.encodedSizeBound(recordedNow, outcomeNow));
        long previous = engine.lastPositionOf(AccrualEngine.chainMember(recordedNow, outcomeNow));
        contextNow.set(context.receivedAtMillis, previous, context.semanticsVersion);
        int length = codec.encode(recordedNow, outcomeNow, contextNow, buffer, 0);
        return isRecorded(length)
                ? null
                : OutcomeDifference.between(outcome, outcomeNow, context.previousPosition, previous);
    }

    /** The message that led to a record: of an assembled receipt, its closing chunk. */
    static void asSent(ReceiptColumns recorded, ReceiptColumns sent) {
        sent.clear();
        sent.copyHeaderFrom(recorded);
        int first = recorded.chunks < 2 ? 0 : recorded.chunkEnds[recorded.chunks - 2];
        sent.appendLinesFrom(recorded, first, recorded.lines);
    }

    @Override
    public @Nullable RecordedReceipt find(ReceiptColumns of, int original) {
        long hash = engine.identityHash(of, original);
        long position = originals.find(of, original, hash, Long.MAX_VALUE, originalReceipt, originalOutcome);
        return position == 0
                ? null
                : new RecordedReceipt(originalReceipt, originalOutcome, position, originals.timeMillis());
    }

    static String nameOf(ReceiptColumns receipt) {
        return "store " + receipt.string(receipt.store) + " till " + receipt.string(receipt.till) + " series "
                + receipt.series + " number " + receipt.number;
    }
}
