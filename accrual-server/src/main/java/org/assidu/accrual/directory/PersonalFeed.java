package org.assidu.accrual.directory;

import java.util.List;

/**
 * Personal data as it lies in its files, for a copy elsewhere: encrypted rows, keys wrapped by the master key, keyed hashes of
 * names. Safe for any thread.
 */
public final class PersonalFeed {
    private final PersonalStore store;

    PersonalFeed(PersonalStore store) {
        this.store = store;
    }

    /** Takes members in the order in which they were changed last. */
    @FunctionalInterface
    public interface Rows {
        /**
         * @param wrappedKey empty = the member was forgotten
         * @param nameHashes what their names are found by
         */
        void row(long change, long memberKey, byte[] wrappedKey, byte[] sealed, List<String> nameHashes);
    }

    /** What begins the file of keys: tells one master key from another, and holds the wrapped key of the name index. */
    public byte[] keyHeader() {
        return store.keyHeader();
    }

    /** Number of the newest change; 0 = none. */
    public long lastChange() {
        return store.lastChange();
    }

    /** Shows members from a change on. @return the number of the last one shown, or {@code from - 1} */
    public long rows(long from, int most, Rows rows) {
        return store.changes(from, most, rows);
    }
}
