package org.assidu.accrual.snapshot;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** Reads an {@link AlignedFile} from its start. */
final class AlignedReader implements AutoCloseable {
    private final AlignedFile file;
    private final ByteBuffer piece;
    private final long size;
    /** Where the next piece begins. */
    private long next;

    AlignedReader(Path path) throws IOException {
        size = Files.size(path);
        file = AlignedFile.open(path, StandardOpenOption.READ);
        piece = file.piece().limit(0);
    }

    /** Byte of the file that comes next. */
    long position() {
        return next - piece.remaining();
    }

    /** Fills what is given as far as the file goes. */
    void fill(ByteBuffer bytes) throws IOException {
        while (bytes.hasRemaining() && (piece.hasRemaining() || readPiece())) {
            AlignedFile.move(piece, bytes);
        }
    }

    boolean atEnd() throws IOException {
        return !piece.hasRemaining() && !readPiece();
    }

    /** @return whether there was anything left */
    private boolean readPiece() throws IOException {
        piece.clear();
        boolean more = true;
        while (more && piece.hasRemaining() && next + piece.position() < size) {
            more = file.channel().read(piece, next + piece.position()) >= 0;
        }
        next += piece.position();
        return piece.flip().hasRemaining();
    }

    @Override
    public void close() throws IOException {
        file.close();
    }
}
