package org.assidu.accrual.grpc;

import static org.assidu.accrual.model.ReceiptStatus.AMOUNT_OUT_OF_RANGE;
import static org.assidu.accrual.model.ReceiptStatus.CURRENCY_NOT_ACCEPTED;
import static org.assidu.accrual.model.ReceiptStatus.MALFORMED_IDENTITY;
import static org.assidu.accrual.model.ReceiptStatus.MALFORMED_LINE;
import static org.assidu.accrual.model.ReceiptStatus.MALFORMED_TOTAL;

import org.assidu.accrual.model.Channel;
import org.assidu.accrual.model.ReceiptColumns;
import org.assidu.accrual.model.ReceiptPhase;
import org.assidu.accrual.model.TenderKind;
import org.jspecify.annotations.Nullable;

/**
 * Every check of a receipt that needs neither state nor programme: shape, sizes, ranges. The first problem in the order of
 * the contract's fields is the one told. Allocates only for a refusal.
 */
final class ReceiptCheck {
    static final int MAX_STORE_BYTES = 64;
    static final int MAX_TILL_BYTES = 32;
    static final int MAX_CASHIER_BYTES = 32;
    static final int MAX_CODE_BYTES = 64;
    static final int MAX_LINES = 5_000;
    static final int MAX_TENDERS = 100;
    static final int MAX_USED_REWARDS = 100;
    static final int TENDER_KINDS = TenderKind.values().length;

    /** Far beyond any sale, and small enough that no sum over a receipt leaves a long. */
    private static final long MAX_MAGNITUDE = 1_000_000_000_000L;

    private static final int MAX_SERIES = 65_535;
    private static final long MAX_NUMBER = 4_294_967_295L;
    private static final int MAX_OFFSET_MINUTES = 18 * 60;
    private static final int MAX_CHUNK = 10_000;
    private static final int MAX_VAT_HUNDREDTHS = 10_000;
    private static final int MAX_REWARD_COUNT = 1_000;
    private static final int MAX_ORIGINAL_LINE = 10_000_000;
    /** Year 9999 ends. */
    private static final long MAX_MILLIS = 253_402_300_799_999L;

    private static final int PHASES = ReceiptPhase.values().length;
    private static final int CHANNELS = Channel.values().length;

    private ReceiptCheck() {}

    /** Judges what was read; sets phase and channel from their numbers. @return null when well formed */
    static @Nullable Refusal check(ReceiptMapper read, ReceiptColumns receipt) {
        Refusal refusal = checkIdentity(receipt);
        if (refusal == null) {
            refusal = checkPhase(read, receipt);
        }
        if (refusal == null && receipt.phase != ReceiptPhase.VOID) {
            refusal = checkHeader(read, receipt);
        }
        if (refusal == null) {
            refusal = checkLines(read, receipt);
        }
        if (refusal == null) {
            refusal = checkPayment(read, receipt);
        }
        if (refusal == null) {
            refusal = checkUsedRewards(read, receipt);
        }
        return refusal;
    }

    static @Nullable Refusal checkIdentity(ReceiptColumns receipt) {
        String problem =
                identityProblem(receipt.store, receipt.till, receipt.series, receipt.number, receipt.businessDate);
        return problem == null ? null : new Refusal(MALFORMED_IDENTITY, "identity." + problem);
    }

    private static @Nullable String identityProblem(int store, int till, int series, long number, int businessDate) {
        if (store == 0) {
            return "store: empty; send the store's code, 1 to 64 bytes";
        }
        if (store < 0) {
            return tooLong("store", store, MAX_STORE_BYTES);
        }
        if (till == 0) {
            return "till: empty; send the till's code, 1 to 32 bytes";
        }
        if (till < 0) {
            return tooLong("till", till, MAX_TILL_BYTES);
        }
        if (series < 0 || series > MAX_SERIES) {
            return "series: " + series + "; send 0 to " + MAX_SERIES;
        }
        if (number < 0 || number > MAX_NUMBER) {
            return "number: " + number + "; send 0 to " + MAX_NUMBER;
        }
        if (businessDate != 0 && !isDate(businessDate)) {
            return "business_date: " + businessDate + "; send a date as yyyymmdd, or 0";
        }
        return null;
    }

    private static boolean isDate(int date) {
        int month = date / 100 % 100;
        int day = date % 100;
        return date >= 1970_01_01 && date <= 9999_12_31 && month >= 1 && month <= 12 && day >= 1 && day <= 31;
    }

    private static @Nullable Refusal checkPhase(ReceiptMapper read, ReceiptColumns receipt) {
        int phase = read.phase;
        if (phase < 0 || phase >= PHASES) {
            return header("phase", phase, "1 to " + (PHASES - 1) + ", or 0 for a whole receipt");
        }
        receipt.phase = phase == 0 ? ReceiptPhase.WHOLE : ReceiptPhase.ofCode(phase);
        int chunk = receipt.chunk;
        return switch (receipt.phase) {
            case UNSPECIFIED, WHOLE ->
                chunk == 0
                        ? null
                        : header("chunk", chunk, "0 with a whole receipt, or phase OPEN or CLOSING with a chunk");
            case OPEN, CLOSING ->
                chunk >= 1 && chunk <= MAX_CHUNK
                        ? null
                        : header("chunk", chunk, "1 to " + MAX_CHUNK + " with phase " + receipt.phase);
            case VOID -> chunk >= 0 && chunk <= MAX_CHUNK ? null : header("chunk", chunk, "0 to " + MAX_CHUNK);
        };
    }

    private static @Nullable Refusal checkHeader(ReceiptMapper read, ReceiptColumns receipt) {
        if (receipt.soldAtMillis <= 0 || receipt.soldAtMillis > MAX_MILLIS) {
            return header("sold_at_millis", receipt.soldAtMillis, "the till's clock as epoch milliseconds");
        }
        if (receipt.utcOffsetMinutes < -MAX_OFFSET_MINUTES || receipt.utcOffsetMinutes > MAX_OFFSET_MINUTES) {
            return header("utc_offset_minutes", receipt.utcOffsetMinutes, "-1080 to 1080");
        }
        if (read.channel < 0 || read.channel >= CHANNELS) {
            return header("channel", read.channel, "0 to " + (CHANNELS - 1));
        }
        receipt.channel = Channel.ofCode(read.channel);
        if (receipt.cashier < 0) {
            return new Refusal(MALFORMED_IDENTITY, tooLong("cashier", receipt.cashier, MAX_CASHIER_BYTES));
        }
        if (read.unknownCurrency) {
            return new Refusal(CURRENCY_NOT_ACCEPTED, "currency: none of ISO 4217; send a code such as EUR");
        }
        return null;
    }

    private static @Nullable Refusal checkLines(ReceiptMapper read, ReceiptColumns receipt) {
        if (read.lines > MAX_LINES) {
            return line("lines: " + read.lines + "; send at most " + MAX_LINES + ", or the receipt in chunks");
        }
        if (read.lines == 0 && receipt.phase == ReceiptPhase.WHOLE) {
            return line("lines: none; send at least one with a whole receipt");
        }
        if (read.lines != 0 && receipt.phase == ReceiptPhase.VOID) {
            return line("lines: " + read.lines + "; send none with phase VOID");
        }
        for (int line = 0; line < receipt.lines; line++) {
            Refusal refusal = checkLine(receipt, line);
            if (refusal != null) {
                return new Refusal(refusal.status(), "line " + (line + 1) + ", " + refusal.detail());
            }
        }
        return null;
    }

    private static @Nullable Refusal checkLine(ReceiptColumns receipt, int line) {
        if (receipt.sku[line] == 0) {
            return line("sku: empty; send the article's code, 1 to 64 bytes");
        }
        if ((receipt.sku[line] | receipt.category[line] | receipt.brand[line]) < 0) {
            return line(tooLongText(receipt, line));
        }
        long quantity = receipt.quantityThousandths[line];
        long amount = receipt.amountMinor[line];
        long discount = receipt.discountMinor[line];
        if (quantity == 0 || outOfRange(quantity)) {
            return line("quantity_thousandths: " + quantity + "; send 1 to " + MAX_MAGNITUDE
                    + ", or as much below 0 on a return line");
        }
        if (outOfRange(amount)) {
            return amount("amount_minor", amount);
        }
        if (outOfRange(discount)) {
            return amount("discount_minor", discount);
        }
        if (quantity < 0 && amount > 0) {
            return line("amount_minor: " + amount + " with quantity_thousandths " + quantity
                    + "; send 0 or less on a return line");
        }
        if (quantity > 0 && discount < 0) {
            return line("discount_minor: " + discount + "; send 0 or more on a sale line");
        }
        int vat = receipt.vatRateHundredths[line];
        if (vat < 0 || vat > MAX_VAT_HUNDREDTHS) {
            return line("vat_rate_hundredths: " + vat + "; send 0 to " + MAX_VAT_HUNDREDTHS + " (2000 is 20 %)");
        }
        int original = receipt.originalOfLine[line];
        return original == ReceiptColumns.NO_ORIGINAL ? null : checkOriginal(receipt, quantity, original);
    }

    private static @Nullable Refusal checkOriginal(ReceiptColumns receipt, long quantity, int original) {
        if (quantity > 0) {
            return line("original: on a sale line; send it only with a negative quantity");
        }
        String problem = identityProblem(
                receipt.originalStore[original],
                receipt.originalTill[original],
                receipt.originalSeries[original],
                receipt.originalNumber[original],
                receipt.originalBusinessDate[original]);
        if (problem != null) {
            return line("original.receipt." + problem);
        }
        int originalLine = receipt.originalLine[original];
        return originalLine >= 0 && originalLine < MAX_ORIGINAL_LINE
                ? null
                : line("original.line: " + (originalLine + 1) + "; send the line's number on its receipt, from 1");
    }

    private static @Nullable Refusal checkPayment(ReceiptMapper read, ReceiptColumns receipt) {
        if (receipt.declaredLines < 0) {
            return new Refusal(
                    MALFORMED_TOTAL, "line_count: " + receipt.declaredLines + "; send 0 or the number of lines");
        }
        if (!receipt.totalPresent) {
            receipt.declaredTotalMinor = 0;
        }
        if (read.tenders > MAX_TENDERS) {
            return line("tenders: " + read.tenders + "; send at most " + MAX_TENDERS);
        }
        if (read.unknownTender >= 0) {
            return line("tenders[" + (read.unknownTender + 1) + "].kind: " + read.unknownTenderKind + "; send 0 to "
                    + (TENDER_KINDS - 1));
        }
        for (int t = 0; t < receipt.tenders; t++) {
            if (outOfRange(receipt.tenderMinor[t])) {
                return amount("tenders[" + (t + 1) + "].amount_minor", receipt.tenderMinor[t]);
            }
        }
        return null;
    }

    private static @Nullable Refusal checkUsedRewards(ReceiptMapper read, ReceiptColumns receipt) {
        if (read.usedRewards > MAX_USED_REWARDS) {
            return line("used_rewards: " + read.usedRewards + "; send at most " + MAX_USED_REWARDS);
        }
        boolean closes = receipt.phase == ReceiptPhase.WHOLE || receipt.phase == ReceiptPhase.CLOSING;
        if (read.usedRewards != 0 && !closes) {
            return line("used_rewards: " + read.usedRewards + " with phase " + receipt.phase
                    + "; send them with the closing chunk");
        }
        for (int u = 0; u < receipt.usedRewards; u++) {
            int id = receipt.usedReward[u];
            if (id <= 0) {
                return line(usedReward(u)
                        + (id == 0
                                ? "reward_id: empty; send the reward's id, 1 to 64 bytes"
                                : tooLong("reward_id", id, MAX_CODE_BYTES)));
            }
            int count = receipt.usedRewardCount[u];
            if (count < 0 || count > MAX_REWARD_COUNT) {
                return line(usedReward(u) + "count: " + count + "; send 0 to " + MAX_REWARD_COUNT);
            }
            receipt.usedRewardCount[u] = Math.max(1, count);
            if (outOfRange(receipt.usedRewardDiscountMinor[u])) {
                return amount(usedReward(u) + "discount_minor", receipt.usedRewardDiscountMinor[u]);
            }
        }
        return null;
    }

    private static boolean outOfRange(long magnitude) {
        return magnitude > MAX_MAGNITUDE || magnitude < -MAX_MAGNITUDE;
    }

    private static String usedReward(int index) {
        return "used_rewards[" + (index + 1) + "].";
    }

    private static String tooLongText(ReceiptColumns receipt, int line) {
        if (receipt.sku[line] < 0) {
            return tooLong("sku", receipt.sku[line], MAX_CODE_BYTES);
        }
        return receipt.category[line] < 0
                ? tooLong("category", receipt.category[line], MAX_CODE_BYTES)
                : tooLong("brand", receipt.brand[line], MAX_CODE_BYTES);
    }

    private static String tooLong(String field, int minusBytes, int maxBytes) {
        return field + ": " + -minusBytes + " bytes; send at most " + maxBytes;
    }

    private static Refusal header(String field, long value, String send) {
        return new Refusal(MALFORMED_IDENTITY, field + ": " + value + "; send " + send);
    }

    private static Refusal line(String detail) {
        return new Refusal(MALFORMED_LINE, detail);
    }

    private static Refusal amount(String field, long value) {
        return new Refusal(
                AMOUNT_OUT_OF_RANGE,
                field + ": " + value + "; send at most " + MAX_MAGNITUDE + " minor units either way");
    }
}
