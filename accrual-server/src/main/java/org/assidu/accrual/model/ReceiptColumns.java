package org.assidu.accrual.model;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * One receipt, or one chunk of one, as reusable primitive columns: the form it has from the wire mapping to the journal.
 *
 * <p>Texts live in one byte arena as UTF-8; a text is named by an int reference, {@code offset << 8 | length}, so a
 * reference of 0 is the empty text. Fields are public: this is a struct that one thread owns at a time, handed along with
 * the item it belongs to. Line numbers are indexes from 0 here and count from 1 in everything that a person reads.
 */
public final class ReceiptColumns {
    /** Most bytes a text may have. */
    public static final int MAX_TEXT_BYTES = 255;

    public static final byte PROMOTED = 1;
    public static final byte WEIGHED = 2;
    public static final byte GIFT_CARD_SALE = 4;

    /** Value of {@link #originalOfLine} for a line that names no original. */
    public static final int NO_ORIGINAL = -1;

    // Identity
    public int store;
    public int till;
    public int series;
    public long number;
    /** yyyymmdd as sent by the till; 0 = not sent. */
    public int businessDate;

    // Header
    public long soldAtMillis;
    public int utcOffsetMinutes;
    /** Three ASCII letters, {@link #packCurrency}. */
    public int currency;
    /** Random key of the member; 0 = none. Never an identifier. */
    public long memberKey;

    public MemberFact memberFact = MemberFact.ANONYMOUS;
    public Channel channel = Channel.UNSPECIFIED;
    public int cashier;
    public ReceiptPhase phase = ReceiptPhase.WHOLE;
    /** From 1 within a chunked receipt; 0 for a whole one. */
    public int chunk;
    /** Lines over all chunks as the till counted them; 0 = not sent. */
    public int declaredLines;

    public boolean totalPresent;
    public long declaredTotalMinor;
    public boolean historical;

    /** Bounds of the chunks of an assembled receipt: chunk c (from 1) ends before line {@code chunkEnds[c - 1]}. */
    public int chunks;

    public int[] chunkEnds = new int[4];

    // Lines
    public int lines;
    public int[] sku = new int[8];
    public int[] category = new int[8];
    public int[] brand = new int[8];
    public long[] quantityThousandths = new long[8];
    public long[] amountMinor = new long[8];
    public long[] discountMinor = new long[8];
    public int[] vatRateHundredths = new int[8];
    public byte[] flags = new byte[8];
    public int[] originalOfLine = new int[8];

    // Originals that return lines name
    public int originals;
    public int[] originalStore = new int[2];
    public int[] originalTill = new int[2];
    public int[] originalSeries = new int[2];
    public long[] originalNumber = new long[2];
    public int[] originalBusinessDate = new int[2];
    /** Line index from 0. */
    public int[] originalLine = new int[2];

    // Tenders
    public int tenders;
    public TenderKind[] tenderKind = new TenderKind[4];
    public long[] tenderMinor = new long[4];

    // Used rewards
    public int usedRewards;
    public int[] usedReward = new int[2];
    public int[] usedRewardCount = new int[2];
    public long[] usedRewardDiscountMinor = new long[2];

    // Text arena
    public byte[] text = new byte[512];
    public int textLength;

    /** Empties everything; keeps the arrays. */
    public void clear() {
        store = till = series = businessDate = 0;
        number = 0;
        soldAtMillis = 0;
        utcOffsetMinutes = 0;
        currency = 0;
        memberKey = 0;
        memberFact = MemberFact.ANONYMOUS;
        channel = Channel.UNSPECIFIED;
        cashier = 0;
        phase = ReceiptPhase.WHOLE;
        chunk = 0;
        declaredLines = 0;
        totalPresent = false;
        declaredTotalMinor = 0;
        historical = false;
        chunks = lines = originals = tenders = usedRewards = textLength = 0;
    }

    /** Appends a line with every field zero. @return its index from 0 */
    public int addLine() {
        int line = lines++;
        if (line == sku.length) {
            growLines(line * 2);
        }
        sku[line] = category[line] = brand[line] = vatRateHundredths[line] = 0;
        quantityThousandths[line] = amountMinor[line] = discountMinor[line] = 0;
        flags[line] = 0;
        originalOfLine[line] = NO_ORIGINAL;
        return line;
    }

    /** Appends an original for a line. @return its index from 0 */
    public int addOriginal(int line) {
        int original = originals++;
        if (original == originalStore.length) {
            int size = original * 2;
            originalStore = Arrays.copyOf(originalStore, size);
            originalTill = Arrays.copyOf(originalTill, size);
            originalSeries = Arrays.copyOf(originalSeries, size);
            originalNumber = Arrays.copyOf(originalNumber, size);
            originalBusinessDate = Arrays.copyOf(originalBusinessDate, size);
            originalLine = Arrays.copyOf(originalLine, size);
        }
        originalOfLine[line] = original;
        return original;
    }

    public void addTender(TenderKind kind, long amountMinor) {
        if (tenders == tenderKind.length) {
            tenderKind = Arrays.copyOf(tenderKind, tenders * 2);
            tenderMinor = Arrays.copyOf(tenderMinor, tenders * 2);
        }
        tenderKind[tenders] = kind;
        tenderMinor[tenders++] = amountMinor;
    }

    public void addUsedReward(int rewardText, int count, long discountMinor) {
        if (usedRewards == usedReward.length) {
            int size = usedRewards * 2;
            usedReward = Arrays.copyOf(usedReward, size);
            usedRewardCount = Arrays.copyOf(usedRewardCount, size);
            usedRewardDiscountMinor = Arrays.copyOf(usedRewardDiscountMinor, size);
        }
        usedReward[usedRewards] = rewardText;
        usedRewardCount[usedRewards] = count;
        usedRewardDiscountMinor[usedRewards++] = discountMinor;
    }

    /** Ends the current chunk of an assembled receipt after the last line added. */
    public void endChunk() {
        if (chunks == chunkEnds.length) {
            chunkEnds = Arrays.copyOf(chunkEnds, chunks * 2);
        }
        chunkEnds[chunks++] = lines;
    }

    /** Copies a text into the arena. @throws IllegalArgumentException over {@link #MAX_TEXT_BYTES} bytes */
    public int addText(String value) {
        int length = value.length();
        if (length == 0) {
            return 0;
        }
        ensureText(length);
        for (int i = 0; i < length; i++) {
            char c = value.charAt(i);
            if (c >= 0x80) {
                byte[] utf8 = value.getBytes(StandardCharsets.UTF_8);
                return addText(utf8, 0, utf8.length);
            }
            text[textLength + i] = (byte) c;
        }
        return claimText(length);
    }

    /** Copies UTF-8 bytes into the arena. @throws IllegalArgumentException over {@link #MAX_TEXT_BYTES} bytes */
    public int addText(byte[] source, int offset, int length) {
        if (length == 0) {
            return 0;
        }
        ensureText(length);
        System.arraycopy(source, offset, text, textLength, length);
        return claimText(length);
    }

    /** Copies a text of another receipt. */
    public int addText(ReceiptColumns other, int reference) {
        return addText(other.text, textOffset(reference), textLength(reference));
    }

    private int claimText(int length) {
        if (length > MAX_TEXT_BYTES) {
            throw new IllegalArgumentException("text of " + length + " bytes, at most " + MAX_TEXT_BYTES);
        }
        int reference = textLength << 8 | length;
        textLength += length;
        return reference;
    }

    private void ensureText(int length) {
        if (text.length - textLength < length) {
            text = Arrays.copyOf(text, Math.max(text.length * 2, textLength + length));
        }
    }

    public static int textOffset(int reference) {
        return reference >>> 8;
    }

    public static int textLength(int reference) {
        return reference & 0xff;
    }

    /** The text as a string; allocates. */
    public String string(int reference) {
        return new String(text, textOffset(reference), textLength(reference), StandardCharsets.UTF_8);
    }

    /** Whether a text of this receipt equals one of another. */
    public boolean sameText(int reference, ReceiptColumns other, int otherReference) {
        return Arrays.equals(
                text,
                textOffset(reference),
                textOffset(reference) + textLength(reference),
                other.text,
                textOffset(otherReference),
                textOffset(otherReference) + textLength(otherReference));
    }

    public boolean promoted(int line) {
        return (flags[line] & PROMOTED) != 0;
    }

    public boolean weighed(int line) {
        return (flags[line] & WEIGHED) != 0;
    }

    public boolean giftCardSale(int line) {
        return (flags[line] & GIFT_CARD_SALE) != 0;
    }

    /** Whether an article is sold on it, and not only taken back. */
    public boolean hasSale() {
        for (int line = 0; line < lines; line++) {
            if (!isReturn(line)) {
                return true;
            }
        }
        return false;
    }

    public boolean isReturn(int line) {
        return quantityThousandths[line] < 0;
    }

    /** Sum of line amounts, minor units. @throws ArithmeticException beyond a long */
    public long totalMinor() {
        long total = 0;
        for (int line = 0; line < lines; line++) {
            total = Math.addExact(total, amountMinor[line]);
        }
        return total;
    }

    /** Makes this a copy of another receipt. */
    public void copyFrom(ReceiptColumns other) {
        clear();
        copyHeaderFrom(other);
        appendLinesFrom(other);
        for (int c = 0; c < other.chunks; c++) {
            if (chunks == chunkEnds.length) {
                chunkEnds = Arrays.copyOf(chunkEnds, chunks * 2);
            }
            chunkEnds[chunks++] = other.chunkEnds[c];
        }
    }

    /** Copies everything but lines and chunk bounds; texts are copied into this arena. */
    public void copyHeaderFrom(ReceiptColumns other) {
        store = addText(other, other.store);
        till = addText(other, other.till);
        series = other.series;
        number = other.number;
        businessDate = other.businessDate;
        soldAtMillis = other.soldAtMillis;
        utcOffsetMinutes = other.utcOffsetMinutes;
        currency = other.currency;
        memberKey = other.memberKey;
        memberFact = other.memberFact;
        channel = other.channel;
        cashier = addText(other, other.cashier);
        phase = other.phase;
        chunk = other.chunk;
        declaredLines = other.declaredLines;
        totalPresent = other.totalPresent;
        declaredTotalMinor = other.declaredTotalMinor;
        historical = other.historical;
        tenders = usedRewards = 0;
        for (int t = 0; t < other.tenders; t++) {
            addTender(other.tenderKind[t], other.tenderMinor[t]);
        }
        for (int u = 0; u < other.usedRewards; u++) {
            addUsedReward(
                    addText(other, other.usedReward[u]), other.usedRewardCount[u], other.usedRewardDiscountMinor[u]);
        }
    }

    /** Appends the lines of another receipt, with the originals they name. */
    public void appendLinesFrom(ReceiptColumns other) {
        appendLinesFrom(other, 0, other.lines);
    }

    /** Appends lines {@code first} to {@code end - 1} of another receipt, with the originals they name. */
    public void appendLinesFrom(ReceiptColumns other, int first, int end) {
        for (int from = first; from < end; from++) {
            int line = addLine();
            sku[line] = addText(other, other.sku[from]);
            category[line] = addText(other, other.category[from]);
            brand[line] = addText(other, other.brand[from]);
            quantityThousandths[line] = other.quantityThousandths[from];
            amountMinor[line] = other.amountMinor[from];
            discountMinor[line] = other.discountMinor[from];
            vatRateHundredths[line] = other.vatRateHundredths[from];
            flags[line] = other.flags[from];
            int source = other.originalOfLine[from];
            if (source != NO_ORIGINAL) {
                int original = addOriginal(line);
                originalStore[original] = addText(other, other.originalStore[source]);
                originalTill[original] = addText(other, other.originalTill[source]);
                originalSeries[original] = other.originalSeries[source];
                originalNumber[original] = other.originalNumber[source];
                originalBusinessDate[original] = other.originalBusinessDate[source];
                originalLine[original] = other.originalLine[source];
            }
        }
    }

    private void growLines(int size) {
        sku = Arrays.copyOf(sku, size);
        category = Arrays.copyOf(category, size);
        brand = Arrays.copyOf(brand, size);
        quantityThousandths = Arrays.copyOf(quantityThousandths, size);
        amountMinor = Arrays.copyOf(amountMinor, size);
        discountMinor = Arrays.copyOf(discountMinor, size);
        vatRateHundredths = Arrays.copyOf(vatRateHundredths, size);
        flags = Arrays.copyOf(flags, size);
        originalOfLine = Arrays.copyOf(originalOfLine, size);
    }

    /** Three upper-case ASCII letters as one int; 0 for anything else. */
    public static int packCurrency(String iso) {
        if (iso.length() != 3) {
            return 0;
        }
        int packed = 0;
        for (int i = 0; i < 3; i++) {
            char c = iso.charAt(i);
            if (c < 'A' || c > 'Z') {
                return 0;
            }
            packed = packed << 8 | c;
        }
        return packed;
    }

    /** The ISO 4217 code of a packed currency; empty for 0. */
    public static String currencyCode(int packed) {
        return packed == 0
                ? ""
                : new String(new char[] {(char) (packed >> 16), (char) (packed >> 8 & 0xff), (char) (packed & 0xff)});
    }
}
