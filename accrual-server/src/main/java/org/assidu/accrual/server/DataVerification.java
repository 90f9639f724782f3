package org.assidu.accrual.server;

import java.util.Locale;
import java.util.function.LongConsumer;
import org.assidu.accrual.journal.JournalDamage;
import org.assidu.accrual.journal.JournalReader;
import org.assidu.accrual.journal.JournalReport;
import org.assidu.accrual.journal.RecoveryProgress;
import org.assidu.accrual.replay.OutcomeReport;
import org.assidu.accrual.replay.OutcomeVerifier;
import org.jspecify.annotations.Nullable;

/**
 * The whole verification of a data directory: every byte of the journal, then every outcome decided again. Takes no lock and
 * changes nothing.
 *
 * @param outcomes null when the structure is damaged: there is no point in deciding then
 */
public record DataVerification(
        JournalReport structure, @Nullable OutcomeReport outcomes) {

    public static DataVerification run(DataDirectory data, RecoveryProgress progress, LongConsumer decided) {
        JournalReport structure = data.verifyStructure(progress);
        if (!structure.intact()) {
            return new DataVerification(structure, null);
        }
        try (JournalReader records = data.openReadOnly();
                JournalReader lookups = data.openReadOnly()) {
            return new DataVerification(structure, OutcomeVerifier.verify(records, lookups, decided));
        }
    }

    public boolean sound() {
        return structure.intact() && outcomes != null && outcomes.identical();
    }

    /** What a person reads. */
    public String text() {
        JournalDamage damage = structure.damage();
        StringBuilder text = new StringBuilder(String.format(
                Locale.ROOT,
                "%,d records in %d generations, chain head %s, acknowledged %,d, forced %,d",
                structure.records(),
                structure.generations().size(),
                structure.chainHead(),
                structure.acknowledged(),
                structure.forced()));
        structure.notes().forEach(note -> text.append('\n').append(note));
        if (damage != null) {
            text.append('\n').append(damage.message());
        }
        if (outcomes != null) {
            text.append('\n').append(outcomes.summary());
        }
        return text.toString();
    }
}
