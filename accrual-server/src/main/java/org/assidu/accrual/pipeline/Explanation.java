package org.assidu.accrual.pipeline;

import java.util.List;
import org.assidu.accrual.model.RecordedReceipt;

/**
 * What a receipt earned and why, as the journal holds it, and what has come back since.
 *
 * @param receivedAtMillis when the server took it
 * @param programmeId of the version that priced it; empty when none did
 * @param ruleIds of that version, by rule index; empty when none did
 * @param returnedThousandths by line
 * @param claimed whether a member claimed it later: then lines and outcome are what the claim decided
 * @param position last journal position that this reflects
 */
public record Explanation(
        RecordedReceipt recorded,
        long receivedAtMillis,
        String programmeId,
        List<String> ruleIds,
        List<NamedMovement> movements,
        long[] returnedThousandths,
        boolean claimed,
        long position) {}
