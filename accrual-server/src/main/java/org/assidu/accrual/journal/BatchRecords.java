package org.assidu.accrual.journal;

import java.util.Arrays;

/**
 * The records of one batch that came from elsewhere, each of which was checked: that it follows what is here by position and
 * hash, and that no byte of it changed on the way.
 *
 * <p>The hash covers the previous hash and the records, not the generation nor the file. So whoever appends the same records as
 * one batch to the same chain gets the same hash, in a generation of their own.
 */
public final class BatchRecords extends FramedReader {
    /** Bytes of a batch's hash. */
    public static final int HASH_BYTES = BatchFrame.HASH_BYTES;

    private final byte[] bytes;
    private final long first;
    private final long last;
    private int frameAt = BatchFrame.HEADER_BYTES;
    private long next;

    private BatchRecords(byte[] bytes) {
        this.bytes = bytes;
        first = BatchFrame.firstPosition(bytes, 0);
        last = BatchFrame.lastPosition(bytes, 0);
        next = first;
    }

    /**
     * Checks a batch as {@link JournalReader#copyBatch} gave it.
     *
     * @param lastPosition the position that it must follow
     * @param chainHead hash of the batch before it; zeros before the first
     * @throws BatchRefusedException when it does not follow, or is damaged
     */
    public static BatchRecords checked(byte[] batch, long lastPosition, byte[] chainHead) throws BatchRefusedException {
        String problem = batch.length < BatchFrame.HEADER_BYTES
                ? "batch length=" + batch.length + ", expected " + BatchFrame.HEADER_BYTES + " or more"
                : new BatchFrame()
                        .problem(batch, 0, batch.length, BatchFrame.generation(batch, 0), lastPosition, chainHead);
        if (problem == null && BatchFrame.count(batch, 0) < 1) {
            problem = "batch of " + BatchFrame.count(batch, 0) + " records";
        }
        if (problem != null) {
            throw new BatchRefusedException(
                    "the batch behind position=" + lastPosition + " is not what was written: " + problem);
        }
        return new BatchRecords(batch);
    }

    /** The hash of no batch: what the first one follows. */
    public static byte[] emptyChain() {
        return new byte[HASH_BYTES];
    }

    /** First position of a batch as {@link JournalReader#copyBatch} gave it. */
    public static long firstPosition(byte[] batch) {
        return BatchFrame.firstPosition(batch, 0);
    }

    public long firstPosition() {
        return first;
    }

    public long lastPosition() {
        return last;
    }

    public int count() {
        return BatchFrame.count(bytes, 0);
    }

    /** A copy of the hash, which covers every batch before it. */
    public byte[] hash() {
        byte[] hash = new byte[HASH_BYTES];
        BatchFrame.copyHash(bytes, 0, hash);
        return hash;
    }

    @Override
    public void seek(long position) {
        if (position < first || position > last + 1) {
            throw new IllegalArgumentException(
                    "seek to position=" + position + ", the batch has " + first + " to " + last);
        }
        frameAt = BatchFrame.HEADER_BYTES;
        next = first;
        while (next < position) {
            step();
        }
        currentAt = NO_RECORD;
    }

    @Override
    public boolean next() {
        if (next > last) {
            currentAt = NO_RECORD;
            return false;
        }
        step();
        return true;
    }

    private void step() {
        currentAt = frameAt;
        frameAt += RecordFrame.frameBytes(RecordFrame.payloadBytes(bytes, frameAt));
        next++;
    }

    @Override
    public byte[] buffer() {
        return bytes;
    }

    @Override
    public long batchEnd() {
        return last;
    }

    @Override
    public void copyBatchHash(byte[] target) {
        BatchFrame.copyHash(bytes, 0, target);
    }

    @Override
    public byte[] copyBatch() {
        return Arrays.copyOf(bytes, bytes.length);
    }

    @Override
    public void close() {
        // Holds nothing but memory.
    }
}
