package org.assidu.accrual.programme;

import java.util.Arrays;
import java.util.List;
import java.util.function.Predicate;
import org.assidu.accrual.model.Bonus;
import org.assidu.accrual.model.Bonus.AwardKind;
import org.assidu.accrual.model.LineStatus;
import org.assidu.accrual.model.OutcomeColumns;
import org.assidu.accrual.model.ProgrammeDocument.Rounding;
import org.assidu.accrual.model.ReceiptColumns;
import org.jspecify.annotations.Nullable;

/** The bonuses of a programme version: which may apply to a receipt, and the member prices they tell. */
final class BonusTable {
    static final long MICRO_PER_MINOR = 1_000_000;

    private static final int PERCENT_HUNDREDTHS = 10_000;

    final BonusRule[] rules;
    // By bonus
    final long[] value;
    final int[] factor;
    final int[] divisor;
    final int words;
    final int groups;
    /** Rule index of the first bonus. */
    final int firstRule;

    final long[] extra;
    final long[] multiplier;
    /** Multipliers of which only the largest of a group counts. */
    final long[] exclusive;

    final long[] cashback;
    /** Given once a receipt. */
    final long[] once;

    final long[] askAmount;
    final AdvantageGuard guard;
    final ExclusiveGroups sideBySide;
    /** By money purse. */
    final Rounding[] moneyRounding;

    final boolean roundsMoney;

    private final long[] memberPrice;
    private final long[] unbought;
    private final boolean tracks;
    /** Bonuses and tiers, whose rules follow one another. */
    private final int contiguous;
    /** Articles that join clubs: no part of a first purchase. */
    private final byte[][] fees;

    private final ConditionTable conditions;

    BonusTable(
            List<BonusRule> rules,
            int groups,
            int firstRule,
            ConditionTable conditions,
            List<Bonus> bonuses,
            AdvantageGuard guard,
            Rounding[] moneyRounding,
            byte[][] fees) {
        this.rules = rules.toArray(BonusRule[]::new);
        value = rules.stream().mapToLong(BonusRule::value).toArray();
        factor = rules.stream().mapToInt(BonusRule::factor).toArray();
        divisor = rules.stream().mapToInt(BonusRule::divisor).toArray();
        this.words = conditions.words;
        this.groups = groups;
        this.firstRule = firstRule;
        this.conditions = conditions;
        this.guard = guard;
        this.moneyRounding = moneyRounding;
        roundsMoney = Arrays.stream(moneyRounding).anyMatch(rounding -> rounding != Rounding.CARRY);
        extra = mask(rule -> rule.kind() == AwardKind.EXTRA_RATE);
        multiplier = mask(rule -> rule.kind() == AwardKind.MULTIPLIER);
        exclusive = mask(BonusRule::isInGroup);
        cashback = mask(rule -> rule.kind() == AwardKind.CASHBACK_PERCENT);
        once = mask(rule -> switch (rule.kind()) {
            case FIXED_POINTS, CASHBACK_AMOUNT, REWARD, TAG -> true;
            case EXTRA_RATE, MULTIPLIER, CASHBACK_PERCENT, MEMBER_PRICE_PERCENT, MEMBER_PRICE_AMOUNT -> false;
        });
        memberPrice = mask(BonusRule::isMemberPrice);
        askAmount = mask(rule -> rule.amountAtLeastMinor() != Long.MIN_VALUE);
        unbought = mask(rule -> rule.terms().unboughtDays() >= 0);
        tracks = !isEmpty(unbought);
        this.fees = fees;
        sideBySide = new ExclusiveGroups(bonuses, words);
        contiguous = (int)
                rules.stream().filter(rule -> rule.terms().newInClub() < 0).count();
    }

    /** Place of a rule of the programme here. */
    int index(int rule) {
        int index = rule - firstRule;
        return index < contiguous ? index : contiguous + rule - rules[contiguous].rule();
    }

    private boolean isFee(ReceiptColumns receipt, int line) {
        for (byte[] fee : fees) {
            if (Texts.same(receipt, receipt.sku[line], fee)) {
                return true;
            }
        }
        return false;
    }

    private long[] mask(Predicate<BonusRule> holds) {
        long[] mask = new long[words];
        for (BonusRule rule : rules) {
            if (holds.test(rule)) {
                mask[rule.index() >>> 6] |= 1L << rule.index();
            }
        }
        return mask;
    }

    private static boolean isEmpty(long[] set) {
        long union = 0;
        for (long word : set) {
            union |= word;
        }
        return union == 0;
    }

    boolean asksForBanners() {
        return conditions.asksForBanners();
    }

    /** Finds the bonuses that moment, place and lines allow, and those whose articles are sold. @return whether any */
    boolean candidates(ReceiptColumns receipt, @Nullable String banner, int day, int minute, Awards awards) {
        awards.prepare(words, rules.length, groups, receipt.lines);
        awards.day = day;
        boolean now = conditions.moment(receipt, banner, day, minute, awards.moment);
        if (!now && !tracks) {
            return false;
        }
        selectLines(receipt, awards);
        long any = 0;
        for (int w = 0; w < words; w++) {
            long met = 0;
            long bought = 0;
            for (int line = 0; line < receipt.lines; line++) {
                long mask = awards.lineMask[line * words + w];
                met |= mask;
                bought |= receipt.amountMinor[line] > 0 ? mask : 0;
            }
            awards.candidate[w] = met & awards.moment[w];
            awards.bought[w] = bought & unbought[w];
            any |= awards.candidate[w] | awards.bought[w];
        }
        return any != 0;
    }

    /** Which bonuses each line is for. */
    void selectLines(ReceiptColumns receipt, Awards awards) {
        awards.prepare(words, rules.length, groups, receipt.lines);
        for (int line = 0; line < receipt.lines; line++) {
            conditions.line(receipt, line, awards.lineMask);
        }
    }

    /**
     * Writes the member prices of the outcome's context: each a part of a sale line's amount, together never more than the
     * line or what a guard allows. They look at the receipt's amounts before any of them.
     */
    void tellPrices(EarningRule earning, ReceiptColumns receipt, OutcomeColumns out, Awards awards) {
        long soldMinor = soldMinor(receipt);
        apply(out, soldMinor, awards);
        for (int c = 0; c < out.contexts; c++) {
            int index = index(out.contextRule[c]);
            BonusRule rule = rules[index];
            if (!rule.isMemberPrice() || rule.amountAtLeastMinor() > soldMinor) {
                continue;
            }
            long left = out.contextHeadroom[c];
            for (int line = 0; line < receipt.lines && left > 0; line++) {
                boolean meets = (awards.lineMask[line * words + (index >>> 6)] & 1L << index) != 0;
                boolean fee = rule.terms().newInClub() >= 0 && isFee(receipt, line);
                boolean open = !sideBySide.isTaken(index, awards.lineMask, line, words, awards.active);
                if (meets && open && !fee && isPriced(receipt, line) && receipt.amountMinor[line] > 0) {
                    long room = Math.min(receipt.amountMinor[line], guard.mostMinor(receipt, line));
                    long off = Math.min(priceOff(earning, rule, receipt, line), room - pricedMinor(out, line));
                    if (off > 0) {
                        long told = Math.min(off, left);
                        out.addPrice(line, rule.rule(), told);
                        left -= told;
                    }
                }
            }
        }
    }

    /** Notes the bonuses of the context for which the receipt is large enough. */
    private void apply(OutcomeColumns out, long soldMinor, Awards awards) {
        Arrays.fill(awards.active, 0, words, 0);
        for (int c = 0; c < out.contexts; c++) {
            int index = index(out.contextRule[c]);
            if (rules[index].amountAtLeastMinor() <= soldMinor) {
                awards.active[index >>> 6] |= 1L << index;
            }
        }
    }

    /** What member prices look at: amounts of articles sold, before any of them. */
    static long soldMinor(ReceiptColumns receipt) {
        long soldMinor = 0;
        for (int line = 0; line < receipt.lines; line++) {
            soldMinor += isPriced(receipt, line) ? receipt.amountMinor[line] : 0;
        }
        return soldMinor;
    }

    private static boolean isPriced(ReceiptColumns receipt, int line) {
        return !receipt.isReturn(line) && !receipt.giftCardSale(line);
    }

    private static long priceOff(EarningRule earning, BonusRule rule, ReceiptColumns receipt, int line) {
        return rule.kind() == AwardKind.MEMBER_PRICE_PERCENT
                ? Arithmetic.divideHalfUp(receipt.amountMinor[line] * rule.value(), PERCENT_HUNDREDTHS)
                : rule.value() * earning.articles(receipt, line) / 1000;
    }

    /** Minor units that member prices take off a line. */
    static long pricedMinor(OutcomeColumns out, int line) {
        long sum = 0;
        for (int p = 0; p < out.prices; p++) {
            sum += out.priceLine[p] == line ? out.priceMinor[p] : 0;
        }
        return sum;
    }

    /** Whether a rule is one of these: contexts have others, too. */
    boolean isBonus(int rule) {
        int index = rule - firstRule;
        if (index >= contiguous && contiguous < rules.length) {
            index = contiguous + rule - rules[contiguous].rule();
            return index >= contiguous && index < rules.length;
        }
        return index >= 0 && index < contiguous;
    }

    /** Whether the context has a member price. */
    boolean hasMemberPrice(OutcomeColumns context) {
        for (int c = 0; c < context.contexts; c++) {
            int rule = context.contextRule[c];
            if (isBonus(rule) && rules[index(rule)].isMemberPrice()) {
                return true;
            }
        }
        return false;
    }

    /** Whether member prices exist at all, so that chunks must tell them. */
    boolean hasMemberPrices() {
        return !isEmpty(memberPrice);
    }

    /** Whether a line takes part in earning. */
    static boolean earns(OutcomeColumns priced, int line) {
        return priced.lineStatus[line] == LineStatus.EARNED;
    }
}
