package org.assidu.accrual.engine;

import java.util.ArrayList;
import java.util.List;
import org.assidu.accrual.programme.Programme;

/** Acts of all published versions. */
final class ActTables {
    private final CounterSlots counters;
    /** By version - 1. */
    private final List<ActTable> versions = new ArrayList<>();

    ActTables(CounterSlots counters) {
        this.counters = counters;
    }

    void add(Programme programme) {
        versions.add(new ActTable(programme, counters));
    }

    ActTable of(Programme programme) {
        return versions.get(programme.version() - 1);
    }

    /** By version - 1. */
    List<ActTable> all() {
        return versions;
    }
}
