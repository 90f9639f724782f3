package org.assidu.accrual.snapshot;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.zip.CRC32C;
import org.assidu.accrual.model.StateSource;

/** Reads a snapshot; yields no byte of a block before the whole block's checksum was right. */
public final class SnapshotReader implements StateSource, AutoCloseable {
    private final AlignedReader file;
    private final SnapshotHead head;
    private final ByteBuffer block =
            ByteBuffer.allocateDirect(SnapshotBlock.MOST_BYTES).order(ByteOrder.LITTLE_ENDIAN);
    private final ByteBuffer header =
            ByteBuffer.allocate(SnapshotBlock.HEADER_BYTES).order(ByteOrder.LITTLE_ENDIAN);
    private final CRC32C crc = new CRC32C();
    private int number;
    private String part = "head";

    private SnapshotReader(AlignedReader file, SnapshotHead head) {
        this.file = file;
        this.head = head;
        block.limit(0);
    }

    /** @throws SnapshotException when the head is not whole or of another format */
    static SnapshotReader open(Path path) throws IOException {
        AlignedReader file = new AlignedReader(path);
        try {
            ByteBuffer bytes = ByteBuffer.allocate(SnapshotHead.BYTES);
            file.fill(bytes);
            return new SnapshotReader(file, SnapshotHead.decode(bytes.flip()));
        } catch (Throwable problem) {
            file.close();
            throw problem;
        }
    }

    public SnapshotHead head() {
        return head;
    }

    @Override
    public void begin(String name) {
        if (block.hasRemaining()) {
            throw new SnapshotException(block.remaining() + " bytes of part \"" + part + "\" are left where part \""
                    + name + "\" is expected");
        }
        next();
        byte[] found = new byte[Math.min(block.remaining(), block.hasRemaining() ? block.get() : 0)];
        block.get(found);
        String actual = new String(found, StandardCharsets.US_ASCII);
        if (!actual.equals(name)) {
            throw new SnapshotException("part expected=" + name + " actual=" + actual);
        }
        part = name;
    }

    /** Reads what is left, which must be nothing but the end. @throws SnapshotException when it is something else */
    public void end() {
        if (block.hasRemaining()) {
            throw new SnapshotException(block.remaining() + " bytes of part \"" + part + "\" are left at the end");
        }
        next();
        try {
            if (block.hasRemaining() || !file.atEnd()) {
                throw new SnapshotException("something follows part \"" + part + "\", where the end is expected");
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void next() {
        try {
            long at = file.position();
            header.clear();
            file.fill(header);
            header.flip();
            if (header.remaining() < SnapshotBlock.HEADER_BYTES) {
                throw new SnapshotException("it is cut at byte " + at + ", behind part \"" + part + "\"");
            }
            int length = header.getInt(4);
            if (header.getInt(0) != number || length < 0 || length > SnapshotBlock.MOST_BYTES) {
                throw new SnapshotException(
                        "block at byte " + at + " (part \"" + part + "\"): number expected=" + number
                                + " actual=" + header.getInt(0) + ", length=" + length + " of at most "
                                + SnapshotBlock.MOST_BYTES);
            }
            block.clear().limit(length);
            file.fill(block);
            if (block.hasRemaining()) {
                throw new SnapshotException("it is cut inside the block at byte " + at + " (part \"" + part + "\"): "
                        + block.position() + " of " + length + " bytes");
            }
            block.flip();
            int actual = SnapshotBlock.checksum(crc, number, length, block);
            if (header.getInt(8) != actual) {
                throw new SnapshotException("checksum of the block at byte " + at + " (part \"" + part + "\") expected="
                        + Integer.toHexString(header.getInt(8)) + " actual=" + Integer.toHexString(actual));
            }
            number++;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private ByteBuffer filled(int bytes) {
        if (!block.hasRemaining()) {
            next();
        }
        if (block.remaining() < bytes) {
            throw new SnapshotException("part \"" + part + "\" ends within a value");
        }
        return block;
    }

    @Override
    public long takeLong() {
        return filled(Long.BYTES).getLong();
    }

    @Override
    public int takeInt() {
        return filled(Integer.BYTES).getInt();
    }

    @Override
    public void takeBytes(byte[] into, int count) {
        for (int done = 0; done < count; ) {
            int now = Math.min(count - done, filled(1).remaining());
            block.get(into, done, now);
            done += now;
        }
    }

    @Override
    public void takeShorts(short[] into, int count) {
        for (int done = 0; done < count; ) {
            int now = Math.min(count - done, filled(Short.BYTES).remaining() / Short.BYTES);
            block.asShortBuffer().get(into, done, now);
            done += moved(now, Short.BYTES);
        }
    }

    @Override
    public void takeChars(char[] into, int count) {
        for (int done = 0; done < count; ) {
            int now = Math.min(count - done, filled(Character.BYTES).remaining() / Character.BYTES);
            block.asCharBuffer().get(into, done, now);
            done += moved(now, Character.BYTES);
        }
    }

    @Override
    public void takeInts(int[] into, int count) {
        for (int done = 0; done < count; ) {
            int now = Math.min(count - done, filled(Integer.BYTES).remaining() / Integer.BYTES);
            block.asIntBuffer().get(into, done, now);
            done += moved(now, Integer.BYTES);
        }
    }

    @Override
    public void takeLongs(long[] into, int count) {
        for (int done = 0; done < count; ) {
            int now = Math.min(count - done, filled(Long.BYTES).remaining() / Long.BYTES);
            block.asLongBuffer().get(into, done, now);
            done += moved(now, Long.BYTES);
        }
    }

    private int moved(int values, int width) {
        block.position(block.position() + values * width);
        return values;
    }

    @Override
    public void close() throws IOException {
        file.close();
    }
}
