package org.assidu.accrual.simulation;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.assidu.accrual.model.OpeningLot;
import org.assidu.accrual.model.Operation;
import org.assidu.accrual.model.OperationKind;
import org.assidu.accrual.model.OperationStatus;
import org.assidu.accrual.pipeline.PublicationRequest;

/** Everyone who asks for something other than a sale: the desk, the shop, whoever publishes programmes. Each key until it is answered. */
final class SimulatedDesk {
    private static final int MOST_PENDING = 4;
    private static final int LONGEST_PAUSE_MILLIS = 5 * 3_600_000;
    private static final int RETRY_MILLIS = 50_000;
    private static final long HOUR_MILLIS = 3_600_000;
    /** Key of the first of two households. */
    private static final long HOUSEHOLD = 42;

    private static final int MOST_VERSIONS = 3;

    /** An operation under way. */
    static final class Task {
        final Operation operation;
        /** Whether the server has told that it is done, whoever heard. */
        boolean toldDone;

        boolean answered;

        Task(Operation operation) {
            this.operation = operation;
        }
    }

    private final Simulation world;
    private final SplittableRandom random;
    private final SimulatedNetwork network;
    private final SimulatedProgrammes programmes;
    private final List<Task> pending = new ArrayList<>();
    private final List<Task> tasks = new ArrayList<>();
    private final List<String> codes = new ArrayList<>();
    private PublicationRequest publication;
    private int published;
    private int keys;

    SimulatedDesk(Simulation world, SimulatedProgrammes programmes, SplittableRandom random) {
        this.world = world;
        this.random = random;
        network = new SimulatedNetwork(world.timeline(), random.split());
        this.programmes = programmes;
    }

    void start() {
        publication = programmes.version(1, LocalDate.of(2026, 1, 1));
        world.timeline().in(1, this::act);
    }

    private void act() {
        boolean open = world.isOpen();
        if (open && published > 0 && pending.size() < MOST_PENDING) {
            task();
        }
        if (open && publication == null && published < MOST_VERSIONS && random.nextInt(60) == 0) {
            LocalDate today = Instant.ofEpochMilli(world.timeline().serverMillis())
                    .atZone(ZoneOffset.UTC)
                    .toLocalDate();
            publication = programmes.version(published + 1, today.plusDays(2));
        }
        PublicationRequest request = publication;
        if (request != null) {
            network.send(() -> world.server().publish(request, () -> network.send(() -> published(request))));
        }
        for (Task task : pending) {
            network.send(() -> world.server().operate(task, status -> network.send(() -> heard(task, status))));
        }
        network.send(() -> world.server().ask(world.card(random.nextInt(Simulation.CARDS))));
        if (open || !isIdle()) {
            boolean rests = isIdle() || random.nextInt(3) == 0;
            world.timeline().in(open && rests ? random.nextInt(LONGEST_PAUSE_MILLIS) : RETRY_MILLIS, this::act);
        }
    }

    private void published(PublicationRequest request) {
        if (publication == request) {
            publication = null;
            published++;
        }
    }

    private void task() {
        long member = world.server().memberOf(world.card(random.nextInt(Simulation.CARDS)));
        if (member == 0) {
            return;
        }
        long now = world.timeline().serverMillis();
        switch (random.nextInt(17)) {
            case 0 -> add(OperationKind.ADJUST, member, "points", (random.nextInt(60) - 10) * 1_000_000L + 1, now);
            case 1 -> add(OperationKind.USE_PROMO_CODE, member, SimulatedProgrammes.PROMO_CODE, 0, now);
            case 2 -> issue(member, now);
            case 3, 4 -> redeem(now);
            case 5 -> add(OperationKind.JOIN_CLUB, member, SimulatedProgrammes.CLUB, 0, now);
            case 6 -> add(OperationKind.LEAVE_CLUB, member, SimulatedProgrammes.CLUB, 0, now);
            case 7 ->
                add(OperationKind.CONVERT, member, SimulatedProgrammes.MONEY, random.nextInt(40) * 1_000_000L, now);
            case 9 -> claim(member);
            case 16 -> migrate(member, now);
            case 10 -> join(member, now);
            case 8 -> add(OperationKind.PROPOSE_ADJUSTMENT, member, "points", 40_000_000L + random.nextInt(100), now);
            default ->
                add(
                        OperationKind.RESERVE,
                        member,
                        SimulatedProgrammes.REWARD,
                        1 + random.nextInt(2),
                        now + (1 + random.nextInt(48)) * HOUR_MILLIS);
        }
    }

    private void add(OperationKind kind, long member, String subject, long amount, long atMillis) {
        add(operation(kind, member, subject, "k" + ++keys, amount, atMillis, List.of()));
    }

    /** A receipt without member is claimed by someone, maybe by two. */
    private void claim(long member) {
        Sale sale = world.anyRecordedSale(random);
        if (sale != null && sale.card == 0) {
            ReceiptName name = sale.name;
            add(operation(
                    OperationKind.CLAIM,
                    member,
                    "",
                    "k" + ++keys,
                    0,
                    sale.soldAtMillis,
                    List.of(
                            name.store(),
                            name.till(),
                            Integer.toString(name.series()),
                            Long.toString(name.number()),
                            "0")));
        }
    }

    /** A member turns out to have been one of another system, with what they had there. */
    private void migrate(long member, long now) {
        int day = (int) (now / (24 * HOUR_MILLIS));
        String lot =
                new OpeningLot("points", (1 + random.nextInt(50)) * 1_000_000L, day - 10, OpeningLot.BY_PURSE).detail();
        add(operation(
                OperationKind.MIGRATE,
                member,
                "",
                "k" + ++keys,
                0,
                now - (1 + random.nextInt(300)) * 24 * HOUR_MILLIS,
                List.of(lot)));
    }

    /** Two members become one, or share a purse, or share it no longer. */
    private void join(long member, long now) {
        long other = world.server().memberOf(world.card(random.nextInt(Simulation.CARDS)));
        long household = HOUSEHOLD + random.nextInt(2);
        OperationKind kind = random.nextBoolean()
                ? OperationKind.MERGE
                : random.nextBoolean() ? OperationKind.JOIN_HOUSEHOLD : OperationKind.LEAVE_HOUSEHOLD;
        if (other != 0 && other != member) {
            add(new Operation(
                    kind,
                    member,
                    kind == OperationKind.MERGE ? other : household,
                    "",
                    "k" + ++keys,
                    random.nextInt(10_001),
                    now,
                    "anna",
                    "simulated",
                    List.of()));
        }
    }

    private void issue(long member, long now) {
        String code = Long.toHexString(random.nextLong() >>> 1 | 1L << 62);
        codes.add(code);
        add(operation(
                OperationKind.ISSUE_CODE,
                random.nextBoolean() ? 0 : member,
                "gift-card/MULTI",
                "k" + ++keys,
                1000,
                now + 20 * 24 * HOUR_MILLIS,
                List.of(code)));
    }

    private void redeem(long now) {
        if (!codes.isEmpty()) {
            String code = codes.get(random.nextInt(codes.size()));
            add(operation(OperationKind.REDEEM_CODE, 0, "", "k" + ++keys, 300, now, List.of(code)));
        }
    }

    private static Operation operation(
            OperationKind kind,
            long member,
            String subject,
            String key,
            long amount,
            long atMillis,
            List<String> details) {
        boolean second = kind == OperationKind.APPROVE_ADJUSTMENT || kind == OperationKind.REJECT_ADJUSTMENT;
        String author = second ? "berta" : "anna";
        return new Operation(kind, member, 0, subject, key, amount, atMillis, author, "simulated", details);
    }

    private void add(Operation operation) {
        Task task = new Task(operation);
        pending.add(task);
        tasks.add(task);
    }

    private void heard(Task task, OperationStatus status) {
        if (task.answered) {
            return;
        }
        task.answered = true;
        pending.remove(task);
        Operation operation = task.operation;
        boolean done = status == OperationStatus.DONE || status == OperationStatus.ALREADY_DONE;
        if (operation.kind() == OperationKind.RESERVE && done && random.nextInt(4) > 0) {
            follow(operation, random.nextBoolean() ? OperationKind.COMMIT : OperationKind.CANCEL);
        }
        if (operation.kind() == OperationKind.PROPOSE_ADJUSTMENT && done) {
            boolean approved = random.nextInt(3) > 0;
            follow(operation, approved ? OperationKind.APPROVE_ADJUSTMENT : OperationKind.REJECT_ADJUSTMENT);
            if (random.nextInt(4) == 0) {
                follow(operation, OperationKind.APPROVE_ADJUSTMENT);
            }
        }
    }

    private void follow(Operation first, OperationKind kind) {
        add(operation(kind, first.memberKey(), "", first.idempotencyKey(), 0, 0, List.of()));
    }

    void heal() {
        network.heal();
        world.timeline().in(1, this::act);
    }

    boolean isIdle() {
        return pending.isEmpty() && publication == null;
    }

    void check(Ledger ledger) {
        for (Task task : tasks) {
            Operation operation = task.operation;
            Violation.unless(
                    !task.toldDone || ledger.isDone(operation.kind(), operation.idempotencyKey()),
                    "operation " + operation.kind() + " " + operation.idempotencyKey()
                            + " was acknowledged and is not in the journal");
        }
    }
}
