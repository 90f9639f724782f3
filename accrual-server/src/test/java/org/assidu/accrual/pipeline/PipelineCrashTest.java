package org.assidu.accrual.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assidu.accrual.pipeline.RunningPipeline.get;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;
import org.assidu.accrual.journal.JournalKind;
import org.assidu.accrual.model.MemberFact;
import org.assidu.accrual.model.ReceiptStatus;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * What a process killed at a random moment leaves behind is what lies in its folder at that moment: the folder is copied while
 * sales stream in, and a server starts on the copy.
 */
final class PipelineCrashTest {
    private static final int COPIES = 4;
    private static final int LONGEST_STREAM = 200_000;
    private static final int CARDS = 400;

    @TempDir
    Path temporary;

    @ParameterizedTest
    @EnumSource(JournalKind.class)
    void everythingAnsweredBeforeTheKillIsThereAfterwards(JournalKind kind) throws IOException {
        long seed = Long.getLong("seed", System.nanoTime());
        System.out.println("seed " + seed);
        Random random = new Random(seed);
        Path live = temporary.resolve("live");
        try (RunningPipeline running = new RunningPipeline(live, kind).startWithProgramme()) {
            TestStream stream = new TestStream(running.pipeline(), "Lyon");
            AtomicBoolean enough = new AtomicBoolean();
            CompletableFuture<Integer> sender = CompletableFuture.supplyAsync(() -> sendUntil(stream, enough));
            Set<Long> answered = new HashSet<>();
            for (int copy = 0; copy < COPIES; copy++) {
                collect(stream, answered, 1 + random.nextInt(300));
                Path image = temporary.resolve("image-" + copy);
                copyOfAMoment(live, image);
                checkRecovery(image, kind, Set.copyOf(answered));
            }
            enough.set(true);
            get(sender);
        }
    }

    private static int sendUntil(TestStream stream, AtomicBoolean enough) {
        int number = 0;
        while (!enough.get() && number < LONGEST_STREAM) {
            number++;
            stream.submit(stream.sale(number, number % CARDS, 100));
        }
        return number;
    }

    private static void collect(TestStream stream, Set<Long> answered, int count) {
        for (SalesItem item : stream.next(count)) {
            assertThat(item.outcome(0).status).isEqualTo(ReceiptStatus.ACCRUED);
            answered.add(item.receipt(0).number);
        }
    }

    private static void checkRecovery(Path image, JournalKind kind, Set<Long> answered) {
        RunningPipeline recovered = new RunningPipeline(image, kind);
        try (recovered) {
            recovered.start();
            assertThat(get(recovered.pipeline().status()).receipts()).isGreaterThanOrEqualTo(answered.size());
            TestStream stream = new TestStream(recovered.pipeline(), "Lyon");
            for (long number : answered) {
                SalesItem repeat = stream.send(stream.sale(number, (int) (number % CARDS), 100));
                assertThat(repeat.outcome(0).status)
                        .as("receipt %d of %d answered", number, answered.size())
                        .isEqualTo(ReceiptStatus.ALREADY_ACCRUED);
                assertThat(repeat.outcome(0).pointsMicro).isEqualTo(1_000_000);
                // A key in the journal is never one that the directory has lost.
                assertThat(repeat.receipt(0).memberFact).isEqualTo(MemberFact.KNOWN);
            }
        }
    }

    /**
     * What is acknowledged is copied before the records and the directory last, so that the copy promises nothing that it does
     * not hold.
     */
    private static void copyOfAMoment(Path from, Path to) throws IOException {
        for (String part : List.of("journal", "directory")) {
            try (Stream<Path> paths = Files.walk(from.resolve(part))) {
                List<Path> shallowFirst = paths.sorted(Comparator.comparingInt(Path::getNameCount))
                        .toList();
                for (Path path : shallowFirst) {
                    copy(path, to.resolve(from.relativize(path).toString()));
                }
            }
        }
    }

    private static void copy(Path path, Path target) throws IOException {
        if (Files.isDirectory(path)) {
            Files.createDirectories(target);
            return;
        }
        try (FileChannel in = FileChannel.open(path, StandardOpenOption.READ);
                FileChannel out = FileChannel.open(target, StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
            long size = in.size();
            for (long at = 0; at < size; ) {
                at += in.transferTo(at, size - at, out);
            }
        } catch (NoSuchFileException gone) {
            assertThat(path.getFileName().toString())
                    .as("a file that came and went")
                    .contains("new");
        }
    }
}
