package org.assidu.accrual.admin;

import java.util.List;

/** What the status tells of standbys. Safe for any thread. */
public interface ReplicationFacts {

    /** How often a standby took the place of the chain's server, plus 1. */
    long epoch();

    /** Standbys heard of since the start. */
    List<Standby> standbys();

    /**
     * A standby, by its last report.
     *
     * @param position last one that it has forced and applied
     * @param heardMillisAgo when it reported
     * @param connected whether a stream to it is open
     */
    record Standby(String name, long position, long lagMillis, long heardMillisAgo, boolean connected) {}
}
