package org.assidu.accrual.snapshot;

import com.sun.nio.file.ExtendedOpenOption;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.OpenOption;
import java.nio.file.Path;

/**
 * A file that is read or written once from end to end, in aligned pieces, past the page cache where its file system can
 * ({@code O_DIRECT}). Gigabytes through the page cache would take the place of pages that the server uses, and the kernel copies
 * them page by page, into new memory, without letting anyone else run on that processor (decision 0087).
 *
 * @param alignment of positions, lengths and addresses, bytes
 */
record AlignedFile(FileChannel channel, int alignment) implements AutoCloseable {
    /** Read or written at once; a multiple of every alignment that is taken. */
    static final int PIECE_BYTES = 1 << 20;

    private static final int MOST_ALIGNMENT = 1 << 16;

    /** Past the page cache, or through it where that is refused. */
    static AlignedFile open(Path file, OpenOption option) throws IOException {
        long alignment = Files.getFileStore(file).getBlockSize();
        if (alignment > 0 && alignment <= MOST_ALIGNMENT && PIECE_BYTES % alignment == 0) {
            try {
                return new AlignedFile(FileChannel.open(file, option, ExtendedOpenOption.DIRECT), (int) alignment);
            } catch (UnsupportedOperationException | IOException refused) {
                // A file system in memory, for one. If anything else is wrong, the ordinary way says it.
            }
        }
        return new AlignedFile(FileChannel.open(file, option), 1);
    }

    /** Whether what is written waits in the page cache for a force. */
    boolean cached() {
        return alignment == 1;
    }

    ByteBuffer piece() {
        return ByteBuffer.allocateDirect(PIECE_BYTES + alignment)
                .alignedSlice(alignment)
                .limit(PIECE_BYTES)
                .slice();
    }

    int roundedUp(int bytes) {
        return (bytes + alignment - 1) / alignment * alignment;
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
