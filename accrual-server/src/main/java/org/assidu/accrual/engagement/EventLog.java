package org.assidu.accrual.engagement;

import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.assidu.accrual.journal.JournalReader;

/** The events of a journal, for any number of cursors. Close the cursors first. */
public final class EventLog implements AutoCloseable {
    private final Supplier<JournalReader> readers;
    private final LongSupplier durable;
    private final EventFacts facts;

    /**
     * @param readers new readers of the journal
     * @param durable last position that may be told of
     */
    public EventLog(Supplier<JournalReader> readers, LongSupplier durable) {
        this.readers = readers;
        this.durable = durable;
        facts = new EventFacts(readers.get());
    }

    /** Last position that may be told of now. */
    public long durablePosition() {
        return durable.getAsLong();
    }

    /**
     * @param from first event to yield, or the place of it
     * @throws IllegalStateException when the journal ends before it
     */
    public EventCursor open(EventPosition from, EventFilter filter) {
        long limit = durable.getAsLong();
        if (from.position() > limit + 1) {
            throw new IllegalStateException("events are to go on at position " + from.position()
                    + ", the journal reaches " + limit + ": it is another journal's position, or the journal was"
                    + " restored from an older backup, or lost its end in a power cut under --durability fast");
        }
        return new EventCursor(readers.get(), durable, facts, from, filter);
    }

    @Override
    public void close() {
        facts.close();
    }
}
