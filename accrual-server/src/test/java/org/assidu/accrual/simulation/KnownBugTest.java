package org.assidu.accrual.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Whether the simulator would notice: each known mistake is made, and must be found. {@code -Dbug=} makes one of them only. */
final class KnownBugTest {
    private static final long FIRST_SEED = 1;
    private static final int MOST_WORLDS = 60;
    private static final int SOUND_WORLDS = 3;

    @TempDir
    Path folder;

    static List<KnownBug> bugs() {
        String only = System.getProperty("bug", "");
        List<KnownBug> chosen = KnownBugs.ALL.stream()
                .filter(bug -> only.isEmpty() || bug.id().equals(only))
                .toList();
        assertThat(chosen).as("known bugs named " + only).isNotEmpty();
        return chosen;
    }

    @ParameterizedTest
    @MethodSource("bugs")
    @Timeout(value = 300, unit = TimeUnit.SECONDS, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
    void simulatorFindsIt(KnownBug bug) throws IOException, ReflectiveOperationException {
        ClassLoader wrong = PatchedClasses.load(bug, folder);
        long started = System.nanoTime();
        String found = (String) wrong.loadClass(Simulate.class.getName())
                .getMethod("hunt", long.class, int.class, boolean.class)
                .invoke(null, FIRST_SEED, MOST_WORLDS, bug.fileJournal());
        System.out.println(bug.id() + ", after " + (System.nanoTime() - started) / 1_000_000 + " ms: " + found);
        assertThat(found)
                .as("what the simulator says of " + bug.id())
                .isNotEmpty()
                .contains(bug.caughtBy());
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void nothingIsFoundInTheSameWorldsWithoutABug(boolean fileJournal) {
        assertThat(Simulate.hunt(FIRST_SEED, SOUND_WORLDS, fileJournal)).isEmpty();
    }

    @Test
    void everyKnownBugIsInTheDocument() throws IOException {
        String document = Files.readString(Path.of("docs/known-bugs.md"));
        assertThat(KnownBugs.ALL)
                .extracting(KnownBug::id)
                .doesNotHaveDuplicates()
                .allSatisfy(id -> assertThat(document).contains("`" + id + "`"));
    }
}
