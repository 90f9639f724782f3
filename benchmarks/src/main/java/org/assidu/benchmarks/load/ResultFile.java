package org.assidu.benchmarks.load;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** The file that a long measurement writes at its end, tried before the measurement starts. */
public final class ResultFile {
    private ResultFile() {}

    /**
     * Creates the folder of a file that is to be written later and sees that it can be.
     *
     * @throws IOException when it cannot be written
     */
    public static void prepare(Path file) throws IOException {
        Path folder = file.toAbsolutePath().getParent();
        if (folder != null) {
            Files.createDirectories(folder);
        }
        Files.newByteChannel(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE)
                .close();
    }
}
