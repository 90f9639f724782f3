package org.assidu.accrual.cli;

import java.util.concurrent.Callable;
import org.assidu.accrual.journal.JournalReader;
import org.assidu.accrual.replay.JournalDump;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code assidu dump}. */
@Command(
        name = "dump",
        mixinStandardHelpOptions = true,
        description = "Prints the records of a journal, a line each (--json: a JSON object each).")
final class DumpCommand implements Callable<Integer> {
    @Mixin
    private final DataOption data = new DataOption();

    @Option(names = "--from", defaultValue = "1", description = "First position (default: ${DEFAULT-VALUE}).")
    private long from;

    @Option(names = "--limit", defaultValue = "0", description = "Most records to print; 0 = all.")
    private long limit;

    @Mixin
    private final Output output = new Output();

    @Override
    public Integer call() throws Exception {
        JournalDump dump = new JournalDump();
        try (JournalReader reader = data.directory().openReadOnly()) {
            if (from > 1) {
                reader.seek(from);
            }
            long printed = 0;
            while ((limit == 0 || printed < limit) && reader.next()) {
                output.out().println(output.json() ? dump.json(reader) : dump.text(reader));
                printed++;
            }
            output.out().flush();
        }
        return Assidu.OK;
    }
}
