package org.assidu.accrual.journal;

import java.io.PrintStream;
import java.nio.file.Path;

/** The process that {@link JournalTraceContractTest} watches: two batches a barrier, over borders of chunks, files and a generation. */
public final class TracedWriter {
    static final int BARRIERS = 24;
    private static final int RECORDS_A_BATCH = 3;
    private static final int PAYLOAD_BYTES = 300_000;
    private static final int ROLL_BYTES = 18_000_000;
    private static final int GENERATION_BYTES = 30_000_000;

    private TracedWriter() {}

    /** {@code tested-class folder}; prints each position that it may answer for. */
    public static void main(String[] args) throws ReflectiveOperationException {
        TestedJournal tested =
                (TestedJournal) Class.forName(args[0]).getDeclaredConstructor().newInstance();
        PrintStream out = new PrintStream(System.out, true);
        byte[] payload = new byte[PAYLOAD_BYTES];
        try (Journal journal = tested.open(
                Path.of(args[1]),
                JournalContractTest.CONFIG.withRollBytes(ROLL_BYTES).withGenerationBytes(GENERATION_BYTES),
                RecoveryProgress.silent(),
                JournalEnvironment.system())) {
            for (int barrier = 0; barrier < BARRIERS; barrier++) {
                // One batch before the first barrier: the roll then falls between the two of a later one.
                for (int batch = barrier == 0 ? 1 : 0; batch < 2; batch++) {
                    for (int i = 0; i < RECORDS_A_BATCH; i++) {
                        journal.appender().append(1, barrier, payload, 0, PAYLOAD_BYTES);
                    }
                    journal.appender().commit();
                }
                out.println("answer " + journal.barrier().advance());
            }
        }
    }
}
