package org.assidu.accrual.replay;

import org.assidu.accrual.codec.EnrolmentRecordCodec;
import org.assidu.accrual.codec.OperationRecordCodec;
import org.assidu.accrual.codec.PrivacyRecordCodec;
import org.assidu.accrual.codec.ReceiptRecordCodec;
import org.assidu.accrual.codec.RecordContext;
import org.assidu.accrual.engine.AccrualEngine;
import org.assidu.accrual.journal.JournalReader;
import org.assidu.accrual.model.MemberEnrolment;
import org.assidu.accrual.model.Operation;
import org.assidu.accrual.model.OutcomeColumns;
import org.assidu.accrual.model.PrivacyEvent;
import org.assidu.accrual.model.ReceiptColumns;
import org.assidu.accrual.model.RecordType;
import org.jspecify.annotations.Nullable;

/** Reads receipts and operations back from the journal, for one thread. */
public final class RecordedReceipts implements AutoCloseable {
    /** Value of {@code original} that names a receipt itself. */
    public static final int ITSELF = -1;

    private final JournalReader reader;
    private final ReceiptIndex index;
    private final AccrualEngine engine;
    private final ReceiptRecordCodec codec = new ReceiptRecordCodec();
    private final RecordContext context = new RecordContext();

    /** @param engine asked only for identity hashes, which any thread may */
    public RecordedReceipts(JournalReader reader, ReceiptIndex index, AccrualEngine engine) {
        this.reader = reader;
        this.index = index;
        this.engine = engine;
    }

    /**
     * Reads the closed receipt of an identity.
     *
     * @param original as in {@link org.assidu.accrual.engine.OriginalReceipts}
     * @param upTo positions beyond it are not readable yet and count as absent
     * @return its position; 0 when there is none
     */
    public long find(
            ReceiptColumns of, int original, long hash, long upTo, ReceiptColumns receipt, OutcomeColumns outcome) {
        for (int candidate = 0; ; candidate++) {
            long position = index.find(hash, candidate);
            if (position == 0) {
                return 0;
            }
            if (position <= upTo) {
                read(position, receipt, outcome);
                if (isNamed(of, original, receipt) && engine.identityHash(receipt, ITSELF) == hash) {
                    return position;
                }
            }
        }
    }

    /** Reads the record at a position, which must be that of a receipt, chunk or void. */
    public void read(long position, ReceiptColumns receipt, OutcomeColumns outcome) {
        RecordType type = move(position);
        if (type != RecordType.RECEIPT && type != RecordType.CHUNK && type != RecordType.VOID) {
            throw new IllegalStateException(
                    "position " + position + " holds a record of type " + type + ", expected a receipt");
        }
        codec.decode(reader.buffer(), reader.offset(), reader.length(), receipt, outcome, context);
    }

    /** Reads the operation that the reader was moved to. */
    public Operation readOperation(OutcomeColumns outcome) {
        return OperationRecordCodec.decode(reader.buffer(), reader.offset(), reader.length(), outcome, context);
    }

    /** Goes to a committed record. */
    public RecordType move(long position) {
        reader.seek(position);
        if (!reader.next() || reader.position() != position) {
            throw new IllegalStateException(
                    "position " + position + " is committed but cannot be read from the journal");
        }
        return RecordType.ofCode(reader.type());
    }

    /** Makes something of an enrolment or a privacy record; the other one is null. */
    @FunctionalInterface
    public interface FactMaker<T> {
        T make(long position, long timeMillis, @Nullable MemberEnrolment enrolment, @Nullable PrivacyEvent event);
    }

    /** Reads the record at a position, which must be an enrolment or a privacy record. */
    public <T> T privacyFact(long position, FactMaker<T> maker) {
        RecordType type = move(position);
        return switch (type) {
            case ENROLMENT ->
                maker.make(
                        position,
                        reader.timeMillis(),
                        EnrolmentRecordCodec.decode(reader.buffer(), reader.offset(), reader.length()),
                        null);
            case PRIVACY ->
                maker.make(
                        position,
                        reader.timeMillis(),
                        null,
                        PrivacyRecordCodec.decode(reader.buffer(), reader.offset(), reader.length()));
            default ->
                throw new IllegalStateException("position " + position + " holds a record of type " + type
                        + ", expected an enrolment or a privacy record");
        };
    }

    /** Context of the receipt or operation read last. */
    public RecordContext context() {
        return context;
    }

    /** Journal time of the record read last. */
    public long timeMillis() {
        return reader.timeMillis();
    }

    /** Whether a receipt has the identity named; its business date is left to the identity hash. */
    public static boolean isNamed(ReceiptColumns of, int original, ReceiptColumns found) {
        if (original == ITSELF) {
            return found.number == of.number
                    && found.series == of.series
                    && found.sameText(found.till, of, of.till)
                    && found.sameText(found.store, of, of.store);
        }
        return found.number == of.originalNumber[original]
                && found.series == of.originalSeries[original]
                && found.sameText(found.till, of, of.originalTill[original])
                && found.sameText(found.store, of, of.originalStore[original]);
    }

    @Override
    public void close() {
        reader.close();
    }
}
