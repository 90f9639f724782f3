package org.assidu.accrual.cli;

import io.grpc.StatusRuntimeException;
import java.io.IOException;
import java.util.Iterator;
import org.assidu.accrual.engagement.EventBatch;
import org.assidu.accrual.engagement.EventFilter;
import org.assidu.accrual.engagement.EventPosition;
import org.assidu.accrual.engagement.EventSource;
import org.assidu.accrual.load.Connection;
import org.assidu.accrual.model.EventKind;
import org.assidu.proto.v1.EngagementServiceGrpc;
import org.assidu.proto.v1.StreamEventsRequest;
import org.assidu.proto.v1.StreamEventsResponse;
import org.jspecify.annotations.Nullable;

/** Events of a server, over its contract. */
final class RemoteEventSource implements EventSource {
    private final Connection connection;
    private final Iterator<StreamEventsResponse> responses;

    /** @param follow whether to wait for more when all that is durable has been told */
    RemoteEventSource(Connection connection, EventPosition from, EventFilter filter, boolean follow) {
        this.connection = connection;
        StreamEventsRequest.Builder request = StreamEventsRequest.newBuilder()
                .setFromPosition(from.position())
                .setFromIndex(from.index())
                .setWithoutHistorical(!filter.historical())
                .setEndWhenCaughtUp(!follow);
        filter.kinds().stream().map(EventKind::code).sorted().forEach(code -> request.addKindsValue(code));
        responses = EngagementServiceGrpc.newBlockingStub(connection.channel()).streamEvents(request.build());
    }

    @Override
    public @Nullable EventBatch next() throws IOException {
        try {
            if (!responses.hasNext()) {
                return null;
            }
            StreamEventsResponse response = responses.next();
            return new EventBatch(
                    response.getEventsList(), new EventPosition(response.getNextPosition(), response.getNextIndex()));
        } catch (StatusRuntimeException e) {
            throw new IOException("the stream of events ended: " + e.getStatus(), e);
        }
    }

    @Override
    public void close() {
        connection.channel().shutdownNow();
        connection.close();
    }
}
