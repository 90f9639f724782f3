package org.assidu.accrual.programme;

import java.util.Arrays;

/**
 * An exact fraction whose numerator has as many words as it takes, read as a whole number toward zero. Working space, reused;
 * allocates only when it has to grow.
 */
final class RunningResult {
    private static final long WORD = 0xffffffffL;

    private boolean negative;
    /** Numerator in words of 32 bits, lowest first. */
    private int[] word = new int[8];

    private int words;
    private int[] scratch = new int[8];
    /** What the numerator is to be divided by, one after the other, each below 2^31: floors of floors are exact. */
    private long[] divisor = new long[8];

    private int divisors;

    /** @param denominator below 2^62 */
    void start(long numerator, long denominator) {
        negative = numerator < 0;
        long magnitude = Math.abs(numerator);
        word[0] = (int) magnitude;
        word[1] = (int) (magnitude >>> 32);
        words = 2;
        divisors = 0;
        divisor[0] = 1;
        divideBy(denominator);
    }

    void multiply(int factor, int by) {
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
        divideBy(by);
    }

    private void divideBy(long by) {
        long rest = by;
        long part = 1;
        // A product of divisors of 10,000: halves and fifths come off until it fits.
        while (rest > Integer.MAX_VALUE) {
            long prime = rest % 2 == 0 ? 2 : 5;
            rest /= prime;
            part *= prime;
            if (part > Integer.MAX_VALUE / 10) {
                addDivisor(part);
                part = 1;
            }
        }
        if (part > 1) {
            addDivisor(part);
        }
        if (divisors > 0 && divisor[divisors - 1] * rest <= Integer.MAX_VALUE) {
            divisor[divisors - 1] *= rest;
        } else {
            addDivisor(rest);
        }
    }

    private void addDivisor(long by) {
        if (divisors == divisor.length) {
            divisor = Arrays.copyOf(divisor, divisors * 2);
        }
        divisor[divisors++] = by;
    }

    /** The result toward zero; {@link Long#MAX_VALUE} beyond a long. */
    long micro() {
        System.arraycopy(word, 0, scratch, 0, words);
        for (int d = 0; d < divisors; d++) {
            divide(divisor[d]);
        }
        int top = words - 1;
        while (top > 1 && scratch[top] == 0) {
            top--;
        }
        boolean fits = top <= 1 && scratch[1] >= 0;
        long magnitude = fits ? (scratch[1] & WORD) << 32 | scratch[0] & WORD : Long.MAX_VALUE;
        return negative ? -magnitude : magnitude;
    }

    private void divide(long by) {
        long rest = 0;
        for (int i = words - 1; i >= 0; i--) {
            long part = rest << 32 | scratch[i] & WORD;
            scratch[i] = (int) (part / by);
            rest = part % by;
        }
    }
}
