package org.assidu.accrual.engine;

import org.assidu.accrual.model.StateSink;
import org.assidu.accrual.model.StateSource;

/** A part of the engine's state as a snapshot keeps it. */
interface KeptState {
    void write(StateSink sink);

    /** Makes an empty one what was written, its part of the state hash computed anew. */
    void read(StateSource source);
}
