package org.assidu.accrual.engine;

import java.util.Arrays;
import org.agrona.collections.Long2LongHashMap;
import org.assidu.accrual.model.StateSink;
import org.assidu.accrual.model.StateSource;
import org.jspecify.annotations.Nullable;

/**
 * The lots of one purse of all members, packed: 8 bytes a lot and 8 a member. A lot's key is a number in a dictionary, since
 * members share few keys, and its amount takes 44 bits beside it; a larger amount takes a word of its own.
 *
 * <p>Members lie in pages of rows. A member whose lots outgrow their place moves to the end of its page; what it leaves is
 * reclaimed when the page is full.
 */
final class LotPages implements KeptState {
    private static final int PAGE_BITS = 10;
    private static final int PAGE_ROWS = 1 << PAGE_BITS;
    private static final int PAGE_MASK = PAGE_ROWS - 1;

    private static final int MICRO_BITS = 44;
    private static final long MICRO_MASK = (1L << MICRO_BITS) - 1;
    /** Bit of an entry whose amount is the next word. */
    private static final long WIDE = 1L << 63;

    private static final int MOST_KEYS = 1 << 19;
    private static final int UNKNOWN = -1;
    private static final int SPARE_WORDS = 1;

    private static final class Page {
        final int[] start = new int[PAGE_ROWS];
        /** Words in use, and words that there is room for. */
        final char[] words = new char[PAGE_ROWS];

        final char[] room = new char[PAGE_ROWS];
        long[] data = new long[64];
        int used;
        int garbage;
    }

    private @Nullable Page[] pages = new @Nullable Page[0];
    private long[] keys = new long[64];
    private int keyCount;
    private final Long2LongHashMap numbers = new Long2LongHashMap(UNKNOWN);
    private long[] encoded = new long[32];

    /** Copies a member's lots out. */
    void read(int row, LotList lots) {
        lots.clear();
        Page page = page(row);
        if (page == null) {
            return;
        }
        int at = page.start[row & PAGE_MASK];
        int end = at + page.words[row & PAGE_MASK];
        while (at < end) {
            long word = page.data[at++];
            long micro = word < 0 ? page.data[at++] : word & MICRO_MASK;
            lots.append(keys[(int) ((word & ~WIDE) >>> MICRO_BITS)], micro);
        }
    }

    boolean isEmpty(int row) {
        Page page = page(row);
        return page == null || page.words[row & PAGE_MASK] == 0;
    }

    private @Nullable Page page(int row) {
        int number = row >>> PAGE_BITS;
        return number < pages.length ? pages[number] : null;
    }

    /** Replaces a member's lots. */
    void write(int row, LotList lots) {
        int words = encode(lots);
        int number = row >>> PAGE_BITS;
        if (number >= pages.length) {
            pages = Arrays.copyOf(pages, Math.max(number + 1, pages.length * 2));
        }
        Page page = pages[number];
        if (page == null) {
            page = pages[number] = new Page();
        }
        int at = row & PAGE_MASK;
        if (words > page.room[at]) {
            move(page, at, words);
        }
        System.arraycopy(encoded, 0, page.data, page.start[at], words);
        page.words[at] = (char) words;
    }

    private int encode(LotList lots) {
        if (encoded.length < lots.size * 2) {
            encoded = new long[lots.size * 4];
        }
        int words = 0;
        for (int i = 0; i < lots.size; i++) {
            long key = (long) number(lots.keys[i]) << MICRO_BITS;
            long micro = lots.micro[i];
            if ((micro & ~MICRO_MASK) == 0) {
                encoded[words++] = key | micro;
            } else {
                encoded[words++] = key | WIDE;
                encoded[words++] = micro;
            }
        }
        if (words + SPARE_WORDS > Character.MAX_VALUE) {
            throw new IllegalStateException(
                    "a purse of one member would have " + lots.size + " lots; validity END_OF_MONTH keeps one a month");
        }
        return words;
    }

    private int number(long key) {
        int known = (int) numbers.get(key);
        if (known != UNKNOWN) {
            return known;
        }
        if (keyCount == MOST_KEYS) {
            throw new IllegalStateException(
                    "the purses have " + MOST_KEYS
                            + " different lots over all members, the most there is room for; validity END_OF_MONTH needs fewer");
        }
        if (keyCount == keys.length) {
            keys = Arrays.copyOf(keys, keyCount * 2);
        }
        keys[keyCount] = key;
        numbers.put(key, keyCount);
        return keyCount++;
    }

    private void move(Page page, int row, int words) {
        page.garbage += page.room[row];
        page.words[row] = page.room[row] = 0;
        int room = words + SPARE_WORDS;
        if (page.used + room > page.data.length) {
            makeRoom(page, room);
        }
        page.start[row] = page.used;
        page.room[row] = (char) room;
        page.used += room;
    }

    /** Reclaims what was left behind when that is an eighth, and grows by an eighth otherwise. */
    private static void makeRoom(Page page, int room) {
        if (page.garbage * 8 < page.used) {
            page.data = Arrays.copyOf(page.data, Math.max(page.used + room, page.used + page.used / 8));
            return;
        }
        int live = 0;
        for (int row = 0; row < PAGE_ROWS; row++) {
            live += page.words[row] == 0 ? 0 : page.words[row] + SPARE_WORDS;
        }
        long[] data = new long[live + room + live / 8];
        int used = 0;
        for (int row = 0; row < PAGE_ROWS; row++) {
            int words = page.words[row];
            System.arraycopy(page.data, page.start[row], data, used, words);
            page.start[row] = used;
            page.room[row] = (char) (words == 0 ? 0 : words + SPARE_WORDS);
            used += page.room[row];
        }
        page.data = data;
        page.used = used;
        page.garbage = 0;
    }

    /** Heap taken, bytes; pages and dictionary. */
    long bytes() {
        long bytes = keys.length * (long) Long.BYTES * 5;
        for (Page page : pages) {
            bytes += page == null ? 0 : PAGE_ROWS * 8L + page.data.length * (long) Long.BYTES + 96;
        }
        return bytes;
    }

    @Override
    public void write(StateSink sink) {
        sink.putArray(keys, keyCount);
        sink.putInt(pages.length);
        for (Page page : pages) {
            sink.putInt(page == null ? 0 : Math.max(1, page.used));
            if (page != null) {
                sink.putInt(page.garbage);
                sink.putInts(page.start, PAGE_ROWS);
                sink.putChars(page.words, PAGE_ROWS);
                sink.putChars(page.room, PAGE_ROWS);
                sink.putLongs(page.data, Math.max(1, page.used));
            }
        }
    }

    @Override
    public void read(StateSource source) {
        for (long key : source.takeLongArray()) {
            number(key);
        }
        pages = new @Nullable Page[source.takeCount()];
        for (int number = 0; number < pages.length; number++) {
            int used = source.takeCount();
            if (used != 0) {
                Page page = new Page();
                page.used = used;
                page.garbage = source.takeInt();
                source.takeInts(page.start, PAGE_ROWS);
                source.takeChars(page.words, PAGE_ROWS);
                source.takeChars(page.room, PAGE_ROWS);
                page.data = new long[used];
                source.takeLongs(page.data, used);
                pages[number] = page;
            }
        }
    }
}
