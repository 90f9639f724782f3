package org.assidu.benchmarks.micro;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.stream.Stream;
import org.assidu.accrual.journal.Journal;
import org.assidu.accrual.journal.JournalConfig;
import org.assidu.accrual.journal.RecoveryProgress;
import org.assidu.accrual.journal.chronicle.ChronicleJournal;
import org.assidu.accrual.journal.file.FileJournal;

/** A journal in a folder of its own under {@code java.io.tmpdir}, which goes with it. */
record TemporaryJournal(Path folder, Journal journal) implements AutoCloseable {

    /** @param kind {@code chronicle} or {@code file} */
    static TemporaryJournal open(String kind, JournalConfig config) throws IOException {
        Path folder = Files.createTempDirectory("assidu-micro-");
        Path directory = folder.resolve("journal");
        return new TemporaryJournal(
                folder,
                kind.equals("file")
                        ? FileJournal.open(directory, config, RecoveryProgress.silent())
                        : ChronicleJournal.open(directory, config, RecoveryProgress.silent()));
    }

    @Override
    public void close() throws IOException {
        journal.close();
        try (Stream<Path> files = Files.walk(folder)) {
            files.sorted(Comparator.reverseOrder()).forEach(TemporaryJournal::delete);
        }
    }

    private static void delete(Path file) {
        try {
            Files.delete(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
