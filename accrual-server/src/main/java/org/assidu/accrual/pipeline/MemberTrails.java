package org.assidu.accrual.pipeline;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.LongStream;

/** Where the journal has what concerns a member, those who were merged into it included. For the accrual thread. */
final class MemberTrails {
    private MemberTrails() {}

    static JournalReads.Trail of(AccrualStage s, long asked) {
        long memberKey = s.engine().desk().survivorOf(asked);
        List<JournalReads.Chain> chains = new ArrayList<>();
        for (long key : withHousehold(s, memberKey)) {
            chains.add(new JournalReads.Chain(
                    key, s.engine().lastPositionOf(key), s.foreign().of(key)));
        }
        return new JournalReads.Trail(
                chains,
                s.engine().balanceMicro(memberKey, 0),
                s.status(memberKey).tierId(),
                s.lastPosition());
    }

    /** Positions of enrolments and decisions about their data, ascending. */
    static long[] privacy(AccrualStage s, long asked) {
        long memberKey = s.engine().desk().survivorOf(asked);
        return Arrays.stream(keys(s, memberKey))
                .flatMap(key -> Arrays.stream(s.privacyTrail().of(key)))
                .sorted()
                .toArray();
    }

    /** What moved the purses that a member uses is in the statement, whoever of the household did it. */
    private static long[] withHousehold(AccrualStage s, long memberKey) {
        long household = s.engine().desk().householdOf(memberKey);
        long[] own = keys(s, memberKey);
        return household == 0
                ? own
                : LongStream.concat(LongStream.of(own), LongStream.of(household))
                        .toArray();
    }

    /** A member's own key, then those that were merged into it. */
    static long[] keys(AccrualStage s, long memberKey) {
        return LongStream.concat(
                        LongStream.of(memberKey),
                        s.engine().desk().absorbedBy(memberKey).stream().mapToLong(Long::longValue))
                .toArray();
    }
}
