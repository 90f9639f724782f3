package org.assidu.accrual.grpc;

import io.grpc.Attributes;
import io.grpc.Context;
import io.grpc.Grpc;
import io.grpc.Metadata;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.ServerInterceptor;
import io.grpc.ServerStreamTracer;
import io.grpc.ServerTransportFilter;
import io.grpc.Status;
import io.netty.channel.Channel;
import io.netty.channel.ServerChannel;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import java.net.SocketAddress;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Ends connections that hurt others: too many of them, clients that do not read their answers, and clients that go on sending
 * what is refused. Netty and gRPC themselves end those that flood with resets, pings, or small frames. Who flooded may not
 * connect again for a while.
 */
final class ConnectionGuard {
    private static final Logger LOG = LoggerFactory.getLogger(ConnectionGuard.class);
    private static final long SWEEP_MILLIS = 500;

    private final int maxConnections;
    private final long stalledNanos;
    private final AddressPause pause;
    private final Map<SocketAddress, ClientConnection> connections = new ConcurrentHashMap<>();
    private final Set<SalesStream> streams = ConcurrentHashMap.newKeySet();

    ConnectionGuard(int maxConnections, ListenerSecurity security, ScheduledExecutorService timer) {
        this.maxConnections = maxConnections;
        stalledNanos = TimeUnit.SECONDS.toNanos(security.stalledReaderSeconds());
        pause = new AddressPause(security.abusePauseSeconds());
        timer.scheduleWithFixedDelay(this::sweep, SWEEP_MILLIS, SWEEP_MILLIS, TimeUnit.MILLISECONDS);
    }

    /** The listening socket: knows each connection from its first byte on. */
    ServerChannel listeningChannel() {
        return new NioServerSocketChannel() {
            @Override
            protected int doReadMessages(List<Object> buffer) throws Exception {
                int before = buffer.size();
                int count = super.doReadMessages(buffer);
                for (int at = buffer.size() - 1; at >= before; at--) {
                    if (!accepted((Channel) buffer.get(at))) {
                        buffer.remove(at);
                    }
                }
                return count;
            }
        };
    }

    private boolean accepted(Channel channel) {
        SocketAddress from = channel.remoteAddress();
        if (from == null || connections.size() >= maxConnections) {
            LOG.warn("a connection from {} is turned away: {} are open, which is the limit", from, connections.size());
            channel.unsafe().closeForcibly();
            return false;
        }
        if (pause.holds(from)) {
            channel.unsafe().closeForcibly();
            return false;
        }
        ClientConnection connection = new ClientConnection(channel, streams, pause);
        connections.put(from, connection);
        channel.closeFuture().addListener(done -> connections.remove(from, connection));
        connection.countFrames();
        return true;
    }

    /** Tells calls their connection. */
    ServerTransportFilter transportFilter() {
        return new ServerTransportFilter() {
            @Override
            public Attributes transportReady(Attributes attributes) {
                SocketAddress from = attributes.get(Grpc.TRANSPORT_ATTR_REMOTE_ADDR);
                ClientConnection connection = from == null ? null : connections.get(from);
                if (connection == null) {
                    return attributes;
                }
                return attributes.toBuilder()
                        .set(ClientConnection.ATTRIBUTE, connection)
                        .build();
            }
        };
    }

    /** Sees how calls end that no handler ended: a message too large ends its call within the transport. */
    ServerStreamTracer.Factory tracers() {
        return new ServerStreamTracer.Factory() {
            @Override
            public ServerStreamTracer newServerStreamTracer(String method, Metadata headers) {
                return new CallEnd();
            }
        };
    }

    /** Tells the start of a call its connection. */
    static ServerInterceptor interceptor() {
        return new ServerInterceptor() {
            @Override
            public <Q, R> ServerCall.Listener<Q> interceptCall(
                    ServerCall<Q, R> call, Metadata headers, ServerCallHandler<Q, R> next) {
                ClientConnection connection = call.getAttributes().get(ClientConnection.ATTRIBUTE);
                Context context = Context.current().withValue(ClientConnection.CURRENT, connection);
                Context before = context.attach();
                try {
                    return next.startCall(call, headers);
                } finally {
                    context.detach(before);
                }
            }
        };
    }

    private void sweep() {
        try {
            long now = System.nanoTime();
            pause.sweep();
            streams.removeIf(SalesStream::isOver);
            for (SalesStream stream : streams) {
                stream.cutIfStalled(now, stalledNanos);
            }
        } catch (RuntimeException e) {
            LOG.error("looking for stalled readers failed; it goes on", e);
        }
    }

    private static final class CallEnd extends ServerStreamTracer {
        private @Nullable ClientConnection connection;

        @Override
        public void serverCallStarted(ServerCallInfo<?, ?> call) {
            connection = Objects.requireNonNull(call.getAttributes(), "a call has attributes")
                    .get(ClientConnection.ATTRIBUTE);
        }

        @Override
        public void streamClosed(Status status) {
            String description = status.getDescription();
            if (connection != null
                    && status.getCode() == Status.Code.RESOURCE_EXHAUSTED
                    && description != null
                    && description.contains("exceeds maximum size")) {
                connection.offended("a message larger than allowed");
            }
        }
    }
}
