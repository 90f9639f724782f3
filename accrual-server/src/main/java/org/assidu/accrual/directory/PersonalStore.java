package org.assidu.accrual.directory;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.h2.mvstore.MVMap;
import org.h2.mvstore.MVStore;
import org.h2.mvstore.MVStoreException;
import org.h2.mvstore.type.ByteArrayDataType;
import org.h2.mvstore.type.LongDataType;
import org.jspecify.annotations.Nullable;

/**
 * What is known of people, each encrypted with a key of their own; names can be looked for by a {@link NameIndex}. Every change is
 * forced before it returns. Callers take turns.
 *
 * <p>To forget someone, row and index entries are deleted and the key is overwritten, in this order: whatever is cut short can be
 * done again.
 */
public final class PersonalStore implements AutoCloseable {
    static final String FILE_NAME = "personal.mv";

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int MOST_FOUND = 100;

    private final Path folder;
    private final MemberKeyFile keys;
    private final MVStore store;
    private final MVMap<Long, byte[]> people;
    private final MVMap<String, byte[]> names;
    private final NameIndex index;
    private final PersonalChanges changes;

    private PersonalStore(Path folder, MemberKeyFile keys, MVStore store) {
        this.folder = folder;
        this.keys = keys;
        this.store = store;
        PersonalTables tables = PersonalTables.in(store);
        people = tables.people();
        names = tables.names();
        index = new NameIndex(keys.indexKey());
        changes = PersonalChanges.in(store);
        if (changes.last() == 0 && !people.isEmpty()) {
            people.keyIterator(null).forEachRemaining(changes::note);
            force();
        }
    }

    /** Where the master key is unless something else is said. */
    public static SecretSource masterKeyIn(Path folder) {
        return SecretSource.file(folder.resolve("master.hex"));
    }

    /** Opens or creates the store; one process at a time. */
    public static PersonalStore open(Path folder, SecretSource masterKey) {
        try {
            Files.createDirectories(folder);
            byte[] master = masterKey.read(Files.exists(folder.resolve(MemberKeyFile.FILE_NAME)));
            MemberKeyFile keys = MemberKeyFile.open(folder, master, masterKey);
            try {
                MVStore store = new MVStore.Builder()
                        .fileName(folder.resolve(FILE_NAME).toString())
                        .autoCommitDisabled()
                        .open();
                return new PersonalStore(folder, keys, store);
            } catch (MVStoreException e) {
                keys.close();
                throw new DirectoryException(
                        "cannot open " + folder.resolve(FILE_NAME) + ": " + e.getMessage()
                                + "; another process has it, or bring back a copy",
                        e);
            }
        } catch (IOException e) {
            throw new DirectoryException("cannot open the personal data in " + folder + ": " + e, e);
        }
    }

    /** What is known of a member; empty = nothing. */
    public synchronized Map<PersonalField, String> find(long memberKey) {
        byte[] sealed = people.get(memberKey);
        byte[] key = sealed == null ? null : key(memberKey);
        return sealed == null || key == null ? Map.of() : decoded(SealedBox.open(key, memberKey, sealed));
    }

    /** Puts what is known of a member in the place of what was. */
    public synchronized void put(long memberKey, Map<PersonalField, String> person) {
        try {
            byte[] key = keys.findOrCreate(memberKey);
            unindex(memberKey, find(memberKey));
            people.put(memberKey, SealedBox.seal(key, memberKey, encoded(person)));
            for (String word : index.of(person)) {
                names.put(entry(word, memberKey), new byte[0]);
            }
            changes.note(memberKey);
            force();
        } catch (IOException e) {
            throw new DirectoryException("cannot write the personal data in " + folder + ": " + e, e);
        }
    }

    /** Members all of whose names are among theirs, at most 100. */
    public synchronized List<Long> named(String words) {
        List<Long> found = new ArrayList<>();
        Set<String> hashes = index.of(words);
        if (hashes.isEmpty()) {
            return found;
        }
        String first = hashes.iterator().next();
        Iterator<String> entries = names.keyIterator(first + ":");
        while (entries.hasNext() && found.size() < MOST_FOUND) {
            String entry = entries.next();
            if (!entry.startsWith(first + ":")) {
                break;
            }
            long memberKey = Long.parseUnsignedLong(entry.substring(first.length() + 1), 16);
            if (hashes.stream().allMatch(hash -> names.containsKey(entry(hash, memberKey)))) {
                found.add(memberKey);
            }
        }
        return found;
    }

    /** Deletes all of a member and destroys the key. May be done again. */
    public synchronized void forget(long memberKey) {
        try {
            byte[] sealed = people.get(memberKey);
            if (sealed != null) {
                unindex(memberKey, find(memberKey));
                people.remove(memberKey);
                changes.note(memberKey);
                force();
            }
            keys.destroy(memberKey);
        } catch (IOException e) {
            throw new DirectoryException("cannot delete personal data in " + folder + ": " + e, e);
        }
    }

    /** Members of whom something is known whose keys are above one, ascending. @param most of them */
    public synchronized List<Long> memberKeysAfter(long memberKey, int most) {
        List<Long> keys = new ArrayList<>();
        Iterator<Long> rest = people.keyIterator(memberKey + 1);
        while (rest.hasNext() && keys.size() < most) {
            keys.add(rest.next());
        }
        return keys;
    }

    /** Number of people of whom something is known. */
    public synchronized int size() {
        return keys.size();
    }

    /** Its rows for a standby. Safe for any thread, beside the callers of everything else. */
    public PersonalFeed feed() {
        return new PersonalFeed(this);
    }

    synchronized long lastChange() {
        return changes.last();
    }

    synchronized byte[] keyHeader() {
        try {
            return keys.header();
        } catch (IOException e) {
            throw new DirectoryException("cannot read the keys in " + folder + ": " + e, e);
        }
    }

    /** Shows the members of changes from a number on, as they are now. @return the last change shown, or {@code from - 1} */
    synchronized long changes(long from, int most, PersonalFeed.Rows rows) {
        try {
            long last = from - 1;
            Iterator<Long> numbers = changes.from(from);
            for (int shown = 0; shown < most && numbers.hasNext(); shown++) {
                last = numbers.next();
                long memberKey = changes.member(last);
                byte[] sealed = people.get(memberKey);
                byte[] wrapped = sealed == null ? null : keys.wrapped(memberKey);
                if (sealed == null || wrapped == null) {
                    rows.row(last, memberKey, new byte[0], new byte[0], List.of());
                } else {
                    rows.row(last, memberKey, wrapped, sealed, List.copyOf(index.of(find(memberKey))));
                }
            }
            return last;
        } catch (IOException e) {
            throw new DirectoryException("cannot read the keys in " + folder + ": " + e, e);
        }
    }

    /** Wraps all keys anew. The store must be opened again, with the new master key. */
    public synchronized void rotate(byte[] newMaster) {
        try {
            keys.rotate(newMaster);
        } catch (IOException e) {
            throw new DirectoryException("cannot write the keys in " + folder + " anew: " + e, e);
        }
    }

    /** Copies everything into an empty folder; whoever writes waits. */
    synchronized void copyTo(Path target) throws IOException {
        StoreFiles.copy(store, target.resolve(FILE_NAME));
        keys.copyTo(target);
    }

    /** Reads the file in a folder to its end, without the keys. @return number of people */
    static long check(Path folder) {
        try (MVStore store = StoreFiles.openReadOnly(folder.resolve(FILE_NAME))) {
            long count = 0;
            Iterator<byte[]> rows = store.openMap(
                            "people",
                            new MVMap.Builder<Long, byte[]>()
                                    .keyType(LongDataType.INSTANCE)
                                    .valueType(ByteArrayDataType.INSTANCE))
                    .values()
                    .iterator();
            while (rows.hasNext()) {
                rows.next();
                count++;
            }
            return count;
        } catch (MVStoreException e) {
            throw new DirectoryException(
                    "the personal data in " + folder.resolve(FILE_NAME) + " is damaged: " + e.getMessage(), e);
        }
    }

    private byte @Nullable [] key(long memberKey) {
        try {
            return keys.find(memberKey);
        } catch (IOException e) {
            throw new DirectoryException("cannot read the keys in " + folder + ": " + e, e);
        }
    }

    private void unindex(long memberKey, Map<PersonalField, String> person) {
        for (String word : index.of(person)) {
            names.remove(entry(word, memberKey));
        }
    }

    static String entry(String hash, long memberKey) {
        return hash + ":" + Long.toHexString(memberKey);
    }

    private void force() {
        try {
            store.commit();
            store.sync();
        } catch (MVStoreException e) {
            throw new DirectoryException("cannot force the personal data in " + folder + ": " + e.getMessage(), e);
        }
    }

    private static byte[] encoded(Map<PersonalField, String> person) {
        try {
            return JSON.writeValueAsBytes(person);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("texts are always written", e);
        }
    }

    private static Map<PersonalField, String> decoded(byte[] text) {
        try {
            return new EnumMap<>(JSON.readValue(
                    new String(text, StandardCharsets.UTF_8), new TypeReference<EnumMap<PersonalField, String>>() {}));
        } catch (JsonProcessingException e) {
            // Without the cause, whose message would quote the data.
            throw new DirectoryException("personal data was decrypted but is not of this version: start the newer one");
        }
    }

    @Override
    public synchronized void close() {
        store.close();
        try {
            keys.close();
        } catch (IOException e) {
            throw new DirectoryException("cannot close the keys in " + folder + ": " + e, e);
        }
    }
}
