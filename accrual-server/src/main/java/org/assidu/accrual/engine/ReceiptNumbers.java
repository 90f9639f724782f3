package org.assidu.accrual.engine;

import java.nio.ByteBuffer;
import java.util.function.LongConsumer;
import org.assidu.accrual.model.StateSink;
import org.assidu.accrual.model.StateSource;
import org.jspecify.annotations.Nullable;
import org.roaringbitmap.IntIterator;
import org.roaringbitmap.RoaringBitmap;
import org.roaringbitmap.buffer.ImmutableRoaringBitmap;

/**
 * Exact set of the receipt numbers a till has closed, unsigned 32-bit. The newest run of consecutive numbers is two longs;
 * older runs and stragglers are in a bitmap, so a till without gaps costs nothing and allocates nothing.
 */
final class ReceiptNumbers implements KeptState {
    /** The newest run: {@code runStart} to {@code runEnd - 1}. */
    private long runStart;

    private long runEnd;
    private @Nullable RoaringBitmap others;

    boolean contains(long number) {
        return (number >= runStart && number < runEnd) || (others != null && others.contains((int) number));
    }

    /** @return false when the number was there */
    boolean add(long number) {
        if (contains(number)) {
            return false;
        }
        if (number == runEnd && runEnd > runStart) {
            runEnd++;
        } else if (number > runEnd || runEnd == runStart) {
            retireRun();
            runStart = number;
            runEnd = number + 1;
        } else {
            others().add((int) number);
        }
        return true;
    }

    private void retireRun() {
        if (runEnd - runStart == 1) {
            others().add((int) runStart);
        } else if (runEnd > runStart) {
            others().add(runStart, runEnd);
        }
    }

    private RoaringBitmap others() {
        if (others == null) {
            others = new RoaringBitmap();
        }
        return others;
    }

    void forEach(LongConsumer action) {
        for (long number = runStart; number < runEnd; number++) {
            action.accept(number);
        }
        if (others == null) {
            return;
        }
        // Not RoaringBitmap.forEach: in 1.6.29 it skips runs of numbers from 2^31 on.
        for (IntIterator numbers = others.getIntIterator(); numbers.hasNext(); ) {
            action.accept(Integer.toUnsignedLong(numbers.next()));
        }
    }

    @Override
    public void write(StateSink sink) {
        sink.putLong(runStart);
        sink.putLong(runEnd);
        if (others == null) {
            sink.putInt(0);
            return;
        }
        others.runOptimize();
        ByteBuffer bytes = ByteBuffer.allocate(others.serializedSizeInBytes());
        others.serialize(bytes);
        sink.putBlock(bytes.array());
    }

    @Override
    public void read(StateSource source) {
        runStart = source.takeLong();
        runEnd = source.takeLong();
        byte[] bytes = source.takeBlock();
        if (bytes.length > 0) {
            others = new ImmutableRoaringBitmap(ByteBuffer.wrap(bytes)).toRoaringBitmap();
        }
    }
}
