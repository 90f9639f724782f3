package org.assidu.accrual.directory;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayDeque;
import org.agrona.collections.Long2LongHashMap;

/** A copy of another server's file of keys, written without knowing the master key. {@link MemberKeyFile} opens it later. */
final class MemberKeyReplica implements AutoCloseable {
    private static final long MISSING = -1;

    private final FileChannel channel;
    private final Long2LongHashMap slots = new Long2LongHashMap(MISSING);
    private final ArrayDeque<Long> free = new ArrayDeque<>();
    private long slotCount;

    MemberKeyReplica(Path folder) throws IOException {
        channel = FileChannel.open(
                folder.resolve(MemberKeyFile.FILE_NAME),
                StandardOpenOption.CREATE,
                StandardOpenOption.READ,
                StandardOpenOption.WRITE);
        slotCount = Math.max(0, channel.size() - MemberKeyFile.HEADER_BYTES) / MemberKeyFile.SLOT_BYTES;
        ByteBuffer bytes = ByteBuffer.allocate(MemberKeyFile.SLOT_BYTES);
        for (long slot = 0; slot < slotCount; slot++) {
            read(bytes, MemberKeyFile.at(slot));
            int sum = bytes.getInt(MemberKeyFile.SLOT_BYTES - Integer.BYTES);
            long member = bytes.getLong(0);
            if (member != 0 && MemberKeyFile.crc(bytes.position(MemberKeyFile.SLOT_BYTES - Integer.BYTES)) == sum) {
                slots.put(member, slot);
            } else {
                free.add(slot);
            }
        }
    }

    /** The header as it is; empty before the first {@link #reset}. */
    byte[] header() throws IOException {
        if (channel.size() < MemberKeyFile.HEADER_BYTES) {
            return new byte[0];
        }
        ByteBuffer header = ByteBuffer.allocate(MemberKeyFile.HEADER_BYTES);
        read(header, 0);
        return header.array();
    }

    /** Destroys all keys and begins anew. */
    void reset(byte[] header) throws IOException {
        if (header.length != MemberKeyFile.HEADER_BYTES) {
            throw new DirectoryException(
                    "the header of the keys has " + header.length + " bytes, expected " + MemberKeyFile.HEADER_BYTES);
        }
        slots.clear();
        free.clear();
        slotCount = 0;
        channel.truncate(0);
        MemberKeyFile.writeAll(channel, 0, ByteBuffer.wrap(header).position(header.length));
    }

    void put(long member, byte[] wrapped) throws IOException {
        if (member == 0 || wrapped.length != MemberKeyFile.WRAPPED_BYTES) {
            throw new DirectoryException(
                    "the key of a member has " + wrapped.length + " bytes, expected " + MemberKeyFile.WRAPPED_BYTES);
        }
        long slot = slots.get(member);
        if (slot == MISSING) {
            Long reused = free.poll();
            slot = reused == null ? slotCount++ : reused;
            slots.put(member, slot);
        }
        ByteBuffer bytes =
                ByteBuffer.allocate(MemberKeyFile.SLOT_BYTES).putLong(member).put(wrapped);
        MemberKeyFile.writeAll(channel, MemberKeyFile.at(slot), bytes.putInt(MemberKeyFile.crc(bytes)));
    }

    void destroy(long member) throws IOException {
        long slot = slots.get(member);
        if (slot != MISSING) {
            MemberKeyFile.writeAll(
                    channel,
                    MemberKeyFile.at(slot),
                    ByteBuffer.allocate(MemberKeyFile.SLOT_BYTES).position(MemberKeyFile.SLOT_BYTES));
            slots.remove(member);
            free.add(slot);
        }
    }

    void force() throws IOException {
        channel.force(true);
    }

    private void read(ByteBuffer into, long at) throws IOException {
        into.clear();
        while (into.hasRemaining() && channel.read(into, at + into.position()) >= 0) {
            // Reads on.
        }
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
