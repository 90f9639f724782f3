package org.assidu.accrual.replay;

import org.assidu.accrual.codec.EnrolmentRecordCodec;
import org.assidu.accrual.codec.OperationRecordCodec;
import org.assidu.accrual.codec.PrivacyRecordCodec;
import org.assidu.accrual.codec.ProgrammeRecord;
import org.assidu.accrual.codec.ProgrammeRecordCodec;
import org.assidu.accrual.codec.ReceiptRecordCodec;
import org.assidu.accrual.codec.RecordContext;
import org.assidu.accrual.codec.RecordFormatException;
import org.assidu.accrual.codec.StoresRecordCodec;
import org.assidu.accrual.document.ParsedProgramme;
import org.assidu.accrual.document.ProgrammeParser;
import org.assidu.accrual.engine.AccrualEngine;
import org.assidu.accrual.journal.JournalReader;
import org.assidu.accrual.model.MemberEnrolment;
import org.assidu.accrual.model.Operation;
import org.assidu.accrual.model.OutcomeColumns;
import org.assidu.accrual.model.ProgrammeDocument;
import org.assidu.accrual.model.PublishedProgramme;
import org.assidu.accrual.model.ReceiptColumns;
import org.assidu.accrual.model.RecordType;

/**
 * Brings an engine to where a journal says it was: applies the outcomes of records one by one and decides nothing, so that
 * newer rules never rewrite history.
 */
public final class EngineReplay {
    private final AccrualEngine engine;
    private final RecordListener listener;
    private final ReceiptRecordCodec codec = new ReceiptRecordCodec();
    private final ReceiptColumns receipt = new ReceiptColumns();
    private final OutcomeColumns outcome = new OutcomeColumns();
    private final RecordContext context = new RecordContext();

    public EngineReplay(AccrualEngine engine, RecordListener listener) {
        this.engine = engine;
        this.listener = listener;
    }

    /** Applies the record under the cursor. @throws IllegalStateException naming the position when it cannot be read */
    public void apply(JournalReader record) {
        long position = record.position();
        try {
            apply(record, RecordType.ofCode(record.type()), position, record.timeMillis());
        } catch (RecordFormatException | IllegalArgumentException e) {
            throw new IllegalStateException(
                    "the record at position " + position + " (type " + record.type() + ", " + record.length()
                            + " bytes) cannot be applied by this version: " + e.getMessage()
                            + ". Start the version that wrote it",
                    e);
        }
    }

    private void apply(JournalReader record, RecordType type, long position, long timeMillis) {
        switch (type) {
            case RECEIPT, CHUNK, VOID -> {
                codec.decode(record.buffer(), record.offset(), record.length(), receipt, outcome, context);
                listener.receipt(type, receipt, outcome, context, position, timeMillis);
                engine.applyReceipt(receipt, outcome, position, timeMillis);
            }
            case PROGRAMME -> {
                PublishedProgramme programme =
                        published(ProgrammeRecordCodec.decode(record.buffer(), record.offset(), record.length()));
                listener.programme(programme, position, timeMillis);
                engine.applyProgramme(programme, position);
            }
            case ENROLMENT -> {
                MemberEnrolment enrolment =
                        EnrolmentRecordCodec.decode(record.buffer(), record.offset(), record.length());
                listener.enrolment(enrolment, position, timeMillis);
                engine.applyEnrolment(enrolment, position, timeMillis);
            }
            case OPERATION -> {
                Operation operation = OperationRecordCodec.decode(
                        record.buffer(), record.offset(), record.length(), outcome, context);
                listener.operation(operation, outcome, context, position, timeMillis);
                engine.applyOperation(operation, outcome, position, timeMillis);
            }
            case PRIVACY ->
                listener.privacy(
                        PrivacyRecordCodec.decode(record.buffer(), record.offset(), record.length()),
                        position,
                        timeMillis);
            case STORES -> {
                listener.other(type, position, timeMillis);
                engine.applyStores(StoresRecordCodec.decode(record.buffer(), record.offset(), record.length()));
            }
            case PRODUCTS -> listener.other(type, position, timeMillis);
        }
    }

    /** A programme record with its document parsed. @throws IllegalArgumentException when this version cannot read it */
    public static PublishedProgramme published(ProgrammeRecord record) {
        ParsedProgramme parsed = ProgrammeParser.parse(record.canonicalText());
        ProgrammeDocument document = parsed.document();
        if (document == null) {
            throw new IllegalArgumentException(
                    "programme version " + record.version() + " does not parse: " + parsed.problems());
        }
        return new PublishedProgramme(
                record.version(), record.sha256(), record.canonicalText(), record.sourceText(), document);
    }
}
