package org.assidu.accrual.simulation;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/**
 * A till: sells, remembers every receipt that is not answered, and sends it again until it is, across its own restarts too.
 * Now and then it sends old receipts again, or another content under an old number.
 */
final class SimulatedTill {
    private static final int MOST_PENDING = 5;
    private static final int MOST_PARTS = 6;
    private static final int LONGEST_PAUSE_MILLIS = 4 * 3_600_000;
    private static final int RETRY_MILLIS = 40_000;
    private static final String[] CATEGORIES = {"a", "a/x", "b", ""};

    private final String store;
    private final String till;
    private final Simulation world;
    private final SplittableRandom random;
    private final SimulatedNetwork network;
    private final List<Sale> pending = new ArrayList<>();
    private final List<Sale> finished = new ArrayList<>();
    private long number;

    SimulatedTill(int index, Simulation world, SplittableRandom random) {
        store = "S" + index / 2;
        till = "T" + index % 2;
        this.world = world;
        this.random = random;
        network = new SimulatedNetwork(world.timeline(), random.split());
    }

    void start() {
        world.timeline().in(random.nextInt(60_000), this::act);
    }

    private void act() {
        boolean selling = world.isOpen();
        if (selling && pending.size() < MOST_PENDING && random.nextInt(3) > 0) {
            pending.add(sell());
        }
        send();
        if (selling && !finished.isEmpty() && random.nextInt(6) == 0) {
            sendAgain(finished.get(random.nextInt(finished.size())));
        }
        if (random.nextInt(40) == 0) {
            network.cut(selling && random.nextBoolean());
        }
        if (selling || !pending.isEmpty()) {
            boolean rests = pending.isEmpty() || random.nextInt(4) == 0;
            world.timeline().in(selling && rests ? random.nextInt(LONGEST_PAUSE_MILLIS) : RETRY_MILLIS, this::act);
        }
    }

    private Sale sell() {
        Sale original = random.nextInt(6) == 0 ? world.anyRecordedSale(random) : null;
        int lines = 1 + random.nextInt(3);
        long[] quantity = new long[lines];
        long[] amount = new long[lines];
        String[] category = new String[lines];
        for (int line = 0; line < lines; line++) {
            boolean back = original != null && line == 0 || random.nextInt(20) == 0;
            quantity[line] = (back ? -1000L : 1000L) * (1 + random.nextInt(3));
            amount[line] = (back ? -1 : 1) * (long) random.nextInt(6000);
            category[line] = CATEGORIES[random.nextInt(CATEGORIES.length)];
        }
        int chunks = lines > 1 && random.nextInt(3) == 0 ? lines : 1;
        return new Sale(
                new ReceiptName(store, till, 0, ++number),
                random.nextInt(8) == 0 ? 0 : world.card(random.nextInt(Simulation.CARDS)),
                world.timeline().trueMillis(),
                quantity,
                amount,
                category,
                original,
                random.nextInt(10) == 0,
                chunks,
                chunks > 1 && random.nextInt(4) == 0);
    }

    private void send() {
        List<Sale.Part> parts = new ArrayList<>();
        for (Sale sale : pending) {
            if (parts.size() < MOST_PARTS && random.nextInt(4) > 0) {
                parts.add(sale.next());
            }
        }
        if (!parts.isEmpty()) {
            send(parts);
        }
    }

    private void sendAgain(Sale sale) {
        boolean alter = sale.isRecorded() && random.nextInt(3) == 0;
        if (alter || sale.isRecorded()) {
            send(List.of(alter ? sale.altered() : sale.next()));
        }
    }

    private void send(List<Sale.Part> parts) {
        network.send(() -> world.server().sales(parts, answers -> network.send(() -> heard(parts, answers))));
    }

    private void heard(List<Sale.Part> parts, List<Answer> answers) {
        for (int at = 0; at < parts.size(); at++) {
            Sale.Part part = parts.get(at);
            part.sale().heard(part, answers.get(at));
            if (part.sale().isDone() && pending.remove(part.sale())) {
                finished.add(part.sale());
            }
        }
    }

    void heal() {
        network.heal();
        world.timeline().in(1, this::act);
    }

    boolean isIdle() {
        return pending.isEmpty();
    }

    @Nullable
    Sale anyRecorded(SplittableRandom chooser) {
        Sale sale = finished.isEmpty() ? null : finished.get(chooser.nextInt(finished.size()));
        return sale != null && sale.isRecorded() ? sale : null;
    }

    /** Each sale that the server has told of must be in the ledger, with the points that were told. */
    void check(Ledger ledger) {
        for (Sale sale : finished) {
            check(ledger, sale);
        }
        for (Sale sale : pending) {
            check(ledger, sale);
        }
    }

    private static void check(Ledger ledger, Sale sale) {
        Violation.unless(
                !sale.toldRecorded && !sale.isRecorded() || ledger.closed(sale.name) != null,
                "receipt " + sale.name + " was acknowledged and is not in the journal");
    }
}
