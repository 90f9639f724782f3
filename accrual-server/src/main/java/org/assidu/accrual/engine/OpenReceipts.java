package org.assidu.accrual.engine;

import org.agrona.collections.Long2ObjectHashMap;
import org.assidu.accrual.model.ReceiptColumns;
import org.assidu.accrual.model.StateSink;
import org.assidu.accrual.model.StateSource;
import org.jspecify.annotations.Nullable;

/** Receipts that tills are still scanning, by key, and from the longest untouched to the newest. */
final class OpenReceipts implements KeptState {
    private static final long OPEN_SALT = 0x4F70656EL;
    private static final int POOLED = 1_024;

    private final Long2ObjectHashMap<OpenReceipt> byKey = new Long2ObjectHashMap<>();
    private final TillLedger ledger;
    private @Nullable OpenReceipt oldest;
    private @Nullable OpenReceipt newest;
    /** Receipts for reuse, linked by {@code newer}. */
    private @Nullable OpenReceipt free;

    private int freeCount;
    private long hash;

    OpenReceipts(TillLedger ledger) {
        this.ledger = ledger;
    }

    @Nullable
    OpenReceipt find(long key) {
        return byKey.get(key);
    }

    @Nullable
    OpenReceipt oldest() {
        return oldest;
    }

    int size() {
        return byKey.size();
    }

    /** The receipt with one more chunk; opened by its first. */
    OpenReceipt addChunk(long key, ReceiptColumns chunk, long pointsMicro, long timeMillis) {
        OpenReceipt open = byKey.get(key);
        if (open == null) {
            open = take(key);
            byKey.put(key, open);
        } else {
            hash -= entryHash(open);
            unlink(open);
        }
        open.addChunk(chunk, pointsMicro);
        open.touchedMillis = timeMillis;
        append(open);
        hash += entryHash(open);
        return open;
    }

    void remove(OpenReceipt open) {
        hash -= entryHash(open);
        byKey.remove(open.key);
        unlink(open);
        if (freeCount < POOLED) {
            open.newer = free;
            free = open;
            freeCount++;
        }
    }

    /** A merged member's receipts are the survivor's. */
    void follow(long absorbed, long survivor) {
        for (OpenReceipt open = oldest; open != null; open = open.newer) {
            if (open.columns.memberKey == absorbed) {
                hash -= entryHash(open);
                open.columns.memberKey = survivor;
                hash += entryHash(open);
            }
            if (open.reservedMember == absorbed) {
                open.reservedMember = survivor;
            }
        }
    }

    private OpenReceipt take(long key) {
        OpenReceipt open = free;
        if (open == null) {
            open = new OpenReceipt();
        } else {
            free = open.newer;
            open.newer = null;
            freeCount--;
        }
        open.clear(key);
        return open;
    }

    private void append(OpenReceipt open) {
        open.older = newest;
        if (newest == null) {
            oldest = open;
        } else {
            newest.newer = open;
        }
        newest = open;
    }

    private void unlink(OpenReceipt open) {
        if (open.older == null) {
            oldest = open.newer;
        } else {
            open.older.newer = open.newer;
        }
        if (open.newer == null) {
            newest = open.older;
        } else {
            open.newer.older = open.older;
        }
        open.older = open.newer = null;
    }

    private long entryHash(OpenReceipt open) {
        ReceiptColumns columns = open.columns;
        long content = Mix.of(columns.chunks, columns.memberKey, columns.soldAtMillis);
        for (int line = 0; line < columns.lines; line++) {
            content = Mix.of(content, columns.quantityThousandths[line], columns.amountMinor[line])
                    ^ Mix.text(columns, columns.sku[line]);
        }
        return Mix.of(OPEN_SALT, ledger.stateIdentity(open.key), content);
    }

    long hash() {
        return hash;
    }

    long recomputedHash() {
        long sum = 0;
        for (OpenReceipt open = oldest; open != null; open = open.newer) {
            sum += entryHash(open);
        }
        return sum;
    }

    @Override
    public void write(StateSink sink) {
        sink.begin("open-receipts");
        sink.putInt(byKey.size());
        for (OpenReceipt open = oldest; open != null; open = open.newer) {
            open.write(sink);
        }
    }

    @Override
    public void read(StateSource source) {
        source.begin("open-receipts");
        for (int left = source.takeCount(); left > 0; left--) {
            OpenReceipt open = new OpenReceipt(source);
            byKey.put(open.key, open);
            append(open);
        }
        hash = recomputedHash();
    }
}
