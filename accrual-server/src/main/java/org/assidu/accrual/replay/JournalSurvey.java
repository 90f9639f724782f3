package org.assidu.accrual.replay;

import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.function.LongConsumer;
import org.agrona.collections.LongHashSet;
import org.assidu.accrual.codec.RecordContext;
import org.assidu.accrual.engine.AccrualEngine;
import org.assidu.accrual.journal.JournalReader;
import org.assidu.accrual.model.Operation;
import org.assidu.accrual.model.OperationKind;
import org.assidu.accrual.model.OutcomeColumns;
import org.assidu.accrual.model.PublishedProgramme;
import org.assidu.accrual.model.ReceiptColumns;
import org.assidu.accrual.model.RecordType;
import org.jspecify.annotations.Nullable;

/**
 * A first look through a journal, without deciding anything: where days begin and end in it, its programmes, and which receipts
 * come back or are claimed later.
 */
final class JournalSurvey implements RecordListener {
    static final int RECORDS_BETWEEN_REPORTS = 1 << 16;

    private final @Nullable LocalDate from;
    private final @Nullable LocalDate to;
    private final BusinessClock clock = new BusinessClock();
    /** Knows how receipts are numbered, and nothing else. */
    private final AccrualEngine numbering = new AccrualEngine();

    private final LongHashSet askedFor = new LongHashSet();
    private final List<PublishedProgramme> programmes = new ArrayList<>();
    private long firstProgramme;
    private long firstFrom;
    private long lastTo = Long.MAX_VALUE;
    private long records;
    private @Nullable ZoneId zone;
    private long fromMillis;
    private long endMillis = Long.MAX_VALUE;

    private JournalSurvey(@Nullable LocalDate from, @Nullable LocalDate to) {
        this.from = from;
        this.to = to;
        fromMillis = from == null ? Long.MIN_VALUE : Long.MAX_VALUE;
    }

    /**
     * @param from first day that is asked about; null = from the beginning
     * @param to last day; null = to the end
     */
    static JournalSurvey of(
            JournalReader reader, @Nullable LocalDate from, @Nullable LocalDate to, LongConsumer progress) {
        JournalSurvey survey = new JournalSurvey(from, to);
        RecordDecoder decoder = new RecordDecoder(survey);
        reader.seek(1);
        while (survey.lastTo == Long.MAX_VALUE && reader.next()) {
            decoder.read(reader);
            survey.records = reader.position();
            if (survey.records % RECORDS_BETWEEN_REPORTS == 0) {
                progress.accept(survey.records);
            }
        }
        progress.accept(survey.records);
        return survey;
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
        if (type == RecordType.RECEIPT) {
            for (int original = 0; original < receipt.originals; original++) {
                askedFor.add(numbering.identityHash(receipt, original));
            }
        }
        seen(Math.max(clock.millis(), receipt.soldAtMillis), position);
    }

    @Override
    public void programme(PublishedProgramme programme, long position, long timeMillis) {
        clock.other(timeMillis);
        if (programmes.isEmpty()) {
            numbering.applyProgramme(programme, position);
            firstProgramme = position;
            zone = ZoneId.of(programme.document().timeZone());
            fromMillis = from == null ? Long.MIN_VALUE : startOf(from);
            endMillis = to == null ? Long.MAX_VALUE : startOf(to.plusDays(1));
        }
        programmes.add(programme);
        seen(clock.millis(), position);
    }

    @Override
    public void operation(
            Operation operation, OutcomeColumns outcome, RecordContext context, long position, long timeMillis) {
        clock.operation(operation, timeMillis);
        if (operation.kind() == OperationKind.CLAIM) {
            claimed(operation.details());
        }
        seen(clock.millis(), position);
    }

    /** @param receipt store, till, series, number and business date, as a CLAIM names them */
    private void claimed(List<String> receipt) {
        ReceiptColumns identity = new ReceiptColumns();
        identity.store = identity.addText(receipt.get(0));
        identity.till = identity.addText(receipt.get(1));
        identity.series = Integer.parseInt(receipt.get(2));
        identity.number = Long.parseLong(receipt.get(3));
        identity.businessDate = Integer.parseInt(receipt.get(4));
        askedFor.add(numbering.identityHash(identity, RecordedReceipts.ITSELF));
    }

    /** @param concernsMillis latest time that the record is about */
    private void seen(long concernsMillis, long position) {
        if (firstFrom == 0 && concernsMillis >= fromMillis) {
            firstFrom = position;
        }
        if (clock.millis() >= endMillis && lastTo == Long.MAX_VALUE) {
            lastTo = position - 1;
        }
    }

    private long startOf(LocalDate day) {
        return day.atStartOfDay(zone()).toInstant().toEpochMilli();
    }

    /** Zone of the first programme. @throws IllegalStateException when there is none */
    ZoneId zone() {
        if (zone == null) {
            throw new IllegalStateException(
                    "the journal holds no programme, so that its days have no time zone; publish one first");
        }
        return zone;
    }

    /** Start of the first day asked about; {@link Long#MIN_VALUE} = the beginning. */
    long fromMillis() {
        return fromMillis;
    }

    /** Of the first record that concerns the first day asked about, or a later one; 0 = there is none. */
    long firstFrom() {
        return firstFrom;
    }

    /** Of the last record of the last day asked about, or of the journal. */
    long last() {
        return Math.min(lastTo, records);
    }

    /** Whether records follow the last day asked about. */
    boolean endsBeforeTheJournal() {
        return lastTo != Long.MAX_VALUE;
    }

    /** Latest time that the records looked at are about; 0 = none says. */
    long latestMillis() {
        return clock.millis();
    }

    /** In order of publication. */
    List<PublishedProgramme> programmes() {
        return programmes;
    }

    /** Position of the first programme; 0 = none. */
    long firstProgramme() {
        return firstProgramme;
    }

    /** Whether some return line or claim names a receipt with this identity hash. */
    boolean isAskedFor(long identityHash) {
        return askedFor.contains(identityHash);
    }
}
