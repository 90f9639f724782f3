package org.assidu.accrual.reference;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.LocalDate;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.assidu.accrual.model.Mechanics.PromoCode;
import org.assidu.accrual.model.Mechanics.ShopReward;
import org.assidu.accrual.model.Mechanics.TierPrice;
import org.assidu.accrual.model.MovementKind;
import org.assidu.accrual.model.Operation;
import org.assidu.accrual.model.OperationKind;
import org.assidu.accrual.model.OperationStatus;
import org.jspecify.annotations.Nullable;

/** What is asked for by people and not by tills: corrections, rewards of the shop in two phases, promo codes. */
final class Desk {
    private static final long MOST_UNITS = 1_000;

    /** What a reservation took, so that all of it can be given back. */
    private record Held(
            String name,
            long member,
            ShopReward reward,
            Version version,
            long units,
            long free,
            long endsAtMillis,
            Map<@Nullable Lot, BigInteger> spent) {}

    private final State state;
    private final Map<String, Held> held = new TreeMap<>();
    private final Set<String> over = new HashSet<>();
    private final Set<String> done = new HashSet<>();

    Desk(State state) {
        this.state = state;
    }

    Answer decide(Operation operation, long nowMillis) {
        Version version = state.at(nowMillis);
        if (version == null) {
            return Answer.of(OperationStatus.NO_PROGRAMME);
        }
        String key = operation.idempotencyKey().isEmpty() ? "" : operation.kind() + " " + operation.idempotencyKey();
        if (done.contains(key)) {
            return Answer.of(OperationStatus.ALREADY_DONE);
        }
        Posting posting = new Posting(state, version);
        OperationStatus status = decide(operation, version, nowMillis, posting);
        if (status == OperationStatus.DONE && !key.isEmpty()) {
            done.add(key);
        }
        Answer answer = Answer.of(status);
        return new Answer(
                answer.status(),
                answer.points(),
                answer.balance(),
                List.of(),
                List.of(),
                List.of(),
                posting.allEvents(),
                posting.movements);
    }

    private OperationStatus decide(Operation operation, Version version, long nowMillis, Posting posting) {
        boolean unknown = !state.member(operation.memberKey()).known;
        return switch (operation.kind()) {
            case ADJUST -> unknown ? OperationStatus.MEMBER_UNKNOWN : adjust(operation, version, nowMillis, posting);
            case RESERVE -> unknown ? OperationStatus.MEMBER_UNKNOWN : reserve(operation, version, nowMillis, posting);
            case COMMIT -> {
                Held reservation = find(operation);
                OperationStatus status = reservation == null
                        ? missing(operation)
                        : nowMillis >= reservation.endsAtMillis
                                ? OperationStatus.RESERVATION_ENDED
                                : OperationStatus.DONE;
                end(operation, status);
                yield status;
            }
            case CANCEL, END_RESERVATION -> {
                OperationStatus status = giveBack(operation, nowMillis, posting);
                end(operation, status);
                yield status;
            }
            case USE_PROMO_CODE -> usePromoCode(operation, version, nowMillis);
            default -> throw new IllegalArgumentException(operation.kind() + " is no part of the reference");
        };
    }

    private OperationStatus adjust(Operation operation, Version version, long nowMillis, Posting posting) {
        String purse = operation.subject();
        if (version.purse(purse) == null) {
            return OperationStatus.SUBJECT_UNKNOWN;
        }
        if (operation.amount() == 0
                || operation.author().isEmpty()
                || operation.reason().isEmpty()) {
            return OperationStatus.MALFORMED;
        }
        BigInteger amount = Exact.whole(operation.amount());
        var desk = version.mechanics.desk();
        if (amount.abs().compareTo(micro(desk.adjustmentLimit(), purse, version)) > 0) {
            return OperationStatus.LIMIT_EXCEEDED;
        }
        String second = operation.details().isEmpty() ? "" : operation.details().get(0);
        boolean approved = !second.isEmpty() && !second.equals(operation.author());
        if (!approved && amount.abs().compareTo(micro(desk.approvalAbove(), purse, version)) > 0) {
            return OperationStatus.APPROVAL_REQUIRED;
        }
        Lot lot = amount.signum() < 0 ? null : lotOf(purse, version, version.day(nowMillis));
        posting.post(operation.memberKey(), purse, MovementKind.ADJUSTED, amount, "", version, lot);
        return OperationStatus.DONE;
    }

    private @Nullable Lot lotOf(String purse, Version version, LocalDate day) {
        return Version.lot(state.purse(version, purse), day, false);
    }

    private BigInteger micro(BigDecimal units, String purse, Version version) {
        return Exact.micro(purse.equals(state.pointsPurse()) ? units : units.movePointRight(version.digits()));
    }

    // The shop

    private OperationStatus reserve(Operation operation, Version version, long nowMillis, Posting posting) {
        long units = operation.amount();
        if (operation.idempotencyKey().isEmpty()
                || units < 1
                || units > MOST_UNITS
                || operation.atMillis() <= nowMillis) {
            return OperationStatus.MALFORMED;
        }
        ShopReward reward = version.mechanics.shop().stream()
                .filter(one -> one.id().equals(operation.subject()))
                .findFirst()
                .orElse(null);
        if (reward == null) {
            return OperationStatus.SUBJECT_UNKNOWN;
        }
        LocalDate day = version.day(nowMillis);
        String store = operation.details().isEmpty() ? "" : operation.details().get(0);
        boolean open = (reward.firstDay() == null || !day.isBefore(reward.firstDay()))
                && (reward.lastDay() == null || !day.isAfter(reward.lastDay()))
                && (store.isEmpty()
                        || reward.stores().isEmpty()
                        || reward.stores().contains(store))
                && !version.isOver(version.mechanics.lastBurnDay(), nowMillis);
        if (!open) {
            return OperationStatus.REWARD_NOT_AVAILABLE;
        }
        Member member = state.member(operation.memberKey());
        BigInteger gone = state.stock.getOrDefault(reward.id(), Exact.ZERO);
        if (reward.stock() != null && Exact.whole(reward.stock() - units).compareTo(gone) < 0) {
            return OperationStatus.OUT_OF_STOCK;
        }
        BigInteger had = member.had.getOrDefault(reward.id(), Exact.ZERO);
        if (reward.perMember() > 0 && Exact.whole(reward.perMember() - units).compareTo(had) < 0) {
            return OperationStatus.LIMIT_EXCEEDED;
        }
        long free = Math.min(
                units,
                member.free
                        .getOrDefault(reward.id(), Exact.ZERO)
                        .max(Exact.ZERO)
                        .longValueExact());
        BigInteger price = price(reward, version, member).multiply(Exact.whole(units - free));
        Holding points = member.purse(posting.pointsPurse());
        if (points.available(state.today()).compareTo(price) < 0) {
            return OperationStatus.INSUFFICIENT_POINTS;
        }
        Holding before = points.copy();
        posting.post(
                operation.memberKey(),
                posting.pointsPurse(),
                MovementKind.SPENT,
                price.negate(),
                reward.id(),
                version,
                null);
        take(member, reward, units, free);
        held.put(
                operation.idempotencyKey(),
                new Held(
                        operation.idempotencyKey(),
                        operation.memberKey(),
                        reward,
                        version,
                        units,
                        free,
                        operation.atMillis(),
                        spent(before, points)));
        return OperationStatus.DONE;
    }

    private void take(Member member, ShopReward reward, long units, long free) {
        state.stock.merge(reward.id(), Exact.whole(units), BigInteger::add);
        member.had.merge(reward.id(), Exact.whole(units), BigInteger::add);
        member.free.merge(reward.id(), Exact.whole(-free), BigInteger::add);
    }

    private static Map<@Nullable Lot, BigInteger> spent(Holding before, Holding after) {
        Map<@Nullable Lot, BigInteger> spent = new TreeMap<>(Comparator.nullsFirst(Comparator.<Lot>naturalOrder()));
        before.lots.forEach((lot, amount) -> spent.put(lot, amount.subtract(after.lots.getOrDefault(lot, Exact.ZERO))));
        spent.put(null, before.unheld.subtract(after.unheld));
        spent.values().removeIf(amount -> amount.signum() == 0);
        return spent;
    }

    private static BigInteger price(ShopReward reward, Version version, Member member) {
        String level = Conditions.levelId(version, member);
        return Exact.micro(reward.tierPrices().stream()
                .filter(price -> price.tier().equals(level))
                .map(TierPrice::price)
                .findFirst()
                .orElse(reward.price()));
    }

    private @Nullable Held find(Operation operation) {
        Held found = held.get(operation.idempotencyKey());
        return found == null || found.member != operation.memberKey() ? null : found;
    }

    private OperationStatus missing(Operation operation) {
        return over.contains(operation.idempotencyKey())
                ? OperationStatus.RESERVATION_ENDED
                : OperationStatus.RESERVATION_UNKNOWN;
    }

    private void end(Operation operation, OperationStatus status) {
        if (status == OperationStatus.DONE) {
            held.remove(operation.idempotencyKey());
            over.add(operation.idempotencyKey());
        }
    }

    private OperationStatus giveBack(Operation operation, long nowMillis, Posting posting) {
        Held back = find(operation);
        if (back == null) {
            return missing(operation);
        }
        if (operation.kind() == OperationKind.END_RESERVATION && nowMillis < back.endsAtMillis) {
            return OperationStatus.NOTHING_TO_DO;
        }
        take(state.member(back.member), back.reward, -back.units, -back.free);
        LocalDate day = state.at(nowMillis).day(nowMillis);
        back.spent.forEach((lot, amount) -> posting.post(
                back.member,
                posting.pointsPurse(),
                MovementKind.RESTORED,
                amount,
                back.reward.id(),
                back.version,
                lot == null ? lotOf(posting.pointsPurse(), back.version, day) : lot));
        return OperationStatus.DONE;
    }

    @Nullable
    Operation ended(long nowMillis) {
        return held.values().stream()
                .filter(one -> one.endsAtMillis <= nowMillis)
                .min(Comparator.comparingLong(Held::endsAtMillis).thenComparing(Held::name))
                .map(one -> new Operation(
                        OperationKind.END_RESERVATION,
                        one.member,
                        0,
                        one.reward.id(),
                        one.name,
                        one.units,
                        one.endsAtMillis,
                        "",
                        "",
                        List.of()))
                .orElse(null);
    }

    private OperationStatus usePromoCode(Operation operation, Version version, long nowMillis) {
        if (operation.idempotencyKey().isEmpty()) {
            return OperationStatus.MALFORMED;
        }
        PromoCode code = version.mechanics.promoCodes().stream()
                .filter(one -> one.code().equals(operation.subject()))
                .findFirst()
                .orElse(null);
        if (code == null) {
            return OperationStatus.CODE_UNKNOWN;
        }
        LocalDate day = version.day(nowMillis);
        if (day.isBefore(code.firstDay()) || day.isAfter(code.lastDay())) {
            return OperationStatus.TOO_LATE;
        }
        if (code.uses() > 0 && state.promoUses.getOrDefault(code.code(), 0L) >= code.uses()) {
            return OperationStatus.CODE_USED_UP;
        }
        Member member = state.member(operation.memberKey());
        if (code.usesPerMember() > 0) {
            if (operation.memberKey() == 0) {
                return OperationStatus.MEMBER_UNKNOWN;
            }
            if (member.promoUses.getOrDefault(code.code(), 0L) >= code.usesPerMember()) {
                return OperationStatus.LIMIT_EXCEEDED;
            }
        }
        state.promoUses.merge(code.code(), 1L, Long::sum);
        member.promoUses.merge(code.code(), 1L, Long::sum);
        member.known |= operation.memberKey() != 0;
        return OperationStatus.DONE;
    }
}
