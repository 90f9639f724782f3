package org.assidu.accrual.engagement;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.agrona.collections.Long2LongHashMap;
import org.assidu.accrual.codec.EnrolmentRecordCodec;
import org.assidu.accrual.codec.PrivacyRecordCodec;
import org.assidu.accrual.codec.ProgrammeRecord;
import org.assidu.accrual.codec.ProgrammeRecordCodec;
import org.assidu.accrual.journal.JournalReader;
import org.assidu.accrual.model.MemberEnrolment;
import org.assidu.accrual.model.MemberEnrolment.Consent;
import org.assidu.accrual.model.PrivacyEvent;
import org.assidu.accrual.model.RecordType;
import org.assidu.proto.v1.ConsentFlags;
import org.assidu.proto.v1.ConsentPurpose;
import org.jspecify.annotations.Nullable;

/**
 * What events are told with and their own record does not hold: names of programmes and rules, and each member's consents as
 * they were at a position. Shared by all cursors, read from the journal once, as far as the foremost of them is; 12 bytes for
 * each change of consents, and a map entry for each such member.
 */
final class EventFacts implements AutoCloseable {
    private static final int NONE = -1;
    private static final int FLAG_BITS = 8;
    private static final long FLAGS = (1 << FLAG_BITS) - 1;
    /** Beside the purposes of consents, which begin at 1: opposed to profiling. */
    private static final long OPPOSED = 1;

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
            } else if (type == RecordType.PRIVACY) {
                privacy(
                        PrivacyRecordCodec.decode(reader.buffer(), reader.offset(), reader.length()),
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
        long flags = flags(enrolment.memberKey());
        for (Consent consent : enrolment.consents()) {
            flags = consent(flags, consent.purpose(), consent.granted());
        }
        change(enrolment.memberKey(), flags, position);
    }

    private void privacy(PrivacyEvent event, long position) {
        long flags = flags(event.memberKey());
        long changed = switch (event.action()) {
            case CONSENT -> consent(flags, event.purpose(), event.granted());
            case OPPOSITION -> event.granted() ? flags | OPPOSED : flags & ~OPPOSED;
            case ERASURE, RETENTION_ERASURE -> 0;
        };
        if (changed != flags) {
            change(event.memberKey(), changed, position);
        }
    }

    private static long consent(long flags, int purpose, boolean granted) {
        if (purpose < 1 || purpose >= FLAG_BITS) {
            return flags;
        }
        long bit = 1L << purpose;
        return granted ? flags | bit : flags & ~bit;
    }

    private long flags(long memberKey) {
        int newest = (int) newestOf.get(memberKey);
        return newest == NONE ? 0 : changes[newest] & FLAGS;
    }

    private void change(long memberKey, long flags, long position) {
        if (count == changes.length) {
            changes = Arrays.copyOf(changes, count * 2);
            before = Arrays.copyOf(before, count * 2);
        }
        changes[count] = position << FLAG_BITS | flags;
        before[count] = (int) newestOf.get(memberKey);
        newestOf.put(memberKey, count++);
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
                .setProfiling(has(flags, ConsentPurpose.CONSENT_PURPOSE_PROFILING) && (flags & OPPOSED) == 0)
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
