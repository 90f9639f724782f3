package org.assidu.accrual.directory;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.ArrayDeque;
import java.util.Objects;
import java.util.zip.CRC32C;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.agrona.collections.Long2LongHashMap;
import org.jspecify.annotations.Nullable;

/**
 * The keys of members' personal data, each wrapped by the master key, in slots of a fixed size. A slot is overwritten in place:
 * that destroys a key, and with it everything that it encrypts, wherever copies of the ciphertext are.
 *
 * <pre>
 * header  magic 8 | verifier of the master key 32 | wrapped key of the name index 60 | CRC 4
 * slot    member key 8 | wrapped key 60 | CRC 4          all zero = free
 * </pre>
 */
final class MemberKeyFile implements AutoCloseable {
    static final String FILE_NAME = "personal.keys";

    private static final long MAGIC = 0x4153534944554b31L;
    private static final int VERIFIER_BYTES = 32;
    static final int WRAPPED_BYTES = SealedBox.KEY_BYTES + SealedBox.OVERHEAD_BYTES;
    static final int HEADER_BYTES = Long.BYTES + VERIFIER_BYTES + WRAPPED_BYTES + Integer.BYTES;
    static final int SLOT_BYTES = Long.BYTES + WRAPPED_BYTES + Integer.BYTES;
    private static final long INDEX = 0;
    private static final long MISSING = -1;

    private final Path file;
    private final byte[] master;
    private final FileChannel channel;
    private final Long2LongHashMap slots = new Long2LongHashMap(MISSING);
    private final ArrayDeque<Long> free = new ArrayDeque<>();
    private final byte[] indexKey;
    private long slotCount;

    private MemberKeyFile(Path file, byte[] master, SecretSource where) throws IOException {
        this.file = file;
        this.master = master.clone();
        boolean fresh = !Files.exists(file);
        channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
        try {
            if (fresh || channel.size() == 0) {
                indexKey = SealedBox.newKey();
                write(0, header(master, indexKey));
                DirectoryStore.forceFolder(
                        Objects.requireNonNull(file.toAbsolutePath().getParent(), "a folder"));
            } else {
                indexKey = readHeader(where);
            }
            readSlots();
        } catch (IOException | RuntimeException e) {
            channel.close();
            throw e;
        }
    }

    /** Opens or creates the file. @throws DirectoryException when the master key is not the one of the file */
    static MemberKeyFile open(Path folder, byte[] master, SecretSource where) throws IOException {
        return new MemberKeyFile(folder.resolve(FILE_NAME), master, where);
    }

    private static ByteBuffer header(byte[] master, byte[] indexKey) {
        ByteBuffer header = ByteBuffer.allocate(HEADER_BYTES)
                .putLong(MAGIC)
                .put(verifier(master))
                .put(SealedBox.seal(master, INDEX, indexKey));
        return header.putInt(crc(header));
    }

    private byte[] readHeader(SecretSource where) throws IOException {
        ByteBuffer header = read(0, HEADER_BYTES);
        int sum = header.getInt(HEADER_BYTES - Integer.BYTES);
        if (header.limit() < HEADER_BYTES
                || header.getLong(0) != MAGIC
                || crc(header.position(HEADER_BYTES - 4)) != sum) {
            throw new DirectoryException("the keys of personal data in " + file
                    + " are damaged: bring back the file from a backup, then start: erasures since are applied again");
        }
        byte[] stored = new byte[VERIFIER_BYTES];
        header.get(Long.BYTES, stored);
        if (!MessageDigest.isEqual(stored, verifier(master))) {
            throw new DirectoryException("the master key in " + where.where() + " is not the one that " + file
                    + " was written with: give that one, or the one of the last rotation");
        }
        byte[] wrapped = new byte[WRAPPED_BYTES];
        header.get(Long.BYTES + VERIFIER_BYTES, wrapped);
        return SealedBox.open(master, INDEX, wrapped);
    }

    private void readSlots() throws IOException {
        slotCount = Math.max(0, channel.size() - HEADER_BYTES) / SLOT_BYTES;
        for (long slot = 0; slot < slotCount; slot++) {
            ByteBuffer bytes = read(at(slot), SLOT_BYTES);
            long member = bytes.getLong(0);
            boolean whole = crc(bytes.position(SLOT_BYTES - Integer.BYTES)) == bytes.getInt(SLOT_BYTES - Integer.BYTES);
            if (member != 0 && whole) {
                slots.put(member, slot);
            } else {
                // Destroyed, or torn before anything was encrypted with it.
                free.add(slot);
            }
        }
    }

    byte[] indexKey() {
        return indexKey.clone();
    }

    /** The key of a member; null when there is none. */
    byte @Nullable [] find(long member) throws IOException {
        long slot = slots.get(member);
        return slot == MISSING ? null : unwrap(slot, member);
    }

    /** The key of a member as it lies in the file; null when there is none. */
    byte @Nullable [] wrapped(long member) throws IOException {
        long slot = slots.get(member);
        if (slot == MISSING) {
            return null;
        }
        byte[] wrapped = new byte[WRAPPED_BYTES];
        read(at(slot), SLOT_BYTES).get(Long.BYTES, wrapped);
        return wrapped;
    }

    /** The header as it lies in the file. */
    byte[] header() throws IOException {
        return read(0, HEADER_BYTES).array();
    }

    private byte[] unwrap(long slot, long member) throws IOException {
        byte[] wrapped = new byte[WRAPPED_BYTES];
        read(at(slot), SLOT_BYTES).get(Long.BYTES, wrapped);
        return SealedBox.open(master, member, wrapped);
    }

    /** The key of a member, made and forced when there is none. */
    byte[] findOrCreate(long member) throws IOException {
        byte[] known = find(member);
        if (known != null) {
            return known;
        }
        byte[] key = SealedBox.newKey();
        Long reused = free.poll();
        long slot = reused == null ? slotCount : reused;
        write(at(slot), slot(master, member, key));
        if (reused == null) {
            slotCount++;
        }
        slots.put(member, slot);
        return key;
    }

    /** Overwrites a member's key and forces that; no effect when there is none. */
    void destroy(long member) throws IOException {
        long slot = slots.get(member);
        if (slot != MISSING) {
            write(at(slot), ByteBuffer.allocate(SLOT_BYTES).position(SLOT_BYTES));
            slots.remove(member);
            free.add(slot);
        }
    }

    int size() {
        return slots.size();
    }

    /** Writes the file anew under another master key; it takes the place of this one at once. This object is of no use then. */
    void rotate(byte[] newMaster) throws IOException {
        Path fresh = file.resolveSibling(FILE_NAME + ".new");
        Files.deleteIfExists(fresh);
        try (FileChannel target = FileChannel.open(fresh, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
            writeAll(target, 0, header(newMaster, indexKey));
            long at = HEADER_BYTES;
            Long2LongHashMap.EntryIterator entries = slots.entrySet().iterator();
            while (entries.hasNext()) {
                entries.next();
                long member = entries.getLongKey();
                writeAll(target, at, slot(newMaster, member, unwrap(entries.getLongValue(), member)));
                at += SLOT_BYTES;
            }
            target.force(true);
        }
        Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        DirectoryStore.forceFolder(Objects.requireNonNull(file.toAbsolutePath().getParent(), "a folder"));
    }

    /** Copies the slots as they are, wrapped, and forces the copy. */
    void copyTo(Path folder) throws IOException {
        try (FileChannel target =
                FileChannel.open(folder.resolve(FILE_NAME), StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
            long size = channel.size();
            for (long at = 0; at < size; ) {
                at += channel.transferTo(at, size - at, target);
            }
            target.force(true);
        }
    }

    private static ByteBuffer slot(byte[] master, long member, byte[] key) {
        ByteBuffer slot = ByteBuffer.allocate(SLOT_BYTES).putLong(member).put(SealedBox.seal(master, member, key));
        return slot.putInt(crc(slot));
    }

    static long at(long slot) {
        return HEADER_BYTES + slot * SLOT_BYTES;
    }

    private ByteBuffer read(long at, int bytes) throws IOException {
        ByteBuffer buffer = ByteBuffer.allocate(bytes);
        while (buffer.hasRemaining() && channel.read(buffer, at + buffer.position()) >= 0) {
            // Reads on.
        }
        return buffer;
    }

    private void write(long at, ByteBuffer filled) throws IOException {
        writeAll(channel, at, filled);
        channel.force(true);
    }

    static void writeAll(FileChannel to, long at, ByteBuffer filled) throws IOException {
        filled.flip();
        long next = at;
        while (filled.hasRemaining()) {
            next += to.write(filled, next);
        }
    }

    /** Of what lies before the buffer's position. */
    static int crc(ByteBuffer buffer) {
        CRC32C crc = new CRC32C();
        crc.update(buffer.array(), 0, buffer.position());
        return (int) crc.getValue();
    }

    private static byte[] verifier(byte[] master) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(master, "HmacSHA256"));
            return mac.doFinal("assidu personal data 1".getBytes(StandardCharsets.US_ASCII));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every JDK has HmacSHA256", e);
        }
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
