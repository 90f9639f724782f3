package org.assidu.accrual.programme;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;
import org.assidu.accrual.model.ReceiptColumns;

/** Comparisons of compiled texts with texts in a receipt's arena; they allocate nothing. */
final class Texts {
    private static final VarHandle LONGS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    private static final long MIXER = 0x9E3779B97F4A7C15L;

    private Texts() {}

    /** Eight bytes a step; for tables in memory only, since it may change. */
    static long hash(byte[] text, int from, int length) {
        long hash = length * MIXER;
        int at = from;
        int end = from + length;
        for (; at + Long.BYTES <= end; at += Long.BYTES) {
            hash = mix(hash ^ (long) LONGS.get(text, at));
        }
        if (at < end) {
            long rest = 0;
            for (; at < end; at++) {
                rest = rest << 8 | text[at] & 0xff;
            }
            hash = mix(hash ^ rest);
        }
        return hash;
    }

    private static long mix(long value) {
        long product = value * MIXER;
        return product ^ product >>> 32;
    }

    static boolean same(ReceiptColumns receipt, int reference, byte[] expected) {
        int from = ReceiptColumns.textOffset(reference);
        return Arrays.equals(
                receipt.text, from, from + ReceiptColumns.textLength(reference), expected, 0, expected.length);
    }

    /** Whether a category path is {@code ancestor} or below it: "a/b" is below "a", "ab" is not. */
    static boolean within(ReceiptColumns receipt, int reference, byte[] ancestor) {
        int length = ReceiptColumns.textLength(reference);
        if (length < ancestor.length) {
            return false;
        }
        int from = ReceiptColumns.textOffset(reference);
        if (!Arrays.equals(receipt.text, from, from + ancestor.length, ancestor, 0, ancestor.length)) {
            return false;
        }
        return length == ancestor.length || receipt.text[from + ancestor.length] == '/';
    }
}
