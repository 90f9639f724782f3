package org.assidu.accrual.programme;

import java.util.Arrays;
import java.util.Map;

/**
 * Which bonuses name a text, as sets of bits: an open-addressing table from the bytes of the text. Immutable; a look-up
 * allocates nothing.
 */
final class TextMasks {
    private final int words;
    private final byte[][] keys;
    private final long[] hashes;
    private final long[] masks;
    /** Bit n is set when a text of n bytes is in the table; texts have at most 64 bytes, of which 0 and 64 share a bit. */
    private final long lengths;

    private final int size;

    TextMasks(Map<String, long[]> entries, int words) {
        this.words = words;
        int capacity = Integer.highestOneBit(Math.max(1, entries.size())) * 4;
        keys = new byte[capacity][];
        hashes = new long[capacity];
        masks = new long[capacity * words];
        size = entries.size();
        long seen = 0;
        for (Map.Entry<String, long[]> entry : entries.entrySet()) {
            byte[] key = RewardRule.bytes(entry.getKey());
            long hash = Texts.hash(key, 0, key.length);
            int at = (int) hash & capacity - 1;
            while (keys[at] != null) {
                at = at + 1 & capacity - 1;
            }
            keys[at] = key;
            hashes[at] = hash;
            System.arraycopy(entry.getValue(), 0, masks, at * words, words);
            seen |= 1L << key.length;
        }
        lengths = seen;
    }

    boolean isEmpty() {
        return size == 0;
    }

    /** Adds the bonuses that name this text. */
    void addTo(long[] target, byte[] text, int from, int length) {
        if ((lengths & 1L << length) == 0) {
            return;
        }
        long hash = Texts.hash(text, from, length);
        int capacity = keys.length;
        for (int at = (int) hash & capacity - 1; keys[at] != null; at = at + 1 & capacity - 1) {
            if (hashes[at] == hash && Arrays.equals(text, from, from + length, keys[at], 0, keys[at].length)) {
                for (int w = 0; w < words; w++) {
                    target[w] |= masks[at * words + w];
                }
                return;
            }
        }
    }

    /** Adds the bonuses that name this path or one above it. */
    void addPathTo(long[] target, byte[] text, int from, int length) {
        for (int end = 1; end <= length; end++) {
            if ((lengths & 1L << end) != 0 && (end == length || text[from + end] == '/')) {
                addTo(target, text, from, end);
            }
        }
    }
}
