package org.assidu.accrual.snapshot;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** Writes an {@link AlignedFile} from its start. */
final class AlignedWriter implements AutoCloseable {
    private final AlignedFile file;
    private final ByteBuffer piece;
    private long written;

    /** @param path of a file that is there, and empty */
    AlignedWriter(Path path) throws IOException {
        file = AlignedFile.open(path, StandardOpenOption.WRITE);
        piece = file.piece();
    }

    /** Bytes given so far; the last of them may wait for their piece to be full. */
    long bytes() {
        return written + piece.position();
    }

    /** @return whether pieces became full and were handed to the disk */
    boolean write(ByteBuffer bytes) throws IOException {
        boolean full = false;
        while (bytes.hasRemaining()) {
            AlignedFile.move(bytes, piece);
            if (!piece.hasRemaining()) {
                writePiece();
                if (file.cached()) {
                    // A force of a journal on the same disk waits for one piece at most: some milliseconds.
                    file.channel().force(false);
                }
                full = true;
            }
        }
        return full;
    }

    private void writePiece() throws IOException {
        int filled = piece.position();
        piece.position(0).limit(file.roundedUp(filled));
        while (piece.hasRemaining()) {
            file.channel().write(piece, written + piece.position());
        }
        piece.clear();
        written += filled;
    }

    /** Writes what is left, and ends the file there; all of it is on disk when this returns. */
    void finish() throws IOException {
        writePiece();
        file.channel().truncate(written);
        file.channel().force(true);
    }

    @Override
    public void close() throws IOException {
        file.close();
    }
}
