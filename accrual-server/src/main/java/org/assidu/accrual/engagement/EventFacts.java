package org.assidu.accrual.engagement;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.agrona.collections.Long2LongHashMap;
import org.assidu.accrual.codec.EnrolmentRecordCodec;
import org.assidu.accrual.codec.ProgrammeRecord;
import org.assidu.accrual.codec.ProgrammeRecordCodec;
import org.assidu.accrual.journal.JournalReader;
import org.assidu.accrual.model.MemberEnrolment;
import org.assidu.accrual.model.MemberEnrolment.Consent;
import org.assidu.accrual.model.RecordType;
import org.assidu.proto.v1.ConsentFlags;
import org.assidu.proto.v1.ConsentPurpose;
import org.jspecify.annotations.Nullable;

/**
 * What events are told with and their own record does not hold: names of programmes and rules, and each member's consents as
 * they were at a position. Shared by all cursors, read from the journal once, as far as the foremost of them is; 16 bytes for
 * each enrolment with consents, and a map entry for each such member.
 */
final class EventFacts implements AutoCloseable {
    private static final int NONE = -1;
    private static final int FLAG_BITS = 8;

    private final JournalReader reader;
    private final List<ProgrammeRecord> programmes = new ArrayList<>();
    private final Long2LongHashMap newestOf = new Long2LongHashMap(NONE);
    /** Position and flags of each change, in order of position. */
    private long[] changes = new long[1024];
    /** The member's change before; NONE = none. */
    private int[] before = new int[1024];

    private int count;
    private long read;
    private boolean closed;

    /** @param reader this object's alone from here on */
    EventFacts(JournalReader reader) {
        this.reader = reader;
    }

    /** Reads up to a position that is committed. */
    synchronized void readTo(long position) {
        if (read >= position) {
            return;
        }
        if (closed) {
            throw new IllegalStateException("the event log is closed");
        }
        reader.seek(read + 1);
        while (read < position) {
            if (!reader.next()) {
                throw new IllegalStateException("the journal ends at position " + read + ", before " + position);
            }
            RecordType type = RecordType.ofCode(reader.type());
            if (type == RecordType.ENROLMENT) {
                enrolment(
                        EnrolmentRecordCodec.decode(reader.buffer(), reader.offset(), reader.length()),
                        reader.position());
            } else if (type == RecordType.PROGRAMME) {
                programmes.add(ProgrammeRecordCodec.decode(reader.buffer(), reader.offset(), reader.length()));
            }
            read = reader.position();
        }
    }

    private void enrolment(MemberEnrolment enrolment, long position) {
        if (enrolment.consents().isEmpty()) {
            return;
        }
        int newest = (int) newestOf.get(enrolment.memberKey());
        long flags = newest == NONE ? 0 : changes[newest] & ((1 << FLAG_BITS) - 1);
        for (Consent consent : enrolment.consents()) {
            if (consent.purpose() > 0 && consent.purpose() < FLAG_BITS) {
                long bit = 1L << consent.purpose();
                flags = consent.granted() ? flags | bit : flags & ~bit;
            }
        }
        if (count == changes.length) {
            changes = Arrays.copyOf(changes, count * 2);
            before = Arrays.copyOf(before, count * 2);
        }
        changes[count] = position << FLAG_BITS | flags;
        before[count] = newest;
        newestOf.put(enrolment.memberKey(), count++);
    }

    /** Consents of a member once the record at that position, which was read, is told; none for an unknown member. */
    synchronized ConsentFlags consents(long memberKey, long position) {
        int change = (int) newestOf.get(memberKey);
        while (change != NONE && changes[change] >>> FLAG_BITS > position) {
            change = before[change];
        }
        long flags = change == NONE ? 0 : changes[change];
        return ConsentFlags.newBuilder()
                .setEmail(has(flags, ConsentPurpose.CONSENT_PURPOSE_EMAIL))
                .setSms(has(flags, ConsentPurpose.CONSENT_PURPOSE_SMS))
                .setPush(has(flags, ConsentPurpose.CONSENT_PURPOSE_PUSH))
                .setProfiling(has(flags, ConsentPurpose.CONSENT_PURPOSE_PROFILING))
                .build();
    }

    private static boolean has(long flags, ConsentPurpose purpose) {
        return (flags & 1L << purpose.getNumber()) != 0;
    }

    /** A version that was read; null for 0, which is none. */
    synchronized @Nullable ProgrammeRecord programme(int version) {
        return version == 0 ? null : programmes.get(version - 1);
    }

    @Override
    public synchronized void close() {
        closed = true;
        reader.close();
    }
}
