package org.assidu.accrual.grpc;

import io.grpc.Attributes;
import io.grpc.Context;
import io.netty.channel.Channel;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A client's connection, and how often it offended of late. */
final class ClientConnection {
    /** On the transport, and so on each of its calls. */
    static final Attributes.Key<ClientConnection> ATTRIBUTE = Attributes.Key.create("assidu-connection");

    /** Of the call that is being handled. */
    static final Context.Key<ClientConnection> CURRENT = Context.key("assidu-connection");

    private static final Logger LOG = LoggerFactory.getLogger(ClientConnection.class);
    private static final int MOST_OFFENCES = 50;
    private static final long WINDOW_NANOS = TimeUnit.SECONDS.toNanos(10);

    private final Channel channel;
    private final Set<SalesStream> watched;
    private final AddressPause pause;
    private long windowNanos = System.nanoTime();
    private int offences;
    private final AtomicBoolean cut = new AtomicBoolean();

    /**
     * @param watched streams whose reading is looked after, of all connections
     * @param pause of addresses that flooded
     */
    ClientConnection(Channel channel, Set<SalesStream> watched, AddressPause pause) {
        this.channel = channel;
        this.watched = watched;
        this.pause = pause;
    }

    /** From now on it is seen to that the client reads its answers. */
    void watch(SalesStream stream) {
        watched.add(stream);
    }

    /** Has its frames counted from the first byte on. Before the transport gives the channel its handlers. */
    void countFrames() {
        channel.pipeline().addFirst(new FirstBytes(this));
    }

    /** Counts something that no well-behaved client does often; too many of them end the connection. */
    void offended(String how) {
        synchronized (this) {
            long now = System.nanoTime();
            if (now - windowNanos > WINDOW_NANOS) {
                windowNanos = now;
                offences = 0;
            }
            if (++offences != MOST_OFFENCES) {
                return;
            }
        }
        flooded(MOST_OFFENCES + " offences within " + TimeUnit.NANOSECONDS.toSeconds(WINDOW_NANOS) + " s, the last: "
                + how);
    }

    /** Ends the connection, and lets its address wait before the next. */
    void flooded(String why) {
        pause.begin(channel.remoteAddress(), why);
        cut(why);
    }

    /** The transport ends the connection for what the client sent. @param why for the log */
    void ended(String why) {
        pause.begin(channel.remoteAddress(), why);
    }

    /** Ends the connection at once: without the farewell of HTTP/2, which waits for open streams. */
    void cut(String why) {
        if (cut.compareAndSet(false, true)) {
            LOG.warn("connection from {} is cut: {}", channel.remoteAddress(), why);
            channel.eventLoop()
                    .execute(() -> channel.unsafe().close(channel.unsafe().voidPromise()));
        }
    }
}
