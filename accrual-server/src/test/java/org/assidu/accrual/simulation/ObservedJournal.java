package org.assidu.accrual.simulation;

import org.assidu.accrual.journal.Journal;
import org.assidu.accrual.journal.JournalAppender;
import org.assidu.accrual.journal.JournalBarrier;
import org.assidu.accrual.journal.JournalReader;

/** A journal whose every record is seen by the simulation, and between whose calls the process may die. */
final class ObservedJournal implements Journal {
    /** What sees it. */
    interface Observer {
        void appended(long position, int type, long timeMillis, byte[] payload, int offset, int length);

        void committing();
    }

    private final Journal journal;
    private final Faults faults;
    private final Observer observer;

    ObservedJournal(Journal journal, Faults faults, Observer observer) {
        this.journal = journal;
        this.faults = faults;
        this.observer = observer;
    }

    @Override
    public JournalAppender appender() {
        JournalAppender appender = journal.appender();
        return new JournalAppender() {
            @Override
            public long append(int type, long timeMillis, byte[] payload, int offset, int length) {
                faults.step("before append");
                long position = appender.append(type, timeMillis, payload, offset, length);
                observer.appended(position, type, timeMillis, payload, offset, length);
                return position;
            }

            @Override
            public void commit() {
                faults.step("before commit");
                observer.committing();
                appender.commit();
                faults.step("after commit");
            }

            @Override
            public long appendedPosition() {
                return appender.appendedPosition();
            }
        };
    }

    @Override
    public JournalBarrier barrier() {
        JournalBarrier barrier = journal.barrier();
        return () -> {
            faults.step("before barrier");
            long durable = barrier.advance();
            faults.step("after barrier");
            return durable;
        };
    }

    @Override
    public JournalReader newReader() {
        return journal.newReader();
    }

    @Override
    public long recoveredPosition() {
        return journal.recoveredPosition();
    }

    @Override
    public int generation() {
        return journal.generation();
    }

    @Override
    public byte[] chainHead() {
        return journal.chainHead();
    }

    @Override
    public boolean hasRoom() {
        return journal.hasRoom();
    }

    @Override
    public void close() {
        journal.close();
    }
}
