package org.assidu.accrual.replication;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** What a primary knows of its standbys. Safe for any thread. */
public final class Followers {
    private static final int MOST = 64;

    /**
     * One of them.
     *
     * @param position last one that it has forced and applied
     * @param lagMillis as it said
     * @param heardNanos when it was heard of last, by the clock that was given
     * @param streams open to it
     */
    public record Follower(String name, long position, long lagMillis, long heardNanos, int streams) {}

    private final Map<String, Follower> byName = new TreeMap<>();

    public synchronized List<Follower> all() {
        return List.copyOf(byName.values());
    }

    synchronized void reported(String name, long position, long lagMillis, long nowNanos) {
        Follower known = byName.get(name);
        put(new Follower(name, position, lagMillis, nowNanos, known == null ? 0 : known.streams()));
    }

    synchronized void connected(String name, long position, long nowNanos) {
        Follower known = byName.get(name);
        put(new Follower(name, position, 0, nowNanos, known == null ? 1 : known.streams() + 1));
    }

    synchronized void gone(String name) {
        Follower known = byName.get(name);
        if (known != null) {
            put(new Follower(
                    name, known.position(), known.lagMillis(), known.heardNanos(), Math.max(0, known.streams() - 1)));
        }
    }

    private void put(Follower follower) {
        if (byName.containsKey(follower.name()) || byName.size() < MOST) {
            byName.put(follower.name(), follower);
        }
    }
}
