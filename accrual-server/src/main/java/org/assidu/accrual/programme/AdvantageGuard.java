package org.assidu.accrual.programme;

import org.assidu.accrual.model.ReceiptColumns;

/** Greatest advantage that the law or the owner allows on lines of some categories. */
final class AdvantageGuard {
    /** Of a line that no guard names. */
    static final long NO_LIMIT = Long.MAX_VALUE;

    private static final long HUNDREDTHS = 10_000;
    /** Millionths in a hundredth of a percent. */
    private static final long MICRO_PER_HUNDREDTH = 100;

    private final byte[][] categories;
    private final long[] percentHundredths;

    AdvantageGuard(byte[][] categories, long[] percentHundredths) {
        this.categories = categories;
        this.percentHundredths = percentHundredths;
    }

    boolean isEmpty() {
        return categories.length == 0;
    }

    /** Most minor units that may come off a line. */
    long mostMinor(ReceiptColumns receipt, int line) {
        long percent = percent(receipt, line);
        return percent == NO_LIMIT ? NO_LIMIT : Math.max(0, receipt.amountMinor[line]) * percent / HUNDREDTHS;
    }

    /** Most millionths of a minor unit that a line may bring in all. */
    long mostMicro(ReceiptColumns receipt, int line) {
        long percent = percent(receipt, line);
        if (percent == NO_LIMIT || receipt.amountMinor[line] <= 0) {
            return percent == NO_LIMIT ? NO_LIMIT : 0;
        }
        long micro = percent * MICRO_PER_HUNDREDTH;
        return micro > 0 && receipt.amountMinor[line] > NO_LIMIT / micro ? NO_LIMIT : receipt.amountMinor[line] * micro;
    }

    private long percent(ReceiptColumns receipt, int line) {
        long least = NO_LIMIT;
        for (int i = 0; i < categories.length; i++) {
            if (percentHundredths[i] < least && Texts.within(receipt, receipt.category[line], categories[i])) {
                least = percentHundredths[i];
            }
        }
        return least;
    }
}
