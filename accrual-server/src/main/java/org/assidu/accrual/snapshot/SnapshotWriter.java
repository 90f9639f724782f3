package org.assidu.accrual.snapshot;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.locks.LockSupport;
import java.util.zip.CRC32C;
import org.assidu.accrual.model.StateSink;

/** Writes blocks into a file, and waits where a limit of bytes a second says so. */
final class SnapshotWriter implements StateSink {
    private final AlignedWriter file;
    private final long bytesPerSecond;
    private final long startedNanos = System.nanoTime();
    private final ByteBuffer block = ByteBuffer.allocateDirect(SnapshotBlock.HEADER_BYTES + SnapshotBlock.MOST_BYTES)
            .order(ByteOrder.LITTLE_ENDIAN)
            .position(SnapshotBlock.HEADER_BYTES);
    private final CRC32C crc = new CRC32C();
    private int number;

    /** @param bytesPerSecond 0 = no limit */
    SnapshotWriter(AlignedWriter file, SnapshotHead head, long bytesPerSecond) {
        this.file = file;
        this.bytesPerSecond = bytesPerSecond;
        write(head.encode());
    }

    @Override
    public void begin(String part) {
        flush();
        byte[] name = part.getBytes(StandardCharsets.US_ASCII);
        block.put((byte) name.length).put(name);
    }

    /** Ends the file; it is on disk when this returns. */
    void finish() {
        flush();
        writeBlock();
        try {
            file.finish();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    long bytes() {
        return file.bytes();
    }

    private void flush() {
        if (block.position() > SnapshotBlock.HEADER_BYTES) {
            writeBlock();
        }
    }

    private void writeBlock() {
        int length = block.position() - SnapshotBlock.HEADER_BYTES;
        block.flip();
        int checksum = SnapshotBlock.checksum(crc, number, length, block.slice(SnapshotBlock.HEADER_BYTES, length));
        block.putInt(0, number).putInt(4, length).putInt(8, checksum);
        number++;
        write(block);
        block.clear().position(SnapshotBlock.HEADER_BYTES);
    }

    private void write(ByteBuffer bytes) {
        try {
            if (file.write(bytes)) {
                holdBack();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void holdBack() {
        if (bytesPerSecond > 0) {
            long dueNanos = startedNanos + (long) (file.bytes() * 1e9 / bytesPerSecond);
            while (dueNanos - System.nanoTime() > 0 && !Thread.currentThread().isInterrupted()) {
                LockSupport.parkNanos(dueNanos - System.nanoTime());
            }
        }
    }

    private ByteBuffer room(int bytes) {
        if (block.remaining() < bytes) {
            flush();
        }
        return block;
    }

    @Override
    public void putLong(long value) {
        room(Long.BYTES).putLong(value);
    }

    @Override
    public void putInt(int value) {
        room(Integer.BYTES).putInt(value);
    }

    @Override
    public void putBytes(byte[] values, int count) {
        for (int done = 0; done < count; ) {
            int now = Math.min(count - done, room(1).remaining());
            block.put(values, done, now);
            done += now;
        }
    }

    @Override
    public void putShorts(short[] values, int count) {
        for (int done = 0; done < count; ) {
            int now = Math.min(count - done, room(Short.BYTES).remaining() / Short.BYTES);
            block.asShortBuffer().put(values, done, now);
            done += moved(now, Short.BYTES);
        }
    }

    @Override
    public void putChars(char[] values, int count) {
        for (int done = 0; done < count; ) {
            int now = Math.min(count - done, room(Character.BYTES).remaining() / Character.BYTES);
            block.asCharBuffer().put(values, done, now);
            done += moved(now, Character.BYTES);
        }
    }

    @Override
    public void putInts(int[] values, int count) {
        for (int done = 0; done < count; ) {
            int now = Math.min(count - done, room(Integer.BYTES).remaining() / Integer.BYTES);
            block.asIntBuffer().put(values, done, now);
            done += moved(now, Integer.BYTES);
        }
    }

    @Override
    public void putLongs(long[] values, int count) {
        for (int done = 0; done < count; ) {
            int now = Math.min(count - done, room(Long.BYTES).remaining() / Long.BYTES);
            block.asLongBuffer().put(values, done, now);
            done += moved(now, Long.BYTES);
        }
    }

    private int moved(int values, int width) {
        block.position(block.position() + values * width);
        return values;
    }
}
