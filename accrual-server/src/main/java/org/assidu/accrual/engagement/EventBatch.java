package org.assidu.accrual.engagement;

import java.util.List;
import org.assidu.proto.v1.Event;

/**
 * Events in order, and where to go on behind them.
 *
 * @param events may be empty: then only the place has moved, or not even that
 */
public record EventBatch(List<Event> events, EventPosition next) {
    public EventBatch {
        events = List.copyOf(events);
    }
}
