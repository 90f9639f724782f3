package org.assidu.accrual.engine;

import java.util.ArrayList;
import java.util.List;
import java.util.function.LongSupplier;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.assidu.accrual.model.PurseBooks;

/** What there is of everything: members, receipts, points outstanding, the books, memory taken. */
public final class EngineTotals {
    private final MemberPages members;
    private final Programmes programmes;
    private final MemberLots lots;
    private final Books books;
    private final TillLedger ledger;
    private final OpenReceipts open;
    private final LongSupplier lines;

    EngineTotals(
            MemberPages members,
            Programmes programmes,
            MemberLots lots,
            Books books,
            TillLedger ledger,
            OpenReceipts open,
            LongSupplier lines) {
        this.members = members;
        this.programmes = programmes;
        this.lots = lots;
        this.books = books;
        this.ledger = ledger;
        this.open = open;
        this.lines = lines;
    }

    /** The books of each purse, by slot. */
    public List<PurseBooks> books() {
        List<PurseBooks> all = new ArrayList<>();
        for (int purse = 0; purse < programmes.purseSlots(); purse++) {
            all.add(books.of(purse, programmes.purseId(purse), members.outstandingMicro(purse)));
        }
        return all;
    }

    /** Heap taken by counters of members, bytes. */
    public long counterBytes() {
        return members.counterBytes();
    }

    /** Heap taken by lots, bytes. */
    public long lotBytes() {
        return lots.bytes();
    }

    public long members() {
        return members.size();
    }

    /** Keys of all members, in the order in which they were first seen; households and merged keys among them. */
    public LongStream memberKeys() {
        return IntStream.range(0, members.size()).mapToLong(members::key);
    }

    /** Closed receipts. */
    public long receipts() {
        return ledger.receipts();
    }

    /** Lines of closed receipts. */
    public long lines() {
        return lines.getAsLong();
    }

    public long openReceipts() {
        return open.size();
    }

    /** Sum of all points purses. */
    public long outstandingMicro() {
        return outstandingMicro(0);
    }

    /** Sum of all purses of a slot. */
    public long outstandingMicro(int purseSlot) {
        return members.outstandingMicro(purseSlot);
    }
}
