package org.assidu.accrual.journal;

/** The writing end of a {@link Journal}, confined to the thread that first appends. */
public interface JournalAppender {

    /** The largest payload of one record. */
    int MAXIMUM_PAYLOAD_BYTES = 2 << 20;

    /** The largest batch: a record that would go beyond commits the batch before it. */
    int MAXIMUM_BATCH_BYTES = 4 << 20;

    /**
     * Adds a record to the current batch; the payload is copied.
     *
     * @param type 0 or more, its meaning is the caller's
     * @return its position, one more than the record before
     * @throws JournalFullException when free space is below the floor; nothing was added
     * @throws JournalFailedException when an earlier write or force failed
     */
    long append(int type, long timeMillis, byte[] payload, int offset, int length);

    /**
     * Writes the records added since the last commit as one document: visible to readers and to the next barrier from
     * here on. Does nothing when there are none.
     */
    void commit();

    /** The last committed position. */
    long appendedPosition();
}
