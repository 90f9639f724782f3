package org.assidu.accrual.engine;

import org.agrona.collections.Long2LongHashMap;
import org.assidu.accrual.model.StateSink;
import org.assidu.accrual.model.StateSource;

/** Counters of the programme itself, which outcomes name as those of member 0: budgets, stock, uses of codes. */
final class ProgrammeCounters implements KeptState {
    private static final long SALT = 0x42756467657473L;

    private final Long2LongHashMap values = new Long2LongHashMap(0);
    private long hash;

    long value(int counter) {
        return values.get(counter);
    }

    void add(int counter, long delta) {
        long before = values.get(counter);
        hash += entryHash(counter, before + delta) - entryHash(counter, before);
        if (before + delta == 0) {
            values.remove(counter);
        } else {
            values.put(counter, before + delta);
        }
    }

    /** Zero for a value of zero: a counter that came back to zero is as if it had never moved. */
    private static long entryHash(long counter, long value) {
        return value == 0 ? 0 : Mix.of(SALT, counter, value);
    }

    long hash() {
        return hash;
    }

    long recomputedHash() {
        long[] sum = new long[1];
        values.forEachLong((counter, value) -> sum[0] += entryHash(counter, value));
        return sum[0];
    }

    @Override
    public void write(StateSink sink) {
        sink.begin("programme-counters");
        Maps.write(sink, values);
    }

    @Override
    public void read(StateSource source) {
        source.begin("programme-counters");
        Maps.read(source, values);
        hash = recomputedHash();
    }
}
