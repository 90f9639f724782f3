package org.assidu.accrual.programme;

import java.util.Arrays;
import org.assidu.accrual.model.OutcomeColumns;
import org.assidu.accrual.model.ReceiptColumns;
import org.jspecify.annotations.Nullable;

/**
 * The running result of a line: base, extra rates, multipliers. It is an exact fraction, read after each rule as whole
 * micropoints toward zero; what remains of it after returns is the same share of it as of the line's quantity, and a rule's
 * share is the difference that the rule made.
 */
final class LineStacking {
    /** A number of so many bits times a factor or divisor, which have at most 24, fits a long. */
    private static final int FAST_BITS = 39;

    private final EarningRule earning;
    private final BonusTable table;
    private final long unit;

    LineStacking(EarningRule earning, BonusTable table) {
        this.earning = earning;
        this.table = table;
        unit = earning.unit();
    }

    /** @param returned thousandths per line; null = a sale, of which the shares go into the outcome */
    void add(ReceiptColumns receipt, OutcomeColumns priced, int line, long @Nullable [] returned, Awards awards) {
        long eligible = priced.eligible[line];
        long numerator = eligible * earning.rateMicro;
        long before = remaining(whole(numerator), receipt, line, returned);
        awards.baseMicro += before;
        int at = line * table.words;
        for (int w = 0; w < table.words; w++) {
            for (long bits = awards.lineMask[at + w] & awards.extra[w]; bits != 0; bits &= bits - 1) {
                int index = (w << 6) + Long.numberOfTrailingZeros(bits);
                numerator += eligible * table.value[index];
                long now = remaining(whole(numerator), receipt, line, returned);
                share(index, now - before, priced, line, returned, awards);
                before = now;
            }
        }
        if (select(awards.lineMask, at, awards)) {
            before = multiply(numerator, before, receipt, priced, line, returned, awards);
        }
        if (returned == null) {
            priced.linePointsMicro[line] = before;
        }
    }

    private long whole(long numerator) {
        return unit == 1 ? numerator : numerator / unit;
    }

    private static long remaining(long micro, ReceiptColumns receipt, int line, long @Nullable [] returned) {
        return returned == null ? micro : Programme.remaining(micro, receipt, line, returned);
    }

    private void share(
            int index, long micro, OutcomeColumns priced, int line, long @Nullable [] returned, Awards awards) {
        awards.given[index] += micro;
        if (returned == null && micro != 0) {
            priced.addShare(line, table.firstRule + index, micro);
        }
    }

    private long multiply(
            long start,
            long first,
            ReceiptColumns receipt,
            OutcomeColumns priced,
            int line,
            long @Nullable [] returned,
            Awards awards) {
        long numerator = start;
        long denominator = unit;
        long before = first;
        boolean wide = false;
        for (int w = 0; w < table.words; w++) {
            for (long bits = awards.scratch[w]; bits != 0; bits &= bits - 1) {
                int index = (w << 6) + Long.numberOfTrailingZeros(bits);
                if (!wide && (Math.abs(numerator) | denominator) >>> FAST_BITS != 0) {
                    awards.running.start(numerator, denominator);
                    wide = true;
                }
                long result;
                if (wide) {
                    awards.running.multiply(table.factor[index], table.divisor[index]);
                    result = awards.running.micro();
                } else {
                    numerator *= table.factor[index];
                    denominator *= table.divisor[index];
                    result = numerator / denominator;
                }
                long now = remaining(result, receipt, line, returned);
                share(index, now - before, priced, line, returned, awards);
                before = now;
            }
        }
        return before;
    }

    /** Under VISIT the receipt has one running result, and a multiplier applies when a line of it is there. */
    void addVisit(Awards awards) {
        awards.baseMicro = earning.rateMicro;
        if (!select(awards.present, 0, awards)) {
            return;
        }
        RunningResult running = awards.running;
        running.start(earning.rateMicro, 1);
        long before = earning.rateMicro;
        for (int w = 0; w < table.words; w++) {
            for (long bits = awards.scratch[w]; bits != 0; bits &= bits - 1) {
                int index = (w << 6) + Long.numberOfTrailingZeros(bits);
                running.multiply(table.factor[index], table.divisor[index]);
                awards.given[index] += running.micro() - before;
                before = running.micro();
            }
        }
    }

    /** Puts the active multipliers of a set into {@code scratch}. @return whether there are any */
    private boolean select(long[] set, int at, Awards awards) {
        long any = 0;
        long anyExclusive = 0;
        for (int w = 0; w < table.words; w++) {
            long bits = set[at + w] & awards.multiplier[w];
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
}
