package org.assidu.accrual.engine;

import java.util.ArrayList;
import java.util.List;
import org.assidu.accrual.model.LotKey;
import org.assidu.accrual.model.MovementKind;
import org.assidu.accrual.model.Operation;
import org.assidu.accrual.model.OperationKind;
import org.assidu.accrual.model.OperationStatus;
import org.assidu.accrual.model.OutcomeColumns;
import org.assidu.accrual.model.ReceiptColumns;
import org.assidu.accrual.programme.Programme;
import org.assidu.accrual.programme.ShopRule;
import org.jspecify.annotations.Nullable;

/**
 * Rewards that points buy, in two phases. The first phase does everything: it spends the points, takes the stock and counts
 * the member's units; the second only says that it stays so. What is given back goes to the lots it came from.
 *
 * <ul>
 *   <li>RESERVE: {@code subject} reward, {@code idempotencyKey} name of the reservation, {@code amount} units, {@code
 *       atMillis} when it ends by itself, {@code details} as {@link HeldFor} says
 *   <li>COMMIT, CANCEL, END_RESERVATION: {@code idempotencyKey} name of the reservation, {@code memberKey} its member
 * </ul>
 */
final class Shop {
    private static final int POINTS = 0;
    private static final long MOST_UNITS = 1_000;

    private final Programmes programmes;
    private final Draft draft;
    private final CounterSlots slots;
    private final TillLedger ledger;
    private final Reservations reservations;
    private boolean forced;

    Shop(Programmes programmes, Draft draft, CounterSlots slots, TillLedger ledger) {
        this.ledger = ledger;
        reservations = new Reservations(ledger);
        this.programmes = programmes;
        this.draft = draft;
        this.slots = slots;
    }

    /** Whether what is taken is a fact, for which nothing needs to be there. */
    void forced(boolean isFact) {
        forced = isFact;
    }

    /**
     * What a receipt took.
     *
     * @param had whether all of it could be had
     * @param units counted under stock and limit
     * @param free units of them without points
     */
    record Taken(boolean had, long priceMicro, long units, long free) {}

    /** Units of a reservation that were had without points. */
    long free(Reservation held) {
        return held.taken(slots.slot(ShopSlots.unlocked(held.reward)));
    }

    OperationStatus reserve(Operation operation, Programme programme, long nowMillis) {
        if (operation.idempotencyKey().isEmpty()
                || operation.amount() < 1
                || operation.amount() > MOST_UNITS
                || operation.atMillis() <= nowMillis) {
            return OperationStatus.MALFORMED;
        }
        ShopRule reward = programme.shopReward(operation.subject());
        if (reward == null) {
            return OperationStatus.SUBJECT_UNKNOWN;
        }
        ReceiptColumns receipt = HeldFor.receipt(operation);
        if (receipt != null && ledger.isClosed(ledger.find(receipt, -1), receipt.number)) {
            return OperationStatus.TOO_LATE;
        }
        String store = HeldFor.store(operation);
        return take(operation.memberKey(), reward, operation.amount(), store, programme, nowMillis);
    }

    /** Takes units of a reward out of stock and their price out of the member's purse; nothing unless all of it can be. */
    OperationStatus take(long member, ShopRule reward, long units, String store, Programme programme, long nowMillis) {
        OperationStatus status = check(member, reward, units, store, programme, nowMillis);
        if (status != OperationStatus.DONE && !forced) {
            return status;
        }
        int unlocked = slots.slot(ShopSlots.unlocked(reward.id()));
        long free = free(member, unlocked, units);
        draft.change(Draft.PROGRAMME, slots.slot(ShopSlots.stock(reward.id())), units);
        draft.change(member, slots.slot(ShopSlots.had(reward.id())), units);
        draft.change(member, unlocked, -free);
        long priceMicro = priceMicro(member, reward) * (units - free);
        draft.move(member, POINTS, MovementKind.SPENT, -priceMicro, reward.rule(), programme.version(), LotKey.NONE);
        return OperationStatus.DONE;
    }

    /**
     * As {@link #take}, for what a till has given already: the price is debited in any case; stock and the member's limit are
     * used as far as they go, and never beyond.
     */
    Taken takeGiven(long member, ShopRule reward, long units, Programme programme, ReceiptColumns receipt) {
        long asked = Math.min(units, MOST_UNITS);
        String store = receipt.string(receipt.store);
        boolean had = check(member, reward, asked, store, programme, receipt.soldAtMillis) == OperationStatus.DONE;
        int stock = slots.slot(ShopSlots.stock(reward.id()));
        int hadBefore = slots.slot(ShopSlots.had(reward.id()));
        int unlocked = slots.slot(ShopSlots.unlocked(reward.id()));
        long left = Math.min(
                reward.stock() - draft.counter(Draft.PROGRAMME, stock),
                reward.perMember() - draft.counter(member, hadBefore));
        long counted = Math.max(0, Math.min(asked, left));
        long free = free(member, unlocked, asked);
        draft.change(Draft.PROGRAMME, stock, counted);
        draft.change(member, hadBefore, counted);
        draft.change(member, unlocked, -free);
        long priceMicro = priceMicro(member, reward) * (asked - free);
        draft.move(member, POINTS, MovementKind.SPENT, -priceMicro, reward.rule(), programme.version(), LotKey.NONE);
        return new Taken(had && asked == units, priceMicro, counted, free);
    }

    private OperationStatus check(
            long member, ShopRule reward, long units, String store, Programme programme, long nowMillis) {
        if (!reward.isOpen(programme.day(nowMillis)) || !reward.isHadAt(store) || isClosed(programme, nowMillis)) {
            return OperationStatus.REWARD_NOT_AVAILABLE;
        }
        if (reward.stock() - draft.counter(Draft.PROGRAMME, slots.slot(ShopSlots.stock(reward.id()))) < units) {
            return OperationStatus.OUT_OF_STOCK;
        }
        if (reward.perMember() - draft.counter(member, slots.slot(ShopSlots.had(reward.id()))) < units) {
            return OperationStatus.LIMIT_EXCEEDED;
        }
        long free = free(member, slots.slot(ShopSlots.unlocked(reward.id())), units);
        boolean funded = draft.availableMicro(member) >= priceMicro(member, reward) * (units - free);
        return funded ? OperationStatus.DONE : OperationStatus.INSUFFICIENT_POINTS;
    }

    private long free(long member, int unlocked, long units) {
        return Math.min(units, Math.max(0, draft.counter(member, unlocked)));
    }

    /** Price of one unit for a member, micropoints. */
    long priceMicro(long member, ShopRule reward) {
        return reward.priceMicro(draft.counter(member, slots.slot(ShopSlots.TIER_LEVEL)));
    }

    private static boolean isClosed(Programme programme, long nowMillis) {
        var lastBurnDay = programme.document().mechanics().lastBurnDay();
        return lastBurnDay != null && programme.day(nowMillis) > lastBurnDay.toEpochDay();
    }

    OperationStatus commit(Operation operation, long nowMillis) {
        Reservation held = reservations.find(operation.idempotencyKey());
        if (held == null || held.memberKey != operation.memberKey()) {
            return missing(operation);
        }
        if (held.receipt != null) {
            return OperationStatus.NOT_ALLOWED;
        }
        return nowMillis >= held.endsAtMillis ? OperationStatus.RESERVATION_ENDED : OperationStatus.DONE;
    }

    OperationStatus giveBack(Operation operation, long nowMillis) {
        Reservation held = reservations.find(operation.idempotencyKey());
        if (held == null || held.memberKey != operation.memberKey()) {
            return missing(operation);
        }
        boolean over = nowMillis >= held.endsAtMillis || held.voidedAtMillis != 0;
        if (operation.kind() == OperationKind.END_RESERVATION && !over) {
            return OperationStatus.NOTHING_TO_DO;
        }
        giveBack(held);
        return OperationStatus.DONE;
    }

    /** Puts back exactly what a reservation took. */
    void giveBack(Reservation held) {
        for (int c = 0; c < held.counters; c++) {
            draft.change(held.counterMember[c], held.counterSlot[c], -held.counterDelta[c]);
        }
        for (int m = 0; m < held.movements; m++) {
            draft.move(
                    held.purseOwner,
                    POINTS,
                    MovementKind.RESTORED,
                    -held.micro[m],
                    held.rule,
                    held.version,
                    held.lot[m]);
        }
    }

    /** What is held for a receipt. */
    List<Reservation> heldFor(ReceiptColumns receipt) {
        return reservations.heldFor(receipt);
    }

    /** A receipt was closed: what was held for it is used or given back in its outcome. */
    void applyClosed(ReceiptColumns receipt) {
        List<Reservation> held = reservations.heldFor(receipt);
        for (int i = 0; i < held.size(); i++) {
            reservations.end(held.get(i).name);
        }
    }

    /** A receipt was voided: what was held for it ends now, each by an operation of its own. */
    void applyVoid(ReceiptColumns receipt) {
        for (Reservation held : reservations.heldFor(receipt)) {
            reservations.voided(held, Math.max(1, receipt.soldAtMillis));
        }
    }

    /** What the member may have of each reward, and why not. */
    List<ShopOffer> offers(long member, String store, Programme programme, long nowMillis) {
        List<ShopOffer> offers = new ArrayList<>(programme.shop().size());
        for (ShopRule reward : programme.shop()) {
            long stock = reward.stock();
            long taken = draft.counter(Draft.PROGRAMME, slots.slot(ShopSlots.stock(reward.id())));
            long free = Math.max(0, draft.counter(member, slots.slot(ShopSlots.unlocked(reward.id()))));
            long left = stock == ShopRule.UNLIMITED ? stock : Math.max(0, stock - taken);
            offers.add(new ShopOffer(
                    reward,
                    priceMicro(member, reward),
                    free,
                    left,
                    check(member, reward, 1, store, programme, nowMillis)));
        }
        return offers;
    }

    private OperationStatus missing(Operation operation) {
        return reservations.hasEnded(operation.idempotencyKey())
                ? OperationStatus.RESERVATION_ENDED
                : OperationStatus.RESERVATION_UNKNOWN;
    }

    /** Puts a done operation of these kinds into effect. */
    void apply(Operation operation, OutcomeColumns outcome) {
        switch (operation.kind()) {
            case RESERVE -> {
                ShopRule reward = recorded(operation.subject(), outcome.programmeVersion);
                reservations.add(new Reservation(operation, outcome, reward.rule(), countersOf(reward)));
            }
            case COMMIT, CANCEL, END_RESERVATION -> reservations.end(operation.idempotencyKey());
            default -> throw new IllegalArgumentException(operation.kind() + " is none of the shop's operations");
        }
    }

    private int[] countersOf(ShopRule reward) {
        return new int[] {
            slots.slot(ShopSlots.stock(reward.id())),
            slots.slot(ShopSlots.had(reward.id())),
            slots.slot(ShopSlots.unlocked(reward.id()))
        };
    }

    /** The reservation that ended first, as an operation to decide and journal; null = none is over. */
    @Nullable
    Operation ended(long nowMillis) {
        return reservations.ended(nowMillis);
    }

    /** A reservation that is held; null for any other name. */
    @Nullable
    ReservationView view(String name) {
        Reservation held = reservations.find(name);
        if (held == null) {
            return null;
        }
        ShopRule reward = recorded(held.reward, held.version);
        return new ReservationView(
                held.memberKey, reward.source(), held.units, held.heldMicro(), held.endsAtMillis, held.details);
    }

    private ShopRule recorded(String rewardId, int version) {
        Programme programme = programmes.ofVersion(version);
        ShopRule reward = programme == null ? null : programme.shopReward(rewardId);
        if (reward == null) {
            throw new IllegalStateException("a reservation of " + rewardId + " was recorded under programme version "
                    + version + ", whose shop has no such reward");
        }
        return reward;
    }

    Reservations reservations() {
        return reservations;
    }

    long hash() {
        return reservations.hash();
    }

    long recomputedHash() {
        return reservations.recomputedHash();
    }
}
