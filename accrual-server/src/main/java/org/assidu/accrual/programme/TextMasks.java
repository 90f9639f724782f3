package org.assidu.accrual.programme;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Which bonuses a text is good for, as sets of bits: an open-addressing table from the bytes of the text. Sets are found by
 * their offset in {@link #masks}; that of offset 0 is for texts that no bonus names. Immutable; a look-up allocates nothing.
 */
final class TextMasks {
    /** By set, one word after the other. */
    final long[] masks;

    private final byte[][] keys;
    private final long[] hashes;
    private final int[] offsets;
    /** Bit n is set when a text of n bytes is in the table; texts of 64 bytes share a bit with the empty one. */
    private final long lengths;
    /** Bits of the ends of texts in the table: most texts that are not in it need no further look. */
    private final long[] ends = new long[Texts.ENDS / Long.SIZE];

    /**
     * @param named bonuses by the text that they name
     * @param any bonuses that are good for every text
     * @param paths whether a text is also good for what names a path above it
     */
    TextMasks(Map<String, long[]> named, long[] any, boolean paths) {
        int words = any.length;
        int capacity = Integer.highestOneBit(Math.max(1, named.size())) * 4;
        keys = new byte[capacity][];
        hashes = new long[capacity];
        offsets = new int[capacity];
        masks = Arrays.copyOf(any, (named.size() + 1) * words);
        long seen = 0;
        int set = 0;
        for (Map.Entry<String, long[]> entry : new LinkedHashMap<>(named).entrySet()) {
            set++;
            byte[] key = RewardRule.bytes(entry.getKey());
            int at = freeSlot(key);
            keys[at] = key;
            hashes[at] = Texts.hash(key, 0, key.length);
            offsets[at] = set * words;
            for (int w = 0; w < words; w++) {
                long mask = any[w];
                for (Map.Entry<String, long[]> other : named.entrySet()) {
                    boolean counts = paths
                            ? GuardCheck.isWithin(entry.getKey(), other.getKey())
                            : entry.getKey().equals(other.getKey());
                    mask |= counts ? other.getValue()[w] : 0;
                }
                masks[set * words + w] = mask;
            }
            seen |= 1L << key.length;
            int end = Texts.end(key, 0, key.length);
            ends[end >>> 6] |= 1L << end;
        }
        lengths = seen;
    }

    private int freeSlot(byte[] key) {
        int at = (int) Texts.hash(key, 0, key.length) & keys.length - 1;
        while (keys[at] != null) {
            at = at + 1 & keys.length - 1;
        }
        return at;
    }

    /** Offset of the set of a text. */
    int find(byte[] text, int from, int length) {
        int end = Texts.end(text, from, length);
        return (ends[end >>> 6] & 1L << end) == 0 ? 0 : search(text, from, length);
    }

    private int search(byte[] text, int from, int length) {
        long hash = Texts.hash(text, from, length);
        int capacity = keys.length;
        for (int at = (int) hash & capacity - 1; keys[at] != null; at = at + 1 & capacity - 1) {
            if (hashes[at] == hash && keys[at].length == length && Texts.same(text, from, keys[at])) {
                return offsets[at];
            }
        }
        return 0;
    }

    /** Offset of the set of a path, which is that of the longest path above it in the table. */
    int findPath(byte[] text, int from, int length) {
        int found = (lengths & 1L << length) == 0 ? 0 : find(text, from, length);
        if (found != 0) {
            return found;
        }
        long shorter = length < Long.SIZE ? lengths & (1L << length) - 1 : lengths;
        while (shorter != 0) {
            int end = Long.SIZE - 1 - Long.numberOfLeadingZeros(shorter);
            shorter ^= 1L << end;
            if (text[from + end] == '/') {
                found = find(text, from, end);
                if (found != 0) {
                    return found;
                }
            }
        }
        return 0;
    }
}
