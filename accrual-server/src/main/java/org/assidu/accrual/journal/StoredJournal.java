package org.assidu.accrual.journal;

import java.io.IOException;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** A journal over a {@link DocumentStore}; everything both implementations have in common, which is nearly all. */
final class StoredJournal implements Journal {
    private final DocumentFraming framing;
    private final List<Generation> generations;
    private final LiveGenerations live;
    private final long recoveredPosition;
    private final StoredAppender appender;
    private final SpaceGuard space;
    private final DirectoryLock lock;
    private final ThreadOwner barrierOwner = new ThreadOwner("journal's barrier");
    private volatile boolean closed;

    /**
     * @param ended the generations before {@code first}
     * @param first the one that was begun for this process
     */
    StoredJournal(
            GenerationMaker maker, List<Generation> ended, LiveGeneration first, SpaceGuard space, DirectoryLock lock) {
        this.framing = maker.store().framing();
        this.generations = new CopyOnWriteArrayList<>(ended);
        this.live = new LiveGenerations(maker, generations, first);
        this.recoveredPosition = live.lastPosition();
        this.space = space;
        this.lock = lock;
        this.appender = new StoredAppender(live, space, maker.failure());
    }

    @Override
    public JournalAppender appender() {
        return appender;
    }

    @Override
    public JournalBarrier barrier() {
        return this::advance;
    }

    private long advance() {
        barrierOwner.check();
        if (closed) {
            throw new IllegalStateException("the journal is closed");
        }
        return live.advance();
    }

    @Override
    public JournalReader newReader() {
        return StoredReader.withinProcess(framing, generations);
    }

    @Override
    public long recoveredPosition() {
        return recoveredPosition;
    }

    @Override
    public int generation() {
        return live.number();
    }

    @Override
    public byte[] chainHead() {
        return live.chainHead();
    }

    @Override
    public boolean hasRoom() {
        return space.hasRoom();
    }

    @Override
    public void close() {
        if (closed) {
            return;
        }
        closed = true;
        appender.close();
        try (lock) {
            live.close();
        } catch (IOException e) {
            throw new JournalFailedException(
                    "journal generation " + generation() + " could not be closed and sealed (" + e.getMessage()
                            + "); the next start recovers it",
                    e);
        }
    }
}
