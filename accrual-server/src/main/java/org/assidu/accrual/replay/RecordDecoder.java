package org.assidu.accrual.replay;

import org.assidu.accrual.codec.EnrolmentRecordCodec;
import org.assidu.accrual.codec.EpochRecordCodec;
import org.assidu.accrual.codec.OperationRecordCodec;
import org.assidu.accrual.codec.PrivacyRecordCodec;
import org.assidu.accrual.codec.ProgrammeRecordCodec;
import org.assidu.accrual.codec.ReceiptRecordCodec;
import org.assidu.accrual.codec.RecordContext;
import org.assidu.accrual.codec.RecordFormatException;
import org.assidu.accrual.codec.StoresRecordCodec;
import org.assidu.accrual.journal.JournalReader;
import org.assidu.accrual.model.Operation;
import org.assidu.accrual.model.OutcomeColumns;
import org.assidu.accrual.model.ReceiptColumns;
import org.assidu.accrual.model.RecordType;

/** Shows records of a journal to a listener as what they hold. */
final class RecordDecoder {
    private final RecordListener listener;
    private final ReceiptRecordCodec codec = new ReceiptRecordCodec();
    private final ReceiptColumns receipt = new ReceiptColumns();
    private final OutcomeColumns outcome = new OutcomeColumns();
    private final RecordContext context = new RecordContext();

    RecordDecoder(RecordListener listener) {
        this.listener = listener;
    }

    /** Shows the record under the cursor. @throws IllegalStateException naming the position when it cannot be read */
    void read(JournalReader record) {
        long position = record.position();
        try {
            read(record, RecordType.ofCode(record.type()), position, record.timeMillis());
        } catch (RecordFormatException | IllegalArgumentException e) {
            throw new IllegalStateException(
                    "the record at position " + position + " (type " + record.type() + ", " + record.length()
                            + " bytes) cannot be applied by this version: " + e.getMessage()
                            + ". Start the version that wrote it",
                    e);
        }
    }

    private void read(JournalReader record, RecordType type, long position, long timeMillis) {
        switch (type) {
            case RECEIPT, CHUNK, VOID -> {
                codec.decode(record.buffer(), record.offset(), record.length(), receipt, outcome, context);
                listener.receipt(type, receipt, outcome, context, position, timeMillis);
            }
            case PROGRAMME ->
                listener.programme(
                        EngineReplay.published(
                                ProgrammeRecordCodec.decode(record.buffer(), record.offset(), record.length())),
                        position,
                        timeMillis);
            case ENROLMENT ->
                listener.enrolment(
                        EnrolmentRecordCodec.decode(record.buffer(), record.offset(), record.length()),
                        position,
                        timeMillis);
            case OPERATION -> {
                Operation operation = OperationRecordCodec.decode(
                        record.buffer(), record.offset(), record.length(), outcome, context);
                listener.operation(operation, outcome, context, position, timeMillis);
            }
            case PRIVACY ->
                listener.privacy(
                        PrivacyRecordCodec.decode(record.buffer(), record.offset(), record.length()),
                        position,
                        timeMillis);
            case STORES ->
                listener.stores(
                        StoresRecordCodec.decode(record.buffer(), record.offset(), record.length()),
                        position,
                        timeMillis);
            case EPOCH ->
                listener.epoch(
                        EpochRecordCodec.decode(record.buffer(), record.offset(), record.length()),
                        position,
                        timeMillis);
            case PRODUCTS -> listener.other(type, position, timeMillis);
        }
    }
}
