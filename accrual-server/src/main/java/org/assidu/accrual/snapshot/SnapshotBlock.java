package org.assidu.accrual.snapshot;

import java.nio.ByteBuffer;
import java.util.zip.CRC32C;

/**
 * Blocks are what a snapshot is made of behind its head: {@code int} number from 0, {@code int} bytes that follow, {@code int}
 * CRC32C of these two and of the bytes. A part begins a new block, with its name. The last block is empty.
 */
final class SnapshotBlock {
    static final int HEADER_BYTES = 12;
    static final int MOST_BYTES = 1 << 20;

    private SnapshotBlock() {}

    static int checksum(CRC32C crc, int number, int length, ByteBuffer payload) {
        crc.reset();
        update(crc, number);
        update(crc, length);
        crc.update(payload.duplicate());
        return (int) crc.getValue();
    }

    private static void update(CRC32C crc, int value) {
        for (int shift = 0; shift < Integer.SIZE; shift += Byte.SIZE) {
            crc.update(value >>> shift);
        }
    }
}
