package org.assidu.accrual.pipeline;

import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.agrona.collections.Long2LongHashMap;
import org.assidu.accrual.model.PrivacyEvent;
import org.assidu.accrual.model.StateSink;
import org.assidu.accrual.model.StateSource;

/**
 * Where the enrolment of a member, and their decisions about their data, are in the journal, and who is erased. Most members have
 * one such record. Derived data, which a snapshot keeps. For the accrual thread.
 */
final class PrivacyTrail {
    private static final long[] NONE = {};
    private static final long MISSING = 0;

    private final Long2LongHashMap first = new Long2LongHashMap(MISSING);
    private final Map<Long, long[]> later = new HashMap<>();
    private final Set<Long> erased = new HashSet<>();
    private final Set<Long> opposed = new HashSet<>();

    /** An enrolment. */
    void note(long memberKey, long position) {
        if (first.get(memberKey) == MISSING) {
            first.put(memberKey, position);
            return;
        }
        long[] before = later.getOrDefault(memberKey, NONE);
        long[] after = Arrays.copyOf(before, before.length + 1);
        after[before.length] = position;
        later.put(memberKey, after);
    }

    void note(PrivacyEvent event, long position) {
        note(event.memberKey(), position);
        if (event.action().erases()) {
            erased.add(event.memberKey());
        }
        if (event.action() == PrivacyEvent.Action.OPPOSITION) {
            if (event.granted()) {
                opposed.add(event.memberKey());
            } else {
                opposed.remove(event.memberKey());
            }
        }
    }

    /** Ascending. */
    long[] of(long memberKey) {
        long begin = first.get(memberKey);
        if (begin == MISSING) {
            return NONE;
        }
        long[] rest = later.getOrDefault(memberKey, NONE);
        long[] all = new long[rest.length + 1];
        all[0] = begin;
        System.arraycopy(rest, 0, all, 1, rest.length);
        return all;
    }

    boolean isErased(long memberKey) {
        return erased.contains(memberKey);
    }

    /** Whether nothing may be worked out about the member: opposed to profiling, or erased. */
    boolean isOpposed(long memberKey) {
        return opposed.contains(memberKey) || erased.contains(memberKey);
    }

    /** All members erased so far. */
    Set<Long> erased() {
        return Set.copyOf(erased);
    }

    void write(StateSink sink) {
        sink.begin("privacy");
        sink.putInt(first.size());
        first.forEachLong((member, position) -> {
            sink.putLong(member);
            sink.putLong(position);
        });
        sink.putInt(later.size());
        new TreeMap<>(later).forEach((member, of) -> {
            sink.putLong(member);
            sink.putArray(of, of.length);
        });
        write(sink, erased);
        write(sink, opposed);
    }

    private static void write(StateSink sink, Set<Long> members) {
        sink.putInt(members.size());
        new TreeSet<>(members).forEach(sink::putLong);
    }

    void read(StateSource source) {
        source.begin("privacy");
        for (int left = source.takeCount(); left > 0; left--) {
            first.put(source.takeLong(), source.takeLong());
        }
        for (int left = source.takeCount(); left > 0; left--) {
            later.put(source.takeLong(), source.takeLongArray());
        }
        for (int left = source.takeCount(); left > 0; left--) {
            erased.add(source.takeLong());
        }
        for (int left = source.takeCount(); left > 0; left--) {
            opposed.add(source.takeLong());
        }
    }
}
