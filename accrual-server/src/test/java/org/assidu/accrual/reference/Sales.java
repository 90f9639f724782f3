package org.assidu.accrual.reference;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.assidu.accrual.model.Bonus;
import org.assidu.accrual.model.EventKind;
import org.assidu.accrual.model.LineStatus;
import org.assidu.accrual.model.Mechanics.MoneyPurse;
import org.assidu.accrual.model.Mechanics.PromoCode;
import org.assidu.accrual.model.MovementKind;
import org.assidu.accrual.model.OperationStatus;
import org.assidu.accrual.model.ProgrammeDocument.Measure;
import org.assidu.accrual.model.ProgrammeDocument.ThresholdReward;
import org.assidu.accrual.model.ProgrammeDocument.Window;
import org.assidu.accrual.model.ReceiptStatus;
import org.jspecify.annotations.Nullable;

/** One paid receipt with all its lines, decided and put into effect. */
final class Sales {
    private final State state;
    private final Conditions conditions;
    private final Receipt receipt;
    private final long nowMillis;
    private final @Nullable Version version;
    private final long member;
    private final Priced priced;
    private final Posting posting;
    private final Map<ThresholdReward, Long> uses;
    private final Map<ThresholdReward, Long> unfunded;
    private final List<Runnable> reversals = new ArrayList<>();
    private final Levels levels;

    Sales(State state, Conditions conditions, Receipt receipt, long nowMillis) {
        this(state, conditions, receipt, nowMillis, state.at(receipt.soldAtMillis()));
    }

    /** @param version that prices it */
    Sales(State state, Conditions conditions, Receipt receipt, long nowMillis, @Nullable Version version) {
        this.state = state;
        this.conditions = conditions;
        this.receipt = receipt;
        this.nowMillis = nowMillis;
        this.version = version;
        member = receipt.participant();
        priced = new Priced(receipt, version);
        uses = priced.uses;
        unfunded = priced.unfunded;
        posting = new Posting(state, version);
        posting.business = version == null ? null : version.businessDay(receipt);
        levels = new Levels(state, posting);
    }

    /** Why the receipt is not recorded at all; ACCRUED when it is. */
    ReceiptStatus refusal() {
        long ahead = version == null ? 10 : version.document.acceptedAheadMinutes();
        if (receipt.soldAtMillis() > nowMillis + ahead * 60_000) {
            return ReceiptStatus.SOLD_IN_THE_FUTURE;
        }
        if (version == null) {
            return ReceiptStatus.ACCRUED;
        }
        if (!receipt.currency().equals(version.document.currency())) {
            return ReceiptStatus.CURRENCY_NOT_ACCEPTED;
        }
        long largest = version.document.largestAmountMinor();
        boolean inRange = Math.abs(receipt.totalMinor()) <= largest
                && receipt.lines().stream().allMatch(line -> Math.abs(line.amountMinor()) <= largest);
        return inRange ? ReceiptStatus.ACCRUED : ReceiptStatus.AMOUNT_OUT_OF_RANGE;
    }

    /** Why the receipt earns nothing; ACCRUED when it may. */
    ReceiptStatus denial() {
        if (version == null || version.isOver(version.mechanics.lastEarnDay(), receipt.soldAtMillis())) {
            return ReceiptStatus.NO_PROGRAMME;
        }
        long pastMillis = version.document.acceptedPastDays() * 86_400_000L;
        if (!receipt.historical() && receipt.soldAtMillis() < nowMillis - pastMillis) {
            return ReceiptStatus.SOLD_TOO_LONG_AGO;
        }
        return switch (receipt.fact()) {
            case ANONYMOUS, KNOWN, AUTO_ENROLLED -> ReceiptStatus.ACCRUED;
            case UNKNOWN -> ReceiptStatus.MEMBER_UNKNOWN;
            case CLOSED -> ReceiptStatus.MEMBER_CLOSED;
            case BLOCKED -> ReceiptStatus.CARD_BLOCKED;
        };
    }

    Priced priced() {
        return priced;
    }

    /** Member prices alone: what an open receipt tells before it is paid. */
    List<String> prices() {
        if (version != null && member != 0 && denial() == ReceiptStatus.ACCRUED) {
            conditions.qualify(priced, version, member);
            priced.tellPrices(version);
        }
        return told(priced);
    }

    static List<String> told(Priced priced) {
        return priced.prices.stream()
                .map(price -> price.line() + ":-" + price.minor() + " " + price.bonus())
                .toList();
    }

    /** @param open the same receipt's chunks so far; null = none */
    Answer decide(State.@Nullable Open open) {
        ReceiptStatus status = denial();
        Map<String, Member.Progress> before = state.member(member).copy().rewards;
        boolean welcome = member != 0 && !state.member(member).known;
        boolean first = member != 0 && state.member(member).receipts == 0;
        if (open != null) {
            ReferenceLedger.release(state, open);
        }
        takeBack();
        Shop shop = new Shop(state, posting);
        Map<String, Long> kept = shop.close(state.key(receipt), priced, version == null ? 0 : member);
        posting.debits.clear();
        boolean covered = version == null || spend(version, shop, kept);
        priced.debits.addAll(posting.debits);
        if (version != null && member != 0 && status == ReceiptStatus.ACCRUED) {
            earn(version, false);
            acts(version, welcome, first);
        }
        reversals.forEach(Runnable::run);
        levels.close(version, receipt.soldAtMillis());
        state.member(state.owner(member)).purses.values().forEach(Holding::renew);
        List<String> alerts = List.of();
        if (version != null && member != 0) {
            unfunded.forEach((reward, times) -> posting.count(
                    member,
                    version,
                    reward,
                    version.window(reward.window(), receipt.soldAtMillis()),
                    version.reaches(reward).multiply(Exact.whole(-times))));
            alerts = alerts(version, open, before);
        }
        if (welcome) {
            posting.event(EventKind.WELCOME, member, "", 0);
        }
        if (first) {
            posting.event(EventKind.FIRST_PURCHASE, member, "", receipt.totalMinor());
        }
        if (version != null && member != 0) {
            tellAvailable(version, before);
        }
        boolean unpaid = !covered && status == ReceiptStatus.ACCRUED;
        return new Answer(
                (unpaid ? ReceiptStatus.REWARD_UNFUNDED : status).name(),
                posting.earned(member),
                member == 0
                        ? Exact.ZERO
                        : state.purse(member, posting.pointsPurse()).balance(),
                lines(),
                alerts,
                told(priced),
                posting.allEvents(),
                posting.movements);
    }

    private void acts(Version by, boolean welcome, boolean first) {
        long since = enrolment();
        boolean joining =
                welcome || (first && by.day(state.member(member).enrolledMillis).equals(by.day(since)));
        new Acts(state, posting).close(by, priced, member, joining);
    }

    /** A receipt of nobody is this member's after all: what it used and what it brought back stands as it was. */
    Answer claim(State.Closed recorded) {
        Version by = Objects.requireNonNull(version);
        Priced first = recorded.priced();
        Map<String, Member.Progress> before = state.member(member).copy().rewards;
        boolean firstReceipt = state.member(member).receipts == 0;
        for (int i = 0; i < priced.status.length; i++) {
            if (receipt.lines().get(i).isLinked()) {
                priced.status[i] = first.status[i];
                priced.eligible[i] = first.eligible[i];
                priced.points[i] = first.points[i];
            }
        }
        for (Receipt.Use use : receipt.uses()) {
            ThresholdReward reward = by.reward(use.reward());
            if (reward != null) {
                uses.put(reward, 1L);
            }
        }
        earn(by, true);
        uses.clear();
        acts(by, false, firstReceipt);
        long[] back = state.returned.getOrDefault(state.key(receipt), new long[priced.status.length]);
        if (Arrays.stream(back).anyMatch(thousandths -> thousandths > 0)) {
            reverse(priced, new long[priced.status.length], back);
        }
        reversals.forEach(Runnable::run);
        levels.close(by, receipt.soldAtMillis());
        state.member(state.owner(member)).purses.values().forEach(Holding::renew);
        if (firstReceipt) {
            posting.event(EventKind.FIRST_PURCHASE, member, "", receipt.totalMinor());
        }
        tellAvailable(by, before);
        priced.account = member;
        priced.referralActs.replaceAll(given -> new Priced.Given(given.member(), given.act(), given.member()));
        return new Answer(
                "DONE",
                Exact.ZERO,
                Exact.ZERO,
                List.of(),
                List.of(),
                List.of(),
                posting.allEvents(),
                posting.movements);
    }

    private List<String> lines() {
        List<String> lines = new ArrayList<>();
        for (int i = 0; i < priced.status.length; i++) {
            lines.add(priced.status[i] + " " + priced.points[i]);
        }
        return lines;
    }

    // Rewards used

    /** Debits the rewards used. @return false when one was not covered */
    private boolean spend(Version by, Shop shop, Map<String, Long> kept) {
        boolean mayUse = member != 0 && !by.isOver(by.mechanics.lastBurnDay(), receipt.soldAtMillis());
        boolean covered = true;
        for (Receipt.Use use : receipt.uses()) {
            ThresholdReward reward = by.reward(use.reward());
            boolean ofMember =
                    reward != null || Shop.reward(by, use.reward()) != null || moneyPurse(by, use.reward()) != null;
            covered &= ofMember ? mayUse : Desk.promoCode(by, use.reward()) != null;
            if (reward != null) {
                uses.merge(reward, (long) Math.max(1, use.count()), Long::sum);
            }
        }
        for (ThresholdReward reward : by.document.thresholdRewards()) {
            if (member != 0 && uses.containsKey(reward)) {
                covered &= spend(by, reward, uses.get(reward));
            }
        }
        for (Receipt.Use use : receipt.uses()) {
            covered &= spendPromoCode(by, use);
        }
        if (member != 0) {
            covered &= shop.spend(by, priced, member, kept);
            for (Receipt.Use use : receipt.uses()) {
                covered &= spendMoney(by, use);
            }
        }
        return covered;
    }

    /** When a member is enrolled whom this receipt is the first to name. */
    long enrolment() {
        return receipt.historical() ? receipt.soldAtMillis() : nowMillis;
    }

    private static @Nullable MoneyPurse moneyPurse(Version by, String id) {
        return by.mechanics.moneyPurses().stream()
                .filter(money -> money.purse().id().equals(id))
                .findFirst()
                .orElse(null);
    }

    private boolean spendPromoCode(Version by, Receipt.Use use) {
        PromoCode code = Desk.promoCode(by, use.reward());
        for (int time = 0; code != null && time < Math.max(1, use.count()); time++) {
            if (Desk.use(state, code, member, by.day(receipt.soldAtMillis()), enrolment()) != OperationStatus.DONE) {
                return false;
            }
            priced.codes.merge(code.code(), 1L, Long::sum);
        }
        return true;
    }

    /** The till has given the discount: the purse pays it in any case. */
    private boolean spendMoney(Version by, Receipt.Use use) {
        MoneyPurse money = moneyPurse(by, use.reward());
        if (money == null || use.discountMinor() == 0) {
            return true;
        }
        BigInteger amount = Exact.micro(BigDecimal.valueOf(use.discountMinor()));
        priced.costs.add(new Priced.Cost(use.reward(), "", amount));
        BigInteger least = Exact.micro(money.minimumToSpend().movePointRight(by.digits()));
        BigInteger available = state.purse(member, use.reward()).available(state.today());
        posting.post(member, use.reward(), MovementKind.SPENT, amount.negate(), "", by, null);
        return available.compareTo(amount.max(least)) >= 0;
    }

    private boolean spend(Version by, ThresholdReward reward, long times) {
        Member.Progress progress = state.member(member).reward(reward.id());
        long funded = Math.min(times, Math.max(0, progress.unlocked - progress.reserved));
        posting.unlock(member, by, reward, -funded);
        unfunded.put(reward, times - funded);
        if (reward.measure() != Measure.POINTS) {
            return funded == times;
        }
        BigInteger cost = by.reaches(reward).multiply(Exact.whole(times));
        priced.costs.add(new Priced.Cost(posting.pointsPurse(), reward.id(), cost));
        BigInteger available = state.purse(member, posting.pointsPurse()).available(state.today());
        posting.post(member, posting.pointsPurse(), MovementKind.SPENT, cost.negate(), reward.id(), by, null);
        return funded == times && available.compareTo(cost) >= 0;
    }

    // Earning

    /** @param claimed the till knew nobody, and took no member prices off */
    private void earn(Version by, boolean claimed) {
        boolean salesEarn = uses.keySet().stream().allMatch(ThresholdReward::rewardReceiptsEarn);
        LocalDate day = by.day(receipt.soldAtMillis());
        conditions.qualify(priced, by, member);
        if (claimed) {
            priced.context.keySet().removeIf(Version::isMemberPrice);
        }
        priced.tellPrices(by);
        priced.price(by, salesEarn);
        if (receipt.lines().stream().anyMatch(line -> !line.isReturn())) {
            posting.renew(member, by, by.businessDay(receipt));
        }
        long[] nothing = new long[priced.status.length];
        Credit credit = Credit.of(priced, by, nothing);
        for (int i = 0; i < priced.status.length; i++) {
            priced.points[i] = priced.earns(i) ? credit.line[i] : priced.points[i];
        }
        String points = posting.pointsPurse();
        Lot lot = posting.lotOf(points, by, receipt);
        posting.post(member, points, MovementKind.EARNED, credit.base, Version.BASE, by, lot);
        credit.given.forEach((bonus, given) -> give(by, bonus, given, credit, lot, day));
        boolean earned = posting.movements.keySet().stream().anyMatch(key -> key.split(" ")[2].equals("EARNED"));
        priced.account = earned ? state.owner(member) : member;
        count(by, day);
        BigInteger unlinked = Exact.ZERO;
        for (int i = 0; i < priced.status.length; i++) {
            boolean back = priced.status[i] == LineStatus.RETURNED_AT_CURRENT_RATE;
            unlinked = unlinked.add(back ? priced.points[i] : Exact.ZERO);
        }
        unlinked = Exact.rounded(unlinked, by.document.purse().rounding());
        posting.post(member, points, MovementKind.REVERSED, unlinked, Version.BASE, by, null);
        for (ThresholdReward reward : by.document.thresholdRewards()) {
            BigInteger units =
                    measure(priced, by, reward, nothing, credit.points).add(unlinkedMeasure(by, reward, unlinked));
            posting.count(member, by, reward, by.window(reward.window(), receipt.soldAtMillis()), units);
        }
        if (Levels.of(by) != null) {
            boolean spend = Levels.countsSpend(Levels.of(by));
            BigInteger units = spend
                    ? spend(priced, LineStatus.EARNED, nothing)
                            .add(spend(priced, LineStatus.RETURNED_AT_CURRENT_RATE, nothing))
                    : credit.points.add(unlinked);
            levels.count(member, by, day, units, true);
        }
        new Clubs(state, posting).close(by, priced, member, day);
    }

    /** Amounts of the lines of a status that have not come back. */
    static BigInteger spend(Priced of, LineStatus status, long[] returned) {
        BigInteger sum = Exact.ZERO;
        for (int i = 0; i < of.status.length; i++) {
            Receipt.Line line = of.receipt.lines().get(i);
            sum = sum.add(
                    of.status[i] == status
                            ? Exact.remaining(Exact.whole(line.amountMinor()), returned[i], line.thousandths())
                            : Exact.ZERO);
        }
        return sum;
    }

    private void give(
            Version by, Bonus bonus, BigInteger given, Credit credit, @Nullable Lot pointsLot, LocalDate day) {
        Member to = state.member(member);
        boolean any = given.signum() > 0;
        String target = bonus.award().target();
        if (by.givesPoints(bonus)) {
            posting.post(member, posting.pointsPurse(), MovementKind.EARNED, given, bonus.id(), by, pointsLot);
        } else if (Version.givesMoney(bonus)) {
            Lot lot = posting.lotOf(target, by, receipt);
            posting.post(member, target, MovementKind.EARNED, given, bonus.id(), by, lot);
        } else if (any && bonus.award().kind() == Bonus.AwardKind.TAG) {
            if (to.tags.getOrDefault(target, Exact.ZERO).signum() <= 0) {
                posting.event(EventKind.TAGGED, member, bonus.id(), given);
            }
            to.tags.merge(target, given, BigInteger::add);
        } else if (any && bonus.award().kind() == Bonus.AwardKind.REWARD) {
            posting.grant(member, by, target, given.longValueExact());
        }
        if (any && by.greets(bonus) != null) {
            to.greeted.add(by.greets(bonus).id());
        }
        BigInteger usedBefore = state.budgets.getOrDefault(bonus.id(), Exact.ZERO);
        conditions.use(bonus, member, day, given);
        if (credit.withheld.containsKey(bonus)) {
            posting.event(EventKind.AWARD_LIMITED, member, bonus.id(), credit.withheld.get(bonus));
        }
        if (any && bonus.limits().budget() != null) {
            BigInteger budget = by.unit(bonus, bonus.limits().budget());
            BigInteger nearly = budget.subtract(budget.divide(Exact.whole(100)).multiply(Exact.whole(10)));
            BigInteger used = state.budgets.get(bonus.id());
            if (used.compareTo(nearly) >= 0 && usedBefore.compareTo(nearly) < 0) {
                posting.event(EventKind.BUDGET_NEARLY_USED, 0, bonus.id(), used);
            }
        }
        if (any && bonus.when().nthVisit() != null) {
            posting.event(EventKind.NTH_VISIT, member, bonus.id(), given);
        }
        if (any && (bonus.when().from() != null || bonus.when().to() != null)) {
            posting.event(EventKind.HAPPY_HOUR_USED, member, bonus.id(), given);
        }
    }

    /** Visits, and the days on which articles were bought that a bonus wants to have been missed. */
    private void count(Version by, LocalDate day) {
        if (priced.isVisit(new long[priced.status.length])) {
            visit(by, receipt.soldAtMillis(), member, 1);
        }
        Member who = state.member(member);
        for (Bonus bonus : by.bonuses) {
            boolean bought = receipt.lines().stream().anyMatch(line -> by.isFor(bonus, line) && line.amountMinor() > 0);
            if (bonus.when().unboughtDays() != null && bought) {
                who.bought.merge(bonus.id(), day, (one, other) -> one.isAfter(other) ? one : other);
            }
        }
    }

    /** In the windows in which the version's bonuses count; what belongs to a window that is over is gone. */
    private void visit(Version by, long soldAtMillis, long who, int delta) {
        for (Window window : Window.values()) {
            boolean asked = by.bonuses.stream()
                    .anyMatch(bonus -> bonus.when().nthVisit() != null
                            && bonus.when().nthVisit().window() == window);
            long number = by.window(window, soldAtMillis);
            Map<Window, Member.Visits> all = state.member(who).visits;
            Member.Visits before = all.getOrDefault(window, new Member.Visits(0, 0));
            if (asked && number == before.window()) {
                all.put(window, new Member.Visits(number, Math.max(0, before.count() + delta)));
            } else if (asked && number > before.window() && delta > 0) {
                all.put(window, new Member.Visits(number, delta));
            }
        }
    }

    /** What the sale lines add to a reward's measure when so much of each has come back. */
    private static BigInteger measure(
            Priced of, Version by, ThresholdReward reward, long[] returned, BigInteger credit) {
        if (reward.measure() == Measure.POINTS && reward.category() == null) {
            return credit;
        }
        BigInteger sum = Exact.ZERO;
        boolean visit = false;
        for (int i = 0; i < of.status.length; i++) {
            Receipt.Line line = of.receipt.lines().get(i);
            if (of.earns(i) && by.counts(reward, line)) {
                sum = sum.add(Exact.remaining(units(of, by, reward, i), returned[i], line.thousandths()));
                visit |= of.isThere(i, returned);
            }
        }
        return reward.measure() == Measure.VISITS ? Exact.whole(visit ? 1 : 0) : sum;
    }

    private BigInteger unlinkedMeasure(Version by, ThresholdReward reward, BigInteger unlinked) {
        if (reward.measure() == Measure.VISITS) {
            return Exact.ZERO;
        }
        if (reward.measure() == Measure.POINTS && reward.category() == null) {
            return unlinked;
        }
        BigInteger sum = Exact.ZERO;
        for (int i = 0; i < priced.status.length; i++) {
            boolean back = priced.status[i] == LineStatus.RETURNED_AT_CURRENT_RATE;
            boolean counts = back && by.counts(reward, receipt.lines().get(i));
            sum = sum.add(counts ? units(priced, by, reward, i) : Exact.ZERO);
        }
        return sum;
    }

    private static BigInteger units(Priced of, Version by, ThresholdReward reward, int line) {
        Receipt.Line sold = of.receipt.lines().get(line);
        return switch (reward.measure()) {
            case POINTS -> of.points[line];
            case SPEND -> Exact.whole(sold.amountMinor());
            case ARTICLES, VISITS -> by.articles(sold);
        };
    }

    // Returns with original

    /** Decides each original again; limits, rewards and tags are free at once, movements come after the sales. */
    private void takeBack() {
        Map<State.Key, long[]> after = new LinkedHashMap<>();
        for (int i = 0; i < priced.status.length; i++) {
            Receipt.Line line = receipt.lines().get(i);
            if (line.isLinked()) {
                takeLine(i, line, after);
            }
        }
        after.forEach((key, now) -> {
            long[] before = state.returned.getOrDefault(key, new long[now.length]);
            state.returned.put(key, now);
            State.Closed closed = state.closed.get(key);
            reverse(closed.sold(), before, now);
            Priced used = closed.priced();
            Version by = used.version;
            long whose = state.survivor(used.receipt.participant());
            boolean all = !used.isBack(before) && used.isBack(now);
            if (by != null && all && by.document.returnsRestoreRewards()) {
                used.codes.forEach((code, uses) -> {
                    state.promoUses.merge(code, -uses, Long::sum);
                    state.member(whose).promoUses.merge(code, -uses, Long::sum);
                });
            }
            if (by != null && whose != 0 && all && by.document.returnsRestoreRewards()) {
                restore(used, by, whose);
            }
        });
    }

    private void takeLine(int at, Receipt.Line line, Map<State.Key, long[]> after) {
        Receipt.Original original = line.original();
        State.Key key = state.key(original.identity(), original.businessDate());
        State.Closed closed = state.closed.get(key);
        List<Receipt.Line> sold =
                closed == null ? List.of() : closed.sold().receipt.lines();
        boolean found = original.line() >= 0
                && original.line() < sold.size()
                && !sold.get(original.line()).isReturn();
        if (!found) {
            priced.status[at] = LineStatus.ORIGINAL_NOT_FOUND;
            return;
        }
        long quantity = sold.get(original.line()).thousandths();
        long[] returned = after.computeIfAbsent(
                key, k -> state.returned.getOrDefault(k, new long[sold.size()]).clone());
        long before = returned[original.line()];
        if (before - line.thousandths() > quantity) {
            priced.status[at] = LineStatus.RETURN_EXCEEDS_SALE;
            return;
        }
        returned[original.line()] = before - line.thousandths();
        BigInteger points = closed.sold().points[original.line()];
        priced.status[at] = LineStatus.RETURNED;
        priced.points[at] = Exact.remaining(points, returned[original.line()], quantity)
                .subtract(Exact.remaining(points, before, quantity));
    }

    private void reverse(Priced sold, long[] before, long[] after) {
        Version by = sold.version;
        long whose = state.survivor(sold.receipt.participant());
        if (by == null || whose == 0) {
            return;
        }
        long account = state.survivor(sold.account);
        Credit was = Credit.of(sold, by, before);
        Credit is = Credit.of(sold, by, after);
        String points = posting.pointsPurse();
        Lot lot = posting.lotOf(points, by, sold.receipt);
        later(account, points, is.base.subtract(was.base), Version.BASE, by, lot);
        LocalDate day = by.day(sold.receipt.soldAtMillis());
        is.given.forEach((bonus, now) -> {
            BigInteger delta = now.subtract(was.given.get(bonus));
            String target = bonus.award().target();
            if (by.givesPoints(bonus)) {
                later(account, points, delta, bonus.id(), by, lot);
            } else if (Version.givesMoney(bonus)) {
                later(account, target, delta, bonus.id(), by, posting.lotOf(target, by, sold.receipt));
            } else if (delta.signum() < 0 && bonus.award().kind() == Bonus.AwardKind.TAG) {
                Member from = state.member(whose);
                BigInteger has = from.tags.getOrDefault(target, Exact.ZERO).max(Exact.ZERO);
                from.tags.merge(target, delta.negate().min(has).negate(), BigInteger::add);
            } else if (delta.signum() > 0 && bonus.award().kind() == Bonus.AwardKind.TAG) {
                state.member(whose).tags.merge(target, delta, BigInteger::add);
            } else if (bonus.award().kind() == Bonus.AwardKind.REWARD) {
                posting.grant(whose, by, target, delta.longValueExact());
            }
            if (delta.signum() < 0 && now.signum() == 0 && by.greets(bonus) != null) {
                state.member(whose).greeted.remove(by.greets(bonus).id());
            }
            conditions.use(bonus, whose, day, delta);
        });
        if (sold.isVisit(before) && !sold.isVisit(after)) {
            visit(by, sold.receipt.soldAtMillis(), whose, -1);
            new Acts(state, posting).open(by, sold, whose, reversals::add);
        }
        for (ThresholdReward reward : by.document.thresholdRewards()) {
            BigInteger units =
                    measure(sold, by, reward, after, is.points).subtract(measure(sold, by, reward, before, was.points));
            long window = by.window(reward.window(), sold.receipt.soldAtMillis());
            reversals.add(() -> posting.count(whose, by, reward, window, units));
        }
        if (Levels.of(by) != null) {
            BigInteger units = Levels.countsSpend(Levels.of(by))
                    ? spend(sold, LineStatus.EARNED, after).subtract(spend(sold, LineStatus.EARNED, before))
                    : is.points.subtract(was.points);
            reversals.add(() -> levels.count(whose, by, day, units, false));
        }
        new Clubs(state, posting).takeBack(by, sold, whose, before, after, by.day(receipt.soldAtMillis()));
    }

    /** Everything is back, and so are the rewards that the receipt used. */
    private void restore(Priced sold, Version by, long whose) {
        long payer = sold.debits.isEmpty()
                ? whose
                : state.survivor(sold.debits.get(0).payer());
        Map<String, BigInteger> open = new LinkedHashMap<>();
        for (Priced.Cost cost : sold.costs) {
            open.merge(cost.purse() + " " + cost.rule(), cost.amount(), BigInteger::add);
        }
        Map<String, BigInteger> unheld = new LinkedHashMap<>();
        for (Priced.Debit debit : sold.debits) {
            if (debit.amount().signum() > 0) {
                open.merge(debit.purse() + " " + debit.rule(), debit.amount().negate(), BigInteger::add);
            }
            if (debit.lot() == null) {
                unheld.merge(debit.purse() + " " + debit.rule(), debit.amount(), BigInteger::add);
            } else {
                giveBack(payer, debit.purse(), debit.amount(), debit.rule(), by, debit.lot());
            }
        }
        unheld.forEach((key, amount) -> giveBack(
                payer, key.substring(0, key.indexOf(' ')), amount, key.substring(key.indexOf(' ') + 1), by, null));
        open.forEach((key, amount) -> {
            String purse = key.substring(0, key.indexOf(' '));
            Lot lot = Version.lot(state.purse(by, purse), by.businessDay(sold.receipt), false);
            giveBack(payer, purse, amount, key.substring(key.indexOf(' ') + 1), by, lot);
        });
        sold.uses.forEach((reward, times) -> {
            long unpaid = sold.unfunded.getOrDefault(reward, 0L);
            posting.grant(whose, by, reward.id(), times - unpaid);
            posting.count(
                    whose,
                    by,
                    reward,
                    by.window(reward.window(), sold.receipt.soldAtMillis()),
                    by.reaches(reward).multiply(Exact.whole(unpaid)));
        });
        sold.taken.forEach((reward, taken) ->
                new Shop(state, posting).count(whose, Shop.reward(by, reward), -taken[0], -taken[1]));
    }

    /** To who paid. */
    private void giveBack(long payer, String purse, BigInteger amount, String rule, Version by, @Nullable Lot lot) {
        posting.post(payer, purse, MovementKind.RESTORED, amount.max(Exact.ZERO), rule, by, lot);
    }

    private void later(long whose, String purse, BigInteger amount, String rule, Version by, @Nullable Lot lot) {
        reversals.add(() -> posting.post(whose, purse, MovementKind.REVERSED, amount, rule, by, lot));
    }

    // Alerts

    /** What the member had before this receipt and has not used on it. */
    private List<String> alerts(Version by, State.@Nullable Open open, Map<String, Member.Progress> rewardsBefore) {
        List<String> alerts = new ArrayList<>();
        if (by.isOver(by.mechanics.lastBurnDay(), receipt.soldAtMillis())) {
            return alerts;
        }
        for (ThresholdReward reward : by.document.thresholdRewards()) {
            Member.Progress before = rewardsBefore.getOrDefault(reward.id(), new Member.Progress());
            Member.Progress after = state.member(member).reward(reward.id());
            long own = open != null && open.member() == member ? open.reserved().getOrDefault(reward.id(), 0L) : 0;
            long had = before.unlocked - before.reserved + own - uses.getOrDefault(reward, 0L);
            long count = Math.min(had, Math.max(0, after.unlocked - after.reserved));
            if (count > 0) {
                alerts.add(reward.id() + "*" + count);
            }
        }
        return alerts;
    }

    private void tellAvailable(Version by, Map<String, Member.Progress> rewardsBefore) {
        for (ThresholdReward reward : by.document.thresholdRewards()) {
            long before = rewardsBefore.getOrDefault(reward.id(), new Member.Progress()).unlocked;
            Member.Progress after = state.member(member).reward(reward.id());
            long used = uses.getOrDefault(reward, 0L) - unfunded.getOrDefault(reward, 0L);
            long usable = after.unlocked - after.reserved;
            if (after.unlocked - before + used > 0 && usable > 0) {
                posting.event(EventKind.REWARD_AVAILABLE, member, reward.id(), usable);
            }
        }
    }
}
