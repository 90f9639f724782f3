package org.assidu.accrual.reference;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.assidu.accrual.model.Bonus;
import org.assidu.accrual.model.Bonus.AwardKind;
import org.assidu.accrual.model.Bonus.Combine;
import org.assidu.accrual.model.ProgrammeDocument.Basis;
import org.assidu.accrual.model.ProgrammeDocument.Rounding;
import org.jspecify.annotations.Nullable;

/**
 * <i>credit(r)</i>: what a receipt gives under its recorded context when so much of each line has come back. Base; every extra
 * rate; multipliers in order; what is given once; limits; rounding.
 */
final class Credit {
    BigInteger base = Exact.ZERO;
    /** By bonus of the context, in its unit. */
    final Map<Bonus, BigInteger> given = new LinkedHashMap<>();

    final Map<Bonus, BigInteger> withheld = new HashMap<>();
    /** What the receipt credits to the points purse. */
    BigInteger points = Exact.ZERO;
    /** By line: the running result, and of it what each bonus made. */
    final BigInteger[] line;

    private final List<Map<Bonus, BigInteger>> shares = new ArrayList<>();
    private final Priced priced;
    private final Version version;
    private final long[] returned;
    private final List<Bonus> active = new ArrayList<>();
    /** Of programmes that exclude each other, those that can have a line. */
    private final List<Bonus> applying = new ArrayList<>();

    private final BigInteger[] cashback;

    private Credit(Priced priced, Version version, long[] returned) {
        this.priced = priced;
        this.version = version;
        this.returned = returned;
        line = new BigInteger[priced.status.length];
        cashback = new BigInteger[line.length];
        priced.context.keySet().forEach(bonus -> given.put(bonus, Exact.ZERO));
    }

    static Credit of(Priced priced, Version version, long[] returned) {
        Credit credit = new Credit(priced, version, returned);
        credit.decide();
        return credit;
    }

    private void decide() {
        BigInteger money = Exact.ZERO;
        for (int i = 0; i < line.length; i++) {
            money = money.add(priced.earns(i) ? remaining(i, money(i)) : Exact.ZERO);
        }
        for (Bonus bonus : given.keySet()) {
            BigDecimal least = bonus.when().amountAtLeast();
            if (least == null || version.minor(least).compareTo(money) <= 0) {
                active.add(bonus);
            }
        }
        for (Bonus bonus : given.keySet()) {
            if (Version.isMemberPrice(bonus) ? priced.isLargeEnough(version, bonus) : active.contains(bonus)) {
                applying.add(bonus);
            }
        }
        boolean visits = version.document.earning().basis() == Basis.VISIT;
        for (int i = 0; i < line.length; i++) {
            line[i] = cashback[i] = Exact.ZERO;
            shares.add(new LinkedHashMap<>());
            if (priced.earns(i)) {
                if (!visits) {
                    addLine(i);
                }
                addCashback(i);
            }
        }
        if (visits && priced.isVisit(returned)) {
            addVisit();
        }
        for (Bonus bonus : active) {
            if (Version.isOnce(bonus) && isPresent(bonus)) {
                give(bonus, once(bonus));
            }
        }
        for (Priced.Told told : priced.prices) {
            given.replaceAll((bonus, sum) ->
                    bonus.id().equals(told.bonus()) ? sum.add(remaining(told.line(), told.minor())) : sum);
        }
        limit();
        round();
    }

    private BigInteger remaining(int of, BigInteger value) {
        return Exact.remaining(
                value, returned[of], priced.receipt.lines().get(of).thousandths());
    }

    /** What a line counts in money. */
    private BigInteger money(int of) {
        return version.document.earning().basis() == Basis.AMOUNT
                ? priced.eligible[of]
                : Exact.whole(priced.receipt.lines().get(of).amountMinor()).subtract(priced.told(of));
    }

    private void give(Bonus bonus, BigInteger amount) {
        given.merge(bonus, amount, BigInteger::add);
    }

    private boolean isFor(Bonus bonus, int of) {
        return version.isFor(bonus, priced.receipt.lines().get(of), applying);
    }

    private boolean isPresent(Bonus bonus) {
        for (int i = 0; i < line.length; i++) {
            if (priced.isThere(i, returned) && isFor(bonus, i)) {
                return true;
            }
        }
        return false;
    }

    private void addLine(int of) {
        BigInteger eligible = priced.eligible[of];
        BigDecimal running = version.points(eligible, version.document.earning().points());
        line[of] = remaining(of, Exact.truncated(running));
        base = base.add(line[of]);
        for (Bonus bonus : active) {
            if (bonus.award().kind() == AwardKind.EXTRA_RATE && isFor(bonus, of)) {
                running = running.add(version.points(eligible, bonus.award().value()));
                share(bonus, of, running);
            }
        }
        for (Bonus bonus :
                multipliers(active.stream().filter(one -> isFor(one, of)).toList())) {
            running = running.multiply(bonus.award().value());
            share(bonus, of, running);
        }
    }

    private void share(Bonus bonus, int of, BigDecimal running) {
        BigInteger now = remaining(of, Exact.truncated(running));
        BigInteger share = now.subtract(line[of]);
        shares.get(of).put(bonus, share);
        give(bonus, share);
        line[of] = now;
    }

    /** Those that apply, of a group that says BEST only the largest. */
    private static List<Bonus> multipliers(List<Bonus> all) {
        List<Bonus> kept = new ArrayList<>();
        for (Bonus bonus : all) {
            if (bonus.award().kind() != AwardKind.MULTIPLIER) {
                continue;
            }
            Bonus rival = kept.stream()
                    .filter(other ->
                            isBest(other) && isBest(bonus) && other.group().equals(bonus.group()))
                    .findFirst()
                    .orElse(null);
            if (rival == null) {
                kept.add(bonus);
            } else if (bonus.award().value().compareTo(rival.award().value()) > 0) {
                kept.remove(rival);
                kept.add(bonus);
            }
        }
        return kept;
    }

    private static boolean isBest(Bonus bonus) {
        return bonus.group() != null && bonus.combine() == Combine.BEST;
    }

    private void addVisit() {
        BigDecimal running =
                new BigDecimal(Exact.micro(version.document.earning().points()));
        base = Exact.truncated(running);
        for (Bonus bonus : multipliers(active.stream().filter(this::isPresent).toList())) {
            BigInteger before = Exact.truncated(running);
            running = running.multiply(bonus.award().value());
            give(bonus, Exact.truncated(running).subtract(before));
        }
    }

    private void addCashback(int of) {
        BigInteger most = mostMicro(of);
        BigInteger sum = Exact.ZERO;
        BigInteger before = Exact.ZERO;
        for (Bonus bonus : active) {
            if (bonus.award().kind() == AwardKind.CASHBACK_PERCENT && isFor(bonus, of)) {
                BigDecimal percent = bonus.award().value();
                sum = sum.add(new BigDecimal(money(of))
                        .multiply(percent)
                        .movePointRight(4)
                        .toBigIntegerExact());
                sum = most == null ? sum : sum.min(most);
                BigInteger now = remaining(of, sum);
                give(bonus, now.subtract(before));
                before = now;
            }
        }
        cashback[of] = sum;
    }

    /** Most that a line may bring in money beside its member prices; null = no guard. */
    private @Nullable BigInteger mostMicro(int of) {
        Receipt.Line sold = priced.receipt.lines().get(of);
        BigDecimal percent = version.mostPercent(sold);
        if (percent == null) {
            return null;
        }
        BigInteger most = Exact.micro(BigDecimal.valueOf(Math.max(0, sold.amountMinor()))
                .multiply(percent)
                .movePointLeft(2));
        return most.subtract(Exact.micro(new BigDecimal(priced.told(of)))).max(Exact.ZERO);
    }

    private BigInteger once(Bonus bonus) {
        BigInteger value = version.unit(bonus, bonus.award().value());
        if (bonus.award().kind() != AwardKind.CASHBACK_AMOUNT) {
            return value;
        }
        BigInteger room = Exact.ZERO;
        for (int i = 0; i < line.length; i++) {
            boolean matches = isFor(bonus, i)
                    && priced.earns(i)
                    && priced.receipt.lines().get(i).amountMinor() > 0;
            BigInteger most = mostMicro(i);
            if (matches && most == null && priced.isThere(i, returned)) {
                return value;
            }
            room = room.add(matches && most != null ? remaining(i, most.subtract(cashback[i])) : Exact.ZERO);
        }
        for (Map.Entry<Bonus, BigInteger> other : given.entrySet()) {
            if (other.getKey().award().kind() == AwardKind.CASHBACK_AMOUNT) {
                room = room.subtract(other.getValue());
            }
        }
        return value.min(room.max(Exact.ZERO));
    }

    /** What goes over a limit comes off the last lines. */
    private void limit() {
        priced.context.forEach((bonus, headroom) -> {
            BigInteger sum = given.get(bonus);
            BigInteger over =
                    headroom == null ? Exact.ZERO : sum.subtract(headroom).max(Exact.ZERO);
            if (over.signum() > 0) {
                given.put(bonus, sum.subtract(over));
                withheld.put(bonus, over);
            }
            for (int i = line.length - 1; i >= 0; i--) {
                BigInteger cut = shares.get(i)
                        .getOrDefault(bonus, Exact.ZERO)
                        .max(Exact.ZERO)
                        .min(over);
                line[i] = line[i].subtract(cut);
                over = over.subtract(cut);
            }
        });
    }

    /** The base takes the difference; where it has not enough to give, the last bonuses do. */
    private void round() {
        BigInteger total = base;
        for (Map.Entry<Bonus, BigInteger> one : given.entrySet()) {
            total = total.add(version.givesPoints(one.getKey()) ? one.getValue() : Exact.ZERO);
        }
        points = Exact.rounded(total, version.document.purse().rounding());
        BigInteger before = base;
        base = base.add(points.subtract(total));
        if (before.signum() >= 0 && base.signum() < 0) {
            base = base.add(takeFromLast(
                    given.keySet().stream().filter(version::givesPoints).toList(), base.negate()));
        }
        version.mechanics.moneyPurses().forEach(money -> {
            List<Bonus> into = given.keySet().stream()
                    .filter(bonus -> Version.givesMoney(bonus)
                            && money.purse().id().equals(bonus.award().target()))
                    .toList();
            roundMoney(into, money.purse().rounding());
        });
    }

    /** Up only where there is no limit to pass. */
    private void roundMoney(List<Bonus> into, Rounding rounding) {
        BigInteger total = into.stream().map(given::get).reduce(Exact.ZERO, BigInteger::add);
        BigInteger rounded = Exact.rounded(total, rounding);
        Bonus unlimited = null;
        for (Bonus bonus : into) {
            unlimited = priced.context.get(bonus) == null && given.get(bonus).signum() > 0 ? bonus : unlimited;
        }
        if (rounded.compareTo(total) > 0 && unlimited != null) {
            give(unlimited, rounded.subtract(total));
        } else if (!rounded.equals(total)) {
            takeFromLast(into, total.subtract(Exact.floored(total)));
        }
    }

    private BigInteger takeFromLast(List<Bonus> from, BigInteger amount) {
        BigInteger left = amount;
        for (int i = from.size() - 1; i >= 0; i--) {
            BigInteger taken = given.get(from.get(i)).max(Exact.ZERO).min(left.max(Exact.ZERO));
            give(from.get(i), taken.negate());
            left = left.subtract(taken);
        }
        return amount.subtract(left);
    }
}
