package org.assidu.accrual.model;

/**
 * An adjustment that waits for a second person.
 *
 * @param id of the adjustment: the sender's idempotency key
 * @param amountMicro micropoints, or millionths of a minor unit in a money purse
 * @param author pseudonym of who proposed it
 * @param atMillis when it was proposed
 */
public record PendingAdjustment(
        String id, long memberKey, String purseId, long amountMicro, String author, String reason, long atMillis) {
    /** The same, of another member. */
    public PendingAdjustment by(long otherMember) {
        return new PendingAdjustment(id, otherMember, purseId, amountMicro, author, reason, atMillis);
    }
}
