package org.assidu.accrual.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assidu.accrual.journal.JournalImages.batch;
import static org.assidu.accrual.journal.JournalImages.rest;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A power cut writes any of the pages that no force covered, and not the others. The journal's files are kept as they were at
 * each force; an image of a cut is the newest of these with random pages of what was written since.
 */
public abstract class JournalPageLossContractTest {
    private static final int PAGE_BYTES = 4096;
    private static final int CUTS = 40;
    private static final UUID BOOT = new UUID(1, 1);
    private static final UUID NEXT_BOOT = new UUID(2, 2);
    private static final JournalConfig CONFIG =
            JournalContractTest.CONFIG.withRollBytes(1 << 17).withGenerationBytes(1 << 16);

    @TempDir
    Path temporary;

    private final TestedJournal tested;
    /** Pages of each file at its last force; absent pages are zero. */
    private final Map<Path, TreeMap<Long, byte[]>> forced = new HashMap<>();

    private boolean watching = true;
    private final List<String> texts = new ArrayList<>();

    protected JournalPageLossContractTest(TestedJournal tested) {
        this.tested = tested;
    }

    @Test
    void anyUnforcedPageMayBeMissing() throws IOException {
        long seed = Long.getLong("seed", System.nanoTime());
        System.out.println("page loss seed=" + seed);
        Random random = new Random(seed);
        Path live = temporary.resolve("live");
        JournalEnvironment environment =
                JournalEnvironment.system().withBootId(BOOT).withForcer(this::noteForced);
        Path now;
        long told;
        byte[] slotsBefore;
        try (Journal journal = tested.open(live, CONFIG, RecoveryProgress.silent(), environment)) {
            for (int batch = 0; batch < 12; batch++) {
                write(journal, random);
                journal.barrier().advance();
            }
            slotsBefore = Files.readAllBytes(live.resolve(JournalDirectory.SLOTS));
            told = journal.appender().appendedPosition();
            for (int batch = 0; batch < 12; batch++) {
                write(journal, random);
            }
            now = JournalImages.copy(live, temporary.resolve("now"));
            watching = false;
        }
        long mostLost = 0;
        long mostKept = 0;
        for (int cut = 0; cut < CUTS; cut++) {
            Path image = JournalImages.copy(now, temporary.resolve("cut-" + cut));
            Files.write(image.resolve(JournalDirectory.SLOTS), slotsBefore);
            int keepPercent = random.nextInt(101);
            boolean dropFirst = cut % 2 == 0;
            dropPages(live, image, random, keepPercent, dropFirst);
            long recovered = recovered(image, told, "seed " + seed + ", cut " + cut);
            mostLost = Math.max(mostLost, texts.size() - recovered);
            mostKept = Math.max(mostKept, recovered - told);
        }
        assertThat(mostLost).as("records lost by the worst cut").isPositive();
        assertThat(mostKept).as("records kept beyond what was told").isPositive();
    }

    private void write(Journal journal, Random random) {
        String[] batch = new String[1 + random.nextInt(4)];
        for (int i = 0; i < batch.length; i++) {
            batch[i] = (texts.size() + 1) + "/" + "x".repeat(random.nextInt(3000));
            texts.add(batch[i]);
        }
        batch(journal, batch);
    }

    private long recovered(Path image, long told, String description) {
        long recovered;
        try (Journal journal = open(image)) {
            recovered = journal.recoveredPosition();
            assertThat(recovered).as(description).isGreaterThanOrEqualTo(told);
            assertThat(rest(journal)).as(description).isEqualTo(numbered(recovered));
            batch(journal, "after the cut");
            journal.barrier().advance();
        }
        try (Journal journal = open(image)) {
            List<String> expected = numbered(recovered);
            expected.add((recovered + 1) + ":after the cut");
            assertThat(rest(journal)).as(description).isEqualTo(expected);
        }
        return recovered;
    }

    private Journal open(Path image) {
        return tested.open(
                image,
                CONFIG,
                RecoveryProgress.silent(),
                JournalEnvironment.system().withBootId(NEXT_BOOT));
    }

    private static List<String> rest(Journal journal) {
        try (JournalReader reader = journal.newReader()) {
            return JournalImages.rest(reader);
        }
    }

    private List<String> numbered(long last) {
        List<String> numbered = new ArrayList<>();
        for (int at = 0; at < last; at++) {
            numbered.add((at + 1) + ":" + texts.get(at));
        }
        return numbered;
    }

    private void noteForced(FileChannel channel, Path file) throws IOException {
        channel.force(false);
        if (watching) {
            forced.put(file.toAbsolutePath(), pages(file));
        }
    }

    /** Pages that are not all zero. */
    private static TreeMap<Long, byte[]> pages(Path file) throws IOException {
        TreeMap<Long, byte[]> pages = new TreeMap<>();
        byte[] zeros = new byte[PAGE_BYTES];
        try (RandomAccessFile access = new RandomAccessFile(file.toFile(), "r")) {
            byte[] page = new byte[PAGE_BYTES];
            long length = access.length();
            int read;
            for (long at = 0; at < length && (read = access.read(page)) > 0; at += PAGE_BYTES) {
                byte[] copy = Arrays.copyOf(Arrays.copyOf(page, read), PAGE_BYTES);
                if (!Arrays.equals(copy, zeros)) {
                    pages.put(at, copy);
                }
            }
        }
        return pages;
    }

    private void dropPages(Path live, Path image, Random random, int keepPercent, boolean dropFirst)
            throws IOException {
        boolean first = true;
        for (Path file : JournalImages.documentFiles(image, tested.framing())) {
            Path original = live.resolve(image.relativize(file)).toAbsolutePath();
            TreeMap<Long, byte[]> before = forced.getOrDefault(original, new TreeMap<>());
            byte[] zeros = new byte[PAGE_BYTES];
            for (Map.Entry<Long, byte[]> page : pages(file).entrySet()) {
                byte[] old = before.getOrDefault(page.getKey(), zeros);
                if (!Arrays.equals(old, page.getValue())) {
                    boolean drop = first ? dropFirst : random.nextInt(100) >= keepPercent;
                    first = false;
                    if (drop) {
                        overwrite(file, page.getKey(), old);
                    }
                }
            }
        }
    }

    private static void overwrite(Path file, long at, byte[] page) throws IOException {
        try (RandomAccessFile access = new RandomAccessFile(file.toFile(), "rw")) {
            access.seek(at);
            access.write(page, 0, (int) Math.min(page.length, access.length() - at));
        }
    }
}
