package org.assidu.accrual.simulation;

import org.assidu.accrual.journal.Journal;

/** A journal's disk: it survives processes, and loses what it may. */
interface SimulatedStorage extends AutoCloseable {

    /** A process opens the journal. */
    Journal open();

    /** The last position that this process has brought safely to disk. */
    long durablePosition();

    /** Times that the journal went on in another generation while it was open. */
    long generationsBegun();

    /** The process that opened it is dead. */
    void crash(CrashKind kind);

    /** How sealed and live files are called in messages. */
    String description();

    @Override
    void close();
}
