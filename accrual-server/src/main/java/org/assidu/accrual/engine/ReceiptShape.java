package org.assidu.accrual.engine;

import org.assidu.accrual.model.OutcomeColumns;
import org.assidu.accrual.model.ReceiptColumns;
import org.assidu.accrual.model.ReceiptPhase;
import org.assidu.accrual.model.ReceiptStatus;
import org.assidu.accrual.programme.Limits;

/**
 * Whether a receipt is well formed whatever the rules are. Zero amounts are; so is a negative amount on a positive quantity
 * (tills book corrections so). A zero quantity is not, nor is a return line that costs money.
 */
final class ReceiptShape {
    private static final int STORE_BYTES = 64;
    private static final int TILL_BYTES = 32;
    private static final int CODE_BYTES = 64;
    private static final int SERIES_MOST = 65_535;
    private static final long NUMBER_MOST = 0xffffffffL;
    private static final int OFFSET_MINUTES_MOST = 18 * 60;
    /** Start of the year 9999. */
    private static final long SOLD_AT_MOST_MILLIS = 253_370_764_800_000L;

    private static final int VAT_MOST_HUNDREDTHS = 100_000;
    private static final int TENDERS = 100;

    private ReceiptShape() {}

    /** ACCRUED when well formed; otherwise why not, with the line in {@code out.conflictLine}. */
    static ReceiptStatus check(ReceiptColumns receipt, boolean daily, OutcomeColumns out) {
        if (!isIdentity(receipt, daily)) {
            return ReceiptStatus.MALFORMED_IDENTITY;
        }
        if (receipt.phase == ReceiptPhase.VOID) {
            return ReceiptStatus.ACCRUED;
        }
        boolean whole = receipt.phase == ReceiptPhase.WHOLE || receipt.phase == ReceiptPhase.UNSPECIFIED;
        if (receipt.lines > Limits.LINES || (whole && receipt.lines == 0) || !areUsedRewards(receipt)) {
            return ReceiptStatus.MALFORMED_LINE;
        }
        for (int line = 0; line < receipt.lines; line++) {
            if (!isLine(receipt, line)) {
                out.conflictLine = line;
                return ReceiptStatus.MALFORMED_LINE;
            }
        }
        ReceiptStatus amounts = checkAmounts(receipt, out);
        if (amounts != ReceiptStatus.ACCRUED) {
            return amounts;
        }
        return whole ? checkTotal(receipt) : ReceiptStatus.ACCRUED;
    }

    private static boolean isIdentity(ReceiptColumns receipt, boolean daily) {
        boolean chunkFits = switch (receipt.phase) {
            case OPEN, CLOSING -> receipt.chunk >= 1;
            case UNSPECIFIED, WHOLE, VOID -> true;
        };
        return isText(receipt.store, STORE_BYTES)
                && isText(receipt.till, TILL_BYTES)
                && receipt.series >= 0
                && receipt.series <= SERIES_MOST
                && receipt.number >= 0
                && receipt.number <= NUMBER_MOST
                && (receipt.businessDate == 0 ? !daily : isDate(receipt.businessDate))
                && receipt.soldAtMillis > 0
                && receipt.soldAtMillis < SOLD_AT_MOST_MILLIS
                && isWithin(receipt.utcOffsetMinutes, OFFSET_MINUTES_MOST)
                && chunkFits;
    }

    private static boolean isText(int reference, int mostBytes) {
        int length = ReceiptColumns.textLength(reference);
        return length >= 1 && length <= mostBytes;
    }

    private static boolean isDate(int yyyymmdd) {
        int month = yyyymmdd / 100 % 100;
        int day = yyyymmdd % 100;
        int days = month == 2 ? 29 : month == 4 || month == 6 || month == 9 || month == 11 ? 30 : 31;
        return yyyymmdd >= 1970_01_01 && yyyymmdd <= 9999_12_31 && month >= 1 && month <= 12 && day >= 1 && day <= days;
    }

    private static boolean isLine(ReceiptColumns receipt, int line) {
        long quantity = receipt.quantityThousandths[line];
        return isText(receipt.sku[line], CODE_BYTES)
                && ReceiptColumns.textLength(receipt.category[line]) <= CODE_BYTES
                && ReceiptColumns.textLength(receipt.brand[line]) <= CODE_BYTES
                && quantity != 0
                && isWithin(quantity, Limits.QUANTITY_THOUSANDTHS)
                && (quantity > 0 || receipt.amountMinor[line] <= 0)
                && receipt.vatRateHundredths[line] >= 0
                && receipt.vatRateHundredths[line] <= VAT_MOST_HUNDREDTHS;
    }

    private static boolean areUsedRewards(ReceiptColumns receipt) {
        if (receipt.usedRewards > Limits.REWARDS) {
            return false;
        }
        for (int u = 0; u < receipt.usedRewards; u++) {
            if (receipt.usedRewardCount[u] < 0 || receipt.usedRewardCount[u] > Limits.REWARD_USES) {
                return false;
            }
        }
        return true;
    }

    private static ReceiptStatus checkAmounts(ReceiptColumns receipt, OutcomeColumns out) {
        for (int line = 0; line < receipt.lines; line++) {
            if (!isWithin(receipt.amountMinor[line], Limits.AMOUNT_MINOR)
                    || !isWithin(receipt.discountMinor[line], Limits.AMOUNT_MINOR)) {
                out.conflictLine = line;
                return ReceiptStatus.AMOUNT_OUT_OF_RANGE;
            }
        }
        if (receipt.tenders > TENDERS) {
            return ReceiptStatus.MALFORMED_TOTAL;
        }
        for (int tender = 0; tender < receipt.tenders; tender++) {
            if (!isWithin(receipt.tenderMinor[tender], Limits.AMOUNT_MINOR)) {
                return ReceiptStatus.AMOUNT_OUT_OF_RANGE;
            }
        }
        return ReceiptStatus.ACCRUED;
    }

    /** Whether a whole receipt has the lines and the total that the till counted. */
    static ReceiptStatus checkTotal(ReceiptColumns receipt) {
        boolean linesDiffer = receipt.declaredLines != 0 && receipt.declaredLines != receipt.lines;
        boolean totalDiffers = receipt.totalPresent && receipt.declaredTotalMinor != receipt.totalMinor();
        return linesDiffer || totalDiffers ? ReceiptStatus.MALFORMED_TOTAL : ReceiptStatus.ACCRUED;
    }

    /** Whether the absolute value is at most {@code most}; safe for the smallest long. */
    static boolean isWithin(long value, long most) {
        return value >= -most && value <= most;
    }
}
