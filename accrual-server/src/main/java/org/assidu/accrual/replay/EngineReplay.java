package org.assidu.accrual.replay;

import java.util.List;
import org.assidu.accrual.codec.ProgrammeRecord;
import org.assidu.accrual.codec.RecordContext;
import org.assidu.accrual.document.ParsedProgramme;
import org.assidu.accrual.document.ProgrammeParser;
import org.assidu.accrual.engine.AccrualEngine;
import org.assidu.accrual.journal.JournalReader;
import org.assidu.accrual.model.MemberEnrolment;
import org.assidu.accrual.model.Operation;
import org.assidu.accrual.model.OutcomeColumns;
import org.assidu.accrual.model.PrivacyEvent;
import org.assidu.accrual.model.ProgrammeDocument;
import org.assidu.accrual.model.PublishedProgramme;
import org.assidu.accrual.model.ReceiptColumns;
import org.assidu.accrual.model.RecordType;
import org.assidu.accrual.model.StoreEntry;

/**
 * Brings an engine to where a journal says it was: applies the outcomes of records one by one and decides nothing, so that
 * newer rules never rewrite history.
 */
public final class EngineReplay {
    private final RecordDecoder decoder;

    public EngineReplay(AccrualEngine engine, RecordListener listener) {
        decoder = new RecordDecoder(new Applied(engine, listener));
    }

    /** Applies the record under the cursor. @throws IllegalStateException naming the position when it cannot be read */
    public void apply(JournalReader record) {
        decoder.read(record);
    }

    /** Tells the listener of each record, then applies it. */
    private record Applied(AccrualEngine engine, RecordListener listener) implements RecordListener {
        @Override
        public void receipt(
                RecordType type,
                ReceiptColumns receipt,
                OutcomeColumns outcome,
                RecordContext context,
                long position,
                long timeMillis) {
            listener.receipt(type, receipt, outcome, context, position, timeMillis);
            engine.applyReceipt(receipt, outcome, position, timeMillis);
        }

        @Override
        public void programme(PublishedProgramme programme, long position, long timeMillis) {
            listener.programme(programme, position, timeMillis);
            engine.applyProgramme(programme, position);
        }

        @Override
        public void enrolment(MemberEnrolment enrolment, long position, long timeMillis) {
            listener.enrolment(enrolment, position, timeMillis);
            engine.applyEnrolment(enrolment, position, timeMillis);
        }

        @Override
        public void operation(
                Operation operation, OutcomeColumns outcome, RecordContext context, long position, long timeMillis) {
            listener.operation(operation, outcome, context, position, timeMillis);
            engine.applyOperation(operation, outcome, position, timeMillis);
        }

        @Override
        public void privacy(PrivacyEvent event, long position, long timeMillis) {
            listener.privacy(event, position, timeMillis);
        }

        @Override
        public void stores(List<StoreEntry> stores, long position, long timeMillis) {
            listener.stores(stores, position, timeMillis);
            engine.applyStores(stores);
        }

        @Override
        public void epoch(long epoch, long position, long timeMillis) {
            listener.epoch(epoch, position, timeMillis);
        }

        @Override
        public void other(RecordType type, long position, long timeMillis) {
            listener.other(type, position, timeMillis);
        }
    }

    /** A programme record with its document parsed. @throws IllegalArgumentException when this version cannot read it */
    public static PublishedProgramme published(ProgrammeRecord record) {
        return published(record.version(), record.sha256(), record.canonicalText(), record.sourceText());
    }

    /** As above, of a version's texts. */
    public static PublishedProgramme published(int version, String sha256, String canonicalText, String sourceText) {
        ParsedProgramme parsed = ProgrammeParser.parse(canonicalText);
        ProgrammeDocument document = parsed.document();
        if (document == null) {
            throw new IllegalArgumentException(
                    "programme version " + version + " does not parse: " + parsed.problems());
        }
        return new PublishedProgramme(version, sha256, canonicalText, sourceText, document);
    }
}
