package org.assidu.accrual.reference;

import java.math.BigInteger;
import java.time.LocalDate;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.assidu.accrual.model.Mechanics.ShopReward;
import org.assidu.accrual.model.Mechanics.TierPrice;
import org.assidu.accrual.model.MovementKind;
import org.assidu.accrual.model.Operation;
import org.assidu.accrual.model.OperationKind;
import org.assidu.accrual.model.OperationStatus;
import org.jspecify.annotations.Nullable;

/** Rewards that points buy: reserved in two phases, or used on a receipt. */
final class Shop {
    private static final long MOST_UNITS = 1_000;
    private static final int PARTS_OF_A_RECEIPT = 5;

    private final State state;
    private final Posting posting;

    Shop(State state, Posting posting) {
        this.state = state;
        this.posting = posting;
    }

    static @Nullable ShopReward reward(Version version, String id) {
        return version.mechanics.shop().stream()
                .filter(one -> one.id().equals(id))
                .findFirst()
                .orElse(null);
    }

    private Holding points(long member) {
        return state.purse(member, posting.pointsPurse());
    }

    // Reservations

    OperationStatus reserve(Operation operation, Version version, long nowMillis) {
        long units = operation.amount();
        if (operation.idempotencyKey().isEmpty()
                || units < 1
                || units > MOST_UNITS
                || operation.atMillis() <= nowMillis) {
            return OperationStatus.MALFORMED;
        }
        ShopReward reward = reward(version, operation.subject());
        if (reward == null) {
            return OperationStatus.SUBJECT_UNKNOWN;
        }
        State.Key receipt = receipt(state, operation.details());
        if (receipt != null && state.closed.containsKey(receipt)) {
            return OperationStatus.TOO_LATE;
        }
        long member = operation.memberKey();
        String store = operation.details().isEmpty() ? "" : operation.details().get(0);
        OperationStatus status = check(member, reward, units, store, version, nowMillis);
        if (status != OperationStatus.DONE) {
            return status;
        }
        long free = free(member, reward, units);
        Holding before = points(member).copy();
        pay(member, reward, units - free, version);
        count(member, reward, units, free);
        Map<@Nullable Lot, BigInteger> spent = spent(before, points(member));
        String name = operation.idempotencyKey();
        long ends = operation.atMillis();
        state.held.put(
                name,
                new State.Held(name, member, state.owner(member), reward, version, units, free, ends, receipt, spent));
        return OperationStatus.DONE;
    }

    /** The receipt that a reservation names. */
    static State.@Nullable Key receipt(State state, List<String> details) {
        if (details.size() != PARTS_OF_A_RECEIPT) {
            return null;
        }
        int date = Integer.parseInt(details.get(4));
        return state.key(
                new Receipt.Identity(details.get(0), details.get(1), Long.parseLong(details.get(3))),
                date == 0 ? null : LocalDate.of(date / 10_000, date / 100 % 100, date % 100));
    }

    private static Map<@Nullable Lot, BigInteger> spent(Holding before, Holding after) {
        Map<@Nullable Lot, BigInteger> spent = new TreeMap<>(Comparator.nullsFirst(Comparator.<Lot>naturalOrder()));
        before.lots.forEach((lot, amount) -> spent.put(lot, amount.subtract(after.lots.getOrDefault(lot, Exact.ZERO))));
        spent.put(null, before.unheld.subtract(after.unheld));
        spent.values().removeIf(amount -> amount.signum() == 0);
        return spent;
    }

    OperationStatus commit(Operation operation, long nowMillis) {
        State.Held held = find(operation);
        if (held == null) {
            return missing(operation);
        }
        if (held.receipt() != null) {
            return OperationStatus.NOT_ALLOWED;
        }
        if (nowMillis >= held.endsAtMillis()) {
            return OperationStatus.RESERVATION_ENDED;
        }
        end(held.name());
        return OperationStatus.DONE;
    }

    OperationStatus giveBack(Operation operation, long nowMillis) {
        State.Held back = find(operation);
        if (back == null) {
            return missing(operation);
        }
        boolean over = nowMillis >= back.endsAtMillis() || state.voided.contains(back.name());
        if (operation.kind() == OperationKind.END_RESERVATION && !over) {
            return OperationStatus.NOTHING_TO_DO;
        }
        giveBack(back);
        end(back.name());
        return OperationStatus.DONE;
    }

    private void giveBack(State.Held back) {
        count(back.member(), back.reward(), -back.units(), -back.free());
        back.spent()
                .forEach((lot, amount) -> posting.post(
                        back.payer(),
                        posting.pointsPurse(),
                        MovementKind.RESTORED,
                        amount,
                        back.reward().id(),
                        back.version(),
                        lot));
    }

    private State.@Nullable Held find(Operation operation) {
        State.Held found = state.held.get(operation.idempotencyKey());
        return found == null || found.member() != operation.memberKey() ? null : found;
    }

    private OperationStatus missing(Operation operation) {
        return state.over.contains(operation.idempotencyKey())
                ? OperationStatus.RESERVATION_ENDED
                : OperationStatus.RESERVATION_UNKNOWN;
    }

    private void end(String name) {
        state.held.remove(name);
        state.voided.remove(name);
        state.over.add(name);
    }

    /** One that is over: of a voided receipt, else the one that ended first. */
    static @Nullable Operation ended(State state, long nowMillis) {
        if (!state.voided.isEmpty()) {
            return end(state.held.get(state.voided.get(0)));
        }
        return state.held.values().stream()
                .filter(one -> one.endsAtMillis() <= nowMillis)
                .min(Comparator.comparingLong(State.Held::endsAtMillis).thenComparing(State.Held::name))
                .map(Shop::end)
                .orElse(null);
    }

    private static Operation end(State.Held one) {
        return new Operation(
                OperationKind.END_RESERVATION,
                one.member(),
                0,
                one.reward().id(),
                one.name(),
                one.units(),
                one.endsAtMillis(),
                "",
                "",
                List.of());
    }

    static List<State.Held> heldFor(State state, State.Key receipt) {
        return state.held.values().stream()
                .filter(one -> receipt.equals(one.receipt()) && !state.voided.contains(one.name()))
                .toList();
    }

    // On receipts

    /**
     * What is held for a receipt is used by it where it uses as much of the reward, and given back where not.
     *
     * @return by reward, how much was held and is used
     */
    Map<String, Long> close(State.Key key, Priced priced, long member) {
        Receipt receipt = priced.receipt;
        Map<String, Long> kept = new TreeMap<>();
        for (State.Held held : heldFor(state, key)) {
            String reward = held.reward().id();
            long used = uses(receipt, reward) - kept.getOrDefault(reward, 0L);
            if (held.member() == member && used >= held.units()) {
                kept.merge(reward, held.units(), Long::sum);
                priced.taken.merge(reward, new long[] {held.units(), held.free()}, Shop::sum);
                BigInteger cost = held.spent().values().stream().reduce(Exact.ZERO, BigInteger::add);
                priced.costs.add(new Priced.Cost(posting.pointsPurse(), reward, cost));
            } else {
                giveBack(held);
            }
            end(held.name());
        }
        return kept;
    }

    private static long[] sum(long[] one, long[] other) {
        return new long[] {one[0] + other[0], one[1] + other[1]};
    }

    private static long uses(Receipt receipt, String reward) {
        return receipt.uses().stream()
                .filter(use -> use.reward().equals(reward))
                .mapToLong(use -> Math.max(1, use.count()))
                .sum();
    }

    /** Debits the rewards used beyond what was held. @return false when one could not be had */
    boolean spend(Version version, Priced priced, long member, Map<String, Long> kept) {
        boolean covered = true;
        for (ShopReward reward : version.mechanics.shop()) {
            long units = uses(priced.receipt, reward.id());
            units -= units == 0 ? 0 : kept.getOrDefault(reward.id(), 0L);
            covered &= units <= 0 || take(version, priced, member, reward, units);
        }
        return covered;
    }

    /** The till has given it: it is paid in any case, and counted as far as stock and limit go. */
    private boolean take(Version version, Priced priced, long member, ShopReward reward, long units) {
        Receipt receipt = priced.receipt;
        String store = receipt.identity().store();
        boolean had = check(member, reward, units, store, version, receipt.soldAtMillis()) == OperationStatus.DONE;
        BigInteger counted = Exact.whole(units);
        BigInteger stock = stockLeft(reward);
        BigInteger limit = limitLeft(member, reward);
        counted = stock == null ? counted : counted.min(stock.max(Exact.ZERO));
        counted = limit == null ? counted : counted.min(limit.max(Exact.ZERO));
        long free = free(member, reward, units);
        count(member, reward, counted.longValueExact(), free);
        BigInteger price = price(member, reward, version).multiply(Exact.whole(units - free));
        priced.costs.add(new Priced.Cost(posting.pointsPurse(), reward.id(), price));
        priced.taken.merge(reward.id(), new long[] {counted.longValueExact(), free}, Shop::sum);
        pay(member, reward, units - free, version);
        return had;
    }

    private OperationStatus check(
            long member, ShopReward reward, long units, String store, Version version, long atMillis) {
        LocalDate day = version.day(atMillis);
        boolean open = (reward.firstDay() == null || !day.isBefore(reward.firstDay()))
                && (reward.lastDay() == null || !day.isAfter(reward.lastDay()))
                && (store.isEmpty()
                        || reward.stores().isEmpty()
                        || reward.stores().contains(store))
                && !version.isOver(version.mechanics.lastBurnDay(), atMillis);
        if (!open) {
            return OperationStatus.REWARD_NOT_AVAILABLE;
        }
        BigInteger asked = Exact.whole(units);
        BigInteger stock = stockLeft(reward);
        if (stock != null && stock.compareTo(asked) < 0) {
            return OperationStatus.OUT_OF_STOCK;
        }
        BigInteger limit = limitLeft(member, reward);
        if (limit != null && limit.compareTo(asked) < 0) {
            return OperationStatus.LIMIT_EXCEEDED;
        }
        BigInteger price = price(member, reward, version).multiply(Exact.whole(units - free(member, reward, units)));
        return points(member).available(state.today()).compareTo(price) < 0
                ? OperationStatus.INSUFFICIENT_POINTS
                : OperationStatus.DONE;
    }

    private @Nullable BigInteger stockLeft(ShopReward reward) {
        Long stock = reward.stock();
        return stock == null ? null : Exact.whole(stock).subtract(state.stock.getOrDefault(reward.id(), Exact.ZERO));
    }

    private @Nullable BigInteger limitLeft(long member, ShopReward reward) {
        BigInteger had = state.member(member).had.getOrDefault(reward.id(), Exact.ZERO);
        return reward.perMember() == 0 ? null : Exact.whole(reward.perMember()).subtract(had);
    }

    /** Units that cost nothing because a bonus gave them. */
    private long free(long member, ShopReward reward, long units) {
        BigInteger free = state.member(member).free.getOrDefault(reward.id(), Exact.ZERO);
        return Math.min(units, free.max(Exact.ZERO).longValueExact());
    }

    private BigInteger price(long member, ShopReward reward, Version version) {
        String level = Conditions.levelId(version, state.member(member));
        return Exact.micro(reward.tierPrices().stream()
                .filter(price -> price.tier().equals(level))
                .map(TierPrice::price)
                .findFirst()
                .orElse(reward.price()));
    }

    private void pay(long member, ShopReward reward, long units, Version version) {
        BigInteger price = price(member, reward, version).multiply(Exact.whole(units));
        posting.post(member, posting.pointsPurse(), MovementKind.SPENT, price.negate(), reward.id(), version, null);
    }

    /** Counts units under stock and limit, and those that cost nothing. */
    void count(long key, ShopReward reward, long units, long free) {
        Member member = state.member(key);
        state.stock.merge(reward.id(), Exact.whole(units), BigInteger::add);
        member.had.merge(reward.id(), Exact.whole(units), BigInteger::add);
        member.free.merge(reward.id(), Exact.whole(-free), BigInteger::add);
    }
}
