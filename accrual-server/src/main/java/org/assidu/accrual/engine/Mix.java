package org.assidu.accrual.engine;

import org.assidu.accrual.model.ReceiptColumns;

/** Hashes that depend on values only: state entries and receipt identities. */
final class Mix {
    private static final long GOLDEN = 0x9E3779B97F4A7C15L;

    private Mix() {}

    /** Finalizer of SplitMix64 (G. Steele, D. Lea, C. Flood, "Fast splittable pseudorandom number generators", 2014). */
    static long bits(long value) {
        long z = value + GOLDEN;
        z = (z ^ z >>> 30) * 0xBF58476D1CE4E5B9L;
        z = (z ^ z >>> 27) * 0x94D049BB133111EBL;
        return z ^ z >>> 31;
    }

    /** Order matters: {@code of(a, b)} and {@code of(b, a)} differ. */
    static long of(long a, long b) {
        return bits(bits(a) ^ b);
    }

    static long of(long a, long b, long c) {
        return bits(of(a, b) ^ c);
    }

    static long text(byte[] bytes, int from, int length) {
        long hash = length;
        for (int i = from; i < from + length; i++) {
            hash = (hash ^ bytes[i]) * 0x100000001B3L;
        }
        return bits(hash);
    }

    static long text(ReceiptColumns receipt, int reference) {
        return text(receipt.text, ReceiptColumns.textOffset(reference), ReceiptColumns.textLength(reference));
    }

    /** The till of a receipt, with the business date where that is part of the identity and 0 elsewhere. */
    static long till(ReceiptColumns of, int store, int till, int series, int date) {
        return of(text(of, store), text(of, till), (long) series << 32 | date);
    }
}
