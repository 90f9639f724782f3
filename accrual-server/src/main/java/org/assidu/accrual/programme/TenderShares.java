package org.assidu.accrual.programme;

import java.util.Arrays;
import org.assidu.accrual.model.OutcomeColumns;
import org.assidu.accrual.model.ReceiptColumns;

/**
 * Spreads what was paid by excluded tenders over the sale lines of a receipt, in proportion to their amounts: each gets
 * the floor of its share, and the minor units left over go to the largest remainders, in line order among equals. Working
 * space of one engine, reused from receipt to receipt.
 */
public final class TenderShares {
    private long[] share = new long[8];
    private long[] remainder = new long[8];
    private long[] sorted = new long[8];
    /** By line: what member prices take off; empty when there are none. */
    private long[] deducted = {};

    private boolean deducts;

    /** Takes over the member prices of an outcome. */
    void deduct(ReceiptColumns receipt, OutcomeColumns out) {
        deducts = out.prices > 0;
        if (!deducts) {
            return;
        }
        if (deducted.length < receipt.lines) {
            deducted = new long[Math.max(receipt.lines, deducted.length * 2)];
        }
        Arrays.fill(deducted, 0, receipt.lines, 0);
        for (int p = 0; p < out.prices; p++) {
            deducted[out.priceLine[p]] += out.priceMinor[p];
        }
    }

    /** A line's amount less its member prices. */
    long amountMinor(ReceiptColumns receipt, int line) {
        return deducts ? receipt.amountMinor[line] - deducted[line] : receipt.amountMinor[line];
    }

    /** Minor units taken off a line by the last {@link #spread}. */
    long of(int line) {
        return share[line];
    }

    /** @param excludedMinor paid by excluded tenders; more than the lines are worth counts as all they are worth */
    void spread(ReceiptColumns receipt, long excludedMinor) {
        int lines = receipt.lines;
        if (share.length < lines) {
            int size = Math.max(lines, share.length * 2);
            share = new long[size];
            remainder = new long[size];
            sorted = new long[size];
        }
        Arrays.fill(share, 0, lines, 0);
        long total = 0;
        for (int line = 0; line < lines; line++) {
            total += Math.max(0, saleMinor(receipt, line));
        }
        long excluded = Math.min(excludedMinor, total);
        if (excluded <= 0) {
            return;
        }
        long left = excluded;
        for (int line = 0; line < lines; line++) {
            long amount = Math.max(0, saleMinor(receipt, line));
            share[line] = Arithmetic.shareFloor(amount, excluded, total);
            // Exact in the low 64 bits, since it lies in 0…total-1.
            remainder[line] = amount * excluded - share[line] * total;
            left -= share[line];
        }
        if (left > 0) {
            handOut(lines, Math.toIntExact(left));
        }
    }

    private void handOut(int lines, int left) {
        System.arraycopy(remainder, 0, sorted, 0, lines);
        Arrays.sort(sorted, 0, lines);
        long least = sorted[lines - left];
        int rest = left;
        for (int line = 0; line < lines; line++) {
            if (remainder[line] > least) {
                share[line]++;
                rest--;
            }
        }
        for (int line = 0; rest > 0; line++) {
            if (remainder[line] == least) {
                share[line]++;
                rest--;
            }
        }
    }

    private long saleMinor(ReceiptColumns receipt, int line) {
        return receipt.isReturn(line) ? 0 : amountMinor(receipt, line);
    }
}
