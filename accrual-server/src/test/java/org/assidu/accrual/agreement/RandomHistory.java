package org.assidu.accrual.agreement;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.assidu.accrual.model.Channel;
import org.assidu.accrual.model.MemberFact;
import org.assidu.accrual.model.OpeningLot;
import org.assidu.accrual.model.Operation;
import org.assidu.accrual.model.OperationKind;
import org.assidu.accrual.model.ReceiptPhase;
import org.assidu.accrual.model.TenderKind;
import org.assidu.accrual.reference.Receipt;

/** Histories drawn from a seed: what tills, desks and days do, in any order, with all that goes wrong. */
final class RandomHistory {
    static final int MEMBERS = 3;
    /** Keys of households. */
    static final long FIRST_HOUSEHOLD = 101;

    static final int HOUSEHOLDS = 2;
    /** Codes of vouchers and gift cards are 1 to this. */
    static final int CODES = 2;

    private static final long HOUR_MILLIS = 3_600_000L;
    private static final long DAY_MILLIS = 24 * HOUR_MILLIS;
    private static final long START_MILLIS =
            Instant.parse("2026-02-01T09:30:00Z").toEpochMilli();
    private static final String[] CATEGORIES = {
        "", "a", "a/b", "a/bc", "food", "food/wine", "food/wine/red", "books", "baby/milk", "tobacco"
    };
    private static final String[] SKUS = {"s1", "s2", "s3", "s4"};
    private static final String[] BRANDS = {"", "acme", "other"};
    private static final String[] STORES = {"Lyon", "Lyon", "Nice"};
    private static final String[] REWARDS = {
        "by-points",
        "by-wine",
        "by-spend",
        "by-article",
        "by-visit",
        "by-visit",
        "none",
        "cagnotte",
        "cagnotte",
        "travel",
        "mug",
        "mug",
        "tree",
        "HELLO"
    };

    private final SplittableRandom random;
    private final List<Step> steps = new ArrayList<>();
    /** Paid receipts, whole, as returns and repeats name them. */
    private final List<Receipt> sold = new ArrayList<>();
    /** Chunks that are still to come, in order, by receipt. */
    private final List<List<Receipt>> coming = new ArrayList<>();

    private long nowMillis = START_MILLIS;
    private long number;
    private ProgrammeDraft draft;

    private RandomHistory(SplittableRandom random, ProgrammeDraft first) {
        this.random = random;
        draft = first;
    }

    /** The first step publishes the programme. */
    static List<Step> of(SplittableRandom random, ProgrammeDraft first) {
        return new RandomHistory(random, first).draw(5 + random.nextInt(26));
    }

    private List<Step> draw(int count) {
        // Days from before the first tick would bring acts to members from before the programme.
        if (random.nextInt(20) == 0 && !has("acts")) {
            submit(sale());
        }
        steps.add(new Step.Publish(nowMillis, draft));
        steps.add(new Step.Banners(nowMillis, Map.of("Lyon", "city", "Nice", "hyper")));
        for (long member = 1; member <= MEMBERS; member++) {
            if (random.nextInt(has("acts") ? 2 : 6) == 0) {
                steps.add(new Step.Enrol(nowMillis, member));
            }
        }
        if (has("acts") && random.nextInt(3) == 0) {
            operate(OperationKind.REFER, 1 + random.nextInt(MEMBERS), "", "", 0, nowMillis);
        }
        while (steps.size() < count + 2) {
            pass();
            step();
        }
        return List.copyOf(steps);
    }

    private void pass() {
        if (!coming.isEmpty() && random.nextInt(12) > 0) {
            nowMillis += random.nextInt(40) * 60_000L;
            return;
        }
        nowMillis += switch (random.nextInt(8)) {
            case 0, 1, 3 -> DAY_MILLIS * (1 + random.nextInt(4)) + HOUR_MILLIS;
            case 2 ->
                switch (random.nextInt(8)) {
                    case 0, 1 -> DAY_MILLIS * random.nextInt(25);
                    case 2 -> random.nextInt(3) == 0 ? DAY_MILLIS * 70 : 0;
                    default -> 5 * HOUR_MILLIS;
                };
            default -> random.nextInt(120) * 60_000L;
        };
    }

    private void step() {
        if (!coming.isEmpty() && random.nextInt(3) > 0) {
            continueChunks();
            return;
        }
        if (random.nextInt(12) == 0) {
            person();
            return;
        }
        switch (random.nextInt(20)) {
            case 0, 1 -> repeat();
            case 2, 3, 4, 5 -> bringBack();
            case 6, 7 -> coming.add(chunks(sale()));
            case 8 -> {
                switch (random.nextInt(4)) {
                    case 0 -> adjust();
                    case 1 -> club();
                    default -> convert();
                }
            }
            case 9 -> {
                if (has("acts") || random.nextInt(4) == 0) {
                    act();
                } else {
                    adjust();
                }
            }
            case 10, 12, 13 -> shop();
            case 14 -> {
                if (has("acts")) {
                    act();
                } else {
                    submit(sale());
                }
            }
            case 11 -> rarely();
            default -> submit(sale());
        }
    }

    private void rarely() {
        switch (random.nextInt(6)) {
            case 0, 1 -> {
                int days = random.nextInt(9) - 5;
                String from = LocalDate.ofInstant(Instant.ofEpochMilli(nowMillis), ZoneOffset.UTC)
                        .plusDays(days)
                        .toString();
                draft = RandomDraft.next(random, draft, from, days > 1);
                steps.add(new Step.Publish(nowMillis, draft));
            }
            case 2 -> steps.add(new Step.Banners(nowMillis, Map.of("Nice", random.nextBoolean() ? "city" : "hyper")));
            case 3 -> steps.add(new Step.Pass(nowMillis));
            case 4 -> malformed();
            default -> submit(sale().phase(ReceiptPhase.VOID, 0));
        }
    }

    private void submit(Receipt receipt) {
        steps.add(new Step.Submit(nowMillis, receipt));
        if (receipt.isWhole()) {
            sold.add(receipt);
        }
    }

    private String pick(String... choices) {
        return choices[random.nextInt(choices.length)];
    }

    // Sales

    private Receipt sale() {
        List<Receipt.Line> lines = new ArrayList<>();
        for (int i = 1 + random.nextInt(4); i > 0; i--) {
            lines.add(line());
        }
        long ago = switch (random.nextInt(10)) {
            case 0 -> DAY_MILLIS * random.nextInt(20);
            case 1 -> random.nextInt(6) == 0 ? DAY_MILLIS * 60 : HOUR_MILLIS * random.nextInt(30);
            case 2 -> random.nextInt(6) == 0 ? -HOUR_MILLIS : 0;
            default -> 60_000L * random.nextInt(30);
        };
        long soldAt = nowMillis - ago;
        LocalDate date = Instant.ofEpochMilli(soldAt).atZone(ZoneOffset.UTC).toLocalDate();
        boolean dated = numberedDaily() || random.nextInt(4) == 0;
        long member = 1 + random.nextInt(MEMBERS);
        MemberFact fact = fact();
        return new Receipt(
                new Receipt.Identity(pick(STORES), "1", ++number),
                dated ? date.plusDays(random.nextInt(3) - 1) : null,
                soldAt,
                fact == MemberFact.KNOWN || fact == MemberFact.AUTO_ENROLLED ? member : 0,
                fact,
                List.of(Channel.STORE, Channel.WEB, Channel.PHONE).get(random.nextInt(3)),
                random.nextInt(60) == 0 ? "USD" : "EUR",
                ReceiptPhase.WHOLE,
                0,
                0,
                null,
                random.nextInt(25) == 0,
                List.copyOf(lines),
                tenders(),
                uses());
    }

    private boolean numberedDaily() {
        return draft.yaml().contains("numbering: DAILY");
    }

    private MemberFact fact() {
        return switch (random.nextInt(24)) {
            case 0, 1 -> MemberFact.ANONYMOUS;
            case 2 -> MemberFact.BLOCKED;
            case 3 -> MemberFact.UNKNOWN;
            case 4 -> MemberFact.AUTO_ENROLLED;
            default -> MemberFact.KNOWN;
        };
    }

    private List<Receipt.Tender> tenders() {
        List<Receipt.Tender> tenders = new ArrayList<>();
        if (random.nextInt(4) == 0) {
            tenders.add(new Receipt.Tender(TenderKind.GIFT_CARD, random.nextInt(3_000)));
        }
        if (random.nextInt(6) == 0) {
            tenders.add(new Receipt.Tender(TenderKind.CASH, random.nextInt(3_000)));
        }
        return List.copyOf(tenders);
    }

    /** Mostly of what the programme has. */
    private List<Receipt.Use> uses() {
        List<Receipt.Use> uses = new ArrayList<>();
        if (random.nextInt(5) > 0) {
            return uses;
        }
        String text = draft.yaml();
        for (int i = 1 + random.nextInt(4); i > 0; i--) {
            String reward = pick(REWARDS);
            int count = random.nextInt(5) == 0 ? 2 : random.nextInt(2);
            if (random.nextInt(12) == 0 || text.contains(": " + reward + ",")) {
                uses.add(new Receipt.Use(reward, count, random.nextInt(3) * random.nextInt(400)));
            }
        }
        return List.copyOf(uses);
    }

    private boolean has(String list) {
        return draft.yaml().contains(list + ":\n");
    }

    private Receipt.Line line() {
        long amount = random.nextInt(8) == 0 ? random.nextInt(20_000) : random.nextInt(4_000);
        long quantity = 1_000L * (1 + random.nextInt(5));
        boolean weighed = false;
        switch (random.nextInt(12)) {
            case 0 -> amount = -amount;
            case 1 -> {
                quantity = 100 + random.nextInt(900);
                weighed = true;
            }
            case 2 -> {
                quantity = -quantity;
                amount = -amount;
            }
            case 3 -> {
                quantity = 1_000L * (1 + random.nextInt(3));
                amount = quantity / 1_000 * 100;
            }
            default -> {}
        }
        return new Receipt.Line(
                pick(SKUS),
                pick(CATEGORIES),
                pick(BRANDS),
                quantity,
                amount,
                List.of(0, 2_000, 550).get(random.nextInt(3)),
                random.nextInt(6) == 0,
                weighed,
                random.nextInt(12) == 0,
                null);
    }

    private void malformed() {
        Receipt receipt = sale();
        Receipt.Line line = receipt.lines().get(0);
        Receipt.Line none = new Receipt.Line(
                line.sku(), line.category(), line.brand(), 0, line.amountMinor(), 0, false, false, false, null);
        submit(random.nextBoolean() ? receipt.lines(List.of(none)) : receipt.declared(9, null));
    }

    // Chunks

    private List<Receipt> chunks(Receipt whole) {
        List<Receipt> chunks = new ArrayList<>();
        int from = 0;
        for (int chunk = 1; ; chunk++) {
            int to = Math.min(whole.lines().size(), from + random.nextInt(3));
            boolean last = to == whole.lines().size() && random.nextBoolean();
            Receipt part = whole.lines(whole.lines().subList(from, to))
                    .phase(last ? ReceiptPhase.CLOSING : ReceiptPhase.OPEN, chunk);
            if (last) {
                chunks.add(part.declared(whole.lines().size(), random.nextBoolean() ? total(whole) : null));
                return chunks;
            }
            boolean nameless = random.nextInt(4) == 0;
            chunks.add(nameless ? part.unpaid().member(0, MemberFact.ANONYMOUS) : part.unpaid());
            from = to;
        }
    }

    private static long total(Receipt receipt) {
        return receipt.lines().stream().mapToLong(Receipt.Line::amountMinor).sum();
    }

    private void continueChunks() {
        int at = random.nextInt(coming.size());
        List<Receipt> chunks = coming.get(at);
        Receipt next = chunks.get(0);
        switch (random.nextInt(25)) {
            case 0 -> {
                steps.add(new Step.Submit(
                        nowMillis, next.unpaid().lines(List.of()).phase(ReceiptPhase.VOID, 0)));
                coming.remove(at);
            }
            case 1 -> coming.remove(at);
            default -> {
                steps.add(new Step.Submit(nowMillis, next));
                chunks.remove(0);
                if (chunks.isEmpty()) {
                    coming.remove(at);
                    closed(next);
                }
            }
        }
    }

    /** Puts the lines of a chunked receipt together, so that they can be brought back. */
    private void closed(Receipt last) {
        List<Receipt.Line> lines = new ArrayList<>();
        for (Step step : steps) {
            if (step instanceof Step.Submit submit
                    && submit.receipt().identity().equals(last.identity())
                    && submit.receipt().phase() != ReceiptPhase.VOID
                    && submit.receipt().chunk() == 1) {
                lines.clear();
            }
            if (step instanceof Step.Submit submit
                    && submit.receipt().identity().equals(last.identity())) {
                lines.addAll(submit.receipt().lines());
            }
        }
        if (!lines.isEmpty()) {
            sold.add(last.lines(lines).phase(ReceiptPhase.WHOLE, 0).declared(0, null));
        }
    }

    private void repeat() {
        List<Receipt> all = steps.stream()
                .filter(step -> step instanceof Step.Submit)
                .map(step -> ((Step.Submit) step).receipt())
                .toList();
        if (all.isEmpty()) {
            return;
        }
        Receipt again = all.get(random.nextInt(all.size()));
        if (random.nextInt(4) == 0 && !again.lines().isEmpty()) {
            again = again.lines(again.lines().subList(1, again.lines().size()));
        } else if (random.nextInt(8) == 0) {
            again = again.member(0, MemberFact.BLOCKED);
        }
        steps.add(new Step.Submit(nowMillis, again));
    }

    // Returns

    /** Articles of earlier receipts, with what is bought instead, by anyone. */
    private void bringBack() {
        if (sold.isEmpty()) {
            return;
        }
        Receipt base = sale();
        List<Receipt.Line> lines = new ArrayList<>();
        int originals = random.nextInt(4) == 0 ? 2 : 1;
        for (int i = 0; i < originals; i++) {
            int recent = Math.min(sold.size(), 4);
            Receipt original = sold.get(sold.size() - 1 - random.nextInt(recent));
            boolean whole = random.nextInt(4) == 0;
            int parts = whole ? original.lines().size() : 1 + random.nextInt(2);
            for (int part = 0; part < parts; part++) {
                int line = whole ? part : random.nextInt(original.lines().size() + (random.nextInt(30) == 0 ? 1 : 0));
                lines.add(returned(original, line, whole));
            }
        }
        if (random.nextInt(3) == 0) {
            lines.add(random.nextInt(lines.size() + 1), line());
        }
        boolean own = random.nextInt(3) > 0;
        Receipt last = sold.get(sold.size() - 1);
        Receipt back = base.lines(lines);
        submit(own && last.memberKey() != 0 ? back.member(last.memberKey(), MemberFact.KNOWN) : back);
    }

    private Receipt.Line returned(Receipt original, int line, boolean whole) {
        Receipt.Line of = original.lines().get(Math.min(line, original.lines().size() - 1));
        long most = Math.max(1, Math.abs(of.thousandths()));
        long quantity =
                whole ? most : most <= 1_000 ? 1 + random.nextLong(most) : 1_000L * (1 + random.nextLong(most / 1_000));
        boolean lost = random.nextInt(30) == 0;
        Receipt.Identity identity = original.identity();
        return new Receipt.Line(
                of.sku(),
                of.category(),
                of.brand(),
                -quantity,
                -Math.abs(of.amountMinor()),
                of.vatHundredths(),
                of.promoted(),
                of.weighed(),
                of.giftCard(),
                new Receipt.Original(
                        lost ? new Receipt.Identity(identity.store(), "9", identity.number()) : identity,
                        original.businessDate(),
                        line));
    }

    // Operations

    private void operate(
            OperationKind kind,
            long member,
            String subject,
            String key,
            long amount,
            long atMillis,
            String... details) {
        long other = switch (kind) {
            case REFER, MERGE -> 1 + random.nextInt(MEMBERS);
            case JOIN_HOUSEHOLD, LEAVE_HOUSEHOLD -> FIRST_HOUSEHOLD + random.nextInt(4) / 3;
            default -> 0;
        };
        steps.add(new Step.Operate(
                nowMillis,
                new Operation(
                        kind,
                        member,
                        other,
                        subject,
                        key,
                        amount,
                        atMillis,
                        random.nextInt(20) == 0 ? "" : pick("anna", "boris"),
                        "test",
                        List.of(details))));
    }

    /** What the desk does with persons, and codes of all kinds. */
    private void person() {
        long member = 1 + random.nextInt(MEMBERS);
        switch (random.nextInt(12)) {
            case 0 -> operate(OperationKind.MERGE, member, "", "", 0, nowMillis);
            case 1, 2 -> operate(OperationKind.JOIN_HOUSEHOLD, member, "", "", 0, nowMillis);
            case 3 ->
                operate(
                        OperationKind.LEAVE_HOUSEHOLD,
                        member,
                        "",
                        "",
                        List.of(0, 3_333, 10_000, 10_001).get(random.nextInt(4)),
                        nowMillis);
            case 4, 5, 6 -> claim(member);
            case 7 -> migrate();
            case 8 -> operate(OperationKind.CHANGE_CARD, member, "", "", 0, nowMillis);
            default -> code(member);
        }
    }

    /** Mostly of a receipt of nobody. */
    private void claim(long member) {
        List<Receipt> nobodys = sold.stream()
                .filter(receipt -> receipt.memberKey() == 0 || random.nextInt(10) == 0)
                .toList();
        if (nobodys.isEmpty()) {
            submit(sale().member(0, MemberFact.ANONYMOUS));
            return;
        }
        Receipt receipt = nobodys.get(nobodys.size() - 1 - random.nextInt(Math.min(nobodys.size(), 3)));
        LocalDate date = receipt.businessDate();
        operate(
                OperationKind.CLAIM,
                member,
                "",
                "",
                0,
                receipt.soldAtMillis() + (random.nextInt(20) == 0 ? 1 : 0),
                receipt.identity().store(),
                receipt.identity().till(),
                "0",
                Long.toString(receipt.identity().number()),
                Integer.toString(
                        date == null
                                ? 0
                                : date.getYear() * 10_000 + date.getMonthValue() * 100 + date.getDayOfMonth()));
    }

    private void migrate() {
        long day = nowMillis / DAY_MILLIS;
        String[] lots = new String[random.nextInt(3)];
        for (int i = 0; i < lots.length; i++) {
            long earned = day - random.nextInt(40);
            boolean dated = draft.yaml().contains("validity") && random.nextBoolean();
            lots[i] = new OpeningLot(
                            pick("points", "points", "points", "cagnotte"),
                            1_000_000L * random.nextInt(50) + random.nextInt(2),
                            (int) earned,
                            dated ? (int) (day + random.nextInt(12) - 4) : OpeningLot.BY_PURSE)
                    .detail();
        }
        boolean level = random.nextInt(4) == 0;
        operate(
                OperationKind.MIGRATE,
                1 + random.nextInt(MEMBERS),
                level ? pick("silver", "gold") : "",
                "old" + random.nextInt(3),
                level && random.nextBoolean() ? day + random.nextInt(20) + 1 : 0,
                nowMillis - DAY_MILLIS * random.nextInt(30),
                lots);
    }

    private void code(long member) {
        String hash = "%016x".formatted(1 + random.nextInt(CODES));
        String key = "code" + random.nextInt(20);
        long minor = random.nextInt(12) * 50L;
        switch (random.nextInt(5)) {
            case 0, 1 -> {
                long ends = random.nextBoolean() ? 0 : nowMillis + DAY_MILLIS * random.nextInt(12);
                boolean bought = random.nextBoolean();
                String subject = (bought ? "voucher" : "GIFT_CARD") + "/MULTI_PURPOSE";
                operate(OperationKind.ISSUE_CODE, bought ? member : 0, subject, key, minor * 2, ends, hash);
                if (random.nextBoolean()) {
                    operate(OperationKind.REDEEM_CODE, 0, "", key + "/used", minor, 0, hash);
                    operate(OperationKind.REFUND_CODE, 0, "", key + "/back", minor / 2, 0, hash);
                }
            }
            case 2 -> operate(OperationKind.REFUND_CODE, 0, "", key, minor, 0, hash);
            default -> operate(OperationKind.REDEEM_CODE, 0, "", key, minor, 0, hash);
        }
    }

    private void adjust() {
        long micro = (random.nextInt(4) == 0 ? 1_000_000_000L : 1_000_000L) * (random.nextInt(101) - 40);
        long amount = random.nextInt(5) == 0 ? micro + random.nextInt(1_000_000) : micro;
        OperationKind kind = switch (random.nextInt(8)) {
            case 0, 1 -> OperationKind.PROPOSE_ADJUSTMENT;
            case 2 -> OperationKind.APPROVE_ADJUSTMENT;
            case 3 -> OperationKind.REJECT_ADJUSTMENT;
            default -> OperationKind.ADJUST;
        };
        long member = 1 + random.nextInt(MEMBERS + 1);
        String purse = pick("points", "points", "cagnotte", "travel");
        String key = kind != OperationKind.ADJUST || random.nextInt(3) == 0 ? "key" + random.nextInt(2) : "";
        operate(kind, member, purse, key, amount, nowMillis);
        if (kind == OperationKind.PROPOSE_ADJUSTMENT && random.nextInt(3) > 0) {
            OperationKind decided =
                    random.nextBoolean() ? OperationKind.APPROVE_ADJUSTMENT : OperationKind.REJECT_ADJUSTMENT;
            operate(decided, member, purse, key, amount, nowMillis);
        }
    }

    private void convert() {
        if (!has("money_purses") && random.nextInt(8) > 0) {
            adjust();
            return;
        }
        operate(
                OperationKind.CONVERT,
                1 + random.nextInt(MEMBERS),
                pick("cagnotte", "cagnotte", "travel", "points"),
                random.nextInt(3) == 0 ? "key" + random.nextInt(3) : "",
                1_000_000L * random.nextInt(40) + random.nextInt(3),
                nowMillis);
    }

    private void act() {
        String key = "act" + random.nextInt(40);
        long member = 1 + random.nextInt(MEMBERS);
        switch (random.nextInt(9)) {
            case 0 -> operate(OperationKind.ACT, member, pick("WELCOME", "REVIEW", "none"), key, 0, nowMillis);
            case 1 -> operate(OperationKind.ACT, member, "SURVEY", key, random.nextInt(12), nowMillis);
            case 2, 3 -> operate(OperationKind.ACT, member, "CUSTOM", key, 0, nowMillis, pick("app", "app", "web"));
            case 4 -> operate(OperationKind.REFER, member, "", key, 0, nowMillis);
            case 5 -> operate(OperationKind.PERSON_FACT, member, "profile", "", random.nextInt(2), nowMillis);
            case 6, 7 -> {
                int birthday = List.of(0, 203, 207, 213, 229, 305, 301).get(random.nextInt(7));
                operate(OperationKind.PERSON_FACT, member, "birthday", "", birthday, nowMillis);
            }
            default -> {
                long day = nowMillis / DAY_MILLIS + random.nextInt(8) - 1;
                boolean off = random.nextInt(3) == 0;
                operate(
                        off ? OperationKind.UNTAG : OperationKind.TAG,
                        member,
                        off ? pick("seen", "") : "seen",
                        "",
                        random.nextInt(3) == 0 ? 0 : day,
                        nowMillis);
            }
        }
    }

    private void club() {
        if (!has("clubs") && random.nextInt(8) > 0) {
            adjust();
            return;
        }
        OperationKind kind = random.nextInt(4) == 0 ? OperationKind.LEAVE_CLUB : OperationKind.JOIN_CLUB;
        operate(kind, 1 + random.nextInt(MEMBERS), pick("wine", "baby", "baby", "none"), "", 0, nowMillis);
    }

    /** A store; an open receipt or one that comes next; or nothing. */
    private String[] place() {
        int kind = random.nextInt(4);
        if (kind == 0) {
            return new String[0];
        } else if (kind == 1) {
            return new String[] {pick(STORES)};
        }
        boolean open = !coming.isEmpty() && random.nextBoolean();
        Receipt.Identity identity = open
                ? coming.get(random.nextInt(coming.size())).get(0).identity()
                : new Receipt.Identity("Lyon", "1", number + 1);
        LocalDate date = open ? coming.get(0).get(0).businessDate() : null;
        int yyyymmdd = date == null ? 0 : date.getYear() * 10_000 + date.getMonthValue() * 100 + date.getDayOfMonth();
        return new String[] {
            identity.store(), identity.till(), "0", Long.toString(identity.number()), Integer.toString(yyyymmdd)
        };
    }

    private void shop() {
        if (!has("shop") && random.nextInt(8) > 0) {
            submit(sale());
            return;
        }
        String name = "r" + random.nextInt(6);
        long member = 1 + random.nextInt(MEMBERS);
        switch (random.nextInt(6)) {
            case 0 -> operate(OperationKind.COMMIT, member, "", name, 0, 0);
            case 1 -> operate(OperationKind.CANCEL, member, "", name, 0, 0);
            case 2 -> operate(OperationKind.USE_PROMO_CODE, member, pick("HELLO", "HELLO", "BYE"), name, 0, 0);
            default -> {
                operate(
                        OperationKind.RESERVE,
                        member,
                        pick("mug", "mug", "tree", "seat", "voucher", "none"),
                        name,
                        1 + random.nextInt(10) / 8,
                        nowMillis + HOUR_MILLIS * (random.nextInt(3) == 0 ? random.nextInt(900) : 8),
                        place());
                switch (random.nextInt(4)) {
                    case 0 -> operate(OperationKind.COMMIT, member, "", name, 0, 0);
                    case 1 -> operate(OperationKind.CANCEL, member, "", name, 0, 0);
                    default -> {
                        // Ends by itself, or is committed or cancelled by chance.
                    }
                }
            }
        }
    }
}
