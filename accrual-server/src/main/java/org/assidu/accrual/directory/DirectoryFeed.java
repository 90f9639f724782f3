package org.assidu.accrual.directory;

/** The rows of a directory as they lie in its file, for a copy elsewhere. Safe for any thread, beside the writer. */
public final class DirectoryFeed {
    private final DirectoryStore store;

    DirectoryFeed(DirectoryStore store) {
        this.store = store;
    }

    /** Takes links in the order of their numbers. */
    @FunctionalInterface
    public interface Links {
        /** @param value member key; negative = blocked; 0 = taken out */
        void link(long high, long low, long value);
    }

    /** Takes card ranges. */
    @FunctionalInterface
    public interface Ranges {
        void range(String prefix, long nextSerial);
    }

    /** Tells one secret from another. */
    public byte[] verifier() {
        return store.verifier();
    }

    /** Number of the last link that a power cut cannot undo. */
    public long forcedLinks() {
        return store.forcedLinks();
    }

    /** Shows forced links from a number on. @return the number of the last one shown, or {@code from - 1} */
    public long links(long from, int most, Links links) {
        return store.readForcedLinks(from, most, links::link);
    }

    /** Changes whenever card ranges do. */
    public long rangeChanges() {
        return store.rangeChanges();
    }

    /** Shows all card ranges, which are few. */
    public void ranges(Ranges ranges) {
        store.readRanges(ranges::range);
    }
}
