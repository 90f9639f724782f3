package org.assidu.accrual.engine;

import java.util.stream.LongStream;
import org.agrona.collections.Long2LongHashMap;
import org.agrona.collections.Long2ObjectHashMap;
import org.assidu.accrual.model.StateSink;
import org.assidu.accrual.model.StateSource;

/** Which members share the purses of a household. A household is a member key without a person: only its purses are used. */
final class Households implements KeptState {
    /** Members that a household can have. */
    static final int MOST_MEMBERS = 20;

    private static final long SALT = 0x486F757365L;
    private static final long NONE = 0;
    private static final long[] NOBODY = {};

    private final Long2LongHashMap householdOf = new Long2LongHashMap(NONE);
    /** By household, ascending. */
    private final Long2ObjectHashMap<long[]> persons = new Long2ObjectHashMap<>();

    private final Survivors survivors;
    private long hash;

    Households(Survivors survivors) {
        this.survivors = survivors;
    }

    /** Whose purses a member uses: those of the household, or their own; of a merged key, the survivor's. */
    long purseOwner(long ofMember) {
        long member = survivors.of(ofMember);
        long household = householdOf.isEmpty() ? NONE : householdOf.get(member);
        return household == NONE ? member : household;
    }

    /** Whether a key is a person's, and still: not that of a household, nor of a membership that was merged. */
    boolean isPerson(long key) {
        return survivors.of(key) == key && !persons.containsKey(key);
    }

    /** Household of a member; 0 = none. */
    long of(long member) {
        return householdOf.get(member);
    }

    /** Household whose members share purses with a key, which may be that of the household; 0 = none. */
    long groupOf(long key) {
        if (persons.isEmpty()) {
            return NONE;
        }
        return persons.containsKey(key) ? key : householdOf.get(key);
    }

    /** Members of a household, ascending; empty for a key that is none. */
    long[] persons(long household) {
        long[] found = persons.get(household);
        return found == null ? NOBODY : found;
    }

    /** Members of a household; 0 for a key that is none. */
    long size(long household) {
        return persons(household).length;
    }

    void join(long member, long household) {
        householdOf.put(member, household);
        persons.put(
                household,
                LongStream.concat(LongStream.of(persons(household)), LongStream.of(member))
                        .sorted()
                        .toArray());
        hash += Mix.of(SALT, member, household);
    }

    void leave(long member) {
        long household = householdOf.remove(member);
        if (household != NONE) {
            hash -= Mix.of(SALT, member, household);
            long[] left = LongStream.of(persons(household))
                    .filter(person -> person != member)
                    .toArray();
            if (left.length == 0) {
                persons.remove(household);
            } else {
                persons.put(household, left);
            }
        }
    }

    long hash() {
        return hash;
    }

    long recomputedHash() {
        long[] sum = {0};
        householdOf.longForEach((member, household) -> sum[0] += Mix.of(SALT, member, household));
        return sum[0];
    }

    @Override
    public void write(StateSink sink) {
        sink.begin("households");
        Maps.write(sink, householdOf);
    }

    @Override
    public void read(StateSource source) {
        source.begin("households");
        Long2LongHashMap all = new Long2LongHashMap(NONE);
        Maps.read(source, all);
        all.forEachLong(this::join);
    }
}
