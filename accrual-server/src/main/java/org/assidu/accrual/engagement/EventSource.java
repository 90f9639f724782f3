package org.assidu.accrual.engagement;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** Events from a place on, in order, each once. One thread at a time. */
public interface EventSource extends AutoCloseable {
    /** Opens a source. */
    @FunctionalInterface
    interface Opener {
        /** @throws IOException when there is none now; there may be one later */
        EventSource open(EventPosition from, EventFilter filter) throws IOException;
    }

    /**
     * Waits a moment for events.
     *
     * @return a batch, empty when there were none; null when there will be no more
     * @throws IOException when the source failed; one opened anew may go on
     */
    @Nullable
    EventBatch next() throws IOException;

    @Override
    void close();
}
