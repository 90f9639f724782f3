package org.assidu.accrual.snapshot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.sun.nio.file.ExtendedOpenOption;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileChannel.MapMode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The same bytes, whatever the length and whatever the file system, past its cache or not. */
class AlignedFileTest {
    /** A file system in memory, where Linux has it; not each of them can be written past the cache. */
    private static final Path IN_MEMORY = Path.of("/dev/shm");

    private static final int LONGEST_WRITE = 300_000;

    @TempDir
    private Path folder;

    private static byte[] random(int length) {
        byte[] bytes = new byte[length];
        new Random(length).nextBytes(bytes);
        return bytes;
    }

    /** Written and read in pieces of random lengths. */
    private static void roundTrip(Path file, byte[] bytes) throws IOException {
        Random lengths = new Random(7);
        try (AlignedWriter writer = new AlignedWriter(file)) {
            for (int at = 0; at < bytes.length; ) {
                int length = Math.min(bytes.length - at, 1 + lengths.nextInt(LONGEST_WRITE));
                long before = writer.bytes() / AlignedFile.PIECE_BYTES;
                boolean full = writer.write(ByteBuffer.wrap(bytes, at, length));
                at += length;
                assertThat(writer.bytes()).isEqualTo(at);
                assertThat(full).isEqualTo(writer.bytes() / AlignedFile.PIECE_BYTES > before);
            }
            writer.finish();
            assertThat(writer.bytes()).isEqualTo(bytes.length);
        }
        assertThat(Files.readAllBytes(file)).isEqualTo(bytes);

        byte[] read = new byte[bytes.length];
        try (AlignedReader reader = new AlignedReader(file)) {
            for (int at = 0; at < bytes.length; ) {
                assertThat(reader.atEnd()).isFalse();
                int length = Math.min(bytes.length - at, 1 + lengths.nextInt(LONGEST_WRITE));
                reader.fill(ByteBuffer.wrap(read, at, length));
                at += length;
                assertThat(reader.position()).isEqualTo(at);
            }
            assertThat(reader.atEnd()).isTrue();
            ByteBuffer behind = ByteBuffer.allocate(1);
            reader.fill(behind);
            assertThat(behind.position()).isZero();
        }
        assertThat(read).isEqualTo(bytes);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 511, 4_095, 4_096, 4_097, (1 << 20) - 1, 1 << 20, (1 << 20) + 1, 2 << 20, 3_333_333})
    void readsWhatWasWritten(int length) throws IOException {
        roundTrip(Files.createFile(folder.resolve("file")), random(length));
    }

    private static boolean isCached(Path file) throws IOException {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
            return channel.map(MapMode.READ_WRITE, 0, channel.size()).isLoaded();
        }
    }

    @Test
    void leavesThePageCacheAlone() throws IOException {
        Path file = Files.createFile(folder.resolve("file"));
        try (FileChannel past = FileChannel.open(file, StandardOpenOption.WRITE, ExtendedOpenOption.DIRECT)) {
            assertThat(past.size()).isZero();
        } catch (UnsupportedOperationException | IOException refused) {
            assumeTrue(false, "this file system writes nothing past the page cache: " + refused);
        }
        byte[] bytes = random(3_333_333);
        try (AlignedWriter writer = new AlignedWriter(file)) {
            writer.write(ByteBuffer.wrap(bytes));
            writer.finish();
        }
        assertThat(isCached(file)).as("written").isFalse();
        ByteBuffer read = ByteBuffer.allocate(bytes.length);
        try (AlignedReader reader = new AlignedReader(file)) {
            reader.fill(read);
        }
        assertThat(isCached(file)).as("read").isFalse();
        assertThat(read.array()).isEqualTo(bytes);
        // What is read in the ordinary way is there: so the answers above mean something.
        assertThat(Files.readAllBytes(file)).isEqualTo(bytes);
        assertThat(isCached(file)).as("read in the ordinary way").isTrue();
    }

    @Test
    void alsoWhereFilesAreInMemory() throws IOException {
        assumeTrue(Files.isWritable(IN_MEMORY), "no file system in memory at " + IN_MEMORY);
        Path file = Files.createTempFile(IN_MEMORY, "assidu-aligned", ".tmp");
        try {
            roundTrip(file, random(1_500_000));
        } finally {
            Files.delete(file);
        }
    }

    @Test
    void aFileCutWhileItIsReadEndsThere() throws IOException {
        Path file = folder.resolve("file");
        byte[] bytes = random(3 << 20);
        Files.write(file, bytes);
        try (AlignedReader reader = new AlignedReader(file)) {
            reader.fill(ByteBuffer.allocate(100));
            Files.write(file, new byte[0]);
            ByteBuffer rest = ByteBuffer.allocate(bytes.length);
            reader.fill(rest);
            assertThat(rest.position()).isEqualTo(AlignedFile.PIECE_BYTES - 100);
            assertThat(reader.atEnd()).isTrue();
        }
    }
}
