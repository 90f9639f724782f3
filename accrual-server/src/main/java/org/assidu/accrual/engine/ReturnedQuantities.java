package org.assidu.accrual.engine;

import java.util.Arrays;
import org.agrona.collections.Long2ObjectHashMap;
import org.assidu.accrual.model.StateSink;
import org.assidu.accrual.model.StateSource;

/** How much of each line of a closed receipt has come back, thousandths, by receipt key. */
final class ReturnedQuantities implements KeptState {
    private static final long RETURNED_SALT = 0x52657475726EL;

    private final Long2ObjectHashMap<long[]> byReceipt = new Long2ObjectHashMap<>();
    private final TillLedger ledger;
    private long hash;

    ReturnedQuantities(TillLedger ledger) {
        this.ledger = ledger;
    }

    /** Copies a receipt's quantities, zeros where nothing came back. */
    void read(long receiptKey, int lines, long[] target) {
        Arrays.fill(target, 0, lines, 0);
        long[] returned = byReceipt.get(receiptKey);
        if (returned != null) {
            System.arraycopy(returned, 0, target, 0, Math.min(lines, returned.length));
        }
    }

    long of(long receiptKey, int line) {
        long[] returned = byReceipt.get(receiptKey);
        return returned == null || line >= returned.length ? 0 : returned[line];
    }

    void add(long receiptKey, int line, long thousandths) {
        long[] returned = byReceipt.get(receiptKey);
        if (returned == null || line >= returned.length) {
            returned = returned == null ? new long[line + 1] : Arrays.copyOf(returned, line + 1);
            byReceipt.put(receiptKey, returned);
        }
        long identity = ledger.stateIdentity(receiptKey);
        hash += entryHash(identity, line, returned[line] + thousandths) - entryHash(identity, line, returned[line]);
        returned[line] += thousandths;
    }

    private static long entryHash(long identity, int line, long thousandths) {
        return thousandths == 0 ? 0 : Mix.of(RETURNED_SALT + line, identity, thousandths);
    }

    long hash() {
        return hash;
    }

    long recomputedHash() {
        long[] sum = new long[1];
        byReceipt.longForEach((key, returned) -> {
            for (int line = 0; line < returned.length; line++) {
                sum[0] += entryHash(ledger.stateIdentity(key), line, returned[line]);
            }
        });
        return sum[0];
    }

    @Override
    public void write(StateSink sink) {
        sink.begin("returned");
        long[] keys = Maps.sorted(byReceipt.keySet());
        sink.putArray(keys, keys.length);
        for (long key : keys) {
            long[] returned = byReceipt.get(key);
            sink.putArray(returned, returned.length);
        }
    }

    @Override
    public void read(StateSource source) {
        source.begin("returned");
        for (long key : source.takeLongArray()) {
            byReceipt.put(key, source.takeLongArray());
        }
        hash = recomputedHash();
    }
}
