package org.assidu.accrual.journal;

/**
 * What a verification found in one generation.
 *
 * @param firstPosition one more than the last position of the generation before, also when this one is empty
 * @param bytes of its documents
 * @param state {@code live} (or ended without a seal), {@code closed}, {@code recovered} or {@code cut}
 * @param verified false where only size and seal were checked
 */
public record GenerationSummary(
        int generation,
        long firstPosition,
        long lastPosition,
        long batches,
        long bytes,
        String state,
        String chainHead,
        boolean verified) {

    public long records() {
        return lastPosition - firstPosition + 1;
    }
}
