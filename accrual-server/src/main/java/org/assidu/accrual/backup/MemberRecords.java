package org.assidu.accrual.backup;

import java.util.ArrayList;
import java.util.List;
import org.assidu.accrual.codec.PrivacyRecordCodec;
import org.assidu.accrual.journal.JournalDamagedException;
import org.assidu.accrual.journal.JournalReader;
import org.assidu.accrual.model.PrivacyEvent;
import org.assidu.accrual.model.RecordType;
import org.jspecify.annotations.Nullable;

/**
 * What a journal says of people from a position on, as far as it can be read.
 *
 * @param erasures in order
 * @param enrolments number of records
 * @param readTo last position read
 * @param damage why it ended early, or null
 */
record MemberRecords(
        List<PrivacyEvent> erasures,
        long enrolments,
        long readTo,
        @Nullable String damage) {

    static MemberRecords behind(long position, JournalReader reader) {
        List<PrivacyEvent> erasures = new ArrayList<>();
        long enrolments = 0;
        long readTo = position;
        String damage = null;
        try {
            reader.seek(position + 1);
            while (reader.next()) {
                readTo = reader.position();
                int type = reader.type();
                if (type == RecordType.PRIVACY.code()) {
                    PrivacyEvent event = PrivacyRecordCodec.decode(reader.buffer(), reader.offset(), reader.length());
                    if (event.action().erases()) {
                        erasures.add(event);
                    }
                } else if (type == RecordType.ENROLMENT.code()) {
                    enrolments++;
                }
            }
        } catch (JournalDamagedException e) {
            damage = String.valueOf(e.getMessage());
        }
        return new MemberRecords(erasures, enrolments, readTo, damage);
    }
}
