package org.assidu.accrual.programme;

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
 * largest; then what is given once; then limits.
 */
final class Stacking {
    private final EarningRule earning;
    private final BonusTable table;
    private final LineStacking lines;
    private final Rounding rounding;

    Stacking(EarningRule earning, BonusTable table, Rounding rounding) {
        this.earning = earning;
        this.table = table;
        lines = new LineStacking(earning, table);
        this.rounding = rounding;
    }

    /** @param returned thousandths per line; null = a sale, of which the shares go into the outcome */
    void award(ReceiptColumns receipt, OutcomeColumns priced, long @Nullable [] returned, Awards awards) {
        awards.begin(priced, table);
        dropBelowAmount(receipt, priced, returned, awards);
        if (!table.sideBySide.isEmpty()) {
            table.sideBySide.choose(awards.lineMask, receipt.lines, table.words, awards.active);
        }
        boolean cash = awards.activate(table);
        boolean once = awards.isActive(table.once);
        boolean presence = once || earning.basis == Basis.VISIT;
        for (int line = 0; line < receipt.lines; line++) {
            if (!BonusTable.earns(priced, line)) {
                continue;
            }
            if (earning.basis != Basis.VISIT) {
                lines.add(receipt, priced, line, returned, awards);
            }
            if (cash) {
                cashback(receipt, priced, line, returned, awards);
            }
            if (presence
                    && receipt.amountMinor[line] > 0
                    && (returned == null || returned[line] < receipt.quantityThousandths[line])) {
                for (int w = 0; w < table.words; w++) {
                    awards.present[w] |= awards.lineMask[line * table.words + w];
                }
            }
        }
        if (earning.basis == Basis.VISIT && Programme.hasVisit(null, receipt, priced, returned)) {
            lines.addVisit(awards);
        }
        if (once) {
            once(receipt, priced, returned, awards);
        }
        if (priced.prices > 0) {
            memberPrices(receipt, priced, returned, awards);
        }
        finish(returned == null ? priced : null, awards);
    }

    /** Limits, then rounding. */
    private void finish(@Nullable OutcomeColumns out, Awards awards) {
        long total = awards.baseMicro;
        for (int place = 0; place < awards.rules; place++) {
            int index = awards.bonus[place];
            if (awards.given[index] > awards.headroom[place]) {
                limit(place, out, awards);
            }
            total += table.rules[index].givesPoints() ? awards.given[index] : 0;
        }
        round(total, awards);
    }

    /** Keeps a total within the headroom; what goes over comes off the last lines. */
    private void limit(int place, @Nullable OutcomeColumns out, Awards awards) {
        int index = awards.bonus[place];
        long over = awards.given[index] - awards.headroom[place];
        awards.given[index] -= over;
        awards.withheld[place] = over;
        if (out == null) {
            return;
        }
        int rule = table.firstRule + index;
        for (int s = out.shares - 1; s >= 0 && over > 0; s--) {
            if (out.shareRule[s] == rule && out.shareMicro[s] > 0) {
                long cut = Math.min(over, out.shareMicro[s]);
                out.shareMicro[s] -= cut;
                out.linePointsMicro[out.shareLine[s]] -= cut;
                over -= cut;
            }
        }
        out.dropEmptyShares();
    }

    /** Takes out the bonuses that want a larger receipt than what remains of this one. */
    private void dropBelowAmount(
            ReceiptColumns receipt, OutcomeColumns priced, long @Nullable [] returned, Awards awards) {
        if (!awards.isActive(table.askAmount)) {
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
            // What was told of the whole receipt stays told.
            long least = rule.isMemberPrice() ? BonusTable.soldMinor(receipt) : sum;
            if (rule.amountAtLeastMinor() > least) {
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
                awards.given[index] += now - before;
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
                awards.given[rule.index()] = given;
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
            int index = awards.bonus[place];
            room -= table.rules[index].kind() == AwardKind.CASHBACK_AMOUNT ? awards.given[index] : 0;
        }
        return Math.max(0, room);
    }

    /** What member prices told at the sale still are worth. */
    private void memberPrices(
            ReceiptColumns receipt, OutcomeColumns priced, long @Nullable [] returned, Awards awards) {
        for (int p = 0; p < priced.prices; p++) {
            int line = priced.priceLine[p];
            awards.given[table.index(priced.priceRule[p])] +=
                    Programme.remaining(priced.priceMinor[p], receipt, line, returned);
        }
    }

    /**
     * Rounds what goes to each purse. A bonus is never rounded up, so that no limit is passed: the base takes the
     * difference, and where it has not enough to give, the last bonuses do.
     */
    private void round(long total, Awards awards) {
        long rounded = Arithmetic.rounded(total, rounding);
        awards.pointsMicro = rounded;
        if (rounded != total) {
            long before = awards.baseMicro;
            awards.baseMicro += rounded - total;
            if (before >= 0 && awards.baseMicro < 0) {
                awards.baseMicro += takeFromLast(awards, -1, -awards.baseMicro);
            }
        }
        if (table.roundsMoney) {
            for (int purse = 0; purse < table.moneyRounding.length; purse++) {
                roundMoney(purse, awards);
            }
        }
    }

    /** A credit of a money purse is rounded to the minor unit, up only where no limit is passed. */
    private void roundMoney(int purse, Awards awards) {
        long total = 0;
        int open = -1;
        for (int place = 0; place < awards.rules; place++) {
            int index = awards.bonus[place];
            if (isOf(index, purse)) {
                total += awards.given[index];
                open = awards.headroom[place] == BonusRule.NO_LIMIT && awards.given[index] > 0 ? index : open;
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
            int index = awards.bonus[place];
            if (isOf(index, purse) && awards.given[index] > 0) {
                long taken = Math.min(left, awards.given[index]);
                awards.given[index] -= taken;
                left -= taken;
            }
        }
        return micro - left;
    }

    private boolean isOf(int index, int purse) {
        BonusRule rule = table.rules[index];
        return purse < 0 ? rule.givesPoints() : rule.givesMoney() && rule.target() == purse;
    }
}
