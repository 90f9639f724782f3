package org.assidu.accrual.simulation;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.CRC32C;
import org.assidu.accrual.journal.Durability;
import org.assidu.accrual.journal.Journal;
import org.assidu.accrual.journal.JournalAppender;
import org.assidu.accrual.journal.JournalBarrier;
import org.assidu.accrual.journal.JournalFailedException;
import org.assidu.accrual.journal.JournalFullException;
import org.assidu.accrual.journal.JournalReader;
import org.assidu.accrual.simulation.MemoryStorage.MemoryFile;

/**
 * The journal's contract over {@link MemoryStorage}: batches with a checksum, a new file at every start, a promise of what was
 * acknowledged and forced, and a start that refuses when less is there than was promised.
 *
 * <pre>
 *  batch: int length of what follows, int CRC32C of it | long first position, int count | int type, long time, int length, payload | …
 * </pre>
 */
final class MemoryJournal implements Journal, JournalAppender, JournalBarrier {
    private static final int HEADER_BYTES = 8;

    private record Entry(int type, long timeMillis, byte[] payload) {}

    private record Batch(long last, long chain) {}

    private final MemoryStorage storage;
    private final Faults faults;
    /** Everything committed; position 1 is at index 0. */
    private final List<Entry> entries = new ArrayList<>();

    /** Of each entry: last position of its batch, and the hash of all batches up to it. */
    private final List<Batch> batches = new ArrayList<>();

    private final List<Entry> batch = new ArrayList<>();
    private final MemoryFile live = new MemoryFile();
    private long recovered;
    private long forced;
    private boolean failed;

    private MemoryJournal(MemoryStorage storage) {
        this.storage = storage;
        faults = storage.faults;
    }

    static Journal open(MemoryStorage storage) {
        MemoryJournal journal = new MemoryJournal(storage);
        try {
            journal.recover();
        } catch (IOException e) {
            throw new JournalFailedException("the memory journal cannot be opened: " + e.getMessage(), e);
        }
        return journal;
    }

    private void recover() throws IOException {
        for (MemoryFile file : storage.files) {
            file.length = readBatches(file);
        }
        boolean sameBoot = storage.promisedBoot == storage.boot;
        long promised = sameBoot ? storage.acknowledged : storage.promisedForced;
        Violation.unless(
                entries.size() >= promised,
                "the journal ends at position=" + entries.size() + ", promised=" + promised + " ("
                        + (sameBoot ? "acknowledged, same boot" : "forced, new boot") + ")");
        for (MemoryFile file : storage.files) {
            if (file.forced < file.length) {
                force(file);
            }
        }
        faults.step("promise at start");
        recovered = forced = entries.size();
        storage.trusted = Long.MAX_VALUE;
        promise(forced, forced);
        storage.files.add(live);
        storage.forcedUpTo(forced);
    }

    private long believed() {
        return storage.promisedBoot == storage.boot ? storage.trusted : Long.MAX_VALUE;
    }

    /** @return where the whole batches that follow each other end */
    private int readBatches(MemoryFile file) {
        ByteBuffer bytes = ByteBuffer.wrap(file.bytes, 0, file.length);
        int end = 0;
        while (bytes.remaining() >= HEADER_BYTES && entries.size() < believed()) {
            int length = bytes.getInt();
            int checksum = bytes.getInt();
            if (length <= 0
                    || length > bytes.remaining()
                    || checksum(file.bytes, bytes.position(), length) != checksum) {
                break;
            }
            long first = bytes.getLong();
            if (first != entries.size() + 1) {
                break;
            }
            int count = bytes.getInt();
            for (int i = 0; i < count; i++) {
                int type = bytes.getInt();
                long timeMillis = bytes.getLong();
                byte[] payload = new byte[bytes.getInt()];
                bytes.get(payload);
                entries.add(new Entry(type, timeMillis, payload));
            }
            chain(checksum);
            end = bytes.position();
        }
        return end;
    }

    /** A batch with this checksum has joined the entries. */
    private void chain(int checksum) {
        long before = batches.isEmpty() ? 1 : batches.get(batches.size() - 1).chain();
        Batch joined = new Batch(entries.size(), (before ^ checksum) * 0x9E3779B97F4A7C15L + entries.size());
        while (batches.size() < entries.size()) {
            batches.add(joined);
        }
    }

    private static int checksum(byte[] bytes, int offset, int length) {
        CRC32C crc = new CRC32C();
        crc.update(bytes, offset, length);
        return (int) crc.getValue();
    }

    private void promise(long acknowledged, long forcedPosition) {
        storage.acknowledged = acknowledged;
        storage.promisedForced = forcedPosition;
        storage.promisedBoot = storage.boot;
    }

    private void force(MemoryFile file) throws IOException {
        try {
            faults.force();
        } catch (IOException e) {
            file.forceFails();
            storage.trusted = Math.max(storage.acknowledged, storage.promisedForced);
            storage.promisedBoot = storage.boot;
            throw e;
        }
        file.force();
    }

    @Override
    public long append(int type, long timeMillis, byte[] payload, int offset, int length) {
        checkUsable();
        if (faults.isDiskFull()) {
            throw new JournalFullException("the memory disk is full");
        }
        byte[] copy = new byte[length];
        System.arraycopy(payload, offset, copy, 0, length);
        batch.add(new Entry(type, timeMillis, copy));
        return entries.size() + batch.size();
    }

    @Override
    public void commit() {
        checkUsable();
        if (batch.isEmpty()) {
            return;
        }
        byte[] bytes = encode();
        try {
            faults.write();
        } catch (IOException e) {
            failed = true;
            live.append(bytes, bytes.length / 2);
            throw new JournalFailedException("writing a batch failed", e);
        }
        live.append(bytes, bytes.length);
        entries.addAll(batch);
        chain(ByteBuffer.wrap(bytes).getInt(Integer.BYTES));
        batch.clear();
    }

    private byte[] encode() {
        int length = Long.BYTES + Integer.BYTES;
        for (Entry entry : batch) {
            length += 2 * Integer.BYTES + Long.BYTES + entry.payload.length;
        }
        ByteBuffer bytes = ByteBuffer.allocate(HEADER_BYTES + length);
        bytes.putInt(length).putInt(0).putLong(entries.size() + 1).putInt(batch.size());
        for (Entry entry : batch) {
            bytes.putInt(entry.type)
                    .putLong(entry.timeMillis)
                    .putInt(entry.payload.length)
                    .put(entry.payload);
        }
        bytes.putInt(Integer.BYTES, checksum(bytes.array(), HEADER_BYTES, length));
        return bytes.array();
    }

    @Override
    public long advance() {
        checkUsable();
        long target = entries.size();
        if (storage.durability == Durability.DURABLE && target > forced) {
            try {
                force(live);
            } catch (IOException e) {
                failed = true;
                throw new JournalFailedException("the force up to position=" + target + " failed", e);
            }
            forced = target;
            storage.forcedUpTo(target);
            faults.step("between force and promise");
        }
        promise(target, forced);
        return target;
    }

    private void checkUsable() {
        if (failed) {
            throw new JournalFailedException("an earlier write or force failed", null);
        }
    }

    @Override
    public long appendedPosition() {
        return entries.size();
    }

    @Override
    public JournalAppender appender() {
        return this;
    }

    @Override
    public JournalBarrier barrier() {
        return this;
    }

    @Override
    public JournalReader newReader() {
        return new Reader();
    }

    @Override
    public long recoveredPosition() {
        return recovered;
    }

    @Override
    public int generation() {
        return storage.files.size();
    }

    @Override
    public byte[] chainHead() {
        byte[] head = new byte[32];
        if (!batches.isEmpty()) {
            ByteBuffer.wrap(head).putLong(batches.get(batches.size() - 1).chain());
        }
        return head;
    }

    @Override
    public boolean hasRoom() {
        return !faults.isDiskFull();
    }

    @Override
    public void close() {
        batch.clear();
        live.force();
    }

    private final class Reader implements JournalReader {
        private static final byte[] NOTHING = {};

        private long next = 1;
        private Entry current = new Entry(0, 0, NOTHING);

        @Override
        public void seek(long position) {
            next = position;
        }

        @Override
        public boolean next() {
            if (next > entries.size()) {
                return false;
            }
            current = entries.get((int) next - 1);
            next++;
            return true;
        }

        @Override
        public long position() {
            return next - 1;
        }

        @Override
        public int type() {
            return current.type;
        }

        @Override
        public long timeMillis() {
            return current.timeMillis;
        }

        @Override
        public byte[] buffer() {
            return current.payload;
        }

        @Override
        public int offset() {
            return 0;
        }

        @Override
        public int length() {
            return current.payload.length;
        }

        @Override
        public long batchEnd() {
            return batches.get((int) position() - 1).last();
        }

        @Override
        public void copyBatchHash(byte[] target) {
            ByteBuffer.wrap(target).putLong(batches.get((int) position() - 1).chain());
        }

        @Override
        public void close() {}
    }
}
