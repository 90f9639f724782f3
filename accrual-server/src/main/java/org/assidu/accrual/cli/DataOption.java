package org.assidu.accrual.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.assidu.accrual.journal.JournalKind;
import org.assidu.accrual.server.DataDirectory;
import picocli.CommandLine.Option;

/** The data directory that an offline command reads. */
final class DataOption {
    @Option(
            names = "--data",
            paramLabel = "DIR",
            required = true,
            description = "Data directory of a server, or its journal.")
    private Path data = Path.of("");

    /** @throws IOException when there is no journal */
    DataDirectory directory() throws IOException {
        return directory(data);
    }

    /** @throws IOException when there is no journal */
    static DataDirectory directory(Path data) throws IOException {
        Path parent = data.toAbsolutePath().getParent();
        DataDirectory directory = new DataDirectory(parent != null && JournalKind.find(data) != null ? parent : data);
        if (!Files.isDirectory(directory.journal())) {
            throw new IOException(data + " holds no journal (" + directory.journal()
                    + " is missing); give the folder that assidu serve --data was given");
        }
        return directory;
    }
}
