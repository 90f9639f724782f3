package org.assidu.accrual.programme;

import java.util.Arrays;
import org.assidu.accrual.model.Bonus.AwardKind;
import org.assidu.accrual.model.OutcomeColumns;
import org.assidu.accrual.model.Points;
import org.assidu.accrual.model.ProgrammeDocument.Basis;
import org.assidu.accrual.model.ProgrammeDocument.Rounding;
import org.assidu.accrual.model.ReceiptColumns;
import org.jspecify.annotations.Nullable;

/**
 * What base and bonuses of a context give together, as a pure function of receipt, context and what has come back: a sale
 * asks with nothing returned, a return asks twice and takes the difference. So what a receipt credits depends on what is
 * back in all and not on how it came back.
 *
 * <p>The order of stacking: base; every extra rate; multipliers in order of the document, of an exclusive group only the
 * largest; then what is given once; then limits. A line's running result is an exact fraction, read after each rule as whole
 * micropoints toward zero; what remains of it after returns is the same share of it as of the line's quantity, and a rule's
 * share is the difference that the rule made.
 */
final class Stacking {
    private final EarningRule earning;
    private final BonusTable table;
    private final Rounding rounding;

    Stacking(EarningRule earning, BonusTable table, Rounding rounding) {
        this.earning = earning;
        this.table = table;
        this.rounding = rounding;
    }

    void award(ReceiptColumns receipt, OutcomeColumns priced, long @Nullable [] returned, Awards awards) {
        if (returned != null) {
            table.selectLines(receipt, awards);
        }
        awards.begin(priced, table.firstRule, receipt.lines);
        awards.baseMicro = 0;
        dropBelowAmount(receipt, priced, returned, awards);
        boolean cash = intersects(awards.active, table.cashback);
        Arrays.fill(awards.present, 0, table.words, 0);
        for (int line = 0; line < receipt.lines; line++) {
            if (!BonusTable.earns(priced, line)) {
                continue;
            }
            if (earning.basis != Basis.VISIT) {
                points(receipt, priced, line, returned, awards);
            }
            if (cash) {
                cashback(receipt, priced, line, returned, awards);
            }
            if (receipt.amountMinor[line] > 0
                    && (returned == null || returned[line] < receipt.quantityThousandths[line])) {
                for (int w = 0; w < table.words; w++) {
                    awards.present[w] |= awards.lineMask[line * table.words + w];
                }
            }
        }
        if (earning.basis == Basis.VISIT) {
            visit(receipt, priced, returned, awards);
        }
        once(receipt, priced, returned, awards);
        memberPrices(receipt, priced, returned, awards);
        for (int place = 0; place < awards.rules; place++) {
            awards.limit(place);
        }
        round(awards);
    }

    private static boolean intersects(long[] a, long[] b) {
        long common = 0;
        for (int w = 0; w < b.length; w++) {
            common |= a[w] & b[w];
        }
        return common != 0;
    }

    /** Takes out the bonuses that want a larger receipt than what remains of this one. */
    private void dropBelowAmount(
            ReceiptColumns receipt, OutcomeColumns priced, long @Nullable [] returned, Awards awards) {
        if (!intersects(awards.active, table.askAmount)) {
            return;
        }
        long sum = 0;
        for (int line = 0; line < receipt.lines; line++) {
            if (BonusTable.earns(priced, line)) {
                sum += Programme.remaining(moneyMinor(receipt, priced, line), receipt, line, returned);
            }
        }
        for (int place = 0; place < awards.rules; place++) {
            BonusRule rule = table.rules[awards.bonus[place]];
            if (rule.amountAtLeastMinor() > sum && !rule.isMemberPrice()) {
                awards.active[rule.index() >>> 6] &= ~(1L << rule.index());
            }
        }
    }

    /** What a line counts in money: the eligible amount, and under a basis that counts no money its amount. */
    private long moneyMinor(ReceiptColumns receipt, OutcomeColumns priced, int line) {
        return earning.basis == Basis.AMOUNT
                ? priced.eligible[line]
                : receipt.amountMinor[line] - BonusTable.pricedMinor(priced, line);
    }

    private void points(
            ReceiptColumns receipt, OutcomeColumns priced, int line, long @Nullable [] returned, Awards awards) {
        long eligible = priced.eligible[line];
        RunningResult running = awards.running;
        running.start(eligible * earning.rateMicro, earning.unit(), Limits.LINE_MICRO);
        long before = Programme.remaining(running.micro(), receipt, line, returned);
        awards.baseMicro += before;
        int at = line * table.words;
        for (int w = 0; w < table.words; w++) {
            long bits = awards.lineMask[at + w] & awards.active[w] & table.extra[w];
            for (; bits != 0; bits &= bits - 1) {
                int index = (w << 6) + Long.numberOfTrailingZeros(bits);
                running.add(eligible * table.rules[index].value());
                long now = Programme.remaining(running.micro(), receipt, line, returned);
                awards.addShare(line, index, now - before);
                before = now;
            }
        }
        if (!narrow(awards.lineMask, at, table.multiplier, awards)) {
            return;
        }
        for (int w = 0; w < table.words; w++) {
            for (long bits = awards.scratch[w]; bits != 0; bits &= bits - 1) {
                BonusRule rule = table.rules[(w << 6) + Long.numberOfTrailingZeros(bits)];
                running.multiply(rule.factor(), rule.divisor());
                long now = Programme.remaining(running.micro(), receipt, line, returned);
                awards.addShare(line, rule.index(), now - before);
                before = now;
            }
        }
    }

    /** The active multipliers among those a line is for, in {@code scratch}. @return whether there are any */
    private boolean narrow(long[] set, int at, long[] kind, Awards awards) {
        long any = 0;
        long anyExclusive = 0;
        for (int w = 0; w < table.words; w++) {
            long bits = set[at + w] & awards.active[w] & kind[w];
            awards.scratch[w] = bits;
            any |= bits;
            anyExclusive |= bits & table.exclusive[w];
        }
        if (anyExclusive != 0) {
            keepLargest(awards);
        }
        return any != 0;
    }

    private void keepLargest(Awards awards) {
        Arrays.fill(awards.best, 0, table.groups, -1);
        for (int w = 0; w < table.words; w++) {
            for (long bits = awards.scratch[w] & table.exclusive[w]; bits != 0; bits &= bits - 1) {
                int index = (w << 6) + Long.numberOfTrailingZeros(bits);
                int group = table.rules[index].group();
                int largest = awards.best[group];
                boolean exceeds = largest < 0 || table.rules[index].exceeds(table.rules[largest]);
                int loser = exceeds ? largest : index;
                awards.best[group] = exceeds ? index : largest;
                if (loser >= 0) {
                    awards.scratch[loser >>> 6] &= ~(1L << loser);
                }
            }
        }
    }

    /** Under VISIT the receipt has one running result, and a multiplier applies when a line of it is there. */
    private void visit(ReceiptColumns receipt, OutcomeColumns priced, long @Nullable [] returned, Awards awards) {
        if (!Programme.hasVisit(null, receipt, priced, returned)) {
            return;
        }
        awards.baseMicro = earning.rateMicro;
        if (!narrow(awards.present, 0, table.multiplier, awards)) {
            return;
        }
        RunningResult running = awards.running;
        running.start(earning.rateMicro, 1, Limits.RECEIPT_MICRO);
        long before = earning.rateMicro;
        for (int w = 0; w < table.words; w++) {
            for (long bits = awards.scratch[w]; bits != 0; bits &= bits - 1) {
                BonusRule rule = table.rules[(w << 6) + Long.numberOfTrailingZeros(bits)];
                running.multiply(rule.factor(), rule.divisor());
                awards.given[awards.placeOf[rule.index()]] += running.micro() - before;
                before = running.micro();
            }
        }
    }

    /** Percentages of a line's money, together never more than a guard allows. */
    private void cashback(
            ReceiptColumns receipt, OutcomeColumns priced, int line, long @Nullable [] returned, Awards awards) {
        long money = moneyMinor(receipt, priced, line);
        long most = mostMicro(receipt, priced, line);
        long exact = 0;
        long before = 0;
        for (int w = 0; w < table.words; w++) {
            long bits = awards.lineMask[line * table.words + w] & awards.active[w] & table.cashback[w];
            for (; bits != 0; bits &= bits - 1) {
                int index = (w << 6) + Long.numberOfTrailingZeros(bits);
                exact = Math.min(exact + money * table.rules[index].value(), most);
                long now = Programme.remaining(exact, receipt, line, returned);
                awards.given[awards.placeOf[index]] += now - before;
                before = now;
            }
        }
        awards.cashback[line] = exact;
    }

    /** Most that cashback may bring on a line beside its member prices. */
    private long mostMicro(ReceiptColumns receipt, OutcomeColumns priced, int line) {
        long guarded = table.guard.mostMicro(receipt, line);
        if (guarded == AdvantageGuard.NO_LIMIT) {
            return guarded;
        }
        long taken = BonusTable.pricedMinor(priced, line);
        boolean all = taken > guarded / BonusTable.MICRO_PER_MINOR;
        return all ? 0 : guarded - taken * BonusTable.MICRO_PER_MINOR;
    }

    private void once(ReceiptColumns receipt, OutcomeColumns priced, long @Nullable [] returned, Awards awards) {
        for (int w = 0; w < table.words; w++) {
            for (long bits = awards.present[w] & awards.active[w] & table.once[w]; bits != 0; bits &= bits - 1) {
                BonusRule rule = table.rules[(w << 6) + Long.numberOfTrailingZeros(bits)];
                long given = rule.value();
                if (rule.kind() == AwardKind.CASHBACK_AMOUNT && !table.guard.isEmpty()) {
                    given = Math.min(given, room(rule, receipt, priced, returned, awards));
                }
                awards.given[awards.placeOf[rule.index()]] = given;
            }
        }
    }

    /**
     * What the lines that an amount is for may still bring under the guards: without limit once one of them has none. What
     * other amounts gave counts against all lines.
     */
    private long room(
            BonusRule rule, ReceiptColumns receipt, OutcomeColumns priced, long @Nullable [] returned, Awards awards) {
        long room = 0;
        for (int line = 0; line < receipt.lines; line++) {
            boolean meets = (awards.lineMask[line * table.words + (rule.index() >>> 6)] & 1L << rule.index()) != 0;
            if (!meets || !BonusTable.earns(priced, line) || receipt.amountMinor[line] <= 0) {
                continue;
            }
            long most = mostMicro(receipt, priced, line);
            if (most != AdvantageGuard.NO_LIMIT) {
                room += Programme.remaining(most - awards.cashback[line], receipt, line, returned);
            } else if (returned == null || returned[line] < receipt.quantityThousandths[line]) {
                return most;
            }
        }
        for (int place = 0; place < awards.rules; place++) {
            boolean amount = table.rules[awards.bonus[place]].kind() == AwardKind.CASHBACK_AMOUNT;
            room -= amount ? awards.given[place] : 0;
        }
        return Math.max(0, room);
    }

    /** What member prices told at the sale still are worth. */
    private void memberPrices(
            ReceiptColumns receipt, OutcomeColumns priced, long @Nullable [] returned, Awards awards) {
        for (int p = 0; p < priced.prices; p++) {
            int place = awards.placeOf[priced.priceRule[p] - table.firstRule];
            int line = priced.priceLine[p];
            awards.given[place] += Programme.remaining(priced.priceMinor[p], receipt, line, returned);
        }
    }

    /**
     * Rounds what goes to each purse. A bonus is never rounded up, so that no limit is passed: the base takes the
     * difference, and where it has not enough to give, the last bonuses do.
     */
    private void round(Awards awards) {
        long total = awards.baseMicro;
        for (int place = 0; place < awards.rules; place++) {
            total += table.rules[awards.bonus[place]].givesPoints() ? awards.given[place] : 0;
        }
        long rounded = Arithmetic.rounded(total, rounding);
        awards.pointsMicro = rounded;
        if (rounded != total) {
            long before = awards.baseMicro;
            awards.baseMicro += rounded - total;
            if (before >= 0 && awards.baseMicro < 0) {
                awards.baseMicro += takeFromLast(awards, -1, -awards.baseMicro);
            }
        }
        for (int purse = 0; purse < table.moneyRounding.length; purse++) {
            if (table.moneyRounding[purse] != Rounding.CARRY) {
                roundMoney(purse, awards);
            }
        }
    }

    /** A credit of a money purse is rounded to the minor unit, up only where no limit is passed. */
    private void roundMoney(int purse, Awards awards) {
        long total = 0;
        int open = -1;
        for (int place = 0; place < awards.rules; place++) {
            if (isOf(awards, place, purse)) {
                total += awards.given[place];
                open = awards.headroom[place] == BonusRule.NO_LIMIT && awards.given[place] > 0 ? place : open;
            }
        }
        long rounded = Arithmetic.rounded(total, table.moneyRounding[purse]);
        if (rounded > total && open >= 0) {
            awards.given[open] += rounded - total;
        } else if (rounded != total) {
            takeFromLast(awards, purse, total - total / Points.MICRO * Points.MICRO);
        }
    }

    /** @param purse index of a money purse; -1 = points. @return what could be taken */
    private long takeFromLast(Awards awards, int purse, long micro) {
        long left = micro;
        for (int place = awards.rules - 1; place >= 0 && left > 0; place--) {
            if (isOf(awards, place, purse) && awards.given[place] > 0) {
                long taken = Math.min(left, awards.given[place]);
                awards.given[place] -= taken;
                left -= taken;
            }
        }
        return micro - left;
    }

    private boolean isOf(Awards awards, int place, int purse) {
        BonusRule rule = table.rules[awards.bonus[place]];
        return purse < 0 ? rule.givesPoints() : rule.givesMoney() && rule.target() == purse;
    }
}
