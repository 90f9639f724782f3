package org.assidu.accrual.journal;

import java.util.Objects;

/** Fills a batch and hands it on. */
final class StoredAppender implements JournalAppender {
    private final LiveGenerations live;
    private final SpaceGuard space;
    private final Failure failure;
    private final ThreadOwner owner = new ThreadOwner("journal's appender");
    private final BatchBuilder batch = new BatchBuilder();
    private long nextPosition;
    private volatile boolean closed;

    StoredAppender(LiveGenerations live, SpaceGuard space, Failure failure) {
        this.live = live;
        this.space = space;
        this.failure = failure;
        this.nextPosition = live.lastPosition() + 1;
    }

    @Override
    public long append(int type, long timeMillis, byte[] payload, int offset, int length) {
        owner.check();
        checkOpen();
        failure.check();
        Objects.checkFromIndexSize(offset, length, payload.length);
        if (type < 0) {
            throw new IllegalArgumentException("record type=" + type + ", expected 0 or more");
        }
        if (length > MAXIMUM_PAYLOAD_BYTES) {
            throw new IllegalArgumentException(
                    "record payload length=" + length + ", the largest is " + MAXIMUM_PAYLOAD_BYTES);
        }
        if (!(batch.count() == 0 ? space.hasRoom() : space.hadRoom())) {
            throw new JournalFullException(space.refusal());
        }
        if (batch.count() > 0 && batch.length() + RecordFrame.frameBytes(length) > MAXIMUM_BATCH_BYTES) {
            commit();
        }
        batch.add(type, nextPosition, timeMillis, payload, offset, length);
        return nextPosition++;
    }

    @Override
    public void commit() {
        owner.check();
        checkOpen();
        if (batch.count() == 0) {
            return;
        }
        live.write(batch);
        space.wrote(batch.length());
        batch.clear();
    }

    @Override
    public long appendedPosition() {
        return live.lastPosition();
    }

    void close() {
        closed = true;
    }

    private void checkOpen() {
        if (closed) {
            throw new IllegalStateException("the journal is closed");
        }
    }
}
