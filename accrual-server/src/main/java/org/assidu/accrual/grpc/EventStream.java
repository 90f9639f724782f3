package org.assidu.accrual.grpc;

import io.grpc.stub.ServerCallStreamObserver;
import java.util.concurrent.ScheduledExecutorService;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.assidu.accrual.engagement.EventCursor;
import org.assidu.accrual.engagement.EventPosition;
import org.assidu.proto.v1.Event;
import org.assidu.proto.v1.StreamEventsResponse;
import org.jspecify.annotations.Nullable;

/**
 * One {@code StreamEvents} call.
 */
final class EventStream extends SlicedCall<StreamEventsResponse> {
    private static final int MOST_EVENTS = 256;
    private static final int MOST_BYTES = 64 << 10;
    private static final int RECORDS_A_RESPONSE = 16_384;
    private static final int RESPONSES_A_SLICE = 8;
    /** A response without events is sent once so many records were read. */
    private static final int RECORDS_WITHOUT_WORD = 16_384;
    /** How long a stream that has told everything waits until it looks again. */
    private static final int LOOK_AGAIN_MILLIS = 25;

    private final Supplier<EventCursor> open;
    private final boolean endWhenCaughtUp;

    private @Nullable EventCursor cursor;
    private @Nullable EventPosition told;
    private boolean saidCaughtUp;

    EventStream(
            Supplier<EventCursor> open,
            boolean endWhenCaughtUp,
            ServerCallStreamObserver<StreamEventsResponse> responses,
            ScheduledExecutorService threads,
            Consumer<SlicedCall<StreamEventsResponse>> whenEnded) {
        super(responses, threads, whenEnded);
        this.open = open;
        this.endWhenCaughtUp = endWhenCaughtUp;
    }

    @Override
    protected boolean work() {
        EventCursor open = cursor();
        for (int response = 0; response < RESPONSES_A_SLICE; response++) {
            if (!isReady()) {
                return false;
            }
            send(open);
            if (open.caughtUp()) {
                if (endWhenCaughtUp) {
                    complete();
                } else {
                    lookAgainIn(LOOK_AGAIN_MILLIS);
                }
                return false;
            }
        }
        return true;
    }

    private EventCursor cursor() {
        EventCursor opened = cursor;
        if (opened == null) {
            opened = open.get();
            cursor = opened;
        }
        return opened;
    }

    private void send(EventCursor from) {
        StreamEventsResponse.Builder response = StreamEventsResponse.newBuilder();
        int bytes = 0;
        while (response.getEventsCount() < MOST_EVENTS && bytes < MOST_BYTES) {
            Event event = from.next(RECORDS_A_RESPONSE);
            if (event == null) {
                break;
            }
            bytes += event.getSerializedSize();
            response.addEvents(event);
        }
        EventPosition next = from.position();
        if (response.getEventsCount() == 0 && !isWorthAWord(next, from.caughtUp())) {
            return;
        }
        told = next;
        saidCaughtUp = from.caughtUp();
        send(response.setNextPosition(next.position())
                .setNextIndex(next.index())
                .setCaughtUp(saidCaughtUp)
                .build());
    }

    /** Whether the client should hear how far the journal was read although it told nothing. */
    private boolean isWorthAWord(EventPosition next, boolean caughtUp) {
        EventPosition last = told;
        return last == null || (caughtUp && !saidCaughtUp) || next.position() - last.position() >= RECORDS_WITHOUT_WORD;
    }

    @Override
    protected void release() {
        EventCursor opened = cursor;
        if (opened != null) {
            opened.close();
        }
    }
}
