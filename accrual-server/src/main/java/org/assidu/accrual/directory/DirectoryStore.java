package org.assidu.accrual.directory;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import java.util.zip.CRC32C;
import org.h2.mvstore.Cursor;
import org.h2.mvstore.DataUtils;
import org.h2.mvstore.MVMap;
import org.h2.mvstore.MVStore;
import org.h2.mvstore.MVStoreException;
import org.h2.mvstore.type.ByteArrayDataType;
import org.h2.mvstore.type.LongDataType;
import org.h2.mvstore.type.StringDataType;
import org.jspecify.annotations.Nullable;

/**
 * The directory's file: links numbered 1, 2, 3… in the order they were made, the card ranges issued, and the verifier of the
 * secret. The newest link of a hash is the one in force. Appending at the right edge of the tree keeps a commit small.
 *
 * <p>MVStore checks the headers of its chunks but not what is inside, so every value carries a CRC32C over key and content,
 * and links must be dense. Commits are numbered; each is forced before anything else is written, hence only the newest one can
 * be torn, and opening falls back by exactly one. Deeper damage, or losing a commit that {@link ForcedMark} says was forced,
 * refuses to open.
 *
 * <p>Retention time and kept versions stay at MVStore's defaults (45 s, 5): with both at 0 it was seen to write files that do
 * not open again.
 */
final class DirectoryStore implements AutoCloseable {
    static final String FILE_NAME = "directory.mv";
    private static final String VERIFIER = "verifier";
    private static final String COMMITS = "commits";
    private static final int HASH_BYTES = 2 * Long.BYTES;

    /** Takes the links at opening, oldest first. */
    @FunctionalInterface
    interface LinkConsumer {
        void link(long high, long low, long value);
    }

    private final Path file;
    private final MVStore store;
    private final MVMap<Long, byte[]> links;
    private final MVMap<String, byte[]> ranges;
    private final MVMap<String, byte[]> settings;
    private final ForcedMark mark;
    private final Optional<String> recovery;
    private long lastLink;
    private long commits;
    /** Number of the last link that a power cut cannot undo. */
    private volatile long forcedLinks;
    /** Changes whenever card ranges do. */
    private final AtomicLong rangeChanges = new AtomicLong();

    private DirectoryStore(Path file, MVStore store, ForcedMark mark, Optional<String> recovery) {
        this.file = file;
        this.store = store;
        this.mark = mark;
        this.recovery = recovery;
        links = store.openMap(
                "links",
                new MVMap.Builder<Long, byte[]>().keyType(LongDataType.INSTANCE).valueType(ByteArrayDataType.INSTANCE));
        ranges = store.openMap("ranges", textMap());
        settings = store.openMap("settings", textMap());
        verify();
    }

    static boolean exists(Path folder) {
        return Files.exists(folder.resolve(FILE_NAME)) || Files.exists(folder.resolve(ForcedMark.FILE_NAME));
    }

    /** Tells a store whose rows it holds. */
    private interface Binding {
        void of(DirectoryStore store) throws IOException;
    }

    /** Opens or creates the file; a new one is bound to the secret and forced. */
    static DirectoryStore open(Path folder, SecretSource secretSource, byte[] verifier) {
        return open(folder, store -> store.bind(secretSource.where(), verifier));
    }

    /** As {@link #open}, for rows that come from another directory: {@link #bind} tells whose. */
    static DirectoryStore openReplica(Path folder) {
        return open(folder, store -> {});
    }

    private static DirectoryStore open(Path folder, Binding binding) {
        Path file = folder.resolve(FILE_NAME);
        boolean fresh = !Files.exists(file);
        DirectoryStore store = openVerified(folder, file);
        try {
            store.checkNothingForcedIsLost();
            binding.of(store);
            if (fresh) {
                forceFolder(folder);
            }
            return store;
        } catch (IOException e) {
            store.abandon();
            throw new DirectoryException("cannot read or force files in " + folder + ": " + e, e);
        } catch (RuntimeException e) {
            store.abandon();
            throw e;
        }
    }

    private static DirectoryStore openVerified(Path folder, Path file) {
        MVStore store = openFile(file);
        ForcedMark mark;
        try {
            mark = new ForcedMark(folder);
        } catch (IOException e) {
            store.closeImmediately();
            throw new DirectoryException("cannot open " + folder.resolve(ForcedMark.FILE_NAME) + ": " + e, e);
        }
        try {
            return new DirectoryStore(file, store, mark, Optional.empty());
        } catch (DamagedException | MVStoreException damage) {
            return openOneCommitEarlier(file, store, mark, damage);
        }
    }

    private static DirectoryStore openOneCommitEarlier(
            Path file, MVStore store, ForcedMark mark, RuntimeException damage) {
        long torn = store.getCurrentVersion();
        try {
            store.rollbackTo(torn - 1);
            String notice = "the last commit (version " + torn + ") of " + file
                    + " was torn and is dropped; nothing says" + " that it was ever forced: " + damage.getMessage();
            return new DirectoryStore(file, store, mark, Optional.of(notice));
        } catch (DamagedException | MVStoreException | IllegalArgumentException deeper) {
            store.closeImmediately();
            DirectoryException refusal = new DirectoryException(
                    "the directory " + file + " is damaged beyond its last commit: bring back a copy of the file ("
                            + damage.getMessage() + ")",
                    damage);
            refusal.addSuppressed(deeper);
            close(mark, refusal);
            throw refusal;
        }
    }

    /** Reads the file in a folder to its end, changing nothing. @return the number of its last commit */
    static long check(Path folder) {
        Path file = folder.resolve(FILE_NAME);
        try (ForcedMark mark = new ForcedMark(folder);
                MVStore store = StoreFiles.openReadOnly(file)) {
            return new DirectoryStore(file, store, mark, Optional.empty()).commits;
        } catch (DamagedException | MVStoreException e) {
            throw new DirectoryException("the directory " + file + " is damaged: " + e.getMessage(), e);
        } catch (IOException e) {
            throw new DirectoryException("cannot read " + folder.resolve(ForcedMark.FILE_NAME) + ": " + e, e);
        }
    }

    /** Notes the last commit of a copied file as forced. */
    static void mark(Path folder) throws IOException {
        long commits = check(folder);
        try (ForcedMark mark = new ForcedMark(folder)) {
            mark.write(commits);
        }
    }

    /** Copies the file and its mark into an empty folder. */
    void copyTo(Path folder) throws IOException {
        StoreFiles.copy(store, folder.resolve(FILE_NAME));
        try (ForcedMark copied = new ForcedMark(folder)) {
            copied.write(commits);
        }
    }

    /** Makes a new name in a folder durable. */
    static void forceFolder(Path folder) throws IOException {
        try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
            channel.force(true);
        }
    }

    private void checkNothingForcedIsLost() throws IOException {
        long forced = mark.read();
        if (commits < forced) {
            throw new DirectoryException(
                    "the directory " + file + " ends at commit " + commits + ", but commit " + forced
                            + " was forced: bring back a copy of the file. If an older copy was put there on purpose,"
                            + " delete "
                            + file.resolveSibling(ForcedMark.FILE_NAME) + " too"
                            + recovery.map(notice -> " (" + notice + ")").orElse(""));
        }
    }

    private static MVStore openFile(Path file) {
        try {
            return new MVStore.Builder()
                    .fileName(file.toString())
                    .autoCommitDisabled()
                    .open();
        } catch (MVStoreException e) {
            if (e.getErrorCode() == DataUtils.ERROR_FILE_LOCKED) {
                throw new DirectoryException(
                        "the directory " + file + " is in use by another process: stop it, or give another data folder",
                        e);
            }
            throw new DirectoryException("cannot open the directory " + file + ": " + e.getMessage(), e);
        }
    }

    private static MVMap.Builder<String, byte[]> textMap() {
        return new MVMap.Builder<String, byte[]>()
                .keyType(StringDataType.INSTANCE)
                .valueType(ByteArrayDataType.INSTANCE);
    }

    /** What had to be given up at opening, if anything. */
    Optional<String> recovery() {
        return recovery;
    }

    Path file() {
        return file;
    }

    void readLinks(LinkConsumer consumer) {
        Cursor<Long, byte[]> cursor = links.cursor(null);
        while (cursor.hasNext()) {
            cursor.next();
            ByteBuffer link = ByteBuffer.wrap(cursor.getValue());
            if (link.getLong(HASH_BYTES) == 0) {
                continue;
            }
            consumer.link(link.getLong(0), link.getLong(Long.BYTES), link.getLong(HASH_BYTES));
        }
    }

    /**
     * Shows links from a number on, at most so many of those that are forced; one that was taken out has a value of 0. Safe beside
     * the writer.
     *
     * @return the number of the last one shown, or {@code from - 1}
     */
    long readForcedLinks(long from, int most, LinkConsumer consumer) {
        long last = Math.min(forcedLinks, from + most - 1);
        for (long number = from; number <= last; number++) {
            byte[] value = links.get(number);
            if (value == null) {
                throw new DirectoryException(
                        "the directory " + file + " has no link " + number + ": bring back a copy");
            }
            ByteBuffer link = ByteBuffer.wrap(value);
            consumer.link(link.getLong(0), link.getLong(Long.BYTES), link.getLong(HASH_BYTES));
        }
        return Math.max(last, from - 1);
    }

    long forcedLinks() {
        return forcedLinks;
    }

    long lastLink() {
        return lastLink;
    }

    long rangeChanges() {
        return rangeChanges.get();
    }

    void appendLink(long high, long low, long value) {
        lastLink++;
        ByteBuffer content = ByteBuffer.allocate(HASH_BYTES + Long.BYTES + Integer.BYTES);
        content.putLong(high).putLong(low).putLong(value);
        links.append(lastLink, sealed(Long.toString(lastLink), content));
    }

    /** Blanks the links of members, so that their numbers stay dense, and names the hashes of each. Reads all links. */
    void blankLinks(Set<Long> members, LinkConsumer blanked) {
        List<Long> found = new ArrayList<>();
        Cursor<Long, byte[]> cursor = links.cursor(null);
        while (cursor.hasNext()) {
            long number = cursor.next();
            ByteBuffer link = ByteBuffer.wrap(cursor.getValue());
            long value = link.getLong(HASH_BYTES);
            if (value != 0 && members.contains(Math.abs(value))) {
                found.add(number);
                blanked.link(link.getLong(0), link.getLong(Long.BYTES), value);
            }
        }
        for (long number : found) {
            ByteBuffer blank = ByteBuffer.allocate(HASH_BYTES + Long.BYTES + Integer.BYTES);
            links.put(number, sealed(Long.toString(number), blank.position(HASH_BYTES + Long.BYTES)));
        }
    }

    /** Prefix → first serial number not issued yet. */
    void readRanges(CardRanges.RangeConsumer consumer) {
        for (Map.Entry<String, byte[]> range : ranges.entrySet()) {
            consumer.range(range.getKey(), ByteBuffer.wrap(range.getValue()).getLong(0));
        }
    }

    void putRange(String prefix, long nextSerial) {
        ByteBuffer content = ByteBuffer.allocate(Long.BYTES + Integer.BYTES).putLong(nextSerial);
        ranges.put(prefix, sealed(prefix, content));
        rangeChanges.incrementAndGet();
    }

    /** Commits and forces. Returns only when the device has everything. */
    void force() throws IOException {
        commits++;
        ByteBuffer content = ByteBuffer.allocate(Long.BYTES + Integer.BYTES).putLong(commits);
        settings.put(COMMITS, sealed(COMMITS, content));
        store.commit();
        store.sync();
        mark.write(commits);
        forcedLinks = lastLink;
    }

    @Override
    public void close() {
        store.close();
        try {
            mark.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Closes without writing. */
    void abandon() {
        store.closeImmediately();
        close(mark, null);
    }

    private static void close(ForcedMark mark, @Nullable RuntimeException failure) {
        try {
            mark.close();
        } catch (IOException e) {
            if (failure != null) {
                failure.addSuppressed(e);
            }
        }
    }

    /** The verifier of the secret that keys the hashes; empty before {@link #bind}. */
    byte[] verifier() {
        byte[] stored = settings.get(VERIFIER);
        return stored == null ? new byte[0] : withoutSeal(stored);
    }

    /** Makes it a directory of one secret, for ever. @param secretOf where the verifier comes from, for messages */
    void bind(String secretOf, byte[] verifier) throws IOException {
        byte[] stored = settings.get(VERIFIER);
        if (stored != null) {
            if (!MessageDigest.isEqual(verifier, withoutSeal(stored))) {
                throw new DirectoryException("the secret in " + secretOf + " is not the one that the directory " + file
                        + " was created with: give that one");
            }
            return;
        }
        if (!links.isEmpty()) {
            throw new DirectoryException(
                    "the directory " + file + " lacks the verifier of its secret: bring back a copy");
        }
        ByteBuffer content =
                ByteBuffer.allocate(verifier.length + Integer.BYTES).put(verifier);
        settings.put(VERIFIER, sealed(VERIFIER, content));
        force();
    }

    private void verify() {
        CRC32C crc = new CRC32C();
        long count = 0;
        Cursor<Long, byte[]> cursor = links.cursor(null);
        while (cursor.hasNext()) {
            long number = cursor.next();
            count++;
            if (number != count) {
                throw new DamagedException("link expected=" + count + " found=" + number);
            }
            checkSeal("link", Long.toString(number), cursor.getValue(), crc);
        }
        lastLink = count;
        forcedLinks = count;
        ranges.forEach((prefix, value) -> checkSeal("card range", prefix, value, crc));
        settings.forEach((name, value) -> checkSeal("setting", name, value, crc));
        byte[] counted = settings.get(COMMITS);
        commits = counted == null ? 0 : ByteBuffer.wrap(counted).getLong(0);
    }

    private static void checkSeal(String what, String key, byte[] value, CRC32C crc) {
        int length = value.length - Integer.BYTES;
        if (length < 0 || ByteBuffer.wrap(value).getInt(length) != seal(key, value, length, crc)) {
            throw new DamagedException(what + " " + key + " does not match its checksum");
        }
    }

    private static byte[] sealed(String key, ByteBuffer content) {
        return content.putInt(seal(key, content.array(), content.position(), new CRC32C()))
                .array();
    }

    private static byte[] withoutSeal(byte[] value) {
        return ByteBuffer.allocate(value.length - Integer.BYTES)
                .put(value, 0, value.length - Integer.BYTES)
                .array();
    }

    private static int seal(String key, byte[] content, int length, CRC32C crc) {
        crc.reset();
        for (int i = 0; i < key.length(); i++) {
            crc.update(key.charAt(i));
        }
        crc.update(content, 0, length);
        return (int) crc.getValue();
    }

    /** A value that is not what was written. */
    private static final class DamagedException extends RuntimeException {
        private static final long serialVersionUID = 1;

        DamagedException(String message) {
            super(message);
        }
    }
}
