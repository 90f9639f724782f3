package org.assidu.accrual.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.SplittableRandom;
import org.assidu.accrual.model.OutcomeColumns;
import org.assidu.accrual.model.ReceiptColumns;
import org.assidu.accrual.model.ReceiptPhase;
import org.assidu.accrual.model.ReceiptStatus;
import org.junit.jupiter.api.Test;

class ChunkTest {
    private static final String PROGRAMME = TestProgrammes.T.formatted(false);
    private static final long MINUTE = 60_000;

    private final RecordingEngine till = new RecordingEngine(TestProgrammes.published(PROGRAMME));

    @Test
    void chunksAddUpAndRepeatsAreToldWhatTheyWereTold() {
        till.play("""
                #1 m1 OPEN:2 1.00                          | CHUNK_GAP expected=1
                #1 m1 CLOSING:2 1.00                       | CHUNK_GAP expected=1
                #1 m1 OPEN:1 10.00 2.00                    | PROVISIONAL 12 0
                #1 m1 OPEN:1 10.00 2.00                    | ALREADY_ACCRUED 12 0
                #1 m1 OPEN:1 10.00 2.01                    | RECEIPT_CONFLICT LINE_AMOUNT line 2
                #1 m1 OPEN:1 10.00                         | RECEIPT_CONFLICT LINE_COUNT
                #1 m1 CLOSING:1 10.00 2.00                 | RECEIPT_CONFLICT PHASE
                #1 m1 OPEN:3 1.00                          | CHUNK_GAP expected=2
                #1 m1 OPEN:2 3.00                          | PROVISIONAL 15 0
                #1 m1 OPEN:1 10.00 2.00                    | ALREADY_ACCRUED 12 0
                #1 m1 CLOSING:3 4.00 lines=3               | MALFORMED_TOTAL
                #1 m1 CLOSING:3 4.00 lines=4 total=18.99   | MALFORMED_TOTAL
                #1 m1 CLOSING:3 4.00 USD                   | CURRENCY_NOT_ACCEPTED
                #1 m1 CLOSING:3 4.00 lines=4 total=19.00   | ACCRUED 19 19
                #1 m1 CLOSING:3 4.00 lines=4 total=19.00   | ALREADY_ACCRUED 19 19
                #1 m1 OPEN:2 3.00                          | ALREADY_ACCRUED 19 19
                #1 m1 OPEN:2 3.01                          | RECEIPT_CONFLICT LINE_AMOUNT line 1
                #1 m1 OPEN:3 4.00                          | RECEIPT_CONFLICT PHASE
                #1 m1 OPEN:4 4.00                          | RECEIPT_CONFLICT PHASE
                #1 m1 CLOSING:2 3.00                       | RECEIPT_CONFLICT CHUNK
                #1 m1 10.00 2.00 3.00 4.00                 | RECEIPT_CONFLICT LINE_SKU line 3
                """);
        assertThat(till.engine.totals().openReceipts()).isZero();
    }

    @Test
    void aVoidedNumberIsClosedLaterByAReceiptThatBringsAllLines() {
        till.play("""
                #1 m1 VOID             | ALREADY_ACCRUED 0 0
                #1 m1 OPEN:1 10.00     | PROVISIONAL 10 0
                #1 m1 VOID             | VOIDED 0 0
                #1 m1 VOID             | ALREADY_ACCRUED 0 0
                #1 m1 CLOSING:2 2.00   | CHUNK_GAP expected=1
                #1 m1 CLOSING:1 10.00 2.00 | ACCRUED 12 12
                #2 m1 OPEN:1 10.00     | PROVISIONAL 10 12
                #2 m1 VOID             | VOIDED 0 12
                #2 m1 5.00             | ACCRUED 5 17
                """);
    }

    @Test
    void aWholeReceiptReplacesTheOpenOne() {
        till.play("""
                #1 m1 OPEN:1 10.00     | PROVISIONAL 10 0
                #1 m1 7.00             | ACCRUED 7 7
                """);
        assertThat(till.engine.totals().openReceipts()).isZero();
    }

    @Test
    void theMemberOfAnEarlierChunkIsTheMemberOfTheReceipt() {
        till.play("""
                #1 OPEN:1 10.00        | PROVISIONAL 0 0
                #1 m1 OPEN:2 2.00      | PROVISIONAL 12 0
                #1 CLOSING:3 1.00      | ACCRUED 13 13
                #1 CLOSING:3 1.00      | ALREADY_ACCRUED 13 13
                """);
    }

    @Test
    void anOpenReceiptHoldsItsRewardsUntilItCloses() {
        till.play("""
                #1 m1 650.00                    | ACCRUED 650 650
                #2 m1 OPEN:1                    | PROVISIONAL 0 650 ten-percent*2
                #3 m1 OPEN:1                    | PROVISIONAL 0 650
                #4 m1 1.00                      | ACCRUED 1 651
                #2 m1 OPEN:2 1.00               | PROVISIONAL 1 651 ten-percent*2
                #2 m1 OPEN:1                    | ALREADY_ACCRUED 0 651 ten-percent*2
                #2 m1 VOID                      | VOIDED 0 651
                #5 m1 OPEN:1                    | PROVISIONAL 0 651 ten-percent*2
                #3 m1 OPEN:2 1.00               | PROVISIONAL 1 651
                #5 m1 CLOSING:2 1.00 uses=ten-percent | ACCRUED 0 351 ten-percent*1
                #6 m1 1.00                      | ACCRUED 1 352 ten-percent*1
                """);
    }

    @Test
    void anotherCardOfTheMemberCannotUseWhatAnOpenReceiptHolds() {
        till.play("""
                #1 m1 300.00                    | ACCRUED 300 300
                #2 m1 OPEN:1                    | PROVISIONAL 0 300 ten-percent*1
                #3 m1 5.00 uses=ten-percent     | REWARD_UNFUNDED 0 0
                """);
    }

    @Test
    void aChangeOfMemberMovesTheReservation() {
        till.play("""
                #1 m1 300.00                    | ACCRUED 300 300
                #2 m2 300.00                    | ACCRUED 300 300
                #3 m1 OPEN:1                    | PROVISIONAL 0 300 ten-percent*1
                #3 m2 OPEN:2                    | PROVISIONAL 0 300 ten-percent*1
                #4 m1 OPEN:1                    | PROVISIONAL 0 300 ten-percent*1
                #5 m2 OPEN:1                    | PROVISIONAL 0 300
                """);
    }

    @Test
    void anAbandonedReceiptIsVoidedByTheClockAfterItsLastChunk() {
        till.submit(ReceiptText.receipt("#1 m1 300.00"), RecordingEngine.NOW);
        till.submit(ReceiptText.receipt("#2 m1 OPEN:1 1.00"), RecordingEngine.NOW);
        till.submit(ReceiptText.receipt("#3 m2 OPEN:1 1.00"), RecordingEngine.NOW + MINUTE);
        till.submit(ReceiptText.receipt("#2 m1 OPEN:2 1.00"), RecordingEngine.NOW + 2 * MINUTE);

        assertThat(till.engine.abandoned(RecordingEngine.NOW + 241 * MINUTE - 1))
                .isNull();
        ReceiptColumns third = till.engine.abandoned(RecordingEngine.NOW + 241 * MINUTE);
        assertThat(third).isNotNull();
        assertThat(third.number).isEqualTo(3);
        assertThat(till.submit(third, RecordingEngine.NOW + 241 * MINUTE).status)
                .isEqualTo(ReceiptStatus.VOIDED);
        assertThat(till.engine.abandoned(RecordingEngine.NOW + 241 * MINUTE)).isNull();
        ReceiptColumns second = till.engine.abandoned(RecordingEngine.NOW + 242 * MINUTE);
        till.submit(second, RecordingEngine.NOW + 242 * MINUTE);

        assertThat(till.engine.totals().openReceipts()).isZero();
        till.play("#4 m1 1.00 | ACCRUED 1 301 ten-percent*1\n");
        assertThat(till.replayed().stateHash()).isEqualTo(till.engine.stateHash());
    }

    @Test
    void aChunkedReceiptEarnsWhatTheWholeOneDoes() {
        long seed = Long.getLong("seed", 20261122L);
        System.out.println("seed " + seed);
        SplittableRandom random = new SplittableRandom(seed);
        for (int round = 0; round < 200; round++) {
            RecordingEngine whole = new RecordingEngine(TestProgrammes.published(PROGRAMME));
            RecordingEngine chunked = new RecordingEngine(TestProgrammes.published(PROGRAMME));
            String history = "#1 m1 " + (200 + random.nextInt(200)) + ".00 4x20.00";
            whole.submit(history);
            chunked.submit(history);
            ReceiptColumns receipt = RandomReceipts.receipt(random, 2, 1, "1");
            OutcomeColumns expected = whole.submit(receipt, RecordingEngine.NOW);
            OutcomeColumns closed = submitInChunks(chunked, receipt, random);

            assertThat(chunked.told(closed)).isEqualTo(whole.told(expected));
            assertThat(chunked.movements(closed)).isEqualTo(whole.movements(expected));
            assertThat(RecordingEngine.lines(closed)).isEqualTo(RecordingEngine.lines(expected));
            assertThat(chunked.engine.stateHash()).isEqualTo(whole.engine.stateHash());
            // A gateway may repeat as a whole what the till sent in chunks.
            assertThat(chunked.submit(receipt, RecordingEngine.NOW).status).isEqualTo(ReceiptStatus.ALREADY_ACCRUED);
        }
    }

    private static OutcomeColumns submitInChunks(
            RecordingEngine engine, ReceiptColumns receipt, SplittableRandom random) {
        int from = 0;
        for (int chunk = 1; ; chunk++) {
            int to = Math.min(receipt.lines, from + random.nextInt(3));
            boolean last = to == receipt.lines && random.nextBoolean();
            ReceiptColumns part = RandomReceipts.slice(receipt, from, to);
            part.phase = last ? ReceiptPhase.CLOSING : ReceiptPhase.OPEN;
            part.chunk = chunk;
            OutcomeColumns out = engine.submit(part, RecordingEngine.NOW);
            if (last) {
                return out;
            }
            assertThat(out.status).isEqualTo(ReceiptStatus.PROVISIONAL);
            from = to;
        }
    }
}
