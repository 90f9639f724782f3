package org.assidu.accrual.agreement;

import java.math.BigInteger;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SplittableRandom;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.LongAdder;
import org.assidu.accrual.model.Operation;
import org.assidu.accrual.model.PublishedProgramme;
import org.assidu.accrual.model.ReceiptColumns;
import org.assidu.accrual.reference.Answer;
import org.assidu.accrual.reference.Receipt;
import org.assidu.accrual.reference.ReferenceLedger;
import org.jspecify.annotations.Nullable;

/** One history played to engine and reference, up to the first difference. */
final class Agreement {
    static final ControlDraw CONTROL = new ControlDraw();
    /** How often each status, kind of movement and event came up. */
    static final Map<String, LongAdder> SEEN = new ConcurrentSkipListMap<>();

    private final EngineSide engine = new EngineSide();
    private final ReferenceLedger reference = new ReferenceLedger(CONTROL);
    private static final int STEPS_BETWEEN_RESTARTS = 60;

    private final SplittableRandom sweeps;
    private final SplittableRandom restarts;
    private int versions;
    private boolean swept;
    private @Nullable String difference;
    private String step = "";

    private Agreement(long seed) {
        sweeps = new SplittableRandom(seed);
        restarts = new SplittableRandom(~seed);
    }

    /** @return what differs and where; null when nothing does */
    static @Nullable String differenceOf(long seed, List<Step> steps) {
        Agreement agreement = new Agreement(seed);
        try {
            for (int i = 0; i < steps.size() && agreement.difference == null; i++) {
                agreement.step = "step " + i + ": " + StepText.of(steps.get(i));
                agreement.play(steps.get(i));
            }
            if (agreement.difference == null) {
                agreement.finish();
            }
        } catch (RuntimeException | AssertionError e) {
            StringBuilder trace = new StringBuilder(agreement.step + "\n  " + e);
            for (int i = 0; i < Math.min(8, e.getStackTrace().length); i++) {
                trace.append("\n    at ").append(e.getStackTrace()[i]);
            }
            return trace.toString();
        }
        return agreement.difference;
    }

    private void play(Step next) {
        if (restarts.nextInt(STEPS_BETWEEN_RESTARTS) == 0) {
            engine.restart();
        }
        advance(next.nowMillis());
        if (next instanceof Step.Submit submit) {
            submit(submit.receipt(), submit.nowMillis());
            giveBack(submit.nowMillis());
        } else if (next instanceof Step.Operate operate) {
            operate(operate.operation(), operate.nowMillis());
        } else if (next instanceof Step.Publish publish) {
            publish(publish.draft(), publish.nowMillis());
            // Its first day begins at once.
            advance(publish.nowMillis());
        } else if (next instanceof Step.Enrol enrol) {
            engine.enrol(enrol.member(), enrol.nowMillis());
            reference.enrol(enrol.member(), enrol.nowMillis());
        } else if (next instanceof Step.Banners banners) {
            engine.stores(banners.banners());
            reference.stores(banners.banners());
        }
        compareState();
    }

    /** Days begin, and what nobody came back for is given up. */
    private void advance(long nowMillis) {
        while (engine.engine.time().nextTickMillis() <= nowMillis) {
            Operation tick = engine.engine.time().nextTick(nowMillis);
            if (tick == null) {
                return;
            }
            engine.operate(tick, Math.min(nowMillis, Math.max(tick.atMillis(), 1)));
            reference.day(LocalDate.ofEpochDay(tick.amount()));
            if (sweeps.nextInt(3) > 0) {
                engine.sweep(sweeps.nextInt(4));
            }
        }
        for (ReceiptColumns lost = engine.engine.abandoned(nowMillis); lost != null; ) {
            Receipt own = reference.abandoned(nowMillis);
            same(
                    "abandoned receipt",
                    lost.number,
                    own == null ? null : own.identity().number());
            if (own == null) {
                return;
            }
            submit(own, nowMillis);
            lost = engine.engine.abandoned(nowMillis);
        }
        same("abandoned receipt", null, reference.abandoned(nowMillis));
        giveBack(nowMillis);
    }

    /** Reservations whose time is over, or whose receipt was voided. */
    private void giveBack(long nowMillis) {
        for (Operation end = engine.engine.endedReservation(nowMillis); end != null && difference == null; ) {
            Operation own = reference.endedReservation(nowMillis);
            same("ended reservation", end.idempotencyKey(), own == null ? null : own.idempotencyKey());
            operate(end, nowMillis);
            end = engine.engine.endedReservation(nowMillis);
        }
        same("ended reservation", null, reference.endedReservation(nowMillis));
    }

    private void submit(Receipt receipt, long nowMillis) {
        Answer engineSays = engine.submit(Columns.of(receipt), nowMillis);
        Answer referenceSays = reference.receipt(receipt, nowMillis);
        same(engineSays, referenceSays);
    }

    private void operate(Operation operation, long nowMillis) {
        Answer engineSays = engine.operate(operation, nowMillis);
        if (engineSays.status().equals("DONE")) {
            SEEN.computeIfAbsent("done " + operation.kind(), key -> new LongAdder())
                    .increment();
        }
        same(engineSays, reference.operate(operation, nowMillis));
    }

    private void publish(ProgrammeDraft draft, long nowMillis) {
        PublishedProgramme published = draft.published(versions + 1);
        if (published != null
                && engine.engine
                        .publicationProblems(published.document(), nowMillis)
                        .isEmpty()) {
            versions++;
            // What is due is settled under the rules of its day.
            engine.sweep(Integer.MAX_VALUE);
            engine.publish(published);
            reference.publish(published.document());
        }
    }

    private static void seen(Answer answer) {
        SEEN.computeIfAbsent("status " + answer.status(), key -> new LongAdder())
                .increment();
        answer.movements()
                .keySet()
                .forEach(key -> SEEN.computeIfAbsent("movement " + key.split(" ")[2], kind -> new LongAdder())
                        .increment());
        answer.events()
                .forEach(event -> SEEN.computeIfAbsent("event " + event.split(" ")[0], kind -> new LongAdder())
                        .increment());
        answer.lines()
                .forEach(line -> SEEN.computeIfAbsent("line " + line.split(" ")[0], kind -> new LongAdder())
                        .increment());
    }

    private void same(Answer engineSays, Answer referenceSays) {
        seen(engineSays);
        same("status", engineSays.status(), referenceSays.status());
        same("points", engineSays.points(), referenceSays.points());
        same("balance", engineSays.balance(), referenceSays.balance());
        same("lines", engineSays.lines(), referenceSays.lines());
        same("alerts", engineSays.alerts(), referenceSays.alerts());
        same("member prices", engineSays.prices(), referenceSays.prices());
        same("movements", engineSays.movements(), referenceSays.movements());
        List<String> events = referenceSays.events().stream()
                .filter(event -> !event.startsWith("POINTS_"))
                .toList();
        same("events", engineSays.events(), events);
    }

    private void compareState() {
        for (long member = 1; member <= RandomHistory.MEMBERS; member++) {
            same("member " + member, engine.member(member), reference.member(member));
            same("survivor", engine.engine.desk().survivorOf(member), reference.survivor(member));
        }
        for (int household = 0; household < RandomHistory.HOUSEHOLDS; household++) {
            long key = RandomHistory.FIRST_HOUSEHOLD + household;
            same("household " + key, engine.member(key), reference.member(key));
        }
        for (long code = 1; code <= RandomHistory.CODES; code++) {
            same("code " + code, engine.code(code), reference.code("%016x".formatted(code)));
        }
        for (long member = 0; member <= RandomHistory.MEMBERS; member++) {
            for (Map.Entry<String, BigInteger> counter :
                    reference.counters(member).entrySet()) {
                // As stored: what time changes is compared when all members are settled.
                if (swept || !counter.getKey().matches("(tier|act|reward)/.*|.*/unlocked")) {
                    long value = engine.engine.counter(member, counter.getKey());
                    same(
                            "counter " + counter.getKey() + " of " + member,
                            BigInteger.valueOf(value),
                            counter.getValue());
                }
            }
        }
    }

    private void finish() {
        step = "at the end";
        engine.sweep(Integer.MAX_VALUE);
        swept = true;
        compareState();
        same("ledger", engine.ledger, reference.ledger());
        same("what time did", engine.timeEvents(), reference.timeEvents());
        engine.timeEvents()
                .forEach(event -> SEEN.computeIfAbsent("by time " + event.split(" ")[0], kind -> new LongAdder())
                        .increment());
        for (int purse = 0; purse < engine.engine.purses(); purse++) {
            String id = engine.engine.purseId(purse);
            same("books of " + id + " " + reference.books(id), engine.hasBooks(id, reference.books(id)), true);
        }
        same("state hash, recomputed", engine.engine.stateHash(), engine.engine.recomputedStateHash());
        same("state hash, replayed", engine.engine.stateHash(), engine.replayedHash());
    }

    private void same(String what, @Nullable Object engineSays, @Nullable Object referenceSays) {
        if (difference == null && !Objects.equals(engineSays, referenceSays)) {
            difference = step + "\n  " + what + "\n    engine:    " + text(engineSays) + "\n    reference: "
                    + text(referenceSays);
        }
    }

    private static String text(@Nullable Object value) {
        if (value instanceof Map<?, ?> map) {
            List<String> lines = new ArrayList<>();
            map.forEach((key, amount) -> lines.add("\n      " + key + " = " + amount));
            return String.join("", lines);
        }
        return String.valueOf(value).replace("\n", "\n      ");
    }
}
