package org.assidu.accrual.simulation;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.assidu.accrual.directory.MemberDirectory;
import org.assidu.accrual.journal.Durability;
import org.assidu.accrual.journal.JournalException;
import org.assidu.accrual.model.Ean13;
import org.jspecify.annotations.Nullable;

/** One world: tills, a desk, a server that dies often, and a dice that chooses what happens next. */
public final class Simulation {
    /** Cards of a world; no two worlds share one. */
    static final int CARDS = 12;

    private static final long CARD_BLOCKS = 999_999_999_999L / CARDS;
    private static final int MOST_EVENTS_TO_THE_END = 200_000;
    private static final int STAGES = 3;
    private static final int EVENTS_BETWEEN_SNAPSHOTS = 700;
    private static final long DAY_MILLIS = 24 * 3_600_000L;

    private final SimulationConfig config;
    private final SplittableRandom random;
    private final Timeline timeline;
    private final Faults faults;
    private final SimulatedStorage storage;
    private final SimulatedSnapshots snapshots;
    private final SplittableRandom snapshotDice;
    private final SimulatedServer server;
    private final List<SimulatedTill> tills = new ArrayList<>();
    private final SimulatedDesk desk;
    private final int eventsBetweenFaults;
    private boolean open = true;
    private long events;
    private long kills;
    private long powerCuts;
    private long failures;

    private Simulation(SimulationConfig config, MemberDirectory directory) {
        this.config = config;
        random = new SplittableRandom(config.seed());
        timeline = new Timeline(random.split());
        faults = new Faults(random.split());
        SplittableRandom torn = random.split();
        storage = config.fileJournal()
                ? new FolderStorage(
                        config.folder().resolve("journal-" + Long.toHexString(config.seed())),
                        faults,
                        config.durability(),
                        torn,
                        timeline::nanoTime,
                        timeline::serverMillis)
                : new MemoryStorage(faults, config.durability(), torn);
        SimulatedProgrammes programmes = new SimulatedProgrammes(random.split());
        // Of its own, so that what a seed makes happen does not depend on snapshots.
        snapshotDice = new SplittableRandom(config.seed() ^ 0x736e6170L);
        snapshots = new SimulatedSnapshots(
                config.folder().resolve("snapshots-" + Long.toHexString(config.seed())), snapshotDice.split());
        server = new SimulatedServer(
                this, storage, faults, config.durability(), directory, snapshots, () -> new Ledger(programmes));
        int count = 2 + random.nextInt(4);
        for (int till = 0; till < count; till++) {
            tills.add(new SimulatedTill(till, this, random.split()));
        }
        desk = new SimulatedDesk(this, programmes, random.split());
        eventsBetweenFaults = 60 + random.nextInt(600);
    }

    /**
     * Runs a world to its end.
     *
     * @param directory of this and other worlds: their cards differ
     * @throws Violation when something that must always hold does not; its message names seed and event
     */
    public static SimulationReport run(SimulationConfig config, MemberDirectory directory) {
        Simulation world = new Simulation(config, directory);
        try (world.snapshots;
                SimulatedStorage storage = world.storage) {
            return world.run();
        } catch (RuntimeException e) {
            throw new Violation(
                    "seed=" + config.seed() + " event=" + world.events + " (" + world.storage.description() + ", "
                            + config.durability() + "): " + e.getMessage(),
                    e);
        }
    }

    private SimulationReport run() {
        tills.forEach(SimulatedTill::start);
        desk.start();
        startServer();
        while (events < config.events()) {
            event();
            if (random.nextInt(eventsBetweenFaults) == 0) {
                fault();
            }
            if (snapshotDice.nextInt(EVENTS_BETWEEN_SNAPSHOTS) == 0) {
                server.snapshot();
            }
        }
        end();
        return new SimulationReport(
                1,
                events,
                server.starts() - 1,
                kills,
                powerCuts,
                failures,
                server.ledger().receipts(),
                server.ledger().operations(),
                server.ledger().programmes(),
                server.history().last(),
                storage.generationsBegun(),
                server.history().lost(),
                snapshots.taken(),
                snapshots.starts(),
                snapshots.passedOver(),
                server.answers(),
                server.digest());
    }

    /** One thing happens. */
    private void event() {
        events++;
        int stage = random.nextInt(STAGES + 2);
        guard(() -> {
            if (stage >= STAGES || !server.step(stage)) {
                timeline.advance();
            }
        });
    }

    /** Runs something on the server, which may die or give up. */
    private void guard(Runnable work) {
        try {
            work.run();
        } catch (SimulatedCrash crash) {
            crash();
        } catch (JournalException failure) {
            if (!faults.hasFailed()) {
                throw failure;
            }
            failures++;
            crash();
        }
    }

    private void startServer() {
        if (!server.isUp()) {
            faults.processStarts();
            if (random.nextInt(6) == 0) {
                faults.crashSoon();
            }
            if (random.nextInt(4) == 0) {
                faults.failForceSoon();
            }
            guard(server::start);
        }
    }

    private void crash() {
        boolean survivable = config.durability() == Durability.FAST || random.nextInt(5) < 2;
        CrashKind kind =
                survivable ? CrashKind.KILL : random.nextBoolean() ? CrashKind.POWER_CUT : CrashKind.WORST_POWER_CUT;
        if (kind == CrashKind.KILL) {
            kills++;
        } else {
            powerCuts++;
        }
        server.crash(kind);
        timeline.in(1 + random.nextInt(open ? 120_000 : 10), this::startServer);
    }

    private void fault() {
        switch (random.nextInt(12)) {
            case 0, 1 -> {
                if (server.isUp()) {
                    crash();
                }
            }
            case 2, 3, 4 -> faults.crashSoon();
            case 5 -> faults.failForceSoon();
            case 6 -> faults.failWriteSoon();
            case 7 -> {
                faults.diskFull(true);
                timeline.in(random.nextInt(8 * 3_600_000), () -> faults.diskFull(false));
            }
            case 8 -> timeline.setServerClockOff(0);
            case 9 -> timeline.setServerClockOff(random.nextLong(5 * DAY_MILLIS) - 3 * DAY_MILLIS);
            case 10 -> timeline.setServerClockOff(random.nextLong(120_000) - 60_000);
            default -> timeline.pause(random.nextInt(2 * (int) DAY_MILLIS));
        }
    }

    /** No more faults: whatever is under way must come to its end, and nothing be missing. */
    private void end() {
        open = false;
        faults.end();
        timeline.setServerClockOff(0);
        tills.forEach(SimulatedTill::heal);
        desk.heal();
        long most = events + MOST_EVENTS_TO_THE_END;
        while (!isIdle()) {
            event();
            Violation.unless(
                    events < most,
                    "after the last fault " + MOST_EVENTS_TO_THE_END + " events did not bring every answer");
        }
        server.crash(CrashKind.KILL);
        server.start();
        Violation.unless(
                server.history().last() >= server.history().told(), "the last recovery ends before what was told");
        check(server.ledger());
        server.verifyOutcomes();
    }

    private boolean isIdle() {
        return server.isUp() && desk.isIdle() && tills.stream().allMatch(SimulatedTill::isIdle);
    }

    /** Everything that anyone was told is there. */
    void check(Ledger ledger) {
        tills.forEach(till -> till.check(ledger));
        desk.check(ledger);
    }

    Timeline timeline() {
        return timeline;
    }

    SimulatedServer server() {
        return server;
    }

    /** Whether shops are open: no new work comes once the world is about to end. */
    boolean isOpen() {
        return open;
    }

    long card(int index) {
        return Ean13.withCheckDigit(1 + Math.floorMod(config.seed(), CARD_BLOCKS) * CARDS + index);
    }

    @Nullable
    Sale anyRecordedSale(SplittableRandom chooser) {
        return tills.get(chooser.nextInt(tills.size())).anyRecorded(chooser);
    }
}
