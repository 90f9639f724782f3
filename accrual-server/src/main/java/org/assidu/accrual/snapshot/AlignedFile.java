package org.assidu.accrual.snapshot;

import com.sun.nio.file.ExtendedOpenOption;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A file that is read or written once from end to end, in aligned pieces, past the page cache where its file system can
 * ({@code O_DIRECT}). Gigabytes through the page cache would take the place of pages that the server uses, and the kernel copies
 * them page by page, into new memory, without letting anyone else run on that processor (decision 0087).
 *
 * @param piece for what is read or written at once, empty, at an aligned address
 * @param alignment of positions, lengths and addresses, bytes; 1 = the page cache takes them as they come
 */
record AlignedFile(FileChannel channel, ByteBuffer piece, int alignment) implements AutoCloseable {
    /** A multiple of every alignment that is taken. */
    static final int PIECE_BYTES = 1 << 20;

    private static final Logger LOG = LoggerFactory.getLogger(AlignedFile.class);
    private static final int MOST_ALIGNMENT = 1 << 16;

    /** Past the page cache, or through it where that is refused, which is logged. */
    static AlignedFile open(Path file, OpenOption option) throws IOException {
        long blockBytes = Files.getFileStore(file).getBlockSize();
        if (blockBytes <= 0 || blockBytes > MOST_ALIGNMENT || PIECE_BYTES % blockBytes != 0) {
            return throughCache(file, option, "its file system has blocks of " + blockBytes + " bytes");
        }
        int alignment = (int) blockBytes;
        ByteBuffer piece = ByteBuffer.allocateDirect(PIECE_BYTES + alignment)
                .alignedSlice(alignment)
                .limit(PIECE_BYTES)
                .slice();
        try {
            return new AlignedFile(FileChannel.open(file, option, ExtendedOpenOption.DIRECT), piece, alignment);
        } catch (UnsupportedOperationException | IOException refused) {
            return throughCache(file, option, refused.toString());
        }
    }

    /** Where not even that can be done, the exception says why. */
    private static AlignedFile throughCache(Path file, OpenOption option, String reason) throws IOException {
        ByteBuffer piece = ByteBuffer.allocateDirect(PIECE_BYTES);
        AlignedFile opened = new AlignedFile(FileChannel.open(file, option), piece, 1);
        LOG.info("{} goes through the page cache, which makes others wait: {}", file, reason);
        return opened;
    }

    /** Whether what is written waits in the page cache for a force. */
    boolean cached() {
        return alignment == 1;
    }

    int roundedUp(int bytes) {
        return (bytes + alignment - 1) / alignment * alignment;
    }

    /** As many bytes as there are, and as there is room for. */
    static void move(ByteBuffer from, ByteBuffer to) {
        int bytes = Math.min(from.remaining(), to.remaining());
        to.put(to.position(), from, from.position(), bytes);
        to.position(to.position() + bytes);
        from.position(from.position() + bytes);
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
