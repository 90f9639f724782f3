package org.assidu.accrual.server;

import java.util.List;
import org.assidu.accrual.admin.ReplicationFacts;
import org.assidu.accrual.replication.EpochGuard;
import org.assidu.accrual.replication.ReplicationGrpcService;

/** What the status of a running server tells of its standbys. */
final class ServerReplication implements ReplicationFacts {
    private final EpochGuard epochs;
    private final ReplicationGrpcService replication;

    ServerReplication(EpochGuard epochs, ReplicationGrpcService replication) {
        this.epochs = epochs;
        this.replication = replication;
    }

    @Override
    public long epoch() {
        return epochs.own().number();
    }

    @Override
    public List<Standby> standbys() {
        long now = System.nanoTime();
        return replication.followers().stream()
                .map(follower -> new Standby(
                        follower.name(),
                        follower.position(),
                        follower.lagMillis(),
                        (now - follower.heardNanos()) / 1_000_000,
                        follower.streams() > 0))
                .toList();
    }
}
