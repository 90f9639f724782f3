package org.assidu.accrual.engagement;

import org.assidu.proto.v1.Event;

/**
 * A place in the order of events.
 *
 * @param position journal position, from 1
 * @param index event within that record, from 1; 0 is before its first
 */
public record EventPosition(long position, int index) implements Comparable<EventPosition> {
    /** Before the first event of all. */
    public static final EventPosition START = new EventPosition(1, 0);

    public EventPosition {
        if (position < 1 || index < 0) {
            throw new IllegalArgumentException(
                    "event position " + position + "." + index + ", expected a position from 1 and an index from 0");
        }
    }

    /** The place just behind an event. */
    public static EventPosition after(Event event) {
        return new EventPosition(event.getPosition(), event.getIndex() + 1);
    }

    @Override
    public int compareTo(EventPosition other) {
        int byPosition = Long.compare(position, other.position);
        return byPosition != 0 ? byPosition : Integer.compare(index, other.index);
    }

    @Override
    public String toString() {
        return position + "." + index;
    }
}
