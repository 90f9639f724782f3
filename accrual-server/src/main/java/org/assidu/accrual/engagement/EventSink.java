package org.assidu.accrual.engagement;

import java.io.IOException;

/** Where a forwarder brings events. It remembers by itself how far it is. One thread at a time. */
interface EventSink extends AutoCloseable {

    /** Where to go on: behind the last event that was delivered for sure. */
    EventPosition position();

    /**
     * Delivers a batch, or stops trying because {@code stop} says so: then {@link #position} tells how far it came.
     *
     * @throws IOException when it cannot go on by itself; what was delivered is remembered
     */
    void deliver(EventBatch batch, StopSignal stop) throws IOException;

    /** Remembers durably how far it is. */
    @Override
    void close() throws IOException;
}
