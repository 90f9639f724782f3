package org.assidu.accrual.reference;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.assidu.accrual.model.Bonus;
import org.assidu.accrual.model.Bonus.AwardKind;
import org.assidu.accrual.model.LineStatus;
import org.assidu.accrual.model.Mechanics.Act;
import org.assidu.accrual.model.ProgrammeDocument.Basis;
import org.assidu.accrual.model.ProgrammeDocument.Earning;
import org.assidu.accrual.model.ProgrammeDocument.Tax;
import org.assidu.accrual.model.ProgrammeDocument.ThresholdReward;
import org.jspecify.annotations.Nullable;

/** A receipt with what its programme counts of each line, and the context by which it can be decided again. */
final class Priced {
    /** A member price on a line. */
    record Told(int line, String bonus, BigInteger minor) {}

    /** @param account whose purse it was credited to */
    record Given(long member, Act act, long account) {}

    /** @param payer whose purse it was */
    record Debit(
            long payer, String purse, String rule, @Nullable Lot lot, BigInteger amount) {}

    record Cost(String purse, String rule, BigInteger amount) {}

    final Receipt receipt;
    final @Nullable Version version;
    final LineStatus[] status;
    final BigInteger[] eligible;
    final BigInteger[] points;
    /** Bonuses that member and moment qualified for, with the most that each could give; null = no limit. */
    final Map<Bonus, @Nullable BigInteger> context = new LinkedHashMap<>();

    final List<Told> prices = new ArrayList<>();
    /** By club: last day of the membership that the receipt bought; {@link LocalDate#MAX} = until left. */
    final Map<String, LocalDate> joined = new LinkedHashMap<>();

    /** Whether it was the first purchase of a referred member, and what both were given for it. */
    boolean completesReferral;

    final List<Given> referralActs = new ArrayList<>();

    /** Whose purse the receipt was credited to. */
    long account;

    /** What rewards used on the receipt took from purses, in order. */
    final List<Debit> debits = new ArrayList<>();

    /** What they cost in all. */
    final List<Cost> costs = new ArrayList<>();

    final Map<ThresholdReward, Long> uses = new LinkedHashMap<>();
    final Map<ThresholdReward, Long> unfunded = new LinkedHashMap<>();
    /** By reward of the shop: units counted under stock and limit, and units that cost nothing. */
    final Map<String, long[]> taken = new LinkedHashMap<>();

    /** By promo code: uses that were counted. */
    final Map<String, Long> codes = new LinkedHashMap<>();

    Priced(Receipt receipt, @Nullable Version version) {
        this.receipt = receipt;
        this.version = version;
        int lines = receipt.lines().size();
        status = new LineStatus[lines];
        eligible = new BigInteger[lines];
        points = new BigInteger[lines];
        Arrays.fill(status, LineStatus.NOT_ELIGIBLE);
        Arrays.fill(eligible, Exact.ZERO);
        Arrays.fill(points, Exact.ZERO);
    }

    boolean earns(int line) {
        return status[line] == LineStatus.EARNED;
    }

    BigInteger told(int line) {
        return prices.stream()
                .filter(price -> price.line == line)
                .map(Told::minor)
                .reduce(Exact.ZERO, BigInteger::add);
    }

    /** Whether a sale line of positive amount that takes part in earning is not wholly back. */
    boolean isThere(int line, long[] returned) {
        Receipt.Line sold = receipt.lines().get(line);
        return earns(line) && sold.amountMinor() > 0 && returned[line] < sold.thousandths();
    }

    /** Whether all that was sold is back. */
    boolean isBack(long[] returned) {
        for (int line = 0; line < status.length; line++) {
            Receipt.Line sold = receipt.lines().get(line);
            if (!sold.isReturn() && returned[line] < sold.thousandths()) {
                return false;
            }
        }
        return true;
    }

    boolean isVisit(long[] returned) {
        for (int line = 0; line < status.length; line++) {
            if (isThere(line, returned)) {
                return true;
            }
        }
        return false;
    }

    /** Member prices look at the amounts that the till sent, each at those before any of them. */
    void tellPrices(Version by) {
        List<Bonus> applying = context.keySet().stream()
                .filter(bonus -> isLargeEnough(by, bonus))
                .toList();
        applying.stream()
                .filter(Version::isMemberPrice)
                .forEach(bonus -> tellPrices(by, bonus, context.get(bonus), applying));
    }

    /** Whether the receipt is large enough for a bonus, before member prices. */
    boolean isLargeEnough(Version by, Bonus bonus) {
        long sold = receipt.lines().stream()
                .filter(line -> !line.isReturn() && !line.giftCard())
                .mapToLong(Receipt.Line::amountMinor)
                .sum();
        BigDecimal least = bonus.when().amountAtLeast();
        return least == null || by.minor(least).compareTo(Exact.whole(sold)) <= 0;
    }

    private void tellPrices(Version by, Bonus bonus, @Nullable BigInteger headroom, List<Bonus> applying) {
        BigInteger left = headroom;
        for (int i = 0; i < receipt.lines().size(); i++) {
            Receipt.Line line = receipt.lines().get(i);
            boolean fee = by.greets(bonus) != null && by.isFee(line);
            if (fee || !by.isFor(bonus, line, applying) || line.amountMinor() <= 0) {
                continue;
            }
            BigInteger amount = Exact.whole(line.amountMinor());
            BigDecimal most = by.mostPercent(line);
            BigInteger room = most == null
                    ? amount
                    : amount.min(Exact.truncated(
                            new BigDecimal(amount).multiply(most).movePointLeft(2)));
            BigInteger off = priceOff(by, bonus, line).min(room.subtract(told(i)));
            off = left == null ? off : off.min(left);
            if (off.signum() > 0) {
                prices.add(new Told(i, bonus.id(), off));
                left = left == null ? null : left.subtract(off);
            }
        }
    }

    private static BigInteger priceOff(Version by, Bonus bonus, Receipt.Line line) {
        BigDecimal value = bonus.award().value();
        if (bonus.award().kind() == AwardKind.MEMBER_PRICE_PERCENT) {
            return Exact.halfUp(
                    Exact.whole(line.amountMinor())
                            .multiply(value.movePointRight(2).toBigIntegerExact()),
                    Exact.whole(10_000));
        }
        return by.minor(value).multiply(by.articles(line)).divide(Exact.whole(1_000));
    }

    /** @param salesEarn false on a receipt whose used reward says so */
    void price(Version by, boolean salesEarn) {
        if (!by.earnsAt(receipt.identity().store())) {
            return;
        }
        Earning earning = by.document.earning();
        BigInteger[] reduced = earning.basis() == Basis.AMOUNT ? afterTenders(earning) : new BigInteger[0];
        for (int i = 0; i < status.length; i++) {
            Receipt.Line line = receipt.lines().get(i);
            boolean takesPart = line.isReturn() ? line.original() == null : salesEarn;
            if (!takesPart || !by.isEligible(line)) {
                continue;
            }
            status[i] = line.isReturn() ? LineStatus.RETURNED_AT_CURRENT_RATE : LineStatus.EARNED;
            eligible[i] = switch (earning.basis()) {
                case AMOUNT -> earning.tax() == Tax.EXCLUDED ? withoutVat(reduced[i], line) : reduced[i];
                case ARTICLE -> by.articles(line);
                case VISIT -> Exact.ZERO;
            };
            points[i] = earning.basis() == Basis.VISIT
                    ? Exact.ZERO
                    : Exact.truncated(by.points(eligible[i], earning.points()));
        }
    }

    private static BigInteger withoutVat(BigInteger amount, Receipt.Line line) {
        return Exact.halfUp(amount.multiply(Exact.whole(10_000)), Exact.whole(10_000L + line.vatHundredths()));
    }

    /** Amounts less member prices, less what excluded tenders paid: a cent at a time to the largest remainder. */
    private BigInteger[] afterTenders(Earning earning) {
        int lines = status.length;
        BigInteger[] amount = new BigInteger[lines];
        BigInteger total = Exact.ZERO;
        for (int i = 0; i < lines; i++) {
            amount[i] = Exact.whole(receipt.lines().get(i).amountMinor()).subtract(told(i));
            total = total.add(isPaid(i, amount) ? amount[i] : Exact.ZERO);
        }
        BigInteger excluded = receipt.tenders().stream()
                .filter(tender -> earning.excludedTenders().contains(tender.kind()))
                .map(tender -> Exact.whole(tender.minor()))
                .reduce(Exact.ZERO, BigInteger::add)
                .min(total);
        if (excluded.signum() <= 0) {
            return amount;
        }
        BigInteger left = excluded;
        BigInteger[] rest = new BigInteger[lines];
        for (int i = 0; i < lines; i++) {
            BigInteger[] share = isPaid(i, amount)
                    ? amount[i].multiply(excluded).divideAndRemainder(total)
                    : new BigInteger[] {Exact.ZERO, Exact.ZERO};
            rest[i] = share[1];
            amount[i] = amount[i].subtract(share[0]);
            left = left.subtract(share[0]);
        }
        for (; left.signum() > 0; left = left.subtract(BigInteger.ONE)) {
            int best = 0;
            for (int i = 1; i < lines; i++) {
                best = rest[i].compareTo(rest[best]) > 0 ? i : best;
            }
            amount[best] = amount[best].subtract(BigInteger.ONE);
            rest[best] = BigInteger.ONE.negate();
        }
        return amount;
    }

    private boolean isPaid(int line, BigInteger[] amount) {
        return !receipt.lines().get(line).isReturn() && amount[line].signum() > 0;
    }
}
