package org.assidu.accrual.directory;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.h2.mvstore.FileStore;
import org.h2.mvstore.MVStore;
import org.h2.mvstore.MVStoreException;

/** Copies of MVStore files. */
final class StoreFiles {
    private static final int BLOCK_BYTES = 1 << 20;

    private StoreFiles() {}

    /** Opens a file for reading, which keeps it from being opened for writing meanwhile. */
    static MVStore openReadOnly(Path file) {
        try {
            return new MVStore.Builder().fileName(file.toString()).readOnly().open();
        } catch (MVStoreException e) {
            throw new DirectoryException("cannot read " + file + ": " + e.getMessage(), e);
        }
    }

    /**
     * Copies the file of an open store, to which nothing may be written meanwhile, and forces the copy. The bytes are read through
     * the store: a descriptor of one's own would, when it is closed, give up the store's lock.
     */
    static void copy(MVStore store, Path target) throws IOException {
        FileStore<?> source = store.getFileStore();
        long size = source.size();
        try (FileChannel out = FileChannel.open(target, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
            for (long at = 0; at < size; ) {
                int length = (int) Math.min(BLOCK_BYTES, size - at);
                ByteBuffer block = source.readFully(null, at, length);
                block.rewind();
                while (block.hasRemaining()) {
                    at += out.write(block, at);
                }
            }
            out.force(true);
        }
    }
}
