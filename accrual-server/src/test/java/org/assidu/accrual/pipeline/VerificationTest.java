package org.assidu.accrual.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assidu.accrual.pipeline.RunningPipeline.get;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.assidu.accrual.codec.ReceiptRecordCodec;
import org.assidu.accrual.codec.RecordContext;
import org.assidu.accrual.engine.AccrualEngine;
import org.assidu.accrual.journal.Journal;
import org.assidu.accrual.journal.JournalConfig;
import org.assidu.accrual.journal.JournalKind;
import org.assidu.accrual.journal.JournalReader;
import org.assidu.accrual.journal.RecoveryProgress;
import org.assidu.accrual.journal.file.FileJournal;
import org.assidu.accrual.model.OutcomeColumns;
import org.assidu.accrual.model.ReceiptColumns;
import org.assidu.accrual.model.ReceiptPhase;
import org.assidu.accrual.model.RecordType;
import org.assidu.accrual.replay.EngineState;
import org.assidu.accrual.replay.JournalDump;
import org.assidu.accrual.replay.OutcomeReport;
import org.assidu.accrual.replay.OutcomeVerifier;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the pipeline writes can be decided again from its input alone; what someone else wrote is found. */
final class VerificationTest {
    private static final int SALES = 50;

    @TempDir
    Path temporary;

    private long liveHash;
    private long[] hashAfter = {};

    /** Sales, a repeat, a chunked receipt with a timeout beside it, returns, used rewards, a restart in between. */
    @BeforeEach
    void journalWithOneOfEach() {
        RunningPipeline running = new RunningPipeline(temporary.resolve("data"), JournalKind.FILE);
        running.config = new PipelineConfig(64, 1 << 16, 1);
        try (running) {
            running.startWithProgramme();
            TestStream stream = new TestStream(running.pipeline(), "Lyon");
            hashAfter = new long[SALES + 2];
            for (int number = 1; number <= SALES; number++) {
                SalesItem sale = stream.send(stream.sale(number, number % 5, 5000 + number));
                hashAfter[(int) sale.position()] =
                        get(running.pipeline().status()).stateHash();
            }
            stream.send(stream.sale(3, 3, 5003));
            stream.send(stream.chunk(60, 4, ReceiptPhase.OPEN, 1, 300, 400));
            stream.send(stream.chunk(60, 4, ReceiptPhase.OPEN, 2, 500));
            stream.send(stream.chunk(61, 2, ReceiptPhase.OPEN, 1, 900));
            stream.send(stream.returnOf(62, 1, 1, 0, 5001));
            stream.send(stream.returnOf(63, -1, 2, 0, 5002));
            running.restart();
            TestStream again = new TestStream(running.pipeline(), "Lyon");
            again.send(again.chunk(60, 4, ReceiptPhase.CLOSING, 3, 600));
            SalesItem using = again.sale(64, 3, 4000);
            using.receipt(0).addUsedReward(using.receipt(0).addText("ten-percent"), 1, 400);
            again.send(using);
            running.clock.addAndGet(241 * 60_000L);
            RunningPipeline.await(
                    "the void", () -> get(running.pipeline().status()).openReceipts() == 0);
            liveHash = get(running.pipeline().status()).stateHash();
        }
    }

    private Path journal() {
        return temporary.resolve("data").resolve("journal");
    }

    private static OutcomeReport verify(Path journal) {
        try (JournalReader records = FileJournal.openReadOnly(journal);
                JournalReader lookups = FileJournal.openReadOnly(journal)) {
            return OutcomeVerifier.verify(records, lookups, position -> {});
        }
    }

    @Test
    void journalOfARealRunIsIdentical() {
        OutcomeReport report = verify(journal());
        assertThat(report.firstMismatches()).isEmpty();
        assertThat(report.identical()).isTrue();
        assertThat(report.records()).isEqualTo(59);
        assertThat(report.decided()).isEqualTo(58);
        assertThat(report.stateHash()).isEqualTo(String.format(Locale.ROOT, "%016x", liveHash));
        assertThat(report.summary()).contains("59 records, 58 decided again: outcomes identical");
    }

    /** Copies the journal, changing the receipt of one number on the way. */
    private Path forged(long number, RecordContext change, int addedMicro) {
        Path forged = temporary.resolve("forged");
        ReceiptColumns receipt = new ReceiptColumns();
        OutcomeColumns outcome = new OutcomeColumns();
        RecordContext context = new RecordContext();
        ReceiptRecordCodec codec = new ReceiptRecordCodec();
        try (Journal to = FileJournal.open(forged, JournalConfig.defaults(), RecoveryProgress.silent());
                JournalReader from = FileJournal.openReadOnly(journal())) {
            while (from.next()) {
                byte[] bytes = from.buffer();
                int offset = from.offset();
                int length = from.length();
                if (from.type() == RecordType.RECEIPT.code()) {
                    codec.decode(bytes, offset, length, receipt, outcome, context);
                    if (receipt.number == number) {
                        outcome.pointsMicro += addedMicro;
                        outcome.movementMicro[0] += addedMicro;
                        context.semanticsVersion = change.semanticsVersion;
                        bytes = new byte[ReceiptRecordCodec.encodedSizeBound(receipt, outcome)];
                        offset = 0;
                        length = codec.encode(receipt, outcome, context, bytes, 0);
                    }
                }
                to.appender().append(from.type(), from.timeMillis(), bytes, offset, length);
            }
            to.appender().commit();
        }
        return forged;
    }

    @Test
    void forgedOutcomeIsFoundAndNamed() {
        OutcomeReport report = verify(forged(64, new RecordContext().set(0, 0, AccrualEngine.SEMANTICS_VERSION), 1));
        assertThat(report.identical()).isFalse();
        assertThat(report.mismatches()).isEqualTo(1);
        assertThat(report.firstMismatches().get(0).toString())
                .contains("store Lyon till 1 series 0 number 64")
                .contains("micropoints recorded=");
        assertThat(report.summary()).contains("1 OUTCOMES DIFFER");
    }

    @Test
    void differenceUnderDeclaredOtherSemanticsIsReportedApart() {
        OutcomeReport report =
                verify(forged(64, new RecordContext().set(0, 0, AccrualEngine.SEMANTICS_VERSION + 1), 1));
        assertThat(report.identical()).isTrue();
        assertThat(report.otherSemantics()).isEqualTo(1);
        assertThat(report.declaredDifferences()).isEqualTo(1);
        assertThat(report.summary()).contains("1 recorded under other semantics, of which 1 are decided otherwise");
    }

    @Test
    void stateAsOfAPositionIsTheStateThatWasLiveThen() {
        try (JournalReader reader = FileJournal.openReadOnly(journal())) {
            for (long position : new long[] {2, 17, SALES + 1}) {
                EngineState state = EngineState.at(reader, position);
                assertThat(state.position()).isEqualTo(position);
                assertThat(state.engine().stateHash()).isEqualTo(hashAfter[(int) position]);
                assertThat(state.engine().recomputedStateHash()).isEqualTo(hashAfter[(int) position]);
            }
        }
    }

    @Test
    void dumpWritesEveryRecordAsALineOfTextAndOfJson() throws IOException {
        JournalDump dump = new JournalDump();
        List<String> texts = new ArrayList<>();
        List<JsonNode> nodes = new ArrayList<>();
        try (JournalReader reader = FileJournal.openReadOnly(journal())) {
            while (reader.next()) {
                texts.add(dump.text(reader));
                nodes.add(new ObjectMapper().readTree(dump.json(reader)));
            }
        }
        assertThat(texts.get(0))
                .startsWith("1 2026-03-02T12:00:00Z PROGRAMME points version 1 from 2025-12-31T23:00:00Z");
        assertThat(texts.get(1))
                .startsWith("2 2026-03-02T12:00:00Z RECEIPT store Lyon till 1 series 0 number 1 sold")
                .contains("AUTO_ENROLLED, 1 lines, 50.01 EUR: ACCRUED, 50.01 points, balance 50.01");
        assertThat(nodes).hasSize(59);
        assertThat(nodes.get(0).path("document").path("id").asText()).isEqualTo("points");
        assertThat(nodes.get(1).path("movements").get(0).path("points_micro").asLong())
                .isEqualTo(50_010_000);
        assertThat(nodes.stream().map(node -> node.path("type").asText())).contains("CHUNK", "VOID", "PROGRAMME");
    }
}
