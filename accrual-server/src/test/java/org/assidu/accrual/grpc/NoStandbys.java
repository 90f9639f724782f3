package org.assidu.accrual.grpc;

import java.util.List;
import org.assidu.accrual.admin.ReplicationFacts;

/** A server in its first epoch that nobody follows. */
final class NoStandbys implements ReplicationFacts {
    @Override
    public long epoch() {
        return 1;
    }

    @Override
    public List<Standby> standbys() {
        return List.of();
    }
}
