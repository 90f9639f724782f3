package org.assidu.accrual.directory;

import java.util.Iterator;
import org.h2.mvstore.MVMap;
import org.h2.mvstore.MVStore;
import org.h2.mvstore.type.LongDataType;
import org.jspecify.annotations.Nullable;

/** The order in which what is known of members was changed last: one number a member, so that a copy can go on where it is. */
final class PersonalChanges {
    private final MVMap<Long, Long> memberOf;
    private final MVMap<Long, Long> numberOf;

    private PersonalChanges(MVMap<Long, Long> memberOf, MVMap<Long, Long> numberOf) {
        this.memberOf = memberOf;
        this.numberOf = numberOf;
    }

    static PersonalChanges in(MVStore store) {
        return new PersonalChanges(store.openMap("changes", longs()), store.openMap("changed", longs()));
    }

    private static MVMap.Builder<Long, Long> longs() {
        return new MVMap.Builder<Long, Long>().keyType(LongDataType.INSTANCE).valueType(LongDataType.INSTANCE);
    }

    /** Number of the newest change; 0 = none. */
    long last() {
        Long last = memberOf.lastKey();
        return last == null ? 0 : last;
    }

    void note(long memberKey) {
        note(last() + 1, memberKey);
    }

    /** Under a number that another store gave. */
    void note(long number, long memberKey) {
        @Nullable Long before = numberOf.put(memberKey, number);
        if (before != null && before != number) {
            memberOf.remove(before);
        }
        memberOf.put(number, memberKey);
    }

    Iterator<Long> from(long number) {
        return memberOf.keyIterator(number);
    }

    long member(long number) {
        Long member = memberOf.get(number);
        if (member == null) {
            throw new IllegalStateException("no member has change " + number);
        }
        return member;
    }

    void clear() {
        memberOf.clear();
        numberOf.clear();
    }
}
