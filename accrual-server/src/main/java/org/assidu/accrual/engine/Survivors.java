package org.assidu.accrual.engine;

import java.util.ArrayList;
import java.util.List;
import org.agrona.collections.Long2LongHashMap;
import org.assidu.accrual.model.StateSink;
import org.assidu.accrual.model.StateSource;

/** Which member keys have become which other ones: a key that was merged leads to the member that lives on. */
final class Survivors implements KeptState {
    private static final long SALT = 0x4D65726765L;
    private static final long NONE = 0;

    private final Long2LongHashMap survivorOf = new Long2LongHashMap(NONE);
    private long hash;

    /** The member that a key stands for now: itself unless it was merged. */
    long of(long memberKey) {
        long survivor = survivorOf.isEmpty() ? NONE : survivorOf.get(memberKey);
        return survivor == NONE ? memberKey : survivor;
    }

    boolean isMerged(long memberKey) {
        return survivorOf.get(memberKey) != NONE;
    }

    /** What led to the absorbed one leads to the survivor. */
    void put(long absorbed, long survivor) {
        Long2LongHashMap.EntryIterator entries = survivorOf.entrySet().iterator();
        while (entries.hasNext()) {
            entries.next();
            if (entries.getLongValue() == absorbed) {
                hash += entry(entries.getLongKey(), survivor) - entry(entries.getLongKey(), absorbed);
                entries.setValue(survivor);
            }
        }
        survivorOf.put(absorbed, survivor);
        hash += entry(absorbed, survivor);
    }

    /** Keys that lead to a member, ascending. */
    List<Long> absorbedBy(long survivor) {
        List<Long> keys = new ArrayList<>();
        survivorOf.longForEach((absorbed, to) -> {
            if (to == survivor) {
                keys.add(absorbed);
            }
        });
        keys.sort(Long::compare);
        return keys;
    }

    /** All merged keys, each with the member that lives on; a copy. */
    Long2LongHashMap all() {
        Long2LongHashMap copy = new Long2LongHashMap(NONE);
        survivorOf.longForEach(copy::put);
        return copy;
    }

    private static long entry(long absorbed, long survivor) {
        return Mix.of(SALT, absorbed, survivor);
    }

    long hash() {
        return hash;
    }

    long recomputedHash() {
        long[] sum = {0};
        survivorOf.longForEach((absorbed, survivor) -> sum[0] += entry(absorbed, survivor));
        return sum[0];
    }

    @Override
    public void write(StateSink sink) {
        sink.begin("survivors");
        Maps.write(sink, survivorOf);
    }

    @Override
    public void read(StateSource source) {
        source.begin("survivors");
        Maps.read(source, survivorOf);
        hash = recomputedHash();
    }
}
