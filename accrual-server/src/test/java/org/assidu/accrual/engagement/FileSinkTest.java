package org.assidu.accrual.engagement;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.assidu.proto.v1.Event;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class FileSinkTest {
    private static final StopSignal NEVER = new StopSignal();

    @TempDir
    Path directory;

    private static void bring(Path folder, long rotateBytes, List<Event> events) throws IOException {
        try (FileSink sink = new FileSink(new ForwarderConfig.Files(folder, rotateBytes))) {
            sink.deliver(TestEvents.from(events, sink.position()), NEVER);
        }
    }

    private static List<Path> files(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(file -> file.toString().endsWith(".ndjson"))
                    .sorted()
                    .toList();
        }
    }

    private static List<Event> content(Path folder) throws IOException {
        List<Event> events = new ArrayList<>();
        for (Path file : files(folder)) {
            for (String line : Files.readAllLines(file)) {
                events.add(EventJson.parse(line));
            }
        }
        return events;
    }

    @Test
    void eventsAreLinesOfFilesNamedAfterTheirFirst() throws IOException {
        List<Event> events = TestEvents.of(9);
        Path folder = directory.resolve("a");
        bring(folder, 1_100, events);
        assertThat(content(folder)).isEqualTo(events);
        assertThat(files(folder).stream().map(file -> file.getFileName().toString()))
                .containsExactly(
                        "events-000000000000001-00001.ndjson",
                        "events-000000000000003-00001.ndjson",
                        "events-000000000000005-00001.ndjson");
    }

    @Test
    void goingOnAddsOnlyWhatIsNew() throws IOException {
        List<Event> events = TestEvents.of(9);
        Path folder = directory.resolve("steps");
        for (int told = 1; told <= events.size(); told++) {
            bring(folder, 1_000, events.subList(0, told));
            bring(folder, 1_000, events.subList(0, told));
            assertThat(content(folder)).isEqualTo(events.subList(0, told));
        }
        Path atOnce = directory.resolve("at-once");
        bring(atOnce, 1_000, events);
        assertThat(files(folder)).hasSameSizeAs(files(atOnce));
    }

    /** A crash may leave any part of the newest file. */
    @Test
    void whateverACrashLeavesNothingIsDoubledOrMissing() throws IOException {
        List<Event> events = TestEvents.of(7);
        Path whole = directory.resolve("whole");
        bring(whole, 1_500, events);
        List<Path> files = files(whole);
        Path newest = files.get(files.size() - 1);
        byte[] bytes = Files.readAllBytes(newest);
        assertThat(bytes.length).isGreaterThan(500);
        for (int left = 0; left <= bytes.length; left += left < 10 || left > bytes.length - 10 ? 1 : 13) {
            for (boolean garbage : new boolean[] {false, true}) {
                Path cut = directory.resolve("cut-" + left + garbage);
                Files.createDirectories(cut);
                for (Path file : files) {
                    Files.copy(file, cut.resolve(file.getFileName()));
                }
                byte[] part = Arrays.copyOf(bytes, left + (garbage ? 40 : 0));
                Files.write(cut.resolve(newest.getFileName()), part);
                bring(cut, 1_500, events);
                assertThat(content(cut)).as("%d bytes left", left).isEqualTo(events);
            }
        }
    }

    @Test
    void aLineThatDoesNotFollowTheOneBeforeIsCutOff() throws IOException {
        List<Event> events = TestEvents.of(4);
        Path folder = directory.resolve("doubled");
        bring(folder, 1 << 20, events.subList(0, 2));
        Path file = files(folder).get(0);
        String line = Files.readAllLines(file).get(1) + "\n";
        Files.writeString(file, Files.readString(file) + line);
        bring(folder, 1 << 20, events);
        assertThat(content(folder)).isEqualTo(events);
    }

    @Test
    void twoSinksDoNotShareAFolder() throws IOException {
        ForwarderConfig.Files config = new ForwarderConfig.Files(directory.resolve("shared"), 1_000);
        try (FileSink first = new FileSink(config)) {
            assertThat(first.position()).isEqualTo(EventPosition.START);
            assertThatThrownBy(() -> new FileSink(config))
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining("is locked");
        }
    }
}
