package org.assidu.accrual.journal;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a read-only verification found.
 *
 * @param records good ones, from position 1
 * @param chainHead hash of the last good batch, in hex
 * @param acknowledged the highest position that answers were given up to, as the slots say
 * @param forced the highest position known to be forced
 * @param damage what keeps the journal from being opened, or null
 * @param notes what an operator should know besides
 */
public record JournalReport(
        JournalKind kind,
        long records,
        String chainHead,
        long acknowledged,
        long forced,
        List<GenerationSummary> generations,
        @Nullable JournalDamage damage,
        List<String> notes) {

    public JournalReport {
        generations = List.copyOf(generations);
        notes = List.copyOf(notes);
    }

    public boolean intact() {
        return damage == null;
    }
}
