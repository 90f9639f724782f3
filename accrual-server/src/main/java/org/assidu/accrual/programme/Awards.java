package org.assidu.accrual.programme;

import java.util.Arrays;
import org.assidu.accrual.model.OutcomeColumns;

/**
 * What a receipt gives under its context: each bonus's total and its share of each line. Working space and result at once,
 * reused from receipt to receipt by the one thread that owns it.
 */
public final class Awards {
    int words;
    int day;
    /** The bonuses that the moment and the place allow. */
    long[] moment = new long[1];
    /** By line, {@code words} each: the bonuses whose conditions on articles the line meets. */
    long[] lineMask = new long[8];
    /** The bonuses that moment, place and at least one line allow. */
    long[] candidate = new long[1];
    /** The bonuses whose articles the receipt sells, whatever the moment. */
    long[] bought = new long[1];

    long[] scratch = new long[1];
    /** The bonuses of the context whose condition on the receipt's amount holds. */
    long[] active = new long[1];
    /** The bonuses that a line which is not wholly returned meets. */
    long[] present = new long[1];
    /** Of the active ones, the extra rates. */
    long[] extra = new long[1];
    /** Of the active ones, the multipliers. */
    long[] multiplier = new long[1];
    /** By bonus: what it gives. */
    long[] given = new long[8];

    final RunningResult running = new RunningResult();
    /** Largest multiplier of each exclusive group on a line; -1 = none yet. */
    int[] best = new int[4];

    /** By line: millionths of a minor unit that percentages brought. */
    long[] cashback = new long[8];

    int rules;
    int[] bonus = new int[8];
    long[] headroom = new long[8];
    long[] withheld = new long[8];
    long baseMicro;
    long pointsMicro;

    /** Bonuses of the context, in the order in which they apply. */
    public int rules() {
        return rules;
    }

    /** Index of a bonus of the context in the programme. */
    public int bonus(int at) {
        return bonus[at];
    }

    /** What a bonus gives, after limits, in the unit of its award. */
    public long given(int at) {
        return given[bonus[at]];
    }

    /** What a limit kept back. */
    public long withheld(int at) {
        return withheld[at];
    }

    /** What the earning basis gives, with what rounding the receipt added or took. */
    public long baseMicro() {
        return baseMicro;
    }

    /** What the receipt credits in points: the base and all bonuses. */
    public long pointsMicro() {
        return pointsMicro;
    }

    /** Epoch day of the sale in the programme's zone, as candidates were found for it. */
    public int day() {
        return day;
    }

    /** The next bonus from {@code from} on that moment, place and lines allow; -1 = none. */
    public int nextCandidate(int from) {
        return next(candidate, words, from);
    }

    /** Whether the receipt sells articles of a bonus. */
    public boolean isBought(int bonusIndex) {
        return (bought[bonusIndex >>> 6] & 1L << bonusIndex) != 0;
    }

    /** The lowest bit of a set from {@code from} on; -1 = none. */
    static int next(long[] set, int words, int from) {
        int w = from >>> 6;
        if (w >= words) {
            return -1;
        }
        long bits = set[w] & -1L << from;
        while (bits == 0) {
            if (++w == words) {
                return -1;
            }
            bits = set[w];
        }
        return (w << 6) + Long.numberOfTrailingZeros(bits);
    }

    void prepare(int newWords, int bonuses, int groups, int lines) {
        if (words != newWords || given.length < bonuses || best.length < groups) {
            words = newWords;
            moment = new long[newWords];
            candidate = new long[newWords];
            bought = new long[newWords];
            scratch = new long[newWords];
            active = new long[newWords];
            extra = new long[newWords];
            multiplier = new long[newWords];
            present = new long[newWords];
            given = new long[Math.max(given.length, bonuses)];
            best = new int[Math.max(best.length, groups)];
        }
        if (cashback.length < lines) {
            cashback = new long[Math.max(lines, cashback.length * 2)];
        }
        if (lineMask.length < lines * newWords) {
            lineMask = new long[Math.max(lines * newWords, lineMask.length * 2)];
        }
    }

    /** Empties the result and takes over the recorded context. */
    void begin(OutcomeColumns context, BonusTable table) {
        rules = 0;
        baseMicro = 0;
        for (int w = 0; w < words; w++) {
            active[w] = 0;
            present[w] = 0;
        }
        for (int c = 0; c < context.contexts; c++) {
            if (!table.isBonus(context.contextRule[c])) {
                continue;
            }
            if (rules == bonus.length) {
                int size = rules * 2;
                bonus = Arrays.copyOf(bonus, size);
                headroom = Arrays.copyOf(headroom, size);
                withheld = Arrays.copyOf(withheld, size);
            }
            int index = table.index(context.contextRule[c]);
            bonus[rules] = index;
            headroom[rules] = context.contextHeadroom[c];
            withheld[rules++] = 0;
            given[index] = 0;
            active[index >>> 6] |= 1L << index;
        }
    }

    /** Whether one of a set is active. */
    boolean isActive(long[] set) {
        long common = 0;
        for (int w = 0; w < words; w++) {
            common |= active[w] & set[w];
        }
        return common != 0;
    }

    /** Sorts the active bonuses by kind. @return whether there is one of cashback by line */
    boolean activate(BonusTable table) {
        for (int w = 0; w < words; w++) {
            extra[w] = active[w] & table.extra[w];
            multiplier[w] = active[w] & table.multiplier[w];
        }
        boolean cash = isActive(table.cashback);
        if (cash || !table.guard.isEmpty()) {
            Arrays.fill(cashback, 0);
        }
        return cash;
    }
}
