package org.assidu.accrual.programme;

import java.util.Arrays;

/**
 * A line's result while rules apply to it: an exact fraction, read as whole micropoints toward zero. As long as numerator
 * and denominator fit a long they are longs; beyond that the numerator is a number of as many words as it takes. Working
 * space, reused; allocates only when it has to grow.
 */
final class RunningResult {
    private static final long WORD = 0xffffffffL;

    private long most;
    private boolean negative;
    private long numerator;
    private long denominator;
    /** Numerator in words of 32 bits, lowest first; in use when {@code words > 0}. */
    private int[] word = new int[8];

    private int words;
    private int[] scratch = new int[8];
    /** What the words are to be divided by, one after the other: floors of floors are exact. */
    private long[] divisor = new long[8];

    private int divisors;

    /** @param largest what {@link #micro} never exceeds, either way */
    void start(long value, long unit, long largest) {
        most = largest;
        negative = value < 0;
        numerator = Math.abs(value);
        denominator = unit;
        words = 0;
    }

    /** Adds a value of the unit given at the start; only before any multiplication. */
    void add(long value) {
        long sum = (negative ? -numerator : numerator) + value;
        negative = sum < 0;
        numerator = Math.abs(sum);
    }

    void multiply(int factor, int by) {
        if (words == 0) {
            boolean fits = Math.multiplyHigh(numerator, factor) == 0
                    && numerator * factor >= 0
                    && Math.multiplyHigh(denominator, by) == 0
                    && denominator * by > 0;
            if (fits) {
                numerator *= factor;
                denominator *= by;
                return;
            }
            widen();
        }
        multiplyWords(factor);
        addDivisor(by);
    }

    private void widen() {
        word[0] = (int) numerator;
        word[1] = (int) (numerator >>> 32);
        words = 2;
        divisors = 0;
        addDivisor(denominator);
    }

    private void multiplyWords(int factor) {
        long carry = 0;
        for (int i = 0; i < words; i++) {
            carry += (word[i] & WORD) * factor;
            word[i] = (int) carry;
            carry >>>= 32;
        }
        if (carry != 0) {
            if (words == word.length) {
                word = Arrays.copyOf(word, words * 2);
                scratch = new int[words * 2];
            }
            word[words++] = (int) carry;
        }
    }

    private void addDivisor(long by) {
        if (by == 1) {
            return;
        }
        if (divisors == divisor.length) {
            divisor = Arrays.copyOf(divisor, divisors * 2);
        }
        divisor[divisors++] = by;
    }

    /** The result in whole micropoints, toward zero. */
    long micro() {
        long magnitude = words == 0 ? numerator / denominator : wordsDivided();
        long bounded = Math.min(magnitude, most);
        return negative ? -bounded : bounded;
    }

    private long wordsDivided() {
        System.arraycopy(word, 0, scratch, 0, words);
        for (int d = 0; d < divisors; d++) {
            long by = divisor[d];
            if (by <= Integer.MAX_VALUE) {
                divideScratch(by);
            } else {
                // What the denominator had grown to when it still was a long.
                divideScratchByLong(by);
            }
        }
        int top = words - 1;
        while (top > 1 && scratch[top] == 0) {
            top--;
        }
        boolean fits = top <= 1 && scratch[1] >= 0;
        return fits ? (scratch[1] & WORD) << 32 | scratch[0] & WORD : Long.MAX_VALUE;
    }

    private void divideScratch(long by) {
        long rest = 0;
        for (int i = words - 1; i >= 0; i--) {
            long part = rest << 32 | scratch[i] & WORD;
            scratch[i] = (int) (part / by);
            rest = part % by;
        }
    }

    /** Division bit by bit, by a divisor below 2^63. */
    private void divideScratchByLong(long by) {
        long rest = 0;
        for (int i = words - 1; i >= 0; i--) {
            int quotient = 0;
            for (int bit = 31; bit >= 0; bit--) {
                rest = rest << 1 | scratch[i] >>> bit & 1;
                quotient <<= 1;
                if (Long.compareUnsigned(rest, by) >= 0) {
                    rest -= by;
                    quotient |= 1;
                }
            }
            scratch[i] = quotient;
        }
    }
}
