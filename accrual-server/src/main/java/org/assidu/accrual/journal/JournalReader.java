package org.assidu.accrual.journal;

/** A cursor over committed records, confined to one thread. */
public interface JournalReader extends AutoCloseable {

    /** Positions the cursor so that {@link #next} yields {@code position}, 1 or more, once that is committed. */
    void seek(long position);

    /**
     * Moves to the next record; the view below is valid until the next call.
     *
     * @return false at the end of what is committed; more may come later
     * @throws JournalDamagedException when the record does not read as it was written
     */
    boolean next();

    long position();

    int type();

    long timeMillis();

    byte[] buffer();

    int offset();

    int length();

    /** Last position of the batch that holds the record. */
    long batchEnd();

    /** Copies the hash of that batch, which covers every batch before it, into {@code target}: 32 bytes. */
    void copyBatchHash(byte[] target);

    /**
     * A copy of the whole batch that holds the record, with its hashes, as {@link BatchRecords} reads it: what a standby is sent.
     *
     * @throws UnsupportedOperationException by readers of something that has no batches
     */
    default byte[] copyBatch() {
        throw new UnsupportedOperationException(getClass().getName() + " has no batches");
    }

    @Override
    void close();
}
