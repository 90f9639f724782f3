package org.assidu.accrual.export;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.SplittableRandom;
import org.assidu.accrual.codec.OperationRecordCodec;
import org.assidu.accrual.codec.ProgrammeRecord;
import org.assidu.accrual.codec.ProgrammeRecordCodec;
import org.assidu.accrual.codec.ReceiptRecordCodec;
import org.assidu.accrual.codec.RecordContext;
import org.assidu.accrual.document.ParsedProgramme;
import org.assidu.accrual.document.ProgrammeParser;
import org.assidu.accrual.engine.AccrualEngine;
import org.assidu.accrual.engine.OriginalReceipts;
import org.assidu.accrual.model.MemberFact;
import org.assidu.accrual.model.Operation;
import org.assidu.accrual.model.OutcomeColumns;
import org.assidu.accrual.model.PublishedProgramme;
import org.assidu.accrual.model.ReceiptColumns;
import org.assidu.accrual.model.RecordType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** History brought in with a sweep after every day, and with none before its end, is one export. */
final class LapsedLotsExportTest {
    private static final String PROGRAMME = """
            format: 1
            id: points
            effective_from: 2025-01-01
            time_zone: Europe/Paris
            currency: EUR
            earning: {points: 1}
            purse: {validity: {length: 20, unit: DAYS}}
            """;

    /** Journal time of the import: long after its sales. */
    private static final long NOW = LocalDate.parse("2026-03-02")
            .atTime(12, 0)
            .toInstant(ZoneOffset.UTC)
            .toEpochMilli();

    @TempDir
    Path temporary;

    /** An engine with a journal in memory. */
    private static final class Import {
        final MemoryJournal journal = new MemoryJournal();
        final AccrualEngine engine = new AccrualEngine();
        private final ReceiptRecordCodec codec = new ReceiptRecordCodec();
        private final RecordContext context = new RecordContext();
        private final OutcomeColumns out = new OutcomeColumns();

        Import() {
            ParsedProgramme parsed = ProgrammeParser.parse(PROGRAMME);
            PublishedProgramme published =
                    new PublishedProgramme(1, parsed.sha256(), parsed.canonicalText(), PROGRAMME, parsed.document());
            ProgrammeRecord record = new ProgrammeRecord(
                    1,
                    parsed.sha256(),
                    parsed.canonicalText(),
                    PROGRAMME,
                    "points",
                    published.document().effectiveFromMillis(),
                    "Europe/Paris",
                    "EUR",
                    List.of("base"),
                    List.of("points"));
            byte[] bytes = new byte[ProgrammeRecordCodec.encodedSizeBound(record)];
            append(RecordType.PROGRAMME, bytes, ProgrammeRecordCodec.encode(record, bytes, 0));
            engine.applyProgramme(published, 1);
        }

        private long append(RecordType type, byte[] bytes, int length) {
            byte[] payload = new byte[length];
            System.arraycopy(bytes, 0, payload, 0, length);
            return journal.append(type, NOW, payload);
        }

        void operate(Operation operation) {
            assertThat(engine.decide(operation, NOW, out).journalled()).isTrue();
            byte[] bytes = new byte[OperationRecordCodec.encodedSizeBound(operation, out)];
            context.set(NOW, 0, AccrualEngine.SEMANTICS_VERSION);
            int length = OperationRecordCodec.encode(operation, out, context, bytes, 0);
            engine.applyOperation(operation, out, append(RecordType.OPERATION, bytes, length), NOW);
        }

        void sell(long number, long member, LocalDate day, long amountMinor, boolean sweeps) {
            long soldAt = day.atTime(12, 0).toInstant(ZoneOffset.UTC).toEpochMilli();
            while (engine.nextTickMillis() <= soldAt) {
                operate(engine.nextTick(soldAt));
                if (sweeps) {
                    sweep();
                }
            }
            ReceiptColumns receipt = new ReceiptColumns();
            receipt.store = receipt.addText("Lyon");
            receipt.till = receipt.addText("1");
            receipt.number = number;
            receipt.soldAtMillis = soldAt;
            receipt.currency = ReceiptColumns.packCurrency("EUR");
            receipt.memberKey = member;
            receipt.memberFact = MemberFact.KNOWN;
            receipt.historical = true;
            int line = receipt.addLine();
            receipt.sku[line] = receipt.addText("A");
            receipt.quantityThousandths[line] = 1000;
            receipt.amountMinor[line] = amountMinor;
            ReceiptColumns recorded = engine.decide(receipt, OriginalReceipts.NONE, NOW, out);
            byte[] bytes = new byte[ReceiptRecordCodec.encodedSizeBound(recorded, out)];
            context.set(NOW, 0, AccrualEngine.SEMANTICS_VERSION);
            int length = codec.encode(recorded, out, context, bytes, 0);
            engine.applyReceipt(recorded, out, append(RecordType.RECEIPT, bytes, length), NOW);
        }

        void sweep() {
            while (engine.isSweepPending()) {
                Operation settle = engine.nextSettle(1_000);
                if (settle != null) {
                    operate(settle);
                }
            }
        }
    }

    private List<List<String>> tables(String folder, boolean sweeps) throws Exception {
        Import history = new Import();
        SplittableRandom random = new SplittableRandom(4);
        LocalDate day = LocalDate.parse("2025-11-03");
        for (int number = 1; number <= 300; number++) {
            day = day.plusDays(random.nextInt(10) / 8);
            history.sell(number, 1 + random.nextInt(40), day, 100 + random.nextInt(900), sweeps);
        }
        history.sweep();
        Path export = temporary.resolve(folder);
        new JournalExport(ExportConfig.of(export, "tests"), ExportSecret.ofSeed(1))
                .run(history.journal.reader(), history.journal.entries.size(), ExportProgress.NONE);
        try (Duck duck = new Duck(export)) {
            return List.of(
                    duck.rows("SELECT * EXCLUDE (position, movement) FROM ledger ORDER BY ALL"),
                    duck.rows("SELECT * EXCLUDE (position, received_at) FROM receipts ORDER BY ALL"),
                    duck.rows("SELECT * EXCLUDE (position) FROM members ORDER BY ALL"));
        }
    }

    @Test
    void whicheverRecordHoldsAnExpiryTheExportIsTheSame() throws Exception {
        List<List<String>> swept = tables("swept", true);
        List<List<String>> touched = tables("touched", false);
        assertThat(swept.get(0).stream().filter(row -> row.contains("|SETTLE|")))
                .as("expiries")
                .hasSizeGreaterThan(20)
                .allMatch(row -> row.contains("|EXPIRED|"));
        assertThat(touched).isEqualTo(swept);
    }
}
