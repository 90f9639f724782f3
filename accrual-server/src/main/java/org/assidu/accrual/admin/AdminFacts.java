package org.assidu.accrual.admin;

import java.util.function.Supplier;

/**
 * What an operator is told beside the pipeline's own status.
 *
 * @param server what never changes
 * @param snapshot the newest one, as far as is known without looking
 */
public record AdminFacts(
        ServerFacts server,
        Supplier<ScrubProgress> scrub,
        ReplicationFacts replication,
        Supplier<NewestSnapshot> snapshot) {}
