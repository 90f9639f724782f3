package org.assidu.accrual.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assidu.accrual.pipeline.RunningPipeline.await;
import static org.assidu.accrual.pipeline.RunningPipeline.get;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.assidu.accrual.journal.JournalEnvironment;
import org.assidu.accrual.journal.JournalKind;
import org.assidu.accrual.model.ReceiptStatus;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Nothing is told that a power cut could undo, whatever the disk does. */
@Timeout(value = 2, unit = TimeUnit.MINUTES)
final class PipelineDurabilityTest {
    @TempDir
    Path folder;

    private final HeldForce force = new HeldForce();

    private RunningPipeline running(JournalKind kind) {
        RunningPipeline running = new RunningPipeline(folder, kind);
        running.environment = JournalEnvironment.system().withForcer(force);
        return running;
    }

    @ParameterizedTest
    @EnumSource(JournalKind.class)
    void noAnswerOfAnyKindIsGivenBeforeTheForceThatItWaitsFor(JournalKind kind) {
        try (RunningPipeline running = running(kind).startWithProgramme()) {
            Pipeline pipeline = running.pipeline();
            TestStream stream = new TestStream(pipeline, "Lyon");
            stream.send(stream.sale(1, 5, 1000));
            long durable = pipeline.durablePosition();

            force.hold();
            SalesItem accrued = stream.sale(2, 5, 1000);
            SalesItem repeatOfIt = stream.sale(2, 5, 1000);
            SalesItem repeatOfADurableOne = stream.sale(1, 5, 1000);
            SalesItem conflict = stream.sale(2, 5, 999);
            SalesItem malformed = stream.sale(3, 5, 100);
            malformed.refuse(0, ReceiptStatus.MALFORMED_LINE, "line 1, sku: empty");
            List<SalesItem> items = List.of(accrued, repeatOfIt, repeatOfADurableOne, conflict, malformed);
            items.forEach(stream::submit);
            CompletableFuture<MemberAnswer> balance = pipeline.member(running.member(5));
            CompletableFuture<PipelineStatus> status = pipeline.status();
            CompletableFuture<StatementPage> statement = pipeline.statement(running.member(5), 10, 0);
            CompletableFuture<PublicationAnswer> publication =
                    pipeline.publish(RunningPipeline.publication(RunningPipeline.programme("return_window_days: 30")));
            await("the accrual thread to decide all", () -> pipeline.decidedSlots() == pipeline.submittedSlots());
            await("the barrier", force::isWaitedFor);

            assertThat(stream.answers).isEmpty();
            assertThat(List.of(balance, status, statement, publication)).noneMatch(CompletableFuture::isDone);
            assertThat(pipeline.durablePosition()).isEqualTo(durable);
            // What was durable before may be explained, but not what is not.
            assertThat(get(pipeline.explain(new ReceiptIdentity("Lyon", "1", 0, 2, 0))))
                    .isNull();

            force.release();
            assertThat(stream.next(5)).containsExactlyElementsOf(items);
            assertThat(accrued.outcome(0).status).isEqualTo(ReceiptStatus.ACCRUED);
            assertThat(repeatOfIt.outcome(0).status).isEqualTo(ReceiptStatus.ALREADY_ACCRUED);
            assertThat(repeatOfADurableOne.outcome(0).status).isEqualTo(ReceiptStatus.ALREADY_ACCRUED);
            assertThat(conflict.outcome(0).status).isEqualTo(ReceiptStatus.RECEIPT_CONFLICT);
            assertThat(get(balance).purses().get(0).balanceMicro()).isEqualTo(20_000_000);
            assertThat(get(statement).entries()).hasSize(2);
            assertThat(get(publication).problems()).isEmpty();
            assertThat(get(pipeline.explain(new ReceiptIdentity("Lyon", "1", 0, 2, 0))))
                    .isNotNull();
        }
    }

    @ParameterizedTest
    @EnumSource(JournalKind.class)
    void failingForceStopsThePipelineAndNothingIsAnswered(JournalKind kind) {
        RunningPipeline running = running(kind).startWithProgramme();
        Pipeline pipeline = running.pipeline();
        TestStream stream = new TestStream(pipeline, "Lyon");
        force.hold();
        SalesItem sale = stream.sale(1, 5, 1000);
        stream.submit(sale);
        CompletableFuture<PipelineStatus> status = pipeline.status();
        await("the barrier", force::isWaitedFor);
        force.fail();
        force.release();

        assertThat(get(running.failure)).hasMessageContaining("force");
        await("the sale to be given up", () -> stream.abandoned.contains(sale));
        assertThat(stream.answers).isEmpty();
        assertThatThrownBy(status::join)
                .isInstanceOf(CompletionException.class)
                .hasCauseInstanceOf(PipelineUnavailableException.class);
        assertThat(pipeline.state()).isEqualTo(PipelineState.FAILED);
        assertThat(pipeline.trySubmit(stream.sale(2, 5, 1000))).isFalse();
        AtomicInteger told = new AtomicInteger();
        pipeline.whenRoom(told::incrementAndGet);
        assertThat(told).hasValue(1);
        assertThatThrownBy(() -> get(pipeline.member(1))).hasCauseInstanceOf(PipelineUnavailableException.class);
        running.stop();
    }

    @ParameterizedTest
    @EnumSource(JournalKind.class)
    void fullRingRefusesUntilAnswersAreGiven(JournalKind kind) throws Exception {
        RunningPipeline running = running(kind);
        running.config = PipelineConfig.defaults().withRingSize(8);
        try (running;
                AutoCloseable beforeClosing = force::release) {
            assertThat(beforeClosing).isNotNull();
            running.startWithProgramme();
            Pipeline pipeline = running.pipeline();
            TestStream stream = new TestStream(pipeline, "Lyon");
            force.hold();
            for (int number = 1; number <= 8; number++) {
                SalesItem sale = stream.sale(number, 5, 100);
                // The publication's own place is given back just after its answer.
                await("a place for sale " + number, () -> pipeline.trySubmit(sale));
            }
            SalesItem waiting = stream.sale(9, 5, 100);
            assertThat(pipeline.trySubmit(waiting)).isFalse();
            AtomicInteger retries = new AtomicInteger();
            pipeline.whenRoom(() -> {
                retries.incrementAndGet();
                assertThat(pipeline.trySubmit(waiting)).isTrue();
            });
            assertThat(retries).hasValue(0);
            assertThatThrownBy(() -> get(pipeline.status())).hasCauseInstanceOf(PipelineOverloadedException.class);

            force.release();
            assertThat(stream.next(9)).last().isSameAs(waiting);
            assertThat(retries).hasValue(1);
        }
    }

    @ParameterizedTest
    @EnumSource(JournalKind.class)
    void fullDiskRefusesNewWorkAndReadsGoOn(JournalKind kind) {
        AtomicLong free = new AtomicLong(Long.MAX_VALUE);
        RunningPipeline running = new RunningPipeline(folder, kind);
        running.environment = JournalEnvironment.system().withSpaceProbe(directory -> free.get());
        running.journalConfig = running.journalConfig.withSpaceCheck(1, 0);
        try (running) {
            running.startWithProgramme();
            TestStream stream = new TestStream(running.pipeline(), "Lyon");
            stream.send(stream.sale(1, 5, 1000));
            free.set(0);

            SalesItem refused = stream.send(stream.sale(2, 5, 1000));
            assertThat(refused.outcome(0).status).isEqualTo(ReceiptStatus.OVERLOADED);
            assertThat(refused.refusal(0)).startsWith("disk: ").endsWith("; send again later");
            assertThat(stream.outcomeOf(stream.sale(1, 5, 1000)).status).isEqualTo(ReceiptStatus.ALREADY_ACCRUED);
            assertThat(running.balanceMicro(5)).isEqualTo(10_000_000);
            assertThat(running.pipeline().hasRoom()).isFalse();
            assertThatThrownBy(() -> get(running.pipeline()
                            .publish(RunningPipeline.publication(RunningPipeline.programme("return_window_days: 30")))))
                    .hasCauseInstanceOf(PipelineOverloadedException.class);

            free.set(Long.MAX_VALUE);
            assertThat(stream.outcomeOf(stream.sale(2, 5, 1000)).status).isEqualTo(ReceiptStatus.ACCRUED);
        }
    }

    @ParameterizedTest
    @EnumSource(JournalKind.class)
    void drainAnswersEverythingTakenAndTakesNothingNew(JournalKind kind) {
        RunningPipeline running = running(kind).startWithProgramme();
        Pipeline pipeline = running.pipeline();
        TestStream stream = new TestStream(pipeline, "Lyon");
        force.hold();
        List<SalesItem> items = new ArrayList<>();
        for (int number = 1; number <= 20; number++) {
            items.add(stream.sale(number, 5, 100));
            stream.submit(items.get(number - 1));
        }
        CompletableFuture<Long> drained = pipeline.drain();
        assertThat(pipeline.trySubmit(stream.sale(21, 5, 100))).isFalse();
        assertThat(drained).isNotDone();
        force.release();
        assertThat(get(drained)).isEqualTo(21);
        assertThat(stream.answers).containsExactlyElementsOf(items);
        assertThat(pipeline.state()).isEqualTo(PipelineState.CLOSED);
        running.stop();
    }
}
