package org.assidu.accrual.export;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.assidu.accrual.table.ExportState;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Cut off anywhere and run again, an export ends with the same files as one that was not. */
final class ExportResumeTest {
    private static final long SEED = Long.getLong("seed", 5L);
    private static final int SEGMENT = 60;
    private static final ExportSecret SECRET = ExportSecret.ofSeed(1);

    @TempDir
    Path directory;

    private final SampleChain chain = SampleChain.of(SEED, 260);
    private final long all = chain.journal.entries.size();

    private static ExportConfig config(Path folder, String purpose) {
        return new ExportConfig(folder, purpose, SEGMENT, 1_000_000, 48);
    }

    private ExportReport run(Path folder, long limit, ExportProgress progress) throws IOException {
        return new JournalExport(config(folder, "tests"), SECRET).run(chain.journal.reader(), limit, progress);
    }

    private Path exported(String name, long... limits) throws IOException {
        Path folder = directory.resolve(name);
        for (long limit : limits) {
            run(folder, limit, ExportProgress.NONE);
        }
        return folder;
    }

    private static void cutOff(ThrowingRun export) throws IOException {
        assertThatThrownBy(export::run).isInstanceOf(CutOff.class);
    }

    private interface ThrowingRun {
        void run() throws IOException;
    }

    private static final class CutOff extends RuntimeException {
        private static final long serialVersionUID = 1L;
    }

    @Test
    void nothingNewLeavesEveryByteAndTimeAlone() throws IOException {
        Path folder = exported("same", all);
        Map<String, String> before = FolderContent.of(folder);
        FileTime longAgo = FileTime.fromMillis(1_000_000);
        for (Path file : FolderContent.files(folder)) {
            Files.setLastModifiedTime(file, longAgo);
        }
        ExportReport again = run(folder, all, ExportProgress.NONE);
        assertThat(again.segments()).isZero();
        assertThat(again.from()).isEqualTo(all);
        assertThat(FolderContent.of(folder)).isEqualTo(before);
        for (Path file : FolderContent.files(folder)) {
            assertThat(Files.getLastModifiedTime(file)).as(file.toString()).isEqualTo(longAgo);
        }
    }

    @Test
    void exportsInStepsHoldTheSameRowsAsOneExport() throws Exception {
        Path whole = exported("whole", all);
        Path steps = exported("steps", 1, 3, 17, 100, 101, all);
        assertThat(rows(steps)).isEqualTo(rows(whole));
        assertThat(ExportState.read(steps)).isEqualTo(ExportState.read(whole));
    }

    @Test
    void everyStateBetweenTwoCheckpointsLeadsToTheSameFiles() throws IOException {
        long middle = 3 * SEGMENT;
        Path before = exported("before", middle);
        Path after = directory.resolve("after");
        FolderContent.copy(before, after);
        run(after, middle + SEGMENT, ExportProgress.NONE);
        Map<String, String> expected = FolderContent.of(after);
        List<String> added = new ArrayList<>(expected.keySet());
        added.removeAll(FolderContent.of(before).keySet());
        added.remove(ExportState.FILE);
        assertThat(added).hasSizeGreaterThan(6);

        List<String> segments =
                added.stream().filter(name -> name.contains("_month=")).toList();
        for (int renamed = 0; renamed <= segments.size(); renamed++) {
            Path cut = cut("segments-" + renamed, before, after, segments.subList(0, renamed));
            run(cut, middle + SEGMENT, ExportProgress.NONE);
            assertThat(FolderContent.of(cut))
                    .as("%d of %s renamed", renamed, segments)
                    .isEqualTo(expected);
        }

        added.removeAll(segments);
        assertThat(added).hasSize(4);
        for (int renamed = 0; renamed <= added.size(); renamed++) {
            List<String> names = new ArrayList<>(segments);
            names.addAll(added.subList(0, renamed));
            Path cut = cut("tables-" + renamed, before, after, names);
            withTablesPosition(ExportState.read(after), middle).write(cut);
            run(cut, middle + SEGMENT, ExportProgress.NONE);
            assertThat(FolderContent.of(cut))
                    .as("%d of %s renamed", renamed, added)
                    .isEqualTo(expected);
        }
    }

    /** The folder as it was before a run, with some of the run's files and two temporary ones. */
    private Path cut(String name, Path before, Path after, List<String> renamed) throws IOException {
        Path cut = directory.resolve(name);
        FolderContent.copy(before, cut);
        for (String file : renamed) {
            Files.createDirectories(cut.resolve(file).getParent());
            Files.copy(after.resolve(file), cut.resolve(file));
        }
        Files.writeString(cut.resolve("receipts/.181.tmp"), "half a file");
        Files.writeString(cut.resolve("members/.240.tmp"), "half a file");
        return cut;
    }

    private static ExportState withTablesPosition(ExportState state, long tablesPosition) {
        return new ExportState(
                state.purpose(),
                state.keyCheck(),
                state.zone(),
                state.position(),
                tablesPosition,
                state.saleLines(),
                state.receipts(),
                state.movements(),
                state.definitions());
    }

    @Test
    void wholeTablesReplacedButNotRemovedAreRemovedByTheNextRun() throws IOException {
        Path folder = exported("replaced", 100);
        Path old = folder.resolve("members/members-000000000100.parquet");
        byte[] members = Files.readAllBytes(old);
        run(folder, all, ExportProgress.NONE);
        Map<String, String> expected = FolderContent.of(folder);
        assertThat(old).doesNotExist();
        Files.write(old, members);
        run(folder, all, ExportProgress.NONE);
        assertThat(FolderContent.of(folder)).isEqualTo(expected);
    }

    @Test
    void aRunCutOffAfterAnyOfItsSegmentsGoesOnFromThere() throws Exception {
        Map<String, List<String>> expected = rows(exported("uncut", all));
        List<Long> ends = new ArrayList<>();
        for (long end = SEGMENT; end < all; end += SEGMENT) {
            ends.add(end);
        }
        assertThat(ends).hasSizeGreaterThan(2);
        Path folder = directory.resolve("cut-often");
        for (long end : ends) {
            MemoryJournal torn = new MemoryJournal();
            torn.entries.addAll(chain.journal.entries.subList(0, (int) end + 7));
            assertThatThrownBy(() -> new JournalExport(config(folder, "tests"), SECRET)
                            .run(torn.reader(), all, ExportProgress.NONE))
                    .isInstanceOf(ExportException.class)
                    .hasMessageContaining("no record at position " + (end + 8));
            ExportState state = ExportState.read(folder);
            assertThat(state.position()).isEqualTo(end);
            assertThat(state.tablesPosition()).isZero();
            try (var files = Files.walk(folder)) {
                assertThat(files.filter(file -> file.toString().endsWith(".tmp")))
                        .isEmpty();
            }
        }
        run(folder, all, ExportProgress.NONE);
        assertThat(rows(folder)).isEqualTo(expected);
    }

    @Test
    void aRunCutOffBetweenSegmentsAndWholeTablesFoldsMembersOnce() throws Exception {
        Map<String, List<String>> expected = rows(exported("reference", 80, all));
        Path folder = exported("segments-only", 80);
        cutOff(() -> run(folder, all, (position, target) -> {
            if (position == target) {
                throw new CutOff();
            }
        }));
        assertThat(ExportState.read(folder).position()).isEqualTo(all);
        assertThat(ExportState.read(folder).tablesPosition()).isEqualTo(80);
        ExportReport report = run(folder, all, ExportProgress.NONE);
        assertThat(report.segments()).isZero();
        assertThat(rows(folder)).isEqualTo(expected);
    }

    @Test
    void anotherPurposeSecretJournalOrFolderIsRefusedWithTheWayOut() throws IOException {
        Path folder = exported("mine", 100);
        assertThatThrownBy(() -> new JournalExport(config(folder, "marketing"), SECRET)
                        .run(chain.journal.reader(), all, ExportProgress.NONE))
                .isInstanceOf(ExportException.class)
                .hasMessageContaining("purpose \"tests\", asked for \"marketing\"");
        assertThatThrownBy(() -> new JournalExport(config(folder, "tests"), ExportSecret.ofSeed(2))
                        .run(chain.journal.reader(), all, ExportProgress.NONE))
                .isInstanceOf(ExportException.class)
                .hasMessageContaining("another secret");
        assertThatThrownBy(() -> run(folder, 50, ExportProgress.NONE))
                .isInstanceOf(ExportException.class)
                .hasMessageContaining("exported up to position 100, the journal only reaches 50");
        Path stranger = directory.resolve("stranger");
        Files.createDirectories(stranger.resolve("ledger"));
        assertThatThrownBy(() -> run(stranger, all, ExportProgress.NONE))
                .isInstanceOf(ExportException.class)
                .hasMessageContaining("not an export");
        Path newer = exported("newer", 100);
        String text = Files.readString(newer.resolve(ExportState.FILE));
        Files.writeString(
                newer.resolve(ExportState.FILE), text.replace("\"format_version\" : 1", "\"format_version\" : 2"));
        assertThatThrownBy(() -> run(newer, all, ExportProgress.NONE))
                .isInstanceOf(ExportException.class)
                .hasMessageContaining("has format_version 2, this version writes format_version 1");
    }

    @Test
    void twoRunsAtATimeAreRefused() throws IOException {
        Path folder = exported("locked", 100);
        List<Throwable> second = new ArrayList<>();
        run(folder, all, (position, target) -> {
            try {
                run(folder, all, ExportProgress.NONE);
            } catch (ExportException | IOException e) {
                second.add(e);
            }
        });
        assertThat(second).isNotEmpty().allSatisfy(e -> assertThat(e).hasMessageContaining("another export"));
    }

    @Test
    void aSegmentEndsWhenItHasEnoughLinesOrMonths() throws IOException {
        Path byLines = directory.resolve("by-lines");
        ExportReport lines = new JournalExport(new ExportConfig(byLines, "tests", 100_000, 100, 48), SECRET)
                .run(chain.journal.reader(), all, ExportProgress.NONE);
        assertThat(lines.segments()).isGreaterThan((int) (chain.saleLines / 106) - 1);
        Path byMonths = directory.resolve("by-months");
        ExportReport months = new JournalExport(new ExportConfig(byMonths, "tests", 100_000, 1_000_000, 1), SECRET)
                .run(chain.journal.reader(), 40, ExportProgress.NONE);
        assertThat(months.receipts()).isGreaterThan(20);
        // The one enrolment tells a welcome, which is a row too.
        assertThat(months.segments()).isEqualTo((int) months.receipts() + 1);
    }

    @Test
    void progressEndsAtTheTarget() throws IOException {
        List<Long> seen = new ArrayList<>();
        run(directory.resolve("progress"), all, (position, target) -> {
            assertThat(target).isEqualTo(all);
            seen.add(position);
        });
        assertThat(seen).isSorted().endsWith(all);
    }

    /** All rows of all tables, sorted: the content whatever the segments. */
    private static Map<String, List<String>> rows(Path folder) throws Exception {
        Map<String, List<String>> rows = new TreeMap<>();
        try (Duck duck = new Duck(folder)) {
            for (String table : List.of(
                    "sale_lines",
                    "receipts",
                    "ledger",
                    "events",
                    "members",
                    "products",
                    "stores",
                    "programme_versions")) {
                rows.put(table, duck.rows("SELECT * FROM " + table + " ORDER BY ALL"));
            }
        }
        return rows;
    }
}
