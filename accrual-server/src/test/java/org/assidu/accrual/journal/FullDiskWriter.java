package org.assidu.accrual.journal;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** The process that {@link JournalFullDiskContractTest} runs on a small disk: fills it, makes room, goes on. */
public final class FullDiskWriter {
    private static final int BALLAST_BYTES = 4 << 20;
    private static final int PAYLOAD_BYTES = 5_000;
    private static final int RECORDS_A_BATCH = 5;
    private static final int MOST_BATCHES = 4_000;
    private static final long FLOOR_BYTES = 6 << 20;

    private FullDiskWriter() {}

    /** {@code tested-class folder floor|no-floor}; ends with 0 and a line when nothing told was lost. */
    public static void main(String[] args) throws Exception {
        TestedJournal tested =
                (TestedJournal) Class.forName(args[0]).getDeclaredConstructor().newInstance();
        Path disk = Path.of(args[1]);
        boolean floor = args[2].equals("floor");
        Path ballast = Files.write(disk.resolve("ballast"), new byte[BALLAST_BYTES]);
        JournalConfig config = JournalContractTest.CONFIG
                .withRollBytes(1 << 20)
                .withGenerationBytes(floor ? 3 << 19 : 4096)
                .withMinimumFreeBytes(floor ? FLOOR_BYTES : 0)
                .withSpaceCheck(1, 0);
        long told = fill(tested, disk.resolve("journal"), config, ballast, floor);
        Files.deleteIfExists(ballast);
        try (Journal journal = tested.open(
                disk.resolve("journal"),
                config.withMinimumFreeBytes(0),
                RecoveryProgress.silent(),
                JournalEnvironment.system())) {
            check(journal, told);
            System.out.println("told " + told + ", recovered " + journal.recoveredPosition());
        }
    }

    /** @return the last position that was told */
    private static long fill(TestedJournal tested, Path folder, JournalConfig config, Path ballast, boolean floor)
            throws IOException {
        long told = 0;
        byte[] payload = new byte[PAYLOAD_BYTES];
        Journal journal = tested.open(folder, config, RecoveryProgress.silent(), JournalEnvironment.system());
        int refused = 0;
        try {
            for (int batch = 0; batch < MOST_BATCHES; batch++) {
                try {
                    for (int i = 0; i < RECORDS_A_BATCH; i++) {
                        payload[0]++;
                        journal.appender().append(1, told + i, payload, 0, PAYLOAD_BYTES);
                    }
                } catch (JournalFullException full) {
                    refused++;
                    if (refused == 2) {
                        System.out.println("refused at " + told + ": " + full.getMessage());
                        return told;
                    }
                    Files.deleteIfExists(ballast);
                    // The floor is looked up again after a while only.
                    LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(1));
                    if (!journal.hasRoom()) {
                        throw new IllegalStateException("no room although " + BALLAST_BYTES + " bytes were freed");
                    }
                }
                journal.appender().commit();
                told = journal.barrier().advance();
            }
            throw new IllegalStateException("the disk never filled up");
        } catch (JournalFailedException failed) {
            if (floor) {
                throw failed;
            }
            System.out.println("failed at " + told + ": " + failed.getMessage());
            return told;
        } finally {
            close(journal);
        }
    }

    private static void close(Journal journal) {
        try {
            journal.close();
        } catch (JournalException e) {
            // On a full disk nothing can be sealed: the next start does that.
            System.out.println("not sealed: " + e.getMessage());
        }
    }

    private static void check(Journal journal, long told) {
        try (JournalReader reader = journal.newReader()) {
            long position = 0;
            while (reader.next()) {
                position++;
                if (reader.position() != position || reader.length() != PAYLOAD_BYTES) {
                    throw new IllegalStateException("position " + position + " reads otherwise");
                }
            }
            if (position != journal.recoveredPosition() || position < told) {
                throw new IllegalStateException(
                        "told " + told + ", readable " + position + ", recovered " + journal.recoveredPosition());
            }
        }
    }
}
