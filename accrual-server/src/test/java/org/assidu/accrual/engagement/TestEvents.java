package org.assidu.accrual.engagement;

import java.util.ArrayList;
import java.util.List;
import org.assidu.proto.v1.Event;
import org.assidu.proto.v1.EventKind;
import org.assidu.proto.v1.ReceiptIdentity;

/** Events without a journal. */
final class TestEvents {
    private TestEvents() {}

    /** So many events, two a record, from position 1 on. */
    static List<Event> of(int count) {
        List<Event> events = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            events.add(Event.newBuilder()
                    .setPosition(1 + i / 2)
                    .setIndex(1 + i % 2)
                    .setKind(i % 2 == 0 ? EventKind.EVENT_KIND_WELCOME : EventKind.EVENT_KIND_FIRST_PURCHASE)
                    .setMemberKey(-7L - i)
                    .setValue(i * 1_000_000_007L)
                    .setReceipt(
                            ReceiptIdentity.newBuilder().setStore("Café " + i).setTill("1"))
                    .build());
        }
        return events;
    }

    /** Those from a place on, in one batch. */
    static EventBatch from(List<Event> events, EventPosition from) {
        List<Event> rest = events.stream()
                .filter(event -> EventPosition.after(event).compareTo(from) > 0)
                .toList();
        Event last = events.get(events.size() - 1);
        return new EventBatch(rest, new EventPosition(last.getPosition() + 1, 0));
    }

    /** Tells everything and ends. */
    static EventSource.Opener source(List<Event> events) {
        return (from, filter) -> new EventSource() {
            private boolean told;

            @Override
            public EventBatch next() {
                EventBatch batch = told ? null : from(events, from);
                told = true;
                return batch;
            }

            @Override
            public void close() {}
        };
    }
}
