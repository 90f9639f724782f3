package org.assidu.accrual.journal;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.MappedByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.UUID;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;

/**
 * What was promised: the highest acknowledged and forced positions, in two slots written in turn, so that one is whole
 * whenever the process dies. The slots lie in different disk blocks. A write is a store into mapped memory and is not
 * forced: after a power cut an older slot only makes the next start insist on less.
 *
 * <pre>
 *  0 int  magic         4 int  CRC32C of everything behind it
 *  8 long sequence     16 long acknowledged   24 long forced   32 boot id, two longs
 * 48 long 1 after a force failed, else 0
 * </pre>
 */
final class AcknowledgedSlots {
    /** The content of a slot. */
    record Slot(long sequence, long acknowledged, long forced, UUID bootId, boolean forceFailed) {

        /** The position up to which every record must be there, for a start in {@code currentBootId}. */
        long limit(UUID currentBootId) {
            return bootId.equals(currentBootId) ? acknowledged : forced;
        }

        /**
         * How far a start in {@code currentBootId} may believe what it reads. After a failed force the page cache shows
         * what the disk may not have, and a second force would succeed without writing it; a new boot reads the disk.
         */
        long trust(UUID currentBootId) {
            return forceFailed && bootId.equals(currentBootId) ? Math.max(acknowledged, forced) : Long.MAX_VALUE;
        }
    }

    private static final int MAGIC = 0x4c535341; // "ASSL"
    private static final int SLOT_BYTES = 56;
    private static final int SLOT_DISTANCE = 4096;

    private final MappedByteBuffer mapped;
    private final UUID bootId;
    private final byte[] slot = new byte[SLOT_BYTES];
    private final CRC32C crc = new CRC32C();
    private long sequence;

    private AcknowledgedSlots(MappedByteBuffer mapped, UUID bootId, long sequence) {
        this.mapped = mapped;
        this.bootId = bootId;
        this.sequence = sequence;
    }

    /** The newest whole slot in {@code directory}, or null when there is none. */
    static @Nullable Slot read(Path directory) throws IOException {
        byte[] bytes;
        try {
            bytes = Files.readAllBytes(directory.resolve(JournalDirectory.SLOTS));
        } catch (NoSuchFileException e) {
            return null;
        }
        Slot first = decode(bytes, 0);
        Slot second = decode(bytes, SLOT_DISTANCE);
        if (first == null || second == null) {
            return first == null ? second : first;
        }
        return first.sequence() > second.sequence() ? first : second;
    }

    /** Continues the file in {@code directory}, whose newest slot is {@code newest}, or starts one. */
    static AcknowledgedSlots open(Path directory, @Nullable Slot newest, UUID bootId) throws IOException {
        Path file = directory.resolve(JournalDirectory.SLOTS);
        boolean created = !Files.exists(file);
        try (FileChannel channel =
                FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
            if (channel.size() < 2 * SLOT_DISTANCE) {
                // Written rather than mapped beyond the end, so that a full disk shows here and not as a fault later.
                channel.write(ByteBuffer.allocate(2 * SLOT_DISTANCE), 0);
                channel.force(true);
            }
            MappedByteBuffer mapped = channel.map(FileChannel.MapMode.READ_WRITE, 0, 2 * SLOT_DISTANCE);
            mapped.order(ByteOrder.LITTLE_ENDIAN);
            if (created) {
                JournalDirectory.forceDirectory(directory);
            }
            return new AcknowledgedSlots(mapped, bootId, newest == null ? 0 : newest.sequence());
        }
    }

    void write(long acknowledged, long forced) {
        write(acknowledged, forced, false);
    }

    /** Tells the next start of this boot not to believe the page cache behind these positions. */
    void writeForceFailed(long acknowledged, long forced) {
        write(acknowledged, forced, true);
    }

    private void write(long acknowledged, long forced, boolean forceFailed) {
        sequence++;
        LittleEndian.putInt(slot, 0, MAGIC);
        LittleEndian.putLong(slot, 8, sequence);
        LittleEndian.putLong(slot, 16, acknowledged);
        LittleEndian.putLong(slot, 24, forced);
        LittleEndian.putLong(slot, 32, bootId.getMostSignificantBits());
        LittleEndian.putLong(slot, 40, bootId.getLeastSignificantBits());
        LittleEndian.putLong(slot, 48, forceFailed ? 1 : 0);
        LittleEndian.putInt(slot, 4, checksum(crc, slot, 0));
        mapped.put((sequence & 1) == 0 ? 0 : SLOT_DISTANCE, slot);
    }

    void force() {
        mapped.force();
    }

    private static @Nullable Slot decode(byte[] bytes, int at) {
        if (bytes.length < at + SLOT_BYTES
                || LittleEndian.intAt(bytes, at) != MAGIC
                || LittleEndian.intAt(bytes, at + 4) != checksum(new CRC32C(), bytes, at)) {
            return null;
        }
        return new Slot(
                LittleEndian.longAt(bytes, at + 8),
                LittleEndian.longAt(bytes, at + 16),
                LittleEndian.longAt(bytes, at + 24),
                new UUID(LittleEndian.longAt(bytes, at + 32), LittleEndian.longAt(bytes, at + 40)),
                LittleEndian.longAt(bytes, at + 48) != 0);
    }

    private static int checksum(CRC32C crc, byte[] bytes, int at) {
        crc.reset();
        crc.update(bytes, at + 8, SLOT_BYTES - 8);
        return (int) crc.getValue();
    }
}
