package org.assidu.accrual.engine;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.assidu.accrual.model.Operation;
import org.assidu.accrual.model.OperationKind;
import org.assidu.accrual.model.ReceiptColumns;
import org.assidu.accrual.model.ReceiptPhase;

/** Months of a shop drawn from a seed, in a journal: sales, chunks, returns, rewards, the desk, the shop, days that pass. */
final class RandomTill {
    private static final long HOUR_MILLIS = 3_600_000L;
    private static final String TRAVEL = "{id: travel, points_per_unit: 50}";
    private static final String FREE = "{id: free, months: 2}, ";
    private static final String MECHANICS = """
            accepted_window: {past_days: 3650}
            shop:
              - {id: mug, name: {en: Mug, fr: Tasse}, kind: FREE_ARTICLE, sku: "42", price: 15, stock: 30, cost: 3.20}
              - {id: trip, name: {en: Trip, fr: Voyage}, kind: DONATION, price: 40, cost: 11}
            desk: {approval_above: 25}
            acts:
              - {id: welcome, act: WELCOME, points: 5, times: 1}
              - {id: review, act: REVIEW, points: 3, times: 2}
              - {id: gym, act: CUSTOM, code: gym, points: 2, times: 3}
              - {id: referrer, act: REFERRER, points: 9, times: 2}
              - {id: referred, act: REFERRED, points: 4, times: 1}
            promo_codes:
              - {code: HELLO10, first_day: 2026-01-01, last_day: 2026-12-31, percent: 10, uses: 9}
            """;

    private final SplittableRandom random;
    final JournalTill till;
    /** The programme's text. */
    final String programme;

    private final List<ReceiptColumns> sold = new ArrayList<>();
    private final List<String> held = new ArrayList<>();
    private long number;

    private RandomTill(SplittableRandom random, String programme) {
        this.random = random;
        this.programme = programme;
        till = new JournalTill(programme);
        till.settlesFirst = random.nextInt(4) > 0;
    }

    /** So many steps under any programme. */
    static RandomTill of(SplittableRandom random, int steps) {
        return of(random, steps, programme(random));
    }

    /** So many steps under a programme of one's own, with the shop and the code. */
    static RandomTill under(SplittableRandom random, String programme, int steps) {
        return of(random, steps, programme + MECHANICS);
    }

    /** So many steps under any programme, the engine being restored from its image after so many calls. */
    static RandomTill restoring(SplittableRandom random, int steps, int callsBetweenRestores) {
        RandomTill shop = new RandomTill(random, programme(random));
        shop.till.callsBetweenRestores = callsBetweenRestores;
        shop.run(steps);
        return shop;
    }

    private static RandomTill of(SplittableRandom random, int steps, String programme) {
        RandomTill shop = new RandomTill(random, programme);
        shop.run(steps);
        return shop;
    }

    /** Any programme with lots, a shop and a code. */
    static String programme(SplittableRandom random) {
        String purse = "{"
                + new String[] {
                            "validity: {length: 20, unit: DAYS}, reminder_days: [5]",
                            "validity: {length: 1, unit: MONTHS, end: END_OF_MONTH, renewed_by_activity: true}",
                            "validity: {length: 2, unit: MONTHS}, pending_days: 10",
                            "pending_days: 3, negative: FLOOR_AT_ZERO",
                            "negative: DEBT"
                        }
                        [random.nextInt(5)]
                + ", rounding: ";
        String bonuses = RandomProgrammes.any(random);
        return bonuses.replace(RandomProgrammes.SHOP, "")
                        .replace("\npurse: {rounding: ", "\npurse: " + purse)
                        .replace("{id: travel}", TRAVEL)
                        .replace("clubs: [", "clubs: [" + FREE)
                + MECHANICS;
    }

    /** The same programme with another base rate, or the base of another basis. */
    static String withPoints(String programme, String points) {
        return programme.replaceFirst("points: [0-9.]+", "points: " + points);
    }

    private void run(int steps) {
        for (int step = 0; step < steps; step++) {
            till.pass(random.nextInt(9) * HOUR_MILLIS + random.nextInt(1_000));
            if (random.nextInt(12) == 0) {
                till.passDays(random.nextInt(12));
            }
            if (random.nextInt(4) == 0) {
                till.tick(random.nextInt(3));
            }
            step();
            if (random.nextInt(6) == 0) {
                till.timeOut();
            }
        }
    }

    private void step() {
        long member = 1 + random.nextInt(3);
        switch (random.nextInt(19)) {
            case 0, 1 -> bringBack();
            case 2 -> chunks();
            case 3 -> adjust(member);
            case 4, 5 -> reserve(member);
            case 6 -> endReservation();
            case 7 -> till.operate(OperationKind.USE_PROMO_CODE, member, "HELLO10", "use-" + ++number, 0, till.now());
            case 9 ->
                till.operate(
                        random.nextInt(3) == 0 ? OperationKind.LEAVE_CLUB : OperationKind.JOIN_CLUB,
                        member,
                        "free",
                        "",
                        0,
                        till.now());
            case 10 -> adjustByTwo(member);
            case 11 -> act(member);
            case 12 -> {
                long newcomer = 4 + random.nextInt(40);
                till.enrol(newcomer);
                till.operate(
                        new Operation(OperationKind.REFER, newcomer, member, "", "", 0, till.now(), "", "", List.of()));
                till.sell("#" + ++number + " m" + newcomer + " 9.90");
            }
            case 8 ->
                till.operate(
                        OperationKind.CONVERT, member, "travel", "", (1 + random.nextInt(20)) * 1_000_000L, till.now());
            default -> sell();
        }
    }

    private void sell() {
        ReceiptColumns receipt = receipt();
        if (random.nextInt(6) == 0) {
            String used = new String[] {"gift", "cake", "cagnotte"}[random.nextInt(3)];
            receipt.addUsedReward(receipt.addText(used), 1, 50 + random.nextInt(400));
        }
        till.sell(receipt);
        ReceiptColumns copy = new ReceiptColumns();
        copy.copyFrom(receipt);
        sold.add(copy);
    }

    private ReceiptColumns receipt() {
        ReceiptColumns receipt = RandomSales.receipt(random, ++number);
        // Some come late from a till that was cut off.
        receipt.soldAtMillis = till.now() - (random.nextInt(8) == 0 ? random.nextInt(100) * HOUR_MILLIS : 0);
        return receipt;
    }

    private void bringBack() {
        if (sold.isEmpty()) {
            return;
        }
        ReceiptColumns receipt = RandomSales.returns(++number);
        receipt.soldAtMillis = till.now();
        for (int line = 0; line <= random.nextInt(3); line++) {
            ReceiptColumns original = sold.get(random.nextInt(sold.size()));
            int at = random.nextInt(original.lines);
            if (original.quantityThousandths[at] > 0) {
                RandomSales.addReturn(
                        receipt,
                        original,
                        at,
                        random.nextBoolean()
                                ? original.quantityThousandths[at]
                                : 1 + original.quantityThousandths[at] / 3);
            }
        }
        if (receipt.lines > 0) {
            till.sell(receipt);
        }
    }

    private void chunks() {
        ReceiptColumns receipt = receipt();
        int middle = receipt.lines / 2;
        ReceiptColumns first = RandomSales.chunk(receipt, 0, middle);
        first.phase = ReceiptPhase.OPEN;
        first.chunk = 1;
        first.tenders = 0;
        till.sell(first);
        if (random.nextInt(3) == 0) {
            return;
        }
        ReceiptColumns last = RandomSales.chunk(receipt, middle, receipt.lines);
        last.phase = random.nextInt(5) == 0 ? ReceiptPhase.VOID : ReceiptPhase.CLOSING;
        last.chunk = 2;
        till.sell(last);
    }

    private void adjust(long member) {
        long micro = (random.nextInt(60) - 20) * 1_000_000L;
        till.operate(
                OperationKind.ADJUST, member, random.nextInt(4) == 0 ? "cagnotte" : "points", "", micro, till.now());
    }

    /** One person proposes, another one approves or not. */
    private void adjustByTwo(long member) {
        String key = "p" + ++number;
        long micro = (26 + random.nextInt(60)) * 1_000_000L;
        till.operate(OperationKind.PROPOSE_ADJUSTMENT, member, "points", key, micro, till.now());
        OperationKind answer =
                random.nextInt(3) == 0 ? OperationKind.REJECT_ADJUSTMENT : OperationKind.APPROVE_ADJUSTMENT;
        till.operate(
                new Operation(answer, member, 0, "points", key, micro, till.now(), "bob", "because", List.of("anna")));
    }

    private void act(long member) {
        boolean review = random.nextBoolean();
        till.operate(new Operation(
                OperationKind.ACT,
                member,
                0,
                review ? "REVIEW" : "CUSTOM",
                "act-" + ++number,
                0,
                till.now(),
                "",
                "",
                review ? List.of() : List.of("gym", "")));
        till.operate(new Operation(
                random.nextInt(3) == 0 ? OperationKind.UNTAG : OperationKind.TAG,
                member,
                0,
                "seen",
                "",
                0,
                till.now(),
                "",
                "",
                List.of()));
    }

    private void reserve(long member) {
        String key = "r" + ++number;
        long until = till.now() + (1 + random.nextInt(30)) * HOUR_MILLIS;
        boolean done = till.operate(
                        OperationKind.RESERVE, member, random.nextInt(3) == 0 ? "trip" : "mug", key, 1, until)
                .journalled();
        if (done) {
            held.add(member + "/" + key);
        }
    }

    private void endReservation() {
        if (!held.isEmpty()) {
            String[] one = held.remove(held.size() - 1).split("/");
            OperationKind kind = random.nextInt(3) == 0 ? OperationKind.CANCEL : OperationKind.COMMIT;
            till.operate(kind, Long.parseLong(one[0]), "", one[1], 0, 0);
        }
    }
}
