package org.assidu.accrual.journal;

/** One data directory's journal: sealed generations to read, one live generation to append to. */
public interface Journal extends AutoCloseable {

    /** The only appender; used by one thread, which must never be interrupted. */
    JournalAppender appender();

    /** The only barrier; used by one (other) thread, which must never be interrupted. */
    JournalBarrier barrier();

    /** A new reader at position 1, confined to one thread; it may read the live generation while that is appended to. */
    JournalReader newReader();

    /** The last position found at open, 0 for an empty journal. */
    long recoveredPosition();

    /** The number of the live generation, from 1. */
    int generation();

    /** A copy of the hash of the last committed batch; 32 zero bytes before the first. */
    byte[] chainHead();

    /** Whether an append would find the disk above the free-space floor; cheap, and callable from any thread. */
    boolean hasRoom();

    /**
     * Forces what is committed, seals the generation and releases the lock. Records added since the last commit are
     * dropped. The appender's and the barrier's threads must have stopped. A journal that failed is closed unsealed.
     */
    @Override
    void close();
}
