package org.assidu.accrual.engine;

import java.util.Arrays;
import org.assidu.accrual.model.MemberFact;
import org.assidu.accrual.model.OutcomeColumns;
import org.assidu.accrual.model.ReceiptColumns;
import org.assidu.accrual.model.StateSink;
import org.assidu.accrual.model.StateSource;
import org.jspecify.annotations.Nullable;

/** A receipt whose chunks have come but not the paid one. */
final class OpenReceipt {
    long key;
    /** Header of the newest chunk, the member of the last chunk that named one, all lines so far with chunk bounds. */
    final ReceiptColumns columns = new ReceiptColumns();
    /** Provisional points answered to each chunk. */
    long[] provisionalMicro = new long[4];

    long touchedMillis;
    /** Member whose rewards this receipt has reserved; 0 = none named yet. */
    long reservedMember;
    /** By reward slot. */
    long[] reserved = new long[4];

    @Nullable
    OpenReceipt older;

    @Nullable
    OpenReceipt newer;

    OpenReceipt() {}

    OpenReceipt(StateSource source) {
        key = source.takeLong();
        ReceiptImage.read(source, columns);
        provisionalMicro = source.takeLongArray();
        touchedMillis = source.takeLong();
        reservedMember = source.takeLong();
        reserved = source.takeLongArray();
    }

    void write(StateSink sink) {
        sink.putLong(key);
        ReceiptImage.write(sink, columns);
        sink.putArray(provisionalMicro, provisionalMicro.length);
        sink.putLong(touchedMillis);
        sink.putLong(reservedMember);
        sink.putArray(reserved, reserved.length);
    }

    void clear(long newKey) {
        key = newKey;
        columns.clear();
        reservedMember = 0;
        Arrays.fill(reserved, 0);
    }

    long reserved(int rewardSlot) {
        return rewardSlot < reserved.length ? reserved[rewardSlot] : 0;
    }

    /** Takes over the reservations that a chunk's outcome made for the receipt's member. */
    void reserveFor(long member, OutcomeColumns outcome) {
        if (member != reservedMember) {
            Arrays.fill(reserved, 0);
            reservedMember = member;
        }
        for (int c = 0; c < outcome.counterChanges; c++) {
            int slot = Counters.rewardOfReserved(outcome.counterSlot[c]);
            if (slot >= 0 && outcome.counterMember[c] == member) {
                if (slot >= reserved.length) {
                    reserved = Arrays.copyOf(reserved, Math.max(slot + 1, reserved.length * 2));
                }
                reserved[slot] += outcome.counterDelta[c];
            }
        }
    }

    void addChunk(ReceiptColumns chunk, long pointsMicro) {
        assemble(columns, this, chunk);
        if (columns.chunks > provisionalMicro.length) {
            provisionalMicro = Arrays.copyOf(provisionalMicro, columns.chunks * 2);
        }
        provisionalMicro[columns.chunks - 1] = pointsMicro;
    }

    /**
     * Makes {@code target} the receipt as it is when a chunk has joined those before it.
     *
     * @param target may be the columns of {@code before} itself
     * @param before null for the first chunk
     */
    static void assemble(ReceiptColumns target, @Nullable OpenReceipt before, ReceiptColumns chunk) {
        long memberKey = before == null ? 0 : before.columns.memberKey;
        MemberFact memberFact = before == null ? MemberFact.ANONYMOUS : before.columns.memberFact;
        if (before == null || target != before.columns) {
            target.clear();
        }
        target.copyHeaderFrom(chunk);
        if (chunk.memberFact == MemberFact.ANONYMOUS) {
            target.memberKey = memberKey;
            target.memberFact = memberFact;
        }
        if (before != null && target != before.columns) {
            appendChunks(target, before.columns);
        }
        target.appendLinesFrom(chunk);
        target.endChunk();
    }

    private static void appendChunks(ReceiptColumns target, ReceiptColumns before) {
        target.appendLinesFrom(before);
        while (target.chunkEnds.length < before.chunks) {
            target.chunkEnds = Arrays.copyOf(target.chunkEnds, target.chunkEnds.length * 2);
        }
        System.arraycopy(before.chunkEnds, 0, target.chunkEnds, 0, before.chunks);
        target.chunks = before.chunks;
    }
}
