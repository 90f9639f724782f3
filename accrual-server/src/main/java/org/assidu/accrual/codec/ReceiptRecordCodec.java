package org.assidu.accrual.codec;

import static org.assidu.accrual.codec.RecordBytes.MAX_INT_BYTES;
import static org.assidu.accrual.codec.RecordBytes.MAX_LONG_BYTES;
import static org.assidu.accrual.codec.RecordBytes.putLong;
import static org.assidu.accrual.codec.RecordBytes.putSigned;
import static org.assidu.accrual.codec.RecordBytes.putVarint;

import org.assidu.accrual.model.Channel;
import org.assidu.accrual.model.MemberFact;
import org.assidu.accrual.model.OutcomeColumns;
import org.assidu.accrual.model.ReceiptColumns;
import org.assidu.accrual.model.ReceiptPhase;
import org.assidu.accrual.model.TenderKind;

/**
 * Payload of RECEIPT, CHUNK and VOID records: context, input, outcome.
 *
 * <pre>
 * version 2 · flags · semantics · received at · previous position
 * identity · header · chunk bounds · lines (each with the original it names) · tenders · used rewards
 * outcome: {@link OutcomeLayout}
 * </pre>
 *
 * Version 1 had no extras in its outcome.
 *
 * Encoding allocates nothing; decoding allocates only what growing the target's arrays needs. One instance belongs to one
 * thread.
 */
public final class ReceiptRecordCodec {
    static final int LAYOUT = 2;

    private static final int MEMBER = 1;
    private static final int TOTAL = 2;
    private static final int HISTORICAL = 4;
    private static final int HEADER_FLAGS = MEMBER | TOTAL | HISTORICAL;

    /** Bit of a line's flags, above those of the model: an original follows. */
    private static final int HAS_ORIGINAL = 0x80;

    /** Longest payload: text references of a receipt have 24 bits of offset. */
    private static final int MAX_LENGTH = 1 << 24;

    private static final int LEAST_LINE_BYTES = 8;
    private static final int HEADER_BOUND = 16 + 12 * MAX_LONG_BYTES + 8 * MAX_INT_BYTES;
    private static final int LINE_BOUND = 1 + 3 + 3 * MAX_LONG_BYTES + MAX_INT_BYTES;
    private static final int ORIGINAL_BOUND = 2 + MAX_LONG_BYTES + 3 * MAX_INT_BYTES;

    private final RecordReader in = new RecordReader();

    /** Bytes that suffice for {@link #encode} of these. */
    public static int encodedSizeBound(ReceiptColumns r, OutcomeColumns o) {
        long bound = HEADER_BOUND + textBytes(r.store) + textBytes(r.till) + textBytes(r.cashier);
        bound += (long) r.chunks * MAX_INT_BYTES;
        bound += (long) r.lines * LINE_BOUND;
        for (int line = 0; line < r.lines; line++) {
            bound += textBytes(r.sku[line]) + textBytes(r.category[line]) + textBytes(r.brand[line]);
            int original = r.originalOfLine[line];
            if (original != ReceiptColumns.NO_ORIGINAL) {
                bound += ORIGINAL_BOUND + textBytes(r.originalStore[original]) + textBytes(r.originalTill[original]);
            }
        }
        bound += (long) r.tenders * (1 + MAX_LONG_BYTES);
        for (int used = 0; used < r.usedRewards; used++) {
            bound += 1 + textBytes(r.usedReward[used]) + MAX_INT_BYTES + MAX_LONG_BYTES;
        }
        return Math.toIntExact(bound + OutcomeLayout.bound(o));
    }

    private static int textBytes(int reference) {
        return ReceiptColumns.textLength(reference);
    }

    /**
     * Writes a payload.
     *
     * @return the number of bytes written
     * @throws IndexOutOfBoundsException when {@code dest} is too short, see {@link #encodedSizeBound}
     */
    public int encode(ReceiptColumns r, OutcomeColumns o, RecordContext context, byte[] dest, int offset) {
        int at = offset;
        dest[at++] = LAYOUT;
        dest[at++] = (byte)
                ((r.memberKey != 0 ? MEMBER : 0) | (r.totalPresent ? TOTAL : 0) | (r.historical ? HISTORICAL : 0));
        at = putSigned(dest, at, context.semanticsVersion);
        at = putSigned(dest, at, context.receivedAtMillis);
        at = putVarint(dest, at, context.previousPosition);
        at = putHeader(r, dest, at);
        at = putVarint(dest, at, r.chunks);
        for (int c = 0; c < r.chunks; c++) {
            at = putVarint(dest, at, r.chunkEnds[c]);
        }
        at = putVarint(dest, at, r.lines);
        for (int line = 0; line < r.lines; line++) {
            at = putLine(r, line, dest, at);
        }
        at = putVarint(dest, at, r.tenders);
        for (int t = 0; t < r.tenders; t++) {
            dest[at++] = r.tenderKind[t].code();
            at = putSigned(dest, at, r.tenderMinor[t]);
        }
        at = putVarint(dest, at, r.usedRewards);
        for (int u = 0; u < r.usedRewards; u++) {
            at = putText(r, r.usedReward[u], dest, at);
            at = putSigned(dest, at, r.usedRewardCount[u]);
            at = putSigned(dest, at, r.usedRewardDiscountMinor[u]);
        }
        return OutcomeLayout.put(o, r.memberKey, dest, at) - offset;
    }

    private static int putHeader(ReceiptColumns r, byte[] dest, int offset) {
        int at = putText(r, r.store, dest, offset);
        at = putText(r, r.till, dest, at);
        at = putSigned(dest, at, r.series);
        at = putSigned(dest, at, r.number);
        at = putSigned(dest, at, r.businessDate);
        at = putSigned(dest, at, r.soldAtMillis);
        at = putSigned(dest, at, r.utcOffsetMinutes);
        at = putSigned(dest, at, r.currency);
        if (r.memberKey != 0) {
            at = putLong(dest, at, r.memberKey);
        }
        dest[at++] = r.memberFact.code();
        dest[at++] = r.channel.code();
        at = putText(r, r.cashier, dest, at);
        dest[at++] = r.phase.code();
        at = putSigned(dest, at, r.chunk);
        at = putSigned(dest, at, r.declaredLines);
        return r.totalPresent ? putSigned(dest, at, r.declaredTotalMinor) : at;
    }

    private static int putLine(ReceiptColumns r, int line, byte[] dest, int offset) {
        int at = offset;
        int flags = r.flags[line];
        if (flags < 0) {
            throw new IllegalArgumentException("line " + (line + 1) + " has flags " + flags + ", bit 7 is reserved");
        }
        int original = r.originalOfLine[line];
        boolean named = original != ReceiptColumns.NO_ORIGINAL;
        dest[at++] = (byte) (named ? flags | HAS_ORIGINAL : flags);
        at = putText(r, r.sku[line], dest, at);
        at = putText(r, r.category[line], dest, at);
        at = putText(r, r.brand[line], dest, at);
        at = putSigned(dest, at, r.quantityThousandths[line]);
        at = putSigned(dest, at, r.amountMinor[line]);
        at = putSigned(dest, at, r.discountMinor[line]);
        at = putSigned(dest, at, r.vatRateHundredths[line]);
        if (named) {
            at = putText(r, r.originalStore[original], dest, at);
            at = putText(r, r.originalTill[original], dest, at);
            at = putSigned(dest, at, r.originalSeries[original]);
            at = putSigned(dest, at, r.originalNumber[original]);
            at = putSigned(dest, at, r.originalBusinessDate[original]);
            at = putSigned(dest, at, r.originalLine[original]);
        }
        return at;
    }

    private static int putText(ReceiptColumns r, int reference, byte[] dest, int offset) {
        int length = ReceiptColumns.textLength(reference);
        dest[offset] = (byte) length;
        System.arraycopy(r.text, ReceiptColumns.textOffset(reference), dest, offset + 1, length);
        return offset + 1 + length;
    }

    /**
     * Reads a payload into columns, whose former content is replaced. After an exception their content is undefined.
     *
     * @throws RecordFormatException when the bytes are not such a payload
     */
    public void decode(
            byte[] source, int offset, int length, ReceiptColumns r, OutcomeColumns o, RecordContext context) {
        in.open(source, offset, length);
        if (length > MAX_LENGTH) {
            throw in.failure("longer than the " + MAX_LENGTH + " bytes that a receipt may have");
        }
        try {
            int version = in.layout(LAYOUT);
            int flags = in.unsignedByte();
            if ((flags & ~HEADER_FLAGS) != 0) {
                throw in.failure("header flags " + flags + " are unknown to this version");
            }
            context.semanticsVersion = in.signedInt();
            context.receivedAtMillis = in.signed();
            context.previousPosition = in.varint();
            r.clear();
            header(r, flags);
            lines(r);
            payment(r);
            OutcomeLayout.read(in, r.memberKey, version > 1, o);
            in.finish();
        } catch (IllegalArgumentException unknownCode) {
            throw in.failure(String.valueOf(unknownCode.getMessage()));
        }
    }

    private void header(ReceiptColumns r, int flags) {
        r.store = in.arenaText(r);
        r.till = in.arenaText(r);
        r.series = in.signedInt();
        r.number = in.signed();
        r.businessDate = in.signedInt();
        r.soldAtMillis = in.signed();
        r.utcOffsetMinutes = in.signedInt();
        r.currency = in.signedInt();
        r.memberKey = (flags & MEMBER) != 0 ? in.fixedLong() : 0;
        r.memberFact = MemberFact.ofCode(in.unsignedByte());
        r.channel = Channel.ofCode(in.unsignedByte());
        r.cashier = in.arenaText(r);
        r.phase = ReceiptPhase.ofCode(in.unsignedByte());
        r.chunk = in.signedInt();
        r.declaredLines = in.signedInt();
        r.totalPresent = (flags & TOTAL) != 0;
        r.declaredTotalMinor = r.totalPresent ? in.signed() : 0;
        r.historical = (flags & HISTORICAL) != 0;
    }

    private void lines(ReceiptColumns r) {
        int chunks = in.count(1);
        if (chunks > r.chunkEnds.length) {
            r.chunkEnds = new int[Math.max(chunks, r.chunkEnds.length * 2)];
        }
        int lastEnd = 0;
        for (int c = 0; c < chunks; c++) {
            long end = in.varint();
            if (end < lastEnd || end > Integer.MAX_VALUE) {
                throw in.failure("chunk " + (c + 1) + " ends before line " + end + ", the one before it at " + lastEnd);
            }
            lastEnd = r.chunkEnds[c] = (int) end;
        }
        r.chunks = chunks;
        int lines = in.count(LEAST_LINE_BYTES);
        if (lastEnd > lines) {
            throw in.failure("chunks end before line " + lastEnd + " of a receipt of " + lines + " lines");
        }
        for (int i = 0; i < lines; i++) {
            line(r);
        }
    }

    private void line(ReceiptColumns r) {
        int flags = in.unsignedByte();
        int line = r.addLine();
        r.flags[line] = (byte) (flags & ~HAS_ORIGINAL);
        r.sku[line] = in.arenaText(r);
        r.category[line] = in.arenaText(r);
        r.brand[line] = in.arenaText(r);
        r.quantityThousandths[line] = in.signed();
        r.amountMinor[line] = in.signed();
        r.discountMinor[line] = in.signed();
        r.vatRateHundredths[line] = in.signedInt();
        if ((flags & HAS_ORIGINAL) != 0) {
            int original = r.addOriginal(line);
            r.originalStore[original] = in.arenaText(r);
            r.originalTill[original] = in.arenaText(r);
            r.originalSeries[original] = in.signedInt();
            r.originalNumber[original] = in.signed();
            r.originalBusinessDate[original] = in.signedInt();
            r.originalLine[original] = in.signedInt();
        }
    }

    private void payment(ReceiptColumns r) {
        int tenders = in.count(2);
        for (int t = 0; t < tenders; t++) {
            TenderKind kind = TenderKind.ofCode(in.unsignedByte());
            r.addTender(kind, in.signed());
        }
        int used = in.count(3);
        for (int u = 0; u < used; u++) {
            int reward = in.arenaText(r);
            int count = in.signedInt();
            r.addUsedReward(reward, count, in.signed());
        }
    }
}
