package org.assidu.accrual.grpc;

import static org.assidu.accrual.model.ReceiptStatus.AMOUNT_OUT_OF_RANGE;
import static org.assidu.accrual.model.ReceiptStatus.CURRENCY_NOT_ACCEPTED;
import static org.assidu.accrual.model.ReceiptStatus.MALFORMED_IDENTITY;
import static org.assidu.accrual.model.ReceiptStatus.MALFORMED_LINE;
import static org.assidu.accrual.model.ReceiptStatus.MALFORMED_TOTAL;

import java.nio.charset.StandardCharsets;
import org.assidu.accrual.model.Channel;
import org.assidu.accrual.model.ReceiptColumns;
import org.assidu.accrual.model.ReceiptPhase;
import org.assidu.accrual.model.TenderKind;
import org.assidu.proto.v1.OriginalLine;
import org.assidu.proto.v1.Receipt;
import org.assidu.proto.v1.ReceiptIdentity;
import org.assidu.proto.v1.SaleLine;
import org.assidu.proto.v1.Tender;
import org.assidu.proto.v1.UsedReward;
import org.jspecify.annotations.Nullable;

/**
 * Receipts of the wire contract to columns, with every check that needs neither state nor programme: shape, sizes, ranges.
 * The identifier is {@link IdentifierMapper}'s. Allocates only for a refusal.
 */
public final class ReceiptMapper {
    /** Most lines of one message's receipt. */
    public static final int MAX_LINES = 5_000;

    static final int MAX_TENDERS = 100;
    static final int MAX_USED_REWARDS = 100;
    /** Far beyond any sale, and small enough that no sum over a receipt leaves a long. */
    static final long MAX_MAGNITUDE = 1_000_000_000_000L;

    private static final int MAX_STORE_BYTES = 64;
    private static final int MAX_TILL_BYTES = 32;
    private static final int MAX_CASHIER_BYTES = 32;
    private static final int MAX_CODE_BYTES = 64;
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
    private static final int TENDER_KINDS = TenderKind.values().length;

    private ReceiptMapper() {}

    /** Fills the columns, all but the member. @return null when well formed; otherwise the columns hold a part of it */
    public static @Nullable Refusal map(Receipt from, ReceiptColumns to) {
        to.clear();
        Refusal refusal = mapIdentity(from.getIdentity(), to);
        if (refusal == null) {
            refusal = mapPhase(from, to);
        }
        if (refusal == null && to.phase != ReceiptPhase.VOID) {
            refusal = mapHeader(from, to);
        }
        if (refusal == null) {
            refusal = mapLines(from, to);
        }
        if (refusal == null) {
            refusal = mapPayment(from, to);
        }
        return refusal;
    }

    /** Fills store, till, series, number and business date. @return null when well formed */
    public static @Nullable Refusal mapIdentity(ReceiptIdentity from, ReceiptColumns to) {
        String problem = identityProblem(from);
        if (problem == null) {
            to.store = text(from.getStore(), MAX_STORE_BYTES, to);
            to.till = text(from.getTill(), MAX_TILL_BYTES, to);
            to.series = from.getSeries();
            to.number = from.getNumber();
            to.businessDate = from.getBusinessDate();
            if (to.store <= 0) {
                problem = tooLong("store", from.getStore(), MAX_STORE_BYTES);
            } else if (to.till < 0) {
                problem = tooLong("till", from.getTill(), MAX_TILL_BYTES);
            }
        }
        return problem == null ? null : new Refusal(MALFORMED_IDENTITY, "identity." + problem);
    }

    private static @Nullable String identityProblem(ReceiptIdentity identity) {
        if (identity.getStore().isEmpty()) {
            return "store: empty; send the store's code, 1 to 64 bytes";
        }
        if (identity.getTill().isEmpty()) {
            return "till: empty; send the till's code, 1 to 32 bytes";
        }
        if (identity.getSeries() < 0 || identity.getSeries() > MAX_SERIES) {
            return "series: " + identity.getSeries() + "; send 0 to " + MAX_SERIES;
        }
        if (identity.getNumber() < 0 || identity.getNumber() > MAX_NUMBER) {
            return "number: " + identity.getNumber() + "; send 0 to " + MAX_NUMBER;
        }
        if (identity.getBusinessDate() != 0 && !isDate(identity.getBusinessDate())) {
            return "business_date: " + identity.getBusinessDate() + "; send a date as yyyymmdd, or 0";
        }
        return null;
    }

    private static boolean isDate(int date) {
        int month = date / 100 % 100;
        int day = date % 100;
        return date >= 1970_01_01 && date <= 9999_12_31 && month >= 1 && month <= 12 && day >= 1 && day <= 31;
    }

    private static @Nullable Refusal mapPhase(Receipt from, ReceiptColumns to) {
        int phase = from.getPhaseValue();
        if (phase < 0 || phase >= PHASES) {
            return header("phase", phase, "1 to " + (PHASES - 1) + ", or 0 for a whole receipt");
        }
        to.phase = phase == 0 ? ReceiptPhase.WHOLE : ReceiptPhase.ofCode(phase);
        to.chunk = from.getChunk();
        switch (to.phase) {
            case UNSPECIFIED, WHOLE -> {
                if (to.chunk != 0) {
                    return header("chunk", to.chunk, "0 with a whole receipt, or phase OPEN or CLOSING with a chunk");
                }
            }
            case OPEN, CLOSING -> {
                if (to.chunk < 1 || to.chunk > MAX_CHUNK) {
                    return header("chunk", to.chunk, "1 to " + MAX_CHUNK + " with phase " + to.phase);
                }
            }
            case VOID -> {
                if (to.chunk < 0 || to.chunk > MAX_CHUNK) {
                    return header("chunk", to.chunk, "0 to " + MAX_CHUNK);
                }
            }
        }
        return null;
    }

    private static @Nullable Refusal mapHeader(Receipt from, ReceiptColumns to) {
        to.soldAtMillis = from.getSoldAtMillis();
        if (to.soldAtMillis <= 0 || to.soldAtMillis > MAX_MILLIS) {
            return header("sold_at_millis", to.soldAtMillis, "the till's clock as epoch milliseconds");
        }
        to.utcOffsetMinutes = from.getUtcOffsetMinutes();
        if (Math.abs(to.utcOffsetMinutes) > MAX_OFFSET_MINUTES) {
            return header("utc_offset_minutes", to.utcOffsetMinutes, "-1080 to 1080");
        }
        int channel = from.getChannelValue();
        if (channel < 0 || channel >= CHANNELS) {
            return header("channel", channel, "0 to " + (CHANNELS - 1));
        }
        to.channel = Channel.ofCode(channel);
        to.cashier = text(from.getCashier(), MAX_CASHIER_BYTES, to);
        if (to.cashier < 0) {
            return new Refusal(MALFORMED_IDENTITY, tooLong("cashier", from.getCashier(), MAX_CASHIER_BYTES));
        }
        to.currency = Currencies.pack(from.getCurrency());
        if (to.currency == 0) {
            return new Refusal(
                    CURRENCY_NOT_ACCEPTED,
                    "currency: \"" + shortened(from.getCurrency()) + "\"; send an ISO 4217 code such as EUR");
        }
        to.historical = from.getHistorical();
        return null;
    }

    private static @Nullable Refusal mapLines(Receipt from, ReceiptColumns to) {
        int count = from.getLinesCount();
        if (count > MAX_LINES) {
            return new Refusal(
                    MALFORMED_LINE, "lines: " + count + "; send at most " + MAX_LINES + ", or the receipt in chunks");
        }
        if (count == 0 && to.phase == ReceiptPhase.WHOLE) {
            return new Refusal(MALFORMED_LINE, "lines: none; send at least one with a whole receipt");
        }
        if (count != 0 && to.phase == ReceiptPhase.VOID) {
            return new Refusal(MALFORMED_LINE, "lines: " + count + "; send none with phase VOID");
        }
        for (int line = 0; line < count; line++) {
            Refusal refusal = mapLine(from.getLines(line), to);
            if (refusal != null) {
                return new Refusal(refusal.status(), "line " + (line + 1) + ", " + refusal.detail());
            }
        }
        return null;
    }

    private static @Nullable Refusal mapLine(SaleLine from, ReceiptColumns to) {
        int line = to.addLine();
        long quantity = from.getQuantityThousandths();
        long amount = from.getAmountMinor();
        to.quantityThousandths[line] = quantity;
        to.amountMinor[line] = amount;
        to.discountMinor[line] = from.getDiscountMinor();
        to.vatRateHundredths[line] = from.getVatRateHundredths();
        to.sku[line] = text(from.getSku(), MAX_CODE_BYTES, to);
        to.category[line] = text(from.getCategory(), MAX_CODE_BYTES, to);
        to.brand[line] = text(from.getBrand(), MAX_CODE_BYTES, to);
        to.flags[line] = (byte) ((from.getPromoted() ? ReceiptColumns.PROMOTED : 0)
                | (from.getWeighed() ? ReceiptColumns.WEIGHED : 0)
                | (from.getGiftCardSale() ? ReceiptColumns.GIFT_CARD_SALE : 0));
        if (to.sku[line] == 0) {
            return line("sku: empty; send the article's code, 1 to 64 bytes");
        }
        if ((to.sku[line] | to.category[line] | to.brand[line]) < 0) {
            return line(tooLongText(from, line, to));
        }
        if (quantity == 0 || outOfRange(quantity)) {
            return line("quantity_thousandths: " + quantity + "; send 1 to " + MAX_MAGNITUDE
                    + ", or as much below 0 on a return line");
        }
        if (outOfRange(amount) || outOfRange(from.getDiscountMinor())) {
            return amount(outOfRange(amount) ? "amount_minor" : "discount_minor", amount, from.getDiscountMinor());
        }
        if (quantity < 0 && amount > 0) {
            return line("amount_minor: " + amount + " with quantity_thousandths " + quantity
                    + "; send 0 or less on a return line");
        }
        if (quantity > 0 && from.getDiscountMinor() < 0) {
            return line("discount_minor: " + from.getDiscountMinor() + "; send 0 or more on a sale line");
        }
        if (from.getVatRateHundredths() < 0 || from.getVatRateHundredths() > MAX_VAT_HUNDREDTHS) {
            return line("vat_rate_hundredths: " + from.getVatRateHundredths() + "; send 0 to " + MAX_VAT_HUNDREDTHS
                    + " (2000 is 20 %)");
        }
        return from.hasOriginal() ? mapOriginal(from.getOriginal(), line, to) : null;
    }

    private static @Nullable Refusal mapOriginal(OriginalLine from, int line, ReceiptColumns to) {
        if (to.quantityThousandths[line] > 0) {
            return line("original: on a sale line; send it only with a negative quantity");
        }
        ReceiptIdentity receipt = from.getReceipt();
        String problem = identityProblem(receipt);
        if (problem != null) {
            return line("original.receipt." + problem);
        }
        if (from.getLine() < 1 || from.getLine() > MAX_ORIGINAL_LINE) {
            return line("original.line: " + from.getLine() + "; send the line's number on its receipt, counted from 1");
        }
        int original = to.addOriginal(line);
        to.originalStore[original] = text(receipt.getStore(), MAX_STORE_BYTES, to);
        to.originalTill[original] = text(receipt.getTill(), MAX_TILL_BYTES, to);
        to.originalSeries[original] = receipt.getSeries();
        to.originalNumber[original] = receipt.getNumber();
        to.originalBusinessDate[original] = receipt.getBusinessDate();
        to.originalLine[original] = from.getLine() - 1;
        if (to.originalStore[original] < 0) {
            return line("original.receipt." + tooLong("store", receipt.getStore(), MAX_STORE_BYTES));
        }
        if (to.originalTill[original] < 0) {
            return line("original.receipt." + tooLong("till", receipt.getTill(), MAX_TILL_BYTES));
        }
        return null;
    }

    private static @Nullable Refusal mapPayment(Receipt from, ReceiptColumns to) {
        to.declaredLines = from.getLineCount();
        if (to.declaredLines < 0) {
            return new Refusal(MALFORMED_TOTAL, "line_count: " + to.declaredLines + "; send 0 or the number of lines");
        }
        to.totalPresent = from.getTotalPresent();
        if (to.totalPresent) {
            to.declaredTotalMinor = from.getTotalMinor();
        }
        if (from.getTendersCount() > MAX_TENDERS) {
            return line("tenders: " + from.getTendersCount() + "; send at most " + MAX_TENDERS);
        }
        for (int t = 0; t < from.getTendersCount(); t++) {
            Tender tender = from.getTenders(t);
            int kind = tender.getKindValue();
            if (kind < 0 || kind >= TENDER_KINDS) {
                return line("tenders[" + (t + 1) + "].kind: " + kind + "; send 0 to " + (TENDER_KINDS - 1));
            }
            if (outOfRange(tender.getAmountMinor())) {
                return amount("tenders[" + (t + 1) + "].amount_minor", tender.getAmountMinor(), 0);
            }
            to.addTender(TenderKind.ofCode(kind), tender.getAmountMinor());
        }
        return mapUsedRewards(from, to);
    }

    private static @Nullable Refusal mapUsedRewards(Receipt from, ReceiptColumns to) {
        int count = from.getUsedRewardsCount();
        if (count > MAX_USED_REWARDS) {
            return line("used_rewards: " + count + "; send at most " + MAX_USED_REWARDS);
        }
        if (count != 0 && (to.phase == ReceiptPhase.OPEN || to.phase == ReceiptPhase.VOID)) {
            return line("used_rewards: " + count + " with phase " + to.phase + "; send them with the closing chunk");
        }
        for (int u = 0; u < count; u++) {
            UsedReward used = from.getUsedRewards(u);
            int id = text(used.getRewardId(), MAX_CODE_BYTES, to);
            if (id <= 0) {
                return line(usedReward(u) + "reward_id: "
                        + (used.getRewardId().isEmpty() ? "empty" : "more than " + MAX_CODE_BYTES + " bytes")
                        + "; send the reward's id of the programme, 1 to " + MAX_CODE_BYTES + " bytes");
            }
            if (used.getCount() < 0 || used.getCount() > MAX_REWARD_COUNT) {
                return line(usedReward(u) + "count: " + used.getCount() + "; send 0 to " + MAX_REWARD_COUNT);
            }
            if (outOfRange(used.getDiscountMinor())) {
                return amount(usedReward(u) + "discount_minor", used.getDiscountMinor(), 0);
            }
            to.addUsedReward(id, Math.max(1, used.getCount()), used.getDiscountMinor());
        }
        return null;
    }

    private static String usedReward(int index) {
        return "used_rewards[" + (index + 1) + "].";
    }

    /** @return the reference, 0 for the empty text, -1 beyond {@code maxBytes} */
    private static int text(String value, int maxBytes, ReceiptColumns to) {
        if (value.length() > maxBytes) {
            return -1;
        }
        int reference = to.addText(value);
        return ReceiptColumns.textLength(reference) > maxBytes ? -1 : reference;
    }

    private static boolean outOfRange(long magnitude) {
        return magnitude > MAX_MAGNITUDE || magnitude < -MAX_MAGNITUDE;
    }

    private static String tooLongText(SaleLine from, int line, ReceiptColumns to) {
        if (to.sku[line] < 0) {
            return tooLong("sku", from.getSku(), MAX_CODE_BYTES);
        }
        return to.category[line] < 0
                ? tooLong("category", from.getCategory(), MAX_CODE_BYTES)
                : tooLong("brand", from.getBrand(), MAX_CODE_BYTES);
    }

    private static String tooLong(String field, String value, int maxBytes) {
        return field + ": " + value.getBytes(StandardCharsets.UTF_8).length + " bytes; send at most "
                + maxBytes;
    }

    private static String shortened(String value) {
        return value.length() <= 8 ? value : value.substring(0, 8) + "…";
    }

    private static Refusal header(String field, long value, String send) {
        return new Refusal(MALFORMED_IDENTITY, field + ": " + value + "; send " + send);
    }

    private static Refusal line(String detail) {
        return new Refusal(MALFORMED_LINE, detail);
    }

    private static Refusal amount(String field, long first, long second) {
        long value = outOfRange(first) ? first : second;
        return new Refusal(
                AMOUNT_OUT_OF_RANGE,
                field + ": " + value + "; send at most " + MAX_MAGNITUDE + " minor units either way");
    }
}
