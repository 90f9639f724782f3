package org.assidu.accrual.snapshot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.assidu.accrual.model.StateSink;
import org.assidu.accrual.model.StateSource;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SnapshotStoreTest {
    private static final String CHAIN = "0123456789abcdef".repeat(4);
    private static final int LONGS = 300_000;

    @TempDir
    private Path folder;

    private SnapshotStore store;
    private final List<String> skipped = new ArrayList<>();

    @BeforeEach
    void inFolder() {
        store = new SnapshotStore(folder.resolve("snapshots"));
    }

    private static SnapshotHead head(long position) {
        return new SnapshotHead(position, CHAIN, position * 7, 1, 2, 3, 4);
    }

    private StoredSnapshot write(long position) throws IOException {
        return store.write(head(position), sink -> writeState(sink, position));
    }

    /** Parts of every kind of value, one of them over several blocks. */
    private static void writeState(StateSink sink, long position) {
        sink.begin("small");
        sink.putLong(position);
        sink.putInt(-5);
        sink.putBoolean(true);
        sink.putText("Étoile");
        sink.begin("nothing");
        sink.begin("arrays");
        sink.putArray(numbers(LONGS), LONGS);
        sink.putArray(new int[] {1, -2, 3}, 2);
        sink.putShorts(new short[] {7, -8}, 2);
        sink.putChars(new char[] {'a', '\uffff'}, 2);
        sink.putBlock(new byte[2_000_000]);
        sink.begin("end");
        sink.putInt(99);
    }

    private static long[] numbers(int count) {
        long[] numbers = new long[count];
        for (int i = 0; i < count; i++) {
            numbers[i] = i * 0x9E3779B97F4A7C15L;
        }
        return numbers;
    }

    private static long readState(StateSource source) {
        source.begin("small");
        long position = source.takeLong();
        assertThat(source.takeInt()).isEqualTo(-5);
        assertThat(source.takeBoolean()).isTrue();
        assertThat(source.takeText()).isEqualTo("Étoile");
        source.begin("nothing");
        source.begin("arrays");
        assertThat(source.takeLongArray()).isEqualTo(numbers(LONGS));
        assertThat(source.takeIntArray()).containsExactly(1, -2);
        short[] shorts = new short[2];
        source.takeShorts(shorts, 2);
        assertThat(shorts).containsExactly((short) 7, (short) -8);
        char[] chars = new char[2];
        source.takeChars(chars, 2);
        assertThat(chars).containsExactly('a', '\uffff');
        assertThat(source.takeBlock()).hasSize(2_000_000);
        source.begin("end");
        assertThat(source.takeInt()).isEqualTo(99);
        return position;
    }

    private Optional<Long> newest() throws IOException {
        skipped.clear();
        return store.newestGood(SnapshotStoreTest::readState, skipped::add);
    }

    @Test
    void newestOneIsReadAsItWasWritten() throws IOException {
        assertThat(newest()).isEmpty();
        write(10);
        write(20);
        assertThat(newest()).contains(20L);
        assertThat(skipped).isEmpty();
        assertThat(SnapshotStore.head(store.list().get(0))).isEqualTo(head(20));
    }

    @Test
    void newestOnesStayAndOlderOnesGo() throws IOException {
        for (long position = 1; position <= 5; position++) {
            write(position);
        }
        assertThat(store.list()).extracting(StoredSnapshot::position).containsExactly(5L, 4L, 3L);
        assertThat(store.newestPosition(9)).isEqualTo(5);
    }

    @Test
    void snapshotsAheadOfAShortenedJournalDoNotKeepNewOnesOut() throws IOException {
        for (long position = 101; position <= 103; position++) {
            Files.setLastModifiedTime(write(position).file(), FileTime.fromMillis(position));
        }
        write(50);
        write(60);
        assertThat(store.list()).extracting(StoredSnapshot::position).containsExactly(103L, 60L, 50L);
        assertThat(store.newestPosition(70)).isEqualTo(60);
    }

    @Test
    void failedWriteLeavesNoFile() throws IOException {
        write(10);
        assertThatThrownBy(() -> store.write(head(20), sink -> {
                    sink.begin("small");
                    throw new IllegalStateException("no more");
                }))
                .hasMessage("no more");
        try (Stream<Path> files = Files.list(store.folder())) {
            assertThat(files).hasSize(1);
        }
        assertThat(newest()).contains(10L);
    }

    @Test
    void whatAKilledProcessLeftIsDeletedAnHourLater() throws IOException {
        write(10);
        Path fresh = Files.writeString(store.folder().resolve("new1.tmp"), "x");
        Path old = Files.writeString(store.folder().resolve("new2.tmp"), "x");
        Files.setLastModifiedTime(old, FileTime.fromMillis(System.currentTimeMillis() - 3_700_000));
        write(20);
        assertThat(fresh).exists();
        assertThat(old).doesNotExist();
    }

    @Test
    void oneFlippedBitAnywhereIsSeenAndTheOlderOneIsTaken() throws IOException {
        write(10);
        StoredSnapshot damaged = write(20);
        byte[] good = Files.readAllBytes(damaged.file());
        for (int at : List.of(0, 9, 21, 25, 33, 60, 119, 120, 125, 130, 140, 170, 200, 1_000, 1_048_700, 2_000_000)) {
            flip(damaged.file(), at);
            assertThat(newest()).as("bit of byte %s", at).contains(10L);
            assertThat(skipped).hasSize(1);
            assertThat(skipped.get(0)).startsWith("snapshot " + damaged.file() + " is passed over: ");
            Files.write(damaged.file(), good);
        }
        for (int back : List.of(1, 5, 10, 12, 13, 16, 20)) {
            flip(damaged.file(), good.length - back);
            assertThat(newest()).as("bit of byte %s from the end", back).contains(10L);
            Files.write(damaged.file(), good);
        }
        assertThat(newest()).contains(20L);
    }

    private static void flip(Path file, long at) throws IOException {
        try (RandomAccessFile bytes = new RandomAccessFile(file.toFile(), "rw")) {
            bytes.seek(at);
            int value = bytes.read();
            bytes.seek(at);
            bytes.write(value ^ 4);
        }
    }

    @Test
    void cutFileIsSeenAndTheOlderOneIsTaken() throws IOException {
        write(10);
        StoredSnapshot cut = write(20);
        byte[] good = Files.readAllBytes(cut.file());
        for (int length :
                new int[] {0, 1, 119, 120, 125, 132, 140, 1_000_000, good.length - 13, good.length - 12, good.length - 1
                }) {
            Files.write(cut.file(), Arrays.copyOf(good, length));
            assertThat(newest()).as("cut at %s", length).contains(10L);
            assertThat(skipped).hasSize(1);
        }
        Files.write(cut.file(), Arrays.copyOf(good, good.length + 1));
        assertThat(newest()).as("a byte too many").contains(10L);
    }

    @Test
    void partsInAnotherOrderAndOtherFormatsAreRefused() throws IOException {
        store.write(head(10), sink -> {
            sink.begin("other");
            sink.putLong(1);
        });
        assertThat(newest()).isEmpty();
        assertThat(skipped.get(0)).endsWith("part expected=small actual=other");

        StoredSnapshot newer = write(20);
        byte[] bytes = Files.readAllBytes(newer.file());
        bytes[8] = 9;
        Files.write(newer.file(), bytes);
        assertThat(newest()).isEmpty();
        assertThat(skipped.get(0)).endsWith("format=9, this version reads format=1");

        Files.move(write(30).file(), store.folder().resolve("000000000031.snapshot"));
        assertThat(newest()).isEmpty();
        assertThat(skipped.get(0)).endsWith("it is of position 30, not of the one in its name");
    }
}
