package org.assidu.accrual.engine;

import java.util.Arrays;
import org.assidu.accrual.model.StateSink;
import org.assidu.accrual.model.StateSource;

/**
 * Members as rows of fixed pages of primitive columns: a row is found by its key, never moves and never goes away. Every
 * change goes through here and keeps the state hash and the sum of purses.
 *
 * <p>The index is 256 small open-addressing tables, so that growing one never moves more than 1/256 of the members.
 */
final class MemberPages implements KeptState {
    static final int NONE = -1;

    private static final int PAGE_BITS = 12;
    private static final int PAGE_ROWS = 1 << PAGE_BITS;
    private static final int PAGE_MASK = PAGE_ROWS - 1;
    private static final int SHARDS = 256;

    // Columns. The first four are in the state hash; the others hold journal times and positions.
    private static final int BALANCE = 0;
    private static final int RECEIPTS = 1;
    private static final int FIRST_SOLD = 2;
    private static final int LAST_SOLD = 3;
    private static final int HASHED = 4;
    private static final int ENROLLED_AT = 4;
    private static final int LAST_POSITION = 5;
    private static final int COLUMNS = 6;
    /** Hash field of a row's existence, beyond any column or counter; that of purse slot p is p beyond it. */
    private static final int EXISTS = 1 << 20;

    private static final int FIRST_COUNTER_FIELD = 16;

    private final int[][] shard = new int[SHARDS][16];
    private final int[] shardSize = new int[SHARDS];
    private int size;
    private long[][] keys = new long[4][];
    /** By column, then page. */
    private final long[][][] columns = new long[COLUMNS][4][];
    /** By counter slot below {@link CounterSlots#FIRST}. */
    private final SparseColumns counters = new SparseColumns();
    /** By counter slot from there on. */
    private final SparseColumns namedCounters = new SparseColumns();
    /** By purse slot - 1: the points purse is a column. */
    private final SparseColumns otherPurses = new SparseColumns();

    private long hash;
    private long[] outstandingMicro = new long[2];

    int find(long key) {
        long mixed = Mix.bits(key);
        int[] table = shard[(int) (mixed >>> 56)];
        int mask = table.length - 1;
        for (int at = (int) mixed & mask; table[at] != 0; at = at + 1 & mask) {
            int row = table[at] - 1;
            if (keys[row >>> PAGE_BITS][row & PAGE_MASK] == key) {
                return row;
            }
        }
        return NONE;
    }

    /** @param enrolledAtMillis kept when the member is new */
    int intern(long key, long enrolledAtMillis) {
        int found = find(key);
        if (found != NONE) {
            return found;
        }
        int row = size++;
        int page = row >>> PAGE_BITS;
        if ((row & PAGE_MASK) == 0) {
            addPage(page);
        }
        keys[page][row & PAGE_MASK] = key;
        columns[ENROLLED_AT][page][row & PAGE_MASK] = enrolledAtMillis;
        hash += fieldHash(key, EXISTS, 1);
        index(key, row);
        return row;
    }

    private void addPage(int page) {
        if (page == keys.length) {
            keys = Arrays.copyOf(keys, page * 2);
            for (int column = 0; column < COLUMNS; column++) {
                columns[column] = Arrays.copyOf(columns[column], page * 2);
            }
        }
        keys[page] = new long[PAGE_ROWS];
        for (int column = 0; column < COLUMNS; column++) {
            columns[column][page] = new long[PAGE_ROWS];
        }
    }

    private void index(long key, int row) {
        int number = (int) (Mix.bits(key) >>> 56);
        if (++shardSize[number] * 2 > shard[number].length) {
            int[] old = shard[number];
            shard[number] = new int[old.length * 2];
            for (int entry : old) {
                if (entry != 0) {
                    place(shard[number], keys[entry - 1 >>> PAGE_BITS][entry - 1 & PAGE_MASK], entry);
                }
            }
        }
        place(shard[number], key, row + 1);
    }

    private static void place(int[] table, long key, int entry) {
        int mask = table.length - 1;
        int at = (int) Mix.bits(key) & mask;
        while (table[at] != 0) {
            at = at + 1 & mask;
        }
        table[at] = entry;
    }

    int size() {
        return size;
    }

    long key(int row) {
        return keys[row >>> PAGE_BITS][row & PAGE_MASK];
    }

    private long value(int column, int row) {
        return columns[column][row >>> PAGE_BITS][row & PAGE_MASK];
    }

    private void set(int column, int row, long value) {
        long[] page = columns[column][row >>> PAGE_BITS];
        if (column < HASHED) {
            long key = key(row);
            hash += fieldHash(key, column, value) - fieldHash(key, column, page[row & PAGE_MASK]);
        }
        page[row & PAGE_MASK] = value;
    }

    /** Of the points purse. */
    long balanceMicro(int row) {
        return value(BALANCE, row);
    }

    long balanceMicro(int row, int purse) {
        return purse == 0 ? value(BALANCE, row) : otherPurses.value(purse - 1, row);
    }

    void addBalance(int row, int purse, long micro) {
        if (purse >= outstandingMicro.length) {
            outstandingMicro = Arrays.copyOf(outstandingMicro, purse * 2);
        }
        outstandingMicro[purse] += micro;
        if (purse == 0) {
            set(BALANCE, row, value(BALANCE, row) + micro);
            return;
        }
        long before = otherPurses.value(purse - 1, row);
        long key = key(row);
        hash += fieldHash(key, EXISTS + purse, before + micro) - fieldHash(key, EXISTS + purse, before);
        otherPurses.set(purse - 1, row, before + micro);
    }

    long receipts(int row) {
        return value(RECEIPTS, row);
    }

    long firstSoldAtMillis(int row) {
        return value(FIRST_SOLD, row);
    }

    long lastSoldAtMillis(int row) {
        return value(LAST_SOLD, row);
    }

    void addReceipt(int row, long soldAtMillis) {
        set(RECEIPTS, row, value(RECEIPTS, row) + 1);
        long first = value(FIRST_SOLD, row);
        if (first == 0 || soldAtMillis < first) {
            set(FIRST_SOLD, row, soldAtMillis);
        }
        if (soldAtMillis > value(LAST_SOLD, row)) {
            set(LAST_SOLD, row, soldAtMillis);
        }
    }

    /** Receipts of a member are another one's from now on, and so is when they joined. */
    void absorb(int from, int to) {
        long first = value(FIRST_SOLD, from);
        if (first != 0 && (value(FIRST_SOLD, to) == 0 || first < value(FIRST_SOLD, to))) {
            set(FIRST_SOLD, to, first);
        }
        set(LAST_SOLD, to, Math.max(value(LAST_SOLD, to), value(LAST_SOLD, from)));
        set(RECEIPTS, to, value(RECEIPTS, to) + value(RECEIPTS, from));
        set(ENROLLED_AT, to, Math.min(value(ENROLLED_AT, to), value(ENROLLED_AT, from)));
        set(FIRST_SOLD, from, 0);
        set(LAST_SOLD, from, 0);
        set(RECEIPTS, from, 0);
    }

    /** Corrects when a member joined: another system knows. */
    void enrolledAt(int row, long millis) {
        set(ENROLLED_AT, row, millis);
    }

    long enrolledAtMillis(int row) {
        return value(ENROLLED_AT, row);
    }

    long lastPosition(int row) {
        return value(LAST_POSITION, row);
    }

    void setLastPosition(int row, long position) {
        set(LAST_POSITION, row, position);
    }

    long counter(int row, int counter) {
        return counter < CounterSlots.FIRST
                ? counters.value(counter, row)
                : namedCounters.value(counter - CounterSlots.FIRST, row);
    }

    void addCounter(int row, int counter, long delta) {
        long before = counter(row, counter);
        long key = key(row);
        hash += counterHash(key, counter, before + delta) - counterHash(key, counter, before);
        if (counter < CounterSlots.FIRST) {
            counters.set(counter, row, before + delta);
        } else {
            namedCounters.set(counter - CounterSlots.FIRST, row, before + delta);
        }
    }

    private static long counterHash(long key, int counter, long value) {
        return fieldHash(key, FIRST_COUNTER_FIELD + counter, value);
    }

    /** Zero for a value of zero: a field that was never set and one that came back to zero are the same state. */
    private static long fieldHash(long key, int field, long value) {
        return value == 0 ? 0 : Mix.of(key, field, value);
    }

    /** Sum of all purses of a slot. */
    long outstandingMicro(int purse) {
        return purse < outstandingMicro.length ? outstandingMicro[purse] : 0;
    }

    long hash() {
        return hash;
    }

    /** Heap taken by counters and by purses other than the points purse, bytes. */
    long counterBytes() {
        return counters.bytes() + namedCounters.bytes() + otherPurses.bytes();
    }

    long recomputedHash() {
        long sum = 0;
        for (int row = 0; row < size; row++) {
            long key = key(row);
            sum += fieldHash(key, EXISTS, 1);
            for (int column = 0; column < HASHED; column++) {
                sum += fieldHash(key, column, value(column, row));
            }
            for (int counter = 0; counter < counters.columns(); counter++) {
                sum += counterHash(key, counter, counter(row, counter));
            }
            for (int named = 0; named < namedCounters.columns(); named++) {
                sum += counterHash(key, CounterSlots.FIRST + named, namedCounters.value(named, row));
            }
            for (int purse = 1; purse <= otherPurses.columns(); purse++) {
                sum += fieldHash(key, EXISTS + purse, otherPurses.value(purse - 1, row));
            }
        }
        return sum;
    }

    @Override
    public void write(StateSink sink) {
        sink.begin("members");
        sink.putInt(size);
        for (int page = 0; page << PAGE_BITS < size; page++) {
            int rows = Math.min(PAGE_ROWS, size - (page << PAGE_BITS));
            sink.putLongs(keys[page], rows);
            for (int column = 0; column < COLUMNS; column++) {
                sink.putLongs(columns[column][page], rows);
            }
        }
        sink.putArray(outstandingMicro, outstandingMicro.length);
        sink.begin("counters");
        counters.write(sink);
        sink.begin("named-counters");
        namedCounters.write(sink);
        sink.begin("other-purses");
        otherPurses.write(sink);
    }

    @Override
    public void read(StateSource source) {
        source.begin("members");
        int rowsLeft = source.takeCount();
        for (int page = 0; rowsLeft > 0; page++) {
            int rows = Math.min(PAGE_ROWS, rowsLeft);
            addPage(page);
            source.takeLongs(keys[page], rows);
            for (int column = 0; column < COLUMNS; column++) {
                source.takeLongs(columns[column][page], rows);
            }
            for (int row = 0; row < rows; row++) {
                index(keys[page][row], size++);
            }
            rowsLeft -= rows;
        }
        outstandingMicro = source.takeLongArray();
        source.begin("counters");
        counters.read(source);
        source.begin("named-counters");
        namedCounters.read(source);
        source.begin("other-purses");
        otherPurses.read(source);
        hash = recomputedHash();
    }
}
