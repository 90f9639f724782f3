package org.assidu.accrual.programme;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;
import org.assidu.accrual.model.ReceiptColumns;

/** Comparisons of compiled texts with texts in a receipt's arena; they allocate nothing. */
final class Texts {
    private static final VarHandle LONGS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    private static final VarHandle INTS = MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);
    /** Different values of {@link #end}. */
    static final int ENDS = 1 << 12;

    private static final int END_SHIFT = 20;
    private static final int END_MIXER = 0x9E3779B9;
    private static final long MIXER = 0x9E3779B97F4A7C15L;
    private static final long OTHER_MIXER = 0xBF58476D1CE4E5B9L;

    private Texts() {}

    /** For tables in memory only, since it may change. Texts of equal length up to eight bytes have different hashes. */
    static long hash(byte[] text, int from, int length) {
        if (length < Long.BYTES) {
            return mix(few(text, from, length), MIXER);
        }
        // The last eight bytes may overlap those before.
        int last = from + length - Long.BYTES;
        long hash = mix((long) LONGS.get(text, last), MIXER);
        for (int at = from; at < last; at += Long.BYTES) {
            hash = Long.rotateLeft(hash, 23) ^ mix((long) LONGS.get(text, at), OTHER_MIXER);
        }
        return hash;
    }

    /** A short hash of the last four bytes. */
    static int end(byte[] text, int from, int length) {
        return length < Integer.BYTES
                ? length
                : (int) INTS.get(text, from + length - Integer.BYTES) * END_MIXER >>> END_SHIFT;
    }

    private static long few(byte[] text, int from, int length) {
        if (from + Long.BYTES <= text.length) {
            return (long) LONGS.get(text, from) & (1L << length * Byte.SIZE) - 1;
        }
        long bytes = 0;
        for (int at = from + length - 1; at >= from; at--) {
            bytes = bytes << Byte.SIZE | text[at] & 0xff;
        }
        return bytes;
    }

    private static long mix(long value, long by) {
        long product = value * by;
        return product ^ product >>> 32;
    }

    /** Whether a text is that of a key of the same length and hash. */
    static boolean same(byte[] text, int from, byte[] key) {
        int last = key.length - Long.BYTES;
        for (int at = 0; at < last; at += Long.BYTES) {
            if ((long) LONGS.get(text, from + at) != (long) LONGS.get(key, at)) {
                return false;
            }
        }
        return last <= 0 || (long) LONGS.get(text, from + last) == (long) LONGS.get(key, last);
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
