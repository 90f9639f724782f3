package org.assidu.accrual.engagement;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.assidu.proto.v1.Event;

/** Events of the journal of this process. */
public final class JournalEventSource implements EventSource {
    private static final int MOST_EVENTS = 64;
    private static final int RECORDS_AT_ONCE = 4_096;
    private static final long LOOK_AGAIN_NANOS = TimeUnit.MILLISECONDS.toNanos(25);

    private final EventCursor cursor;

    /** @throws IllegalStateException when the journal ends before the place */
    public JournalEventSource(EventLog log, EventPosition from, EventFilter filter) {
        cursor = log.open(from, filter);
    }

    @Override
    public EventBatch next() {
        List<Event> events = new ArrayList<>();
        while (events.size() < MOST_EVENTS) {
            Event event = cursor.next(RECORDS_AT_ONCE);
            if (event == null) {
                break;
            }
            events.add(event);
        }
        if (events.isEmpty() && cursor.caughtUp()) {
            LockSupport.parkNanos(LOOK_AGAIN_NANOS);
        }
        return new EventBatch(events, cursor.position());
    }

    @Override
    public void close() {
        cursor.close();
    }
}
