package org.assidu.accrual.journal;

import java.io.PrintStream;
import java.nio.file.Path;

/** The process that {@link JournalKillContractTest} kills: appends for ever and prints what it may answer for. */
public final class KilledWriter {
    private KilledWriter() {}

    public static void main(String[] args) throws ReflectiveOperationException {
        TestedJournal tested =
                (TestedJournal) Class.forName(args[0]).getDeclaredConstructor().newInstance();
        JournalConfig config = JournalContractTest.CONFIG
                .withRollBytes(1 << 20)
                .withGenerationBytes(3 << 19)
                .withDurability(Durability.valueOf(args[2]));
        PrintStream out = new PrintStream(System.out, true);
        try (Journal journal =
                tested.open(Path.of(args[1]), config, RecoveryProgress.silent(), JournalEnvironment.system())) {
            byte[] payload = new byte[1000];
            while (true) {
                for (int i = 0; i < 7; i++) {
                    long position = journal.appender().appendedPosition() + 1 + i;
                    payload[0] = (byte) position;
                    journal.appender().append(1, position, payload, 0, 1 + (int) (position % 1000));
                }
                journal.appender().commit();
                out.println(journal.barrier().advance());
            }
        }
    }
}
