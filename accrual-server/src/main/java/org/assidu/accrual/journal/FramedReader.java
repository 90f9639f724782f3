package org.assidu.accrual.journal;

/** A reader whose current record lies as a frame in its {@link #buffer}. */
abstract class FramedReader implements JournalReader {
    static final int NO_RECORD = -1;

    /** Where the current record's frame begins, or {@link #NO_RECORD}. */
    int currentAt = NO_RECORD;

    /** @throws IllegalStateException when there is no current record */
    final int current() {
        if (currentAt == NO_RECORD) {
            throw new IllegalStateException("no current record: call next() first, and only read when it says true");
        }
        return currentAt;
    }

    @Override
    public final long position() {
        return RecordFrame.position(buffer(), current());
    }

    @Override
    public final int type() {
        return RecordFrame.type(buffer(), current());
    }

    @Override
    public final long timeMillis() {
        return RecordFrame.timeMillis(buffer(), current());
    }

    @Override
    public final int offset() {
        return current() + RecordFrame.HEADER_BYTES;
    }

    @Override
    public final int length() {
        return RecordFrame.payloadBytes(buffer(), current());
    }
}
