package org.assidu.accrual.table;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;

/** File operations after which a power cut leaves the old state or the new one. */
public final class DurableFiles {
    private DurableFiles() {}

    /** Creates a folder and its missing parents; their names are durable. */
    public static void createFolders(Path folder) throws IOException {
        if (Files.isDirectory(folder)) {
            return;
        }
        Path parent = folder.toAbsolutePath().getParent();
        if (parent == null) {
            throw new IOException("cannot create " + folder + ": it has no parent folder");
        }
        createFolders(parent);
        Files.createDirectory(folder);
        forceFolder(parent);
    }

    /** Makes names added to or removed from a folder durable. */
    public static void forceFolder(Path folder) throws IOException {
        try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
            channel.force(true);
        }
    }

    static void forceFile(Path file) throws IOException {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
            channel.force(true);
        }
    }

    /** Replaces or creates a small file. */
    public static void replace(Path file, byte[] content) throws IOException {
        Path temporary = file.resolveSibling("." + file.getFileName() + TableFile.TEMPORARY_SUFFIX);
        Files.write(temporary, content);
        publish(temporary, file);
    }

    /** Forces a file and gives it its final name, in the same folder. */
    public static void publish(Path temporary, Path target) throws IOException {
        forceFile(temporary);
        moveInto(temporary, target);
    }

    /** Gives a forced file its final name and makes that durable. */
    static void moveInto(Path temporary, Path target) throws IOException {
        Files.move(temporary, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        Path folder = target.toAbsolutePath().getParent();
        if (folder != null) {
            forceFolder(folder);
        }
    }
}
