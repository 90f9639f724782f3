package org.assidu.accrual.directory;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.Arrays;

/**
 * Plain card → hash, in memory only, so that a card seen lately costs two look-ups rather than an HMAC. It keeps hashes, which
 * never change, and no member keys: blocking a card has nothing to undo here.
 *
 * <p>One slot a card, later cards overwrite earlier ones, and no locks: threads may write the three longs of a slot at the
 * same time. The first long is the card XORed with a mix of the other two, so a slot of two writers fits no card (but for a
 * chance of 2^-64) and reads as a miss.
 */
final class CardCache {
    private static final VarHandle LONGS = MethodHandles.arrayElementVarHandle(long[].class);
    /** A slot is half a cache line; the fourth long is padding. */
    private static final int SLOT_LONGS = 4;

    private final long[] slots;
    private final int mask;
    private final IdentifierTable table;

    CardCache(int cards, IdentifierTable table) {
        int capacity = Integer.highestOneBit(Math.max(1, cards - 1)) << 1;
        slots = new long[capacity * SLOT_LONGS];
        mask = capacity - 1;
        this.table = table;
    }

    /** The table's value for the card; 0 when the cache does not have the card. */
    long find(long card) {
        int at = slot(card);
        long tag = (long) LONGS.getOpaque(slots, at);
        long high = (long) LONGS.getOpaque(slots, at + 1);
        long low = (long) LONGS.getOpaque(slots, at + 2);
        if (low == 0 || (tag ^ fold(high, low)) != card) {
            return 0;
        }
        return table.find(high, low);
    }

    void put(long card, long high, long low) {
        int at = slot(card);
        LONGS.setOpaque(slots, at, card ^ fold(high, low));
        LONGS.setOpaque(slots, at + 1, high);
        LONGS.setOpaque(slots, at + 2, low);
    }

    /** Forgets all cards. */
    void clear() {
        Arrays.fill(slots, 0);
    }

    private int slot(long card) {
        return (int) (mix(card) & mask) * SLOT_LONGS;
    }

    private static long fold(long high, long low) {
        return mix(high ^ Long.rotateLeft(low, 29)) ^ low;
    }

    /** Finaliser of MurmurHash3. */
    private static long mix(long value) {
        long mixed = (value ^ (value >>> 33)) * 0xff51afd7ed558ccdL;
        mixed = (mixed ^ (mixed >>> 33)) * 0xc4ceb9fe1a85ec53L;
        return mixed ^ (mixed >>> 33);
    }
}
