package org.assidu.accrual.admin;

import java.util.function.IntSupplier;
import java.util.function.Supplier;

/**
 * What an operator is told beside the pipeline's own status.
 *
 * @param server what never changes
 * @param generation of the journal, as of now
 * @param snapshot the newest one, as far as is known without looking
 */
public record AdminFacts(
        ServerFacts server,
        IntSupplier generation,
        Supplier<ScrubProgress> scrub,
        ReplicationFacts replication,
        Supplier<NewestSnapshot> snapshot) {}
