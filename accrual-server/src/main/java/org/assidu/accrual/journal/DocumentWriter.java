package org.assidu.accrual.journal;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;

/**
 * Appends documents to files that this process created. The first append creates the first file.
 *
 * <p>Whoever uses it owns each {@link #channel} and closes it once its file is rolled and forced.
 */
public interface DocumentWriter extends AutoCloseable {

    /** Appends one document; when it returns, other readers of the file see the document whole. */
    void append(byte[] buffer, int offset, int length) throws IOException;

    /** The file of the last document. */
    Path file();

    /** A channel to {@link #file} that can force it. */
    FileChannel channel();

    /** Where in {@link #file} the last document's length word lies. */
    long documentOffset();

    /** Lets the next append go to a new file, whose name sorts after the others. */
    void roll() throws IOException;

    /** Ends writing; nothing is forced, and channels stay open. */
    @Override
    void close() throws IOException;
}
