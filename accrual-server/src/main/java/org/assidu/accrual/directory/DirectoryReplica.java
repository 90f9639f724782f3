package org.assidu.accrual.directory;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import org.h2.mvstore.MVStoreException;

/**
 * A copy of another server's directory, written row by row without knowing the secret that keys its hashes. One thread. Nothing
 * may be looked up in it; {@link MemberDirectory} opens the same file once it serves.
 */
public final class DirectoryReplica implements AutoCloseable {
    private final DirectoryStore store;
    private boolean dirty;
    private boolean failed;

    private DirectoryReplica(DirectoryStore store) {
        this.store = store;
    }

    /** Opens or creates the copy; one process at a time. */
    public static DirectoryReplica open(Path folder) {
        try {
            Files.createDirectories(folder);
        } catch (IOException e) {
            throw new DirectoryException("cannot create the folder " + folder + ": " + e, e);
        }
        return new DirectoryReplica(DirectoryStore.openReplica(folder));
    }

    /** Number of the last link. */
    public long lastLink() {
        return store.lastLink();
    }

    /** Shows the last link, unless there is none. */
    public void last(DirectoryFeed.Links links) {
        store.readForcedLinks(Math.max(1, store.forcedLinks()), 1, links::link);
    }

    /** Makes it a copy of the directory with this verifier. @throws DirectoryException when it is one of another directory */
    public void bind(byte[] verifier, String of) {
        try {
            store.bind(of, verifier);
        } catch (IOException e) {
            throw failed(e);
        }
    }

    /** Appends the next link; a value of 0 = one that was taken out. */
    public void append(long high, long low, long value) {
        dirty = true;
        try {
            store.appendLink(high, low, value);
        } catch (MVStoreException e) {
            throw failed(e);
        }
    }

    public void range(String prefix, long nextSerial) {
        dirty = true;
        try {
            store.putRange(prefix, nextSerial);
        } catch (MVStoreException e) {
            throw failed(e);
        }
    }

    /** Takes out the links of erased members and forces that. */
    public void forget(Set<Long> memberKeys) {
        dirty = true;
        try {
            store.blankLinks(memberKeys, (high, low, value) -> {});
        } catch (MVStoreException e) {
            throw failed(e);
        }
        force();
    }

    /** Returns when everything written before is on the device. */
    public void force() {
        if (dirty) {
            try {
                store.force();
            } catch (MVStoreException | IOException e) {
                throw failed(e);
            }
            dirty = false;
        }
    }

    private DirectoryException failed(Exception e) {
        failed = true;
        return new DirectoryException(
                "cannot write to the directory " + store.file() + ": " + e.getMessage()
                        + "; check the disk, start again",
                e);
    }

    @Override
    public void close() {
        if (failed) {
            store.abandon();
        } else {
            force();
            store.close();
        }
    }
}
