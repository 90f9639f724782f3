package org.assidu.accrual.grpc;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Addresses that may not connect for a while, because a connection of theirs was ended for flooding: what such a client costs
 * is mostly its coming again. Connections that are open stay, so that tills behind the same address go on.
 */
final class AddressPause {
    private static final Logger LOG = LoggerFactory.getLogger(AddressPause.class);

    private final long pauseNanos;
    private final Map<InetAddress, Long> untilNanos = new ConcurrentHashMap<>();

    /** @param seconds 0 = never */
    AddressPause(int seconds) {
        pauseNanos = TimeUnit.SECONDS.toNanos(seconds);
    }

    /** From now on, for the whole pause. @param why for the log */
    void begin(@Nullable SocketAddress from, String why) {
        if (pauseNanos == 0 || !(from instanceof InetSocketAddress address)) {
            return;
        }
        untilNanos.put(address.getAddress(), System.nanoTime() + pauseNanos);
        LOG.warn(
                "connections from {} are turned away for {} s: {}",
                address.getAddress().getHostAddress(),
                TimeUnit.NANOSECONDS.toSeconds(pauseNanos),
                why);
    }

    boolean holds(SocketAddress from) {
        if (untilNanos.isEmpty() || !(from instanceof InetSocketAddress address)) {
            return false;
        }
        Long until = untilNanos.get(address.getAddress());
        return until != null && System.nanoTime() - until < 0;
    }

    /** Forgets pauses that are over. */
    void sweep() {
        long now = System.nanoTime();
        untilNanos.values().removeIf(until -> now - until >= 0);
    }
}
