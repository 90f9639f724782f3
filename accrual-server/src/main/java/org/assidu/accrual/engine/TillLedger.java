package org.assidu.accrual.engine;

import java.util.Arrays;
import org.assidu.accrual.model.ReceiptColumns;
import org.assidu.accrual.model.StateSink;
import org.assidu.accrual.model.StateSource;

/**
 * Which receipts are closed, for ever: per till (store, till, series and, under numbering DAILY, business date) the set of
 * its numbers. Tills get dense slots in order of first sight; a receipt's key is {@code slot << 32 | number}.
 */
final class TillLedger implements KeptState {
    private static final long CLOSED_SALT = 0x436C6F736564L;
    static final int UNKNOWN = -1;

    private record Till(byte[] store, byte[] till, int series, int date, long hash, ReceiptNumbers numbers) {}

    private Till[] tills = new Till[64];
    private int size;
    /** Open addressing: slot + 1, 0 = free. */
    private int[] table = new int[256];

    private boolean daily;
    private long receipts;
    private long hash;

    void numberDaily(boolean newDaily) {
        daily = newDaily;
    }

    boolean numberedDaily() {
        return daily;
    }

    /** Slot of the till a receipt was rung at; {@link #UNKNOWN} when it closed none yet. */
    int find(ReceiptColumns of, int original) {
        return tillAt(of, original, tillHash(of, original));
    }

    int intern(ReceiptColumns of, int original) {
        long tillHash = tillHash(of, original);
        int found = tillAt(of, original, tillHash);
        if (found != UNKNOWN) {
            return found;
        }
        boolean own = original < 0;
        return add(new Till(
                bytes(of, own ? of.store : of.originalStore[original]),
                bytes(of, own ? of.till : of.originalTill[original]),
                own ? of.series : of.originalSeries[original],
                date(of, original),
                tillHash,
                new ReceiptNumbers()));
    }

    private int add(Till till) {
        if (size == tills.length) {
            tills = Arrays.copyOf(tills, size * 2);
        }
        tills[size++] = till;
        if (size * 2 > table.length) {
            table = new int[table.length * 2];
            for (int slot = 0; slot < size - 1; slot++) {
                place(slot);
            }
        }
        place(size - 1);
        return size - 1;
    }

    private void place(int slot) {
        int mask = table.length - 1;
        int at = (int) tills[slot].hash & mask;
        while (table[at] != 0) {
            at = at + 1 & mask;
        }
        table[at] = slot + 1;
    }

    private int tillAt(ReceiptColumns of, int original, long tillHash) {
        int mask = table.length - 1;
        for (int at = (int) tillHash & mask; table[at] != 0; at = at + 1 & mask) {
            int slot = table[at] - 1;
            if (tills[slot].hash == tillHash && isTill(tills[slot], of, original)) {
                return slot;
            }
        }
        return UNKNOWN;
    }

    private boolean isTill(Till till, ReceiptColumns of, int original) {
        boolean own = original < 0;
        return till.series == (own ? of.series : of.originalSeries[original])
                && till.date == date(of, original)
                && same(till.store, of, own ? of.store : of.originalStore[original])
                && same(till.till, of, own ? of.till : of.originalTill[original]);
    }

    private static boolean same(byte[] bytes, ReceiptColumns of, int reference) {
        int from = ReceiptColumns.textOffset(reference);
        return Arrays.equals(bytes, 0, bytes.length, of.text, from, from + ReceiptColumns.textLength(reference));
    }

    private static byte[] bytes(ReceiptColumns of, int reference) {
        int from = ReceiptColumns.textOffset(reference);
        return Arrays.copyOfRange(of.text, from, from + ReceiptColumns.textLength(reference));
    }

    private int date(ReceiptColumns of, int original) {
        if (!daily) {
            return 0;
        }
        return original < 0 ? of.businessDate : of.originalBusinessDate[original];
    }

    private long tillHash(ReceiptColumns of, int original) {
        int date = date(of, original);
        return original < 0
                ? Mix.till(of, of.store, of.till, of.series, date)
                : Mix.till(
                        of, of.originalStore[original], of.originalTill[original], of.originalSeries[original], date);
    }

    /** For an index of receipts: the last two bits are those of the number, so that neighbours may lie side by side. */
    long identityHash(ReceiptColumns of, int original) {
        long number = number(of, original);
        return Mix.of(tillHash(of, original), number >>> 2) & ~3L | number & 3;
    }

    /** For the state hash: of a receipt by its key. */
    long stateIdentity(long key) {
        return Mix.of(tills[(int) (key >>> 32)].hash, key & 0xffffffffL);
    }

    static long number(ReceiptColumns of, int original) {
        return original < 0 ? of.number : of.originalNumber[original];
    }

    static long key(int slot, long number) {
        return (long) slot << 32 | number;
    }

    boolean isClosed(int slot, long number) {
        return slot != UNKNOWN && tills[slot].numbers.contains(number);
    }

    void close(int slot, long number) {
        if (tills[slot].numbers.add(number)) {
            receipts++;
            hash += entryHash(tills[slot], number);
        }
    }

    private static long entryHash(Till till, long number) {
        return Mix.of(CLOSED_SALT, Mix.of(till.hash, number));
    }

    long receipts() {
        return receipts;
    }

    long hash() {
        return hash;
    }

    long recomputedHash() {
        long[] sum = new long[1];
        for (int slot = 0; slot < size; slot++) {
            Till till = tills[slot];
            till.numbers.forEach(number -> sum[0] += entryHash(till, number));
        }
        return sum[0];
    }

    @Override
    public void write(StateSink sink) {
        sink.begin("tills");
        sink.putBoolean(daily);
        sink.putInt(size);
        for (int slot = 0; slot < size; slot++) {
            Till till = tills[slot];
            sink.putBlock(till.store);
            sink.putBlock(till.till);
            sink.putInt(till.series);
            sink.putInt(till.date);
            sink.putLong(till.hash);
            till.numbers.write(sink);
        }
        sink.putLong(receipts);
    }

    @Override
    public void read(StateSource source) {
        source.begin("tills");
        daily = source.takeBoolean();
        for (int left = source.takeCount(); left > 0; left--) {
            ReceiptNumbers numbers = new ReceiptNumbers();
            Till till = new Till(
                    source.takeBlock(),
                    source.takeBlock(),
                    source.takeInt(),
                    source.takeInt(),
                    source.takeLong(),
                    numbers);
            numbers.read(source);
            add(till);
        }
        receipts = source.takeLong();
        hash = recomputedHash();
    }
}
