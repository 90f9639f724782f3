package org.assidu.accrual.directory;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.h2.mvstore.MVMap;
import org.h2.mvstore.MVStore;
import org.h2.mvstore.MVStoreException;
import org.h2.mvstore.type.LongDataType;
import org.h2.mvstore.type.StringDataType;

/**
 * A copy of another server's personal data, written row by row without a key to read it. One thread. {@link PersonalStore} opens
 * the same files once it serves.
 */
public final class PersonalReplica implements AutoCloseable {
    private final Path folder;
    private final MVStore store;
    private final MVMap<Long, byte[]> people;
    private final MVMap<String, byte[]> names;
    /** Hashes under which a member is in {@code names}: without the key of the row they cannot be worked out. */
    private final MVMap<Long, String> indexed;

    private final PersonalChanges changes;
    private final MemberKeyReplica keys;

    private PersonalReplica(Path folder, MVStore store, MemberKeyReplica keys) {
        this.folder = folder;
        this.store = store;
        this.keys = keys;
        PersonalTables tables = PersonalTables.in(store);
        people = tables.people();
        names = tables.names();
        indexed = store.openMap(
                "indexed",
                new MVMap.Builder<Long, String>().keyType(LongDataType.INSTANCE).valueType(StringDataType.INSTANCE));
        changes = PersonalChanges.in(store);
    }

    /** Opens or creates the copy; one process at a time. */
    public static PersonalReplica open(Path folder) {
        try {
            Files.createDirectories(folder);
            MemberKeyReplica keys = new MemberKeyReplica(folder);
            try {
                MVStore store = new MVStore.Builder()
                        .fileName(folder.resolve(PersonalStore.FILE_NAME).toString())
                        .autoCommitDisabled()
                        .open();
                return new PersonalReplica(folder, store, keys);
            } catch (MVStoreException e) {
                keys.close();
                throw new DirectoryException(
                        "cannot open " + folder.resolve(PersonalStore.FILE_NAME) + ": " + e.getMessage()
                                + "; another process has it, or it is damaged: delete it, and it is sent again",
                        e);
            }
        } catch (IOException e) {
            throw new DirectoryException("cannot open the personal data in " + folder + ": " + e, e);
        }
    }

    /** Number of the newest change; 0 = none. */
    public long lastChange() {
        return changes.last();
    }

    /** Tells whose keys these are; empty = nobody's yet. */
    public byte[] keyHeader() {
        try {
            return keys.header();
        } catch (IOException e) {
            throw failed(e);
        }
    }

    /** Deletes everything: all rows come again, their keys wrapped by another master key. */
    public void reset(byte[] keyHeader) {
        try {
            people.clear();
            names.clear();
            indexed.clear();
            changes.clear();
            commit();
            keys.reset(keyHeader);
            keys.force();
        } catch (IOException | MVStoreException e) {
            throw failed(e);
        }
    }

    /** Takes a row as {@link PersonalFeed.Rows} shows it. Durable after {@link #force}. */
    public void put(long change, long memberKey, byte[] wrappedKey, byte[] sealed, List<String> nameHashes) {
        try {
            unindex(memberKey);
            if (wrappedKey.length == 0) {
                people.remove(memberKey);
                keys.destroy(memberKey);
            } else {
                keys.put(memberKey, wrappedKey);
                people.put(memberKey, sealed);
                for (String hash : nameHashes) {
                    names.put(PersonalStore.entry(hash, memberKey), new byte[0]);
                }
                indexed.put(memberKey, String.join(" ", nameHashes));
            }
            changes.note(change, memberKey);
        } catch (IOException | MVStoreException e) {
            throw failed(e);
        }
    }

    private void unindex(long memberKey) {
        String hashes = indexed.remove(memberKey);
        if (hashes != null && !hashes.isEmpty()) {
            for (String hash : hashes.split(" ")) {
                names.remove(PersonalStore.entry(hash, memberKey));
            }
        }
    }

    /** Deletes all of members who were erased, destroys their keys, and forces that. */
    public void forget(Set<Long> memberKeys) {
        try {
            for (long memberKey : memberKeys) {
                unindex(memberKey);
                people.remove(memberKey);
                keys.destroy(memberKey);
            }
        } catch (IOException | MVStoreException e) {
            throw failed(e);
        }
        force();
    }

    /** Returns when everything written before is on the device; keys before the rows that they open. */
    public void force() {
        try {
            keys.force();
            commit();
        } catch (IOException | MVStoreException e) {
            throw failed(e);
        }
    }

    private void commit() {
        store.commit();
        store.sync();
    }

    private DirectoryException failed(Exception e) {
        return new DirectoryException(
                "cannot write the personal data in " + folder + ": " + e.getMessage() + "; check the disk, start again",
                e);
    }

    @Override
    public void close() {
        store.close();
        try {
            keys.close();
        } catch (IOException e) {
            throw failed(e);
        }
    }
}
