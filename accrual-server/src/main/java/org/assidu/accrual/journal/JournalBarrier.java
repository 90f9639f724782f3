package org.assidu.accrual.journal;

/** The force that makes committed records durable, confined to the thread that first advances it. */
public interface JournalBarrier {

    /**
     * With {@link Durability#DURABLE}, forces everything committed before the call; with {@link Durability#FAST},
     * nothing. Either way the position is then noted as acknowledged, so that the next start insists on it.
     *
     * @return the position up to which answers may be given
     * @throws JournalFailedException when the force fails; so does every later call, since a force is never retried
     */
    long advance();
}
