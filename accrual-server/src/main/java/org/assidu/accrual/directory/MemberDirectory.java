package org.assidu.accrual.directory;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.h2.mvstore.MVStoreException;
import org.jspecify.annotations.Nullable;

/**
 * Identifiers and the member keys they stand for. Look-ups come from memory, never wait, and see what writers did before it
 * is forced; writers take turns. A failed write or force is final: the directory then refuses all further writes. Do not
 * interrupt a writing thread: an interrupt closes the file under it.
 */
public final class MemberDirectory implements AutoCloseable {
    private final IdentifierTable table = new IdentifierTable();
    private final MemberKeySet members = new MemberKeySet();
    private final Set<Long> forgotten = ConcurrentHashMap.newKeySet();
    /** Keys that were merged, each with the member that lives on. */
    private final Map<Long, Long> merged = new ConcurrentHashMap<>();

    private final CardRanges ranges = new CardRanges();
    private final CardCache cache;
    private final DirectoryStore store;
    private final ThreadLocal<KeyedHash> hashes;
    private final MemberKeys memberKeys;
    private final ValueCodeHash valueCodes;

    private volatile boolean dirty;
    private volatile boolean closed;
    private @Nullable Exception failure;

    private MemberDirectory(DirectoryConfig config, byte[] secret, DirectoryStore store) {
        this.store = store;
        hashes = ThreadLocal.withInitial(() -> new KeyedHash(secret));
        cache = new CardCache(config.cachedCards(), table);
        memberKeys = new MemberKeys(config.memberKeySeed());
        valueCodes = new ValueCodeHash(secret);
        store.readLinks((high, low, value) -> {
            table.put(high, low, value);
            members.add(Math.abs(value));
        });
        store.readRanges(ranges::restore);
    }

    /** Opens or creates the directory; one process at a time. */
    public static MemberDirectory open(DirectoryConfig config) {
        try {
            Files.createDirectories(config.path());
        } catch (IOException e) {
            throw new DirectoryException("cannot create the folder " + config.path() + ": " + e, e);
        }
        byte[] secret = config.secret().read(DirectoryStore.exists(config.path()));
        DirectoryStore store = DirectoryStore.open(config.path(), config.secret(), new KeyedHash(secret).verifier());
        return new MemberDirectory(config, secret, store);
    }

    /** The member key of a card; 0 when unknown; minus the member key when the card is blocked. */
    public long findCard(long card) {
        long found = cache.find(card);
        if (found != 0) {
            return found;
        }
        KeyedHash hash = hashes.get();
        hash.hashCard(card);
        found = table.find(hash.high(), hash.low());
        if (found != 0) {
            cache.put(card, hash.high(), hash.low());
        }
        return found;
    }

    /** The member key of a text identifier; 0 when unknown or not well formed. */
    public long findToken(TokenKind kind, String value) {
        String normalised = kind.normalised(value);
        if (normalised == null) {
            return 0;
        }
        KeyedHash hash = hashes.get();
        hash.hashToken(kind, normalised);
        return table.find(hash.high(), hash.low());
    }

    /** As {@link #findCard} and {@link #findToken}. */
    public long find(Identifier identifier) {
        KeyedHash hash = hashes.get();
        hash.hash(identifier);
        return table.find(hash.high(), hash.low());
    }

    /** Whether the key is one of a member of this directory. */
    public boolean knows(long memberKey) {
        return members.contains(memberKey) && !forgotten.contains(memberKey) && !merged.containsKey(memberKey);
    }

    /** A key that no member has, for a household. */
    public synchronized long newKey() {
        return memberKeys.random(this::isTaken);
    }

    /** The member that a key stands for now: itself unless it was merged. */
    public long current(long memberKey) {
        return merged.getOrDefault(memberKey, memberKey);
    }

    /**
     * Has the identifiers of merged members lead to those that live on; a blocked card stays blocked. Reads the whole directory;
     * may be done again. Durable after the next {@link #force}.
     *
     * @param survivors of all keys that were merged so far
     */
    public synchronized void merge(Map<Long, Long> survivors) {
        checkWritable();
        merged.putAll(survivors);
        table.visit(survivors::containsKey, (high, low, value) -> {
            long survivor = merged.getOrDefault(Math.abs(value), Math.abs(value));
            append(high, low, value < 0 ? -survivor : survivor);
        });
    }

    /** Whether the card was issued by {@link #issueCards}. */
    public boolean issued(long card) {
        return ranges.contains(card);
    }

    /** Keys of all members. */
    public List<Long> memberKeys() {
        return members.keys().filter(this::knows).boxed().toList();
    }

    /** Its rows for a standby. */
    public DirectoryFeed feed() {
        return new DirectoryFeed(store);
    }

    /** Codes of vouchers and gift cards under this directory's secret. */
    public ValueCodeHash valueCodes() {
        return valueCodes;
    }

    /** Number of members. */
    public long size() {
        return members.size()
                - forgotten.size()
                - merged.keySet().stream().filter(members::contains).count();
    }

    /** Number of identifiers linked. */
    public long identifiers() {
        return table.size();
    }

    /** Kinds of the identifiers linked to a member. Reads all of the directory: for the service desk, not for tills. */
    public Set<IdentifierKind> kindsOf(long memberKey) {
        return table.kindsOf(memberKey);
    }

    /** What had to be given up at opening (a commit that was never forced), if anything; for the log. */
    public Optional<String> recovery() {
        return store.recovery();
    }

    /** Enrols a card unless it is known; answers as {@link #findCard}. Durable after the next {@link #force}. */
    public synchronized long enrolCard(long card) {
        long known = findCard(card);
        return known != 0 ? known : enrol(List.of(Identifier.card(card)));
    }

    /**
     * The member of the first identifier that is linked already, or else a new one; then links all others to it. Nothing is
     * changed when one belongs to another member. Durable after the next {@link #force}.
     */
    public synchronized long enrol(List<Identifier> identifiers) {
        if (identifiers.isEmpty()) {
            throw new IllegalArgumentException("a member needs at least one identifier");
        }
        checkWritable();
        long memberKey = 0;
        for (Identifier identifier : identifiers) {
            long linked = Math.abs(find(identifier));
            if (memberKey == 0) {
                memberKey = linked;
            } else {
                checkUnlinkedOr(memberKey, linked, identifier);
            }
        }
        if (memberKey == 0) {
            memberKey = memberKeys.next(identifiers.get(0), this::isTaken);
        }
        for (Identifier identifier : identifiers) {
            if (find(identifier) == 0) {
                append(identifier, memberKey);
            }
        }
        return memberKey;
    }

    /** Links one more identifier to a member; no effect when it is linked to that member already. */
    public synchronized void link(long memberKey, Identifier identifier) {
        checkWritable();
        if (!knows(memberKey)) {
            throw new IllegalArgumentException(
                    String.format("no member has the key %016x: look the member up or enrol first", memberKey));
        }
        long linked = Math.abs(find(identifier));
        checkUnlinkedOr(memberKey, linked, identifier);
        if (linked == 0) {
            append(identifier, memberKey);
        }
    }

    private boolean isTaken(long memberKey) {
        return members.contains(memberKey) || forgotten.contains(memberKey);
    }

    /**
     * Takes out all identifiers of members: they lead nowhere from now on, and their keys are never given again. A card that is
     * used again is that of a new member. Reads the whole directory; may be done again. Durable after the next {@link #force}.
     */
    public synchronized void forget(Set<Long> memberKeys) {
        checkWritable();
        write(() -> store.blankLinks(memberKeys, (high, low, value) -> table.remove(high, low)));
        for (long memberKey : memberKeys) {
            members.add(memberKey);
            forgotten.add(memberKey);
        }
    }

    /** Marks a card as lost: from now on it is found as minus its member key. @return whether it was not blocked before */
    public synchronized boolean blockCard(long card) {
        checkWritable();
        Identifier identifier = Identifier.card(card);
        long linked = find(identifier);
        if (linked == 0) {
            throw new IllegalArgumentException("the card to block belongs to nobody: enrol or link it first");
        }
        if (linked > 0) {
            append(identifier, -linked);
        }
        return linked > 0;
    }

    /** Takes a block back, for a card that was found. @return whether the card was blocked */
    public synchronized boolean unblockCard(long card) {
        checkWritable();
        Identifier identifier = Identifier.card(card);
        long linked = find(identifier);
        if (linked == 0) {
            throw new IllegalArgumentException("the card to unblock belongs to nobody: enrol or link it first");
        }
        if (linked < 0) {
            append(identifier, -linked);
        }
        return linked < 0;
    }

    /**
     * Links a new card to a member and blocks the one that it replaces.
     *
     * @param lostCard 0 = every card of the member but the new one; reads the whole directory
     * @return cards blocked that were not before
     * @throws IdentifierConflictException when either card is another member's
     */
    public synchronized int replaceCard(long memberKey, long lostCard, long newCard) {
        checkWritable();
        Identifier added = Identifier.card(newCard);
        if (lostCard == newCard || find(added) == -memberKey) {
            throw new IllegalArgumentException("the new card is one that was lost: take another one");
        }
        if (lostCard != 0) {
            long owner = Math.abs(find(Identifier.card(lostCard)));
            if (owner == 0) {
                throw new IllegalArgumentException("the card to replace belongs to nobody: link the new one instead");
            }
            checkUnlinkedOr(memberKey, owner, Identifier.card(lostCard));
        }
        link(memberKey, added);
        if (lostCard != 0) {
            boolean open = find(Identifier.card(lostCard)) > 0;
            blockCard(lostCard);
            return open ? 1 : 0;
        }
        return blockOthers(memberKey, added);
    }

    private int blockOthers(long memberKey, Identifier kept) {
        KeyedHash hash = hashes.get();
        hash.hash(kept);
        long keptHigh = hash.high();
        long keptLow = hash.low();
        int[] blocked = {0};
        table.visit(key -> key == memberKey, (high, low, value) -> {
            boolean other = high != keptHigh || low != keptLow;
            if (value > 0 && other && KeyedHash.kindOf(low) == IdentifierKind.CARD) {
                append(high, low, -value);
                blocked[0]++;
            }
        });
        return blocked[0];
    }

    /**
     * The next consecutive EAN-13 cards under a prefix of 7 to 11 digits. The numbers are forced before they are returned, so
     * that none is printed twice; forces everything else written so far along with them.
     */
    public synchronized List<Long> issueCards(String prefix, int count) {
        checkWritable();
        long first = ranges.next(prefix, count);
        List<Long> cards = ranges.cards(prefix, first, count);
        write(() -> store.putRange(prefix, first + count));
        force();
        ranges.restore(prefix, first + count);
        return cards;
    }

    /** Whether something is written that a power cut could undo. */
    public boolean dirty() {
        return dirty;
    }

    /** Returns when everything written before is on the device; at once when there is nothing. */
    public synchronized void force() {
        if (!dirty) {
            return;
        }
        checkWritable();
        try {
            store.force();
        } catch (MVStoreException | IOException e) {
            failure = e;
            throw new DirectoryException("cannot force the directory " + store.file() + ": " + e.getMessage(), e);
        }
        dirty = false;
    }

    /** Forces, and copies the file into an empty folder; writers wait. */
    synchronized void copyTo(Path folder) throws IOException {
        checkWritable();
        force();
        store.copyTo(folder);
    }

    /** Forces and closes. After a failed write it closes without writing. */
    @Override
    public synchronized void close() {
        if (closed) {
            return;
        }
        try {
            if (failure == null) {
                force();
            }
        } finally {
            closed = true;
            if (failure == null) {
                store.close();
            } else {
                store.abandon();
            }
        }
    }

    private void append(Identifier identifier, long value) {
        KeyedHash hash = hashes.get();
        hash.hash(identifier);
        append(hash.high(), hash.low(), value);
    }

    private void append(long high, long low, long value) {
        write(() -> store.appendLink(high, low, value));
        members.add(Math.abs(value));
        table.put(high, low, value);
    }

    private void write(Runnable change) {
        dirty = true;
        try {
            change.run();
        } catch (MVStoreException e) {
            failure = e;
            throw new DirectoryException("cannot write to the directory " + store.file() + ": " + e.getMessage(), e);
        }
    }

    private void checkWritable() {
        if (closed) {
            throw new IllegalStateException("the directory " + store.file() + " is closed");
        }
        if (failure != null) {
            throw new DirectoryException(
                    "the directory " + store.file() + " failed before and takes no more writes: restart the server",
                    failure);
        }
    }

    private static void checkUnlinkedOr(long memberKey, long linked, Identifier identifier) {
        if (linked != 0 && linked != memberKey) {
            throw new IdentifierConflictException(identifier.kind(), linked, memberKey);
        }
    }
}
