package org.assidu.accrual.replay;

import java.util.List;
import java.util.Locale;

/**
 * What deciding a whole journal again found.
 *
 * @param records all records, of every type
 * @param decided receipts, chunks and voids that were decided again
 * @param otherSemantics of which recorded under another version of the rules' meaning: compared, but a difference is declared
 * @param declaredDifferences of those, how many are decided otherwise today
 * @param mismatches decided otherwise though nothing was declared
 * @param firstMismatches the first of them
 * @param stateHash of the engine after the last record, hexadecimal
 */
public record OutcomeReport(
        long records,
        long decided,
        long otherSemantics,
        long declaredDifferences,
        long mismatches,
        List<Mismatch> firstMismatches,
        String stateHash) {

    /** Mismatches kept. */
    public static final int MOST_KEPT = 20;

    /** A record whose outcome cannot be derived from its input. */
    public record Mismatch(long position, String receipt, String difference) {
        @Override
        public String toString() {
            return "position " + position + ", " + receipt + ": " + difference;
        }
    }

    /** Whether every outcome follows from its input, differences declared by a semantics version aside. */
    public boolean identical() {
        return mismatches == 0;
    }

    /** What a person reads, without the structure that the journal's own verification reports. */
    public String summary() {
        StringBuilder text = new StringBuilder(String.format(
                Locale.ROOT,
                "%,d records, %,d decided again: %s",
                records,
                decided,
                identical() ? "outcomes identical" : String.format(Locale.ROOT, "%,d OUTCOMES DIFFER", mismatches)));
        if (otherSemantics != 0) {
            text.append(String.format(
                    Locale.ROOT,
                    "; %,d recorded under other semantics, of which %,d are decided otherwise today (declared)",
                    otherSemantics,
                    declaredDifferences));
        }
        text.append("; state hash ").append(stateHash);
        for (Mismatch mismatch : firstMismatches) {
            text.append("\n  ").append(mismatch);
        }
        return text.toString();
    }
}
