package org.assidu.accrual.simulation;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.assidu.accrual.journal.Durability;
import org.assidu.accrual.journal.Journal;

/**
 * A disk in memory, with the files of {@link MemoryJournal}: fast enough for millions of events. Each file knows how many of
 * its bytes a force has covered; after a force that failed, later ones succeed and cover nothing, as page caches do.
 */
final class MemoryStorage implements SimulatedStorage {
    /** One generation's bytes. */
    static final class MemoryFile {
        byte[] bytes = new byte[1 << 12];
        int length;
        int forced;
        private boolean forceFailed;

        void append(byte[] source, int count) {
            if (bytes.length < length + count) {
                bytes = Arrays.copyOf(bytes, Math.max(bytes.length * 2, length + count));
            }
            System.arraycopy(source, 0, bytes, length, count);
            length += count;
        }

        void force() {
            if (!forceFailed) {
                forced = length;
            }
        }

        void forceFails() {
            forceFailed = true;
        }
    }

    final List<MemoryFile> files = new ArrayList<>();
    final Faults faults;
    final Durability durability;
    private final SplittableRandom random;

    /** What was promised, and in which boot; not forced. */
    long acknowledged;

    long promisedForced;
    long promisedBoot;
    /** How far a process of the same boot may believe what it reads; after a failed force. */
    long trusted = Long.MAX_VALUE;

    long boot = 1;
    private long durable;

    MemoryStorage(Faults faults, Durability durability, SplittableRandom random) {
        this.faults = faults;
        this.durability = durability;
        this.random = random;
    }

    @Override
    public Journal open() {
        durable = 0;
        return MemoryJournal.open(this);
    }

    void forcedUpTo(long position) {
        durable = position;
    }

    @Override
    public long durablePosition() {
        return durable;
    }

    @Override
    public long generationsBegun() {
        return 0;
    }

    @Override
    public void crash(CrashKind kind) {
        if (kind == CrashKind.KILL) {
            return;
        }
        boot++;
        trusted = Long.MAX_VALUE;
        for (MemoryFile file : files) {
            file.length = Tearing.tear(file.bytes, file.forced, file.length, kind, random);
            file.forced = file.length;
            file.forceFailed = false;
        }
    }

    @Override
    public String description() {
        return "memory";
    }

    @Override
    public void close() {
        files.clear();
    }
}
