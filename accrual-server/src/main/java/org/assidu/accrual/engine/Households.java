package org.assidu.accrual.engine;

import org.agrona.collections.Long2LongHashMap;
import org.assidu.accrual.model.StateSink;
import org.assidu.accrual.model.StateSource;

/** Which members share the purses of a household. A household is a member key without a person: only its purses are used. */
final class Households implements KeptState {
    /** Members that a household can have. */
    static final int MOST_MEMBERS = 20;

    private static final long SALT = 0x486F757365L;
    private static final long NONE = 0;

    private final Long2LongHashMap householdOf = new Long2LongHashMap(NONE);
    private final Long2LongHashMap sizes = new Long2LongHashMap(NONE);
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

    /** Household of a member; 0 = none. */
    long of(long member) {
        return householdOf.get(member);
    }

    /** Members of a household; 0 for a key that is none. */
    long size(long household) {
        return sizes.get(household);
    }

    void join(long member, long household) {
        householdOf.put(member, household);
        sizes.put(household, sizes.get(household) + 1);
        hash += Mix.of(SALT, member, household);
    }

    void leave(long member) {
        long household = householdOf.remove(member);
        if (household != NONE) {
            hash -= Mix.of(SALT, member, household);
            long left = sizes.get(household) - 1;
            if (left == 0) {
                sizes.remove(household);
            } else {
                sizes.put(household, left);
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
        Maps.read(source, householdOf);
        householdOf.forEachLong((member, household) -> sizes.put(household, sizes.get(household) + 1));
        hash = recomputedHash();
    }
}
