package org.assidu.accrual.export;

import java.util.List;
import java.util.function.LongUnaryOperator;
import org.agrona.collections.Long2LongHashMap;

/** The way back from the keys of an export to the members, for who has the secret and knows all members. */
public final class ExportedMembers {
    private static final long MISSING = 0;

    private ExportedMembers() {}

    /** @return the member key of an exported key; 0 when none of these members has it */
    public static LongUnaryOperator of(ExportSecret secret, String purpose, List<Long> memberKeys) {
        MemberRekeying rekeying = new MemberRekeying(secret, purpose);
        Long2LongHashMap members = new Long2LongHashMap(MISSING);
        for (long memberKey : memberKeys) {
            members.put(rekeying.exported(memberKey), memberKey);
        }
        return members::get;
    }
}
