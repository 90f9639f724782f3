package org.assidu.accrual.engine;

import java.util.Arrays;
import java.util.Collection;
import org.agrona.collections.Long2LongHashMap;
import org.assidu.accrual.model.StateSink;
import org.assidu.accrual.model.StateSource;

/** Maps in a snapshot: keys ascending, so that the same state is always the same bytes, and then their values. */
final class Maps {
    private Maps() {}

    static void write(StateSink sink, Long2LongHashMap map) {
        long[] keys = new long[map.size()];
        int[] count = new int[1];
        map.forEachLong((key, value) -> keys[count[0]++] = key);
        Arrays.sort(keys);
        long[] values = new long[keys.length];
        for (int i = 0; i < keys.length; i++) {
            values[i] = map.get(keys[i]);
        }
        sink.putArray(keys, keys.length);
        sink.putLongs(values, values.length);
    }

    static void read(StateSource source, Long2LongHashMap map) {
        long[] keys = source.takeLongArray();
        long[] values = new long[keys.length];
        source.takeLongs(values, values.length);
        for (int i = 0; i < keys.length; i++) {
            map.put(keys[i], values[i]);
        }
    }

    /** Keys ascending. @param keys as a map or set yields them */
    static long[] sorted(Collection<Long> keys) {
        long[] sorted = new long[keys.size()];
        int at = 0;
        for (long key : keys) {
            sorted[at++] = key;
        }
        Arrays.sort(sorted);
        return sorted;
    }
}
