package org.assidu.accrual.engine;

import java.util.Arrays;
import org.assidu.accrual.model.LotKey;
import org.assidu.accrual.model.MovementKind;
import org.assidu.accrual.model.StateSink;
import org.assidu.accrual.model.StateSource;
import org.jspecify.annotations.Nullable;

/** Lots of all members in the purses that keep them, with their part of the state hash. */
final class MemberLots implements KeptState {
    private static final long SALT = 0x4C6F7473L;

    private final MemberPages members;
    /** By purse slot; null where no lot was ever credited. */
    private @Nullable LotPages[] purses = new @Nullable LotPages[2];

    private final LotList lots = new LotList();
    private final LotList scratch = new LotList();
    private long hash;

    MemberLots(MemberPages members) {
        this.members = members;
    }

    /** Copies a member's lots out; none for a purse without lots. */
    void read(int row, int purse, LotList target) {
        LotPages pages = purse < purses.length ? purses[purse] : null;
        if (pages == null || row == MemberPages.NONE) {
            target.clear();
        } else {
            pages.read(row, target);
        }
    }

    boolean isEmpty(int row, int purse) {
        LotPages pages = purse < purses.length ? purses[purse] : null;
        return pages == null || pages.isEmpty(row);
    }

    /** What a movement of a purse does to its lots. */
    void move(int row, int purse, long lot, MovementKind kind, long micro) {
        if (lot == LotKey.NONE) {
            return;
        }
        if (purse >= purses.length) {
            purses = Arrays.copyOf(purses, purse + 1);
        }
        LotPages pages = purses[purse];
        if (pages == null) {
            pages = purses[purse] = new LotPages();
        }
        pages.read(row, lots);
        hash -= hash(row, purse, lots);
        lots.move(lot, kind, micro);
        write(pages, row, purse);
    }

    /** A member was settled up to a day. @param keptDays days within which sales can be returned */
    void settled(int row, int purse, int day, int keptDays) {
        LotPages pages = purse < purses.length ? purses[purse] : null;
        if (pages == null || pages.isEmpty(row)) {
            return;
        }
        pages.read(row, lots);
        if (lots.isToTidy(day, keptDays)) {
            hash -= hash(row, purse, lots);
            lots.tidy(day, keptDays);
            write(pages, row, purse);
        }
    }

    /** A sale moved the expiry of a member's lots forward to a day. */
    void renew(int row, int purse, int expiryDay) {
        LotPages pages = purse < purses.length ? purses[purse] : null;
        if (pages == null || pages.isEmpty(row)) {
            return;
        }
        pages.read(row, lots);
        hash -= hash(row, purse, lots);
        lots.renew(expiryDay, scratch);
        write(pages, row, purse);
    }

    /** What has expired of a member's lots counts as that of another one: returns of old receipts look there. */
    void absorbExpired(int from, int to) {
        LotList moved = new LotList();
        for (int purse = 0; purse < purses.length; purse++) {
            LotPages pages = purses[purse];
            if (pages == null || pages.isEmpty(from)) {
                continue;
            }
            pages.read(from, moved);
            pages.read(from, lots);
            hash -= hash(from, purse, lots);
            lots.size = lots.live();
            write(pages, from, purse);
            pages.read(to, lots);
            hash -= hash(to, purse, lots);
            for (int i = moved.live(); i < moved.size; i++) {
                lots.addExpired(moved.keys[i], moved.micro[i]);
            }
            write(pages, to, purse);
        }
    }

    private void write(LotPages pages, int row, int purse) {
        pages.write(row, lots);
        hash += hash(row, purse, lots);
    }

    private long hash(int row, int purse, LotList of) {
        long owner = Mix.of(SALT + purse, members.key(row));
        long sum = 0;
        for (int i = 0; i < of.size; i++) {
            sum += Mix.of(owner, of.keys[i], of.micro[i]);
        }
        return sum;
    }

    long hash() {
        return hash;
    }

    long recomputedHash() {
        LotList read = new LotList();
        long sum = 0;
        for (int purse = 0; purse < purses.length; purse++) {
            for (int row = 0; row < members.size() && purses[purse] != null; row++) {
                read(row, purse, read);
                sum += hash(row, purse, read);
            }
        }
        return sum;
    }

    /** Heap taken, bytes. */
    long bytes() {
        long bytes = 0;
        for (LotPages pages : purses) {
            bytes += pages == null ? 0 : pages.bytes();
        }
        return bytes;
    }

    @Override
    public void write(StateSink sink) {
        sink.begin("lots");
        sink.putInt(purses.length);
        for (LotPages pages : purses) {
            sink.putBoolean(pages != null);
            if (pages != null) {
                pages.write(sink);
            }
        }
    }

    @Override
    public void read(StateSource source) {
        source.begin("lots");
        purses = new @Nullable LotPages[source.takeCount()];
        for (int purse = 0; purse < purses.length; purse++) {
            if (source.takeBoolean()) {
                LotPages pages = new LotPages();
                pages.read(source);
                purses[purse] = pages;
            }
        }
        hash = recomputedHash();
    }
}
