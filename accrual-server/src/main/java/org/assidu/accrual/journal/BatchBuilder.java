package org.assidu.accrual.journal;

import java.util.Arrays;
import java.util.zip.CRC32C;

/** The batch being filled: one contiguous buffer, reused, with room for the header in front. */
final class BatchBuilder {
    private static final int INITIAL_BYTES = 64 << 10;
    private final CRC32C crc = new CRC32C();
    private final BatchFrame frame = new BatchFrame();
    private byte[] bytes = new byte[INITIAL_BYTES];
    private int end = BatchFrame.HEADER_BYTES;
    private int count;
    private long firstPosition;

    void add(int type, long position, long timeMillis, byte[] payload, int offset, int length) {
        int needed = end + RecordFrame.frameBytes(length);
        if (needed > bytes.length) {
            bytes = Arrays.copyOf(bytes, Math.max(needed, 2 * bytes.length));
        }
        if (count == 0) {
            firstPosition = position;
        }
        end = RecordFrame.write(crc, bytes, end, type, position, timeMillis, payload, offset, length);
        count++;
    }

    /** Completes the header; {@code chainHead} goes in as the previous batch's hash and comes out as this one's. */
    void finish(long forced, int generation, byte[] chainHead) {
        frame.finish(bytes, end, count, firstPosition, forced, generation, chainHead);
    }

    void clear() {
        end = BatchFrame.HEADER_BYTES;
        count = 0;
    }

    byte[] bytes() {
        return bytes;
    }

    int length() {
        return end;
    }

    int count() {
        return count;
    }

    long firstPosition() {
        return firstPosition;
    }
}
