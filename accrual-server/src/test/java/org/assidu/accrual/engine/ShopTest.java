package org.assidu.accrual.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Locale;
import java.util.Random;
import org.assidu.accrual.model.Operation;
import org.assidu.accrual.model.OperationKind;
import org.assidu.accrual.model.OperationStatus;
import org.assidu.accrual.model.OutcomeColumns;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Rewards that points buy, codes and promo codes, each as a table: one operation a row, what comes of it last. */
final class ShopTest {
    private static final String PROGRAMME = """
            earning: {basis: AMOUNT, points: 1}
            shop:
              - {id: mug, name: {en: Mug, fr: Tasse}, kind: FREE_ARTICLE, sku: "42", price: 40, stock: 3, per_member: 2, cost: 3.20}
              - {id: gala, name: {en: Gala, fr: Gala}, kind: EVENT_SEAT, price: 10, first_day: 2030-01-01, cost: 0}
              - {id: lyon, name: {en: Lyon, fr: Lyon}, kind: DONATION, price: 10, stores: [Lyon], cost: 1}
            promo_codes:
              - {code: HELLO10, first_day: 2026-01-01, last_day: 2026-12-31, percent: 10, uses: 3, uses_per_member: 1}
            """;
    private static final long NOW = RecordingEngine.NOW;
    private static final long HOUR = 3_600_000;

    private final RecordingEngine till = new RecordingEngine(TestProgrammes.published(PROGRAMME));

    private OperationStatus run(Operation operation, long nowMillis) {
        OutcomeColumns out = new OutcomeColumns();
        long before = till.engine.stateHash();
        OperationStatus status = till.engine.decide(operation, nowMillis, out);
        assertThat(till.engine.recomputedStateHash())
                .as("deciding changes nothing")
                .isEqualTo(before);
        if (status.journalled()) {
            till.engine.applyOperation(operation, out, 1_000, nowMillis);
        }
        assertThat(till.engine.stateHash()).isEqualTo(till.engine.recomputedStateHash());
        return status;
    }

    /** {@code kind member subject key amount ends-in-hours detail}; {@code -} for none. */
    private static Operation operation(String row) {
        String[] cells = row.trim().split("\\s+");
        return new Operation(
                OperationKind.valueOf(cells[0]),
                Long.parseLong(cells[1]),
                0,
                cells[2].equals("-") ? "" : cells[2],
                cells[3].equals("-") ? "" : cells[3],
                Long.parseLong(cells[4]),
                cells[5].equals("-") ? 0 : NOW + Long.parseLong(cells[5]) * HOUR,
                "",
                "",
                cells[6].equals("-") ? List.of() : List.of(cells[6]));
    }

    private void check(String table) {
        for (String row : table.strip().split("\n")) {
            if (!row.strip().startsWith("#")) {
                String[] sides = row.split("->");
                String[] expected = sides[1].trim().split("\\s+");
                Operation operation = operation(sides[0].substring(sides[0].indexOf('h') + 1));
                long hours = Long.parseLong(
                        sides[0].trim().substring(0, sides[0].trim().indexOf('h')));
                assertThat(run(operation, NOW + hours * HOUR)).as(row).hasToString(expected[0]);
                if (expected.length > 1) {
                    assertThat(till.balance(operation.memberKey())).as(row).isEqualTo(expected[1]);
                }
            }
        }
    }

    @Test
    void reservationsSpendAtOnceAndGiveBackExactlyWhatTheyTook() {
        till.submit("#1 m1 100.00");
        till.submit("#2 m2 200.00");
        check("""
                # at, kind, member, reward, reservation, units, ends at, store -> status, balance after
                0h RESERVE 9 mug r0 1 1 -            -> MEMBER_UNKNOWN
                0h RESERVE 1 cup r0 1 1 -            -> SUBJECT_UNKNOWN 100
                0h RESERVE 1 mug - 1 1 -             -> MALFORMED 100
                0h RESERVE 1 mug r0 0 1 -            -> MALFORMED 100
                0h RESERVE 1 mug r0 1 0 -            -> MALFORMED 100
                0h RESERVE 1 gala r0 1 1 -           -> REWARD_NOT_AVAILABLE 100
                0h RESERVE 1 lyon r0 1 1 Nice        -> REWARD_NOT_AVAILABLE 100
                0h RESERVE 1 lyon r1 1 1 Lyon        -> DONE 90
                0h RESERVE 1 lyon r1 1 1 Lyon        -> ALREADY_DONE 90
                0h RESERVE 1 mug r2 1 1 -            -> DONE 50
                0h RESERVE 1 mug r3 2 1 -            -> LIMIT_EXCEEDED 50
                0h RESERVE 1 mug r3 1 9 -            -> DONE 10
                0h RESERVE 2 mug r4 2 1 -            -> OUT_OF_STOCK 200
                0h RESERVE 2 mug r4 1 1 -            -> DONE 160
                0h CANCEL  2 - r4 0 - -              -> DONE 200
                0h CANCEL  2 - r4 0 - -              -> ALREADY_DONE 200
                0h COMMIT  2 - r4 0 - -              -> RESERVATION_ENDED 200
                0h COMMIT  2 - r2 0 - -              -> RESERVATION_UNKNOWN 200
                0h COMMIT  1 - r2 0 - -              -> DONE 10
                0h CANCEL  1 - r2 0 - -              -> RESERVATION_ENDED 10
                0h END_RESERVATION 1 - r3 0 - -      -> NOTHING_TO_DO 10
                0h COMMIT  1 - r9 0 - -              -> RESERVATION_UNKNOWN 10
                2h COMMIT  1 - r1 0 - -              -> RESERVATION_ENDED 10
                2h END_RESERVATION 1 - r1 0 - -      -> DONE 20
                2h RESERVE 1 lyon r5 3 5 -           -> INSUFFICIENT_POINTS 20
                """);
        assertThat(till.engine.reservations()).isEqualTo(1);
    }

    @Test
    void theClockEndsReservationsInTheirOrder() {
        till.submit("#1 m1 100.00");
        check("""
                0h RESERVE 1 mug late 1 3 - -> DONE 60
                0h RESERVE 1 lyon soon 1 1 - -> DONE 50
                """);
        assertThat(till.engine.endedReservation(NOW + HOUR - 1)).isNull();
        Operation first = till.engine.endedReservation(NOW + 4 * HOUR);
        assertThat(first).isNotNull();
        assertThat(first.idempotencyKey()).isEqualTo("soon");
        assertThat(run(first, NOW + 4 * HOUR)).isEqualTo(OperationStatus.DONE);
        Operation second = till.engine.endedReservation(NOW + 4 * HOUR);
        assertThat(second).isNotNull();
        assertThat(second.idempotencyKey()).isEqualTo("late");
        assertThat(run(second, NOW + 4 * HOUR)).isEqualTo(OperationStatus.DONE);
        assertThat(till.engine.endedReservation(NOW + 4 * HOUR)).isNull();
        assertThat(till.balance(1)).isEqualTo("100");
    }

    @Test
    void codesNeverPayMoreThanIsOnThem() {
        check("""
                0h ISSUE_CODE  0 gift-card/MULTI i1 2500 48 00000000000000aa -> DONE
                0h ISSUE_CODE  0 gift-card/MULTI i2 9900 48 00000000000000aa -> CODE_USED_UP
                0h ISSUE_CODE  0 - i3 100 48 00000000000000ab                -> MALFORMED
                0h ISSUE_CODE  0 voucher i4 100 48 xyz                       -> MALFORMED
                0h REDEEM_CODE 0 - p1 2000 - 00000000000000aa                -> DONE
                0h REDEEM_CODE 0 - p1 2000 - 00000000000000aa                -> ALREADY_DONE
                0h REDEEM_CODE 0 - p2 501 - 00000000000000aa                 -> CODE_USED_UP
                0h REDEEM_CODE 0 - p2 500 - 00000000000000ff                 -> CODE_UNKNOWN
                0h REFUND_CODE 0 - b1 2001 - 00000000000000aa                -> LIMIT_EXCEEDED
                0h REFUND_CODE 0 - b1 100 - 00000000000000aa                 -> DONE
                0h REDEEM_CODE 0 - p3 600 - 00000000000000aa                 -> DONE
                0h REDEEM_CODE 0 - p4 1 - 00000000000000aa                   -> CODE_USED_UP
                48h REDEEM_CODE 0 - p5 1 - 00000000000000aa                  -> TOO_LATE
                """);
        CodeView left = till.engine.code(0xaa);
        assertThat(left).isNotNull();
        assertThat(left.leftMinor()).isZero();
        assertThat(till.engine.code(0xab)).isNull();
    }

    @Test
    void promoCodesAreCountedByMemberAndOverAll() {
        check("""
                0h USE_PROMO_CODE 1 HELLO10 u1 0 - -     -> DONE
                0h USE_PROMO_CODE 1 HELLO10 u1 0 - -     -> ALREADY_DONE
                0h USE_PROMO_CODE 1 HELLO10 u2 0 - -     -> LIMIT_EXCEEDED
                0h USE_PROMO_CODE 0 HELLO10 u2 0 - -     -> MEMBER_UNKNOWN
                0h USE_PROMO_CODE 2 BYE u2 0 - -         -> CODE_UNKNOWN
                9000h USE_PROMO_CODE 2 HELLO10 u2 0 - -  -> TOO_LATE
                0h USE_PROMO_CODE 2 HELLO10 u2 0 - -     -> DONE
                0h USE_PROMO_CODE 3 HELLO10 u3 0 - -     -> DONE
                0h USE_PROMO_CODE 4 HELLO10 u4 0 - -     -> CODE_USED_UP
                """);
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5})
    void noSequenceOvershootsStockOrLosesPoints(long seed) {
        Random random = new Random(seed);
        for (int member = 1; member <= 5; member++) {
            till.submit(String.format(Locale.ROOT, "#%d m%d 100.00", member, member));
        }
        long spent = 0;
        int held = 0;
        for (int step = 0; step < 400; step++) {
            long member = 1 + random.nextInt(5);
            String name = "r" + random.nextInt(60);
            Operation reserve = operation("RESERVE " + member + " mug " + name + " 1 1000 -");
            Operation end =
                    operation((random.nextBoolean() ? "CANCEL " : "COMMIT ") + member + " - " + name + " 0 - -");
            if (run(reserve, NOW) == OperationStatus.DONE) {
                spent += 40;
                held++;
            }
            if (run(end, NOW) == OperationStatus.DONE && end.kind() == OperationKind.CANCEL) {
                spent -= 40;
                held--;
            }
            assertThat(held).as("seed %d, step %d", seed, step).isLessThanOrEqualTo(3);
            assertThat(till.engine.totals().outstandingMicro())
                    .as("seed %d, step %d", seed, step)
                    .isEqualTo((500 - spent) * 1_000_000);
        }
    }
}
