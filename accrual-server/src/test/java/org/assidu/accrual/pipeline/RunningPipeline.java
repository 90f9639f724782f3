package org.assidu.accrual.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BooleanSupplier;
import org.assidu.accrual.directory.DirectoryConfig;
import org.assidu.accrual.directory.MemberDirectory;
import org.assidu.accrual.document.ParsedProgramme;
import org.assidu.accrual.document.ProgrammeParser;
import org.assidu.accrual.journal.Journal;
import org.assidu.accrual.journal.JournalConfig;
import org.assidu.accrual.journal.JournalEnvironment;
import org.assidu.accrual.journal.JournalKind;
import org.assidu.accrual.journal.JournalReader;
import org.assidu.accrual.journal.RecoveryProgress;
import org.assidu.accrual.journal.chronicle.ChronicleJournal;
import org.assidu.accrual.journal.file.FileJournal;
import org.assidu.accrual.model.Ean13;
import org.assidu.accrual.model.ProgrammeDocument;
import org.assidu.accrual.snapshot.SnapshotStore;
import org.jspecify.annotations.Nullable;

/** A pipeline over a real journal and a real directory in a folder; closing and starting again is a restart. */
final class RunningPipeline implements AutoCloseable, PipelineListener {
    /** Noon of 2026-03-02 UTC. */
    static final long NOON = 1_772_452_800_000L;

    private static final long FIRST_CARD = 290_000_000_000L;
    private static final int DEADLINE_SECONDS = 60;

    private final Path folder;
    private final JournalKind kind;
    final AtomicLong clock = new AtomicLong(NOON);
    final List<String> recoveryLines = new CopyOnWriteArrayList<>();
    final CompletableFuture<Throwable> failure = new CompletableFuture<>();
    JournalEnvironment environment = JournalEnvironment.system();
    JournalConfig journalConfig = JournalConfig.defaults().withMapBlockBytes(16 << 20);
    PipelineConfig config = PipelineConfig.defaults();
    /** Where a start looks for a snapshot; null = nowhere. */
    @Nullable
    SnapshotStore snapshots;

    private Journal journal;
    private MemberDirectory directory;
    private Pipeline pipeline;

    RunningPipeline(Path folder, JournalKind kind) {
        this.folder = folder;
        this.kind = kind;
    }

    RunningPipeline start() {
        journal = switch (kind) {
            case CHRONICLE ->
                ChronicleJournal.open(journalFolder(), journalConfig, RecoveryProgress.silent(), environment);
            case FILE -> FileJournal.open(journalFolder(), journalConfig, RecoveryProgress.silent(), environment);
        };
        directory = MemberDirectory.open(
                DirectoryConfig.at(folder.resolve("directory")).withMemberKeySeed(7));
        pipeline = Pipeline.start(config, journal, directory, clock::get, this, loaded());
        return this;
    }

    private @Nullable Recovery loaded() {
        if (snapshots == null) {
            return null;
        }
        try (JournalReader reader = journal.newReader()) {
            return Recovery.load(snapshots, reader, this);
        }
    }

    /** Starts, and publishes one point per euro with 10 % off at 300 points and self-enrolling cards. */
    RunningPipeline startWithProgramme() {
        start();
        PublicationAnswer answer = get(pipeline.publish(publication(programme(""))));
        assertThat(answer.problems()).isEmpty();
        return this;
    }

    /** @param more lines added at the top level */
    static String programme(String more) {
        return """
            format: 1
            id: points
            time_zone: Europe/Paris
            currency: EUR
            effective_from: 2026-01-01
            earning:
              basis: AMOUNT
              points: 1
            threshold_rewards:
              - id: ten-percent
                measure: POINTS
                reaches: 300
                auto_apply: true
                reward:
                  kind: PERCENTAGE_OFF
                  value: 10
            cards:
              - from: %d
                to: %d
                auto_enrol: true
            %s
            """.formatted(card(0), card(999_999), more);
    }

    static PublicationRequest publication(String text) {
        ParsedProgramme parsed = ProgrammeParser.parse(text);
        ProgrammeDocument document = parsed.document();
        assertThat(document).as(parsed.problems().toString()).isNotNull();
        return new PublicationRequest(document, parsed.canonicalText(), parsed.sha256(), text);
    }

    /** A card of the range that enrols by itself. */
    static long card(int serial) {
        return Ean13.withCheckDigit(FIRST_CARD + serial);
    }

    Path journalFolder() {
        return folder.resolve("journal");
    }

    Path folder() {
        return folder;
    }

    Pipeline pipeline() {
        return pipeline;
    }

    Journal journal() {
        return journal;
    }

    MemberDirectory directory() {
        return directory;
    }

    /** Member key of a card, as the directory says. */
    long member(int serial) {
        return Math.abs(directory.findCard(card(serial)));
    }

    long balanceMicro(int serial) {
        MemberAnswer answer = get(pipeline.member(member(serial)));
        return answer.known() ? answer.purses().get(0).balanceMicro() : 0;
    }

    static <T> T get(CompletableFuture<T> future) {
        return future.orTimeout(DEADLINE_SECONDS, TimeUnit.SECONDS).join();
    }

    /** Waits for something that must come. */
    static void await(String what, BooleanSupplier condition) {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(DEADLINE_SECONDS);
        while (!condition.getAsBoolean()) {
            assertThat(System.nanoTime()).as(what).isLessThan(deadline);
            Thread.yield();
        }
    }

    void stop() {
        pipeline.close();
        directory.close();
        journal.close();
    }

    RunningPipeline restart() {
        stop();
        return start();
    }

    @Override
    public void recovery(String line) {
        recoveryLines.add(line);
    }

    @Override
    public void failed(Throwable cause) {
        failure.complete(cause);
    }

    @Override
    public void close() {
        stop();
    }
}
