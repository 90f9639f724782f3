package org.assidu.accrual.directory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Random;
import org.assidu.accrual.model.Ean13;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DirectoryCrashTest {
    private static final int BLOCK = 4096;
    private static final int FIRST = 3_000;
    private static final int SECOND = 4_000;

    @TempDir
    Path folder;

    private DirectoryConfig live;
    private DirectoryConfig copy;

    @BeforeEach
    void folders() throws IOException {
        SecretSource secret = SecretSource.file(folder.resolve("secret.hex"));
        live = DirectoryConfig.at(folder.resolve("live")).withSecret(secret).withMemberKeySeed(1);
        copy = DirectoryConfig.at(folder.resolve("copy")).withSecret(secret).withMemberKeySeed(1);
        Files.createDirectories(copy.path());
    }

    @Test
    void everythingForcedIsInTheFileOfAKilledProcess() throws IOException {
        try (MemberDirectory directory = MemberDirectory.open(live)) {
            for (int round = 1; round <= 5; round++) {
                enrol(directory, (round - 1) * 700, round * 700);
                directory.blockCard(card((round - 1) * 700));
                directory.force();
                enrol(directory, 10_000 + round * 10, 10_000 + round * 10 + 10);
                Files.write(copyFile(), Files.readAllBytes(liveFile()));
                try (MemberDirectory recovered = MemberDirectory.open(copy)) {
                    assertThat(recovered.recovery()).isEmpty();
                    for (int serial = 0; serial < round * 700; serial++) {
                        assertThat(recovered.findCard(card(serial)))
                                .isNotZero()
                                .isEqualTo(directory.findCard(card(serial)));
                    }
                    assertThat(recovered.findCard(card(10_000 + round * 10))).isZero();
                }
                Files.delete(copyFile());
            }
        }
    }

    @Test
    void commitTornAtAnyBlockFallsBackToTheLastForcedState() throws IOException {
        byte[] before;
        byte[] after;
        try (MemberDirectory directory = MemberDirectory.open(live)) {
            enrol(directory, 0, FIRST);
            directory.force();
            before = Files.readAllBytes(liveFile());
            enrol(directory, FIRST, SECOND);
            directory.force();
            after = Files.readAllBytes(liveFile());
        }
        assertThat(after.length).isGreaterThan(before.length);
        Random random = new Random(11);
        int fellBack = 0;
        for (int round = 0; round < 120; round++) {
            byte[] torn = tear(before, after, random, round);
            Files.write(copyFile(), torn);
            fellBack += checkEitherState(!Arrays.equals(torn, after));
            Files.delete(copyFile());
        }
        assertThat(fellBack).isGreaterThan(60);
    }

    @Test
    void recoveredDirectoryGoesOnAndStaysWhole() throws IOException {
        byte[] after;
        try (MemberDirectory directory = MemberDirectory.open(live)) {
            enrol(directory, 0, FIRST);
            directory.force();
            int length = (int) Files.size(liveFile());
            enrol(directory, FIRST, SECOND);
            directory.force();
            after = Files.readAllBytes(liveFile());
            Arrays.fill(after, length + BLOCK, Math.min(after.length - BLOCK, length + 3 * BLOCK), (byte) 0);
        }
        Files.write(copyFile(), after);
        try (MemberDirectory recovered = MemberDirectory.open(copy)) {
            assertThat(recovered.recovery()).isPresent();
            assertThat(recovered.size()).isEqualTo(FIRST);
            enrol(recovered, FIRST, SECOND + 1_000);
            recovered.force();
        }
        try (MemberDirectory again = MemberDirectory.open(copy)) {
            assertThat(again.recovery()).isEmpty();
            assertThat(again.size()).isEqualTo(SECOND + 1_000);
        }
    }

    @Test
    void damageBelowTheLastCommitIsRefused() throws IOException {
        try (MemberDirectory directory = MemberDirectory.open(live)) {
            enrol(directory, 0, FIRST);
            directory.force();
            enrol(directory, FIRST, FIRST + 10);
            directory.force();
            enrol(directory, FIRST + 10, FIRST + 20);
            directory.force();
        }
        byte[] bytes = Files.readAllBytes(liveFile());
        bytes[10 * BLOCK + 1_000] ^= 0x10;
        Files.write(copyFile(), bytes);
        assertThatThrownBy(() -> MemberDirectory.open(copy))
                .isInstanceOf(DirectoryException.class)
                .hasMessageContaining("damaged beyond its last commit")
                .hasMessageContaining("directory.mv");
    }

    @Test
    void damageToACommitThatWasForcedIsRefusedAndNotTakenForATornOne() throws IOException {
        int length;
        try (MemberDirectory directory = MemberDirectory.open(live)) {
            enrol(directory, 0, FIRST);
            directory.force();
            length = (int) Files.size(liveFile());
            enrol(directory, FIRST, SECOND);
            directory.force();
        }
        byte[] bytes = Files.readAllBytes(liveFile());
        Arrays.fill(bytes, length + BLOCK, length + 2 * BLOCK, (byte) 0);
        Files.write(copyFile(), bytes);
        Path mark = copy.path().resolve(ForcedMark.FILE_NAME);
        Files.copy(live.path().resolve(ForcedMark.FILE_NAME), mark);
        assertThatThrownBy(() -> MemberDirectory.open(copy))
                .isInstanceOf(DirectoryException.class)
                .hasMessageContaining("ends at commit 2, but commit 3 was forced");
        Files.delete(copyFile());
        assertThatThrownBy(() -> MemberDirectory.open(copy))
                .hasMessageContaining("ends at commit 0, but commit 3 was forced");
        Files.write(copyFile(), Files.readAllBytes(liveFile()));
        MemberDirectory.open(copy).close();
    }

    /** Some of the blocks that the second commit wrote did not reach the device; or the file ends early. */
    private static byte[] tear(byte[] before, byte[] after, Random random, int round) {
        byte[] torn = after.clone();
        if (round % 3 == 0) {
            int length = before.length + random.nextInt(after.length - before.length);
            return Arrays.copyOf(torn, length);
        }
        double lost = round % 3 == 1 ? 0.1 : 0.6;
        for (int at = 0; at < after.length; at += BLOCK) {
            int end = Math.min(at + BLOCK, after.length);
            boolean changed = at >= before.length
                    || !Arrays.equals(
                            before, at, Math.min(end, before.length), after, at, Math.min(end, before.length));
            if (changed && random.nextDouble() < lost) {
                for (int i = at; i < end; i++) {
                    torn[i] = i < before.length ? before[i] : 0;
                }
            }
        }
        return torn;
    }

    private int checkEitherState(boolean torn) {
        try (MemberDirectory recovered = MemberDirectory.open(copy)) {
            assertThat(recovered.size()).isIn((long) FIRST, (long) SECOND);
            assertThat(recovered.identifiers()).isEqualTo(recovered.size());
            for (int serial = 0; serial < SECOND; serial += 7) {
                assertThat(recovered.findCard(card(serial)) != 0).isEqualTo(serial < recovered.size());
            }
            if (!torn) {
                assertThat(recovered.size()).isEqualTo(SECOND);
            }
            return recovered.size() == FIRST ? 1 : 0;
        }
    }

    private Path liveFile() {
        return live.path().resolve(DirectoryStore.FILE_NAME);
    }

    private Path copyFile() {
        return copy.path().resolve(DirectoryStore.FILE_NAME);
    }

    private static void enrol(MemberDirectory directory, int from, int to) {
        for (int serial = from; serial < to; serial++) {
            directory.enrolCard(card(serial));
        }
    }

    private static long card(int serial) {
        return Ean13.withCheckDigit(298_700_000_000L + serial);
    }
}
