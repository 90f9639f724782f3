package org.assidu.accrual.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assidu.accrual.pipeline.RunningPipeline.await;
import static org.assidu.accrual.pipeline.RunningPipeline.card;
import static org.assidu.accrual.pipeline.RunningPipeline.get;

import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import org.assidu.accrual.directory.Identifier;
import org.assidu.accrual.directory.TokenKind;
import org.assidu.accrual.journal.JournalKind;
import org.assidu.accrual.model.Channel;
import org.assidu.accrual.model.LineStatus;
import org.assidu.accrual.model.MemberEnrolment;
import org.assidu.accrual.model.MemberFact;
import org.assidu.accrual.model.MovementKind;
import org.assidu.accrual.model.Operation;
import org.assidu.accrual.model.OperationKind;
import org.assidu.accrual.model.OperationStatus;
import org.assidu.accrual.model.OutcomeColumns;
import org.assidu.accrual.model.Problem;
import org.assidu.accrual.model.ProductEntry;
import org.assidu.accrual.model.ReceiptColumns;
import org.assidu.accrual.model.ReceiptField;
import org.assidu.accrual.model.ReceiptPhase;
import org.assidu.accrual.model.ReceiptStatus;
import org.assidu.accrual.model.StoreEntry;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a stream and the service desk see of the pipeline, over both journals. */
abstract class PipelineContractTest {
    private final JournalKind kind;

    @TempDir
    Path folder;

    PipelineContractTest(JournalKind kind) {
        this.kind = kind;
    }

    private RunningPipeline running() {
        return new RunningPipeline(folder, kind);
    }

    @Test
    void saleOfANewCardEnrolsAndEarns() {
        try (RunningPipeline running = running().startWithProgramme()) {
            TestStream stream = new TestStream(running.pipeline(), "Lyon");
            SalesItem answer = stream.send(stream.sale(1, 5, 1250));

            assertThat(answer.outcome(0).status).isEqualTo(ReceiptStatus.ACCRUED);
            assertThat(answer.outcome(0).pointsMicro).isEqualTo(12_500_000);
            assertThat(answer.receipt(0).memberFact).isEqualTo(MemberFact.AUTO_ENROLLED);
            assertThat(answer.receipt(0).memberKey).isEqualTo(running.member(5)).isNotZero();
            assertThat(answer.position()).isEqualTo(2);
            assertThat(running.directory().dirty()).isFalse();
            assertThat(running.balanceMicro(5)).isEqualTo(12_500_000);
            assertThat(stream.send(stream.sale(2, 5, 100)).receipt(0).memberFact)
                    .isEqualTo(MemberFact.KNOWN);
        }
    }

    @Test
    void cardOutsideTheRangesIsUnknownAndItsSaleIsRecorded() {
        try (RunningPipeline running = running().startWithProgramme()) {
            TestStream stream = new TestStream(running.pipeline(), "Lyon");
            OutcomeColumns outcome = stream.outcomeOf(stream.sale(1, 2_000_000, 1250));
            assertThat(outcome.status).isEqualTo(ReceiptStatus.MEMBER_UNKNOWN);
            assertThat(outcome.movements).isZero();
            assertThat(get(running.pipeline().status()).receipts()).isEqualTo(1);
        }
    }

    @Test
    void repeatAnswersTheFirstOutcomeAlsoAfterARestart() {
        try (RunningPipeline running = running().startWithProgramme()) {
            TestStream stream = new TestStream(running.pipeline(), "Lyon");
            stream.send(stream.sale(1, 5, 1000));
            stream.send(stream.sale(2, 5, 500));
            OutcomeColumns repeated = stream.outcomeOf(stream.sale(1, 5, 1000));
            assertThat(repeated.status).isEqualTo(ReceiptStatus.ALREADY_ACCRUED);
            assertThat(repeated.pointsMicro).isEqualTo(10_000_000);
            assertThat(repeated.balanceMicro).isEqualTo(10_000_000);

            running.restart();

            TestStream again = new TestStream(running.pipeline(), "Lyon");
            OutcomeColumns later = again.outcomeOf(again.sale(1, 5, 1000));
            assertThat(later.status).isEqualTo(ReceiptStatus.ALREADY_ACCRUED);
            assertThat(later.pointsMicro).isEqualTo(10_000_000);
            assertThat(later.balanceMicro).isEqualTo(10_000_000);
            assertThat(running.balanceMicro(5)).isEqualTo(15_000_000);
        }
    }

    @Test
    void changedRepeatNamesTheFieldAlsoAfterARestart() {
        try (RunningPipeline running = running().startWithProgramme()) {
            TestStream stream = new TestStream(running.pipeline(), "Lyon");
            stream.send(stream.sale(1, 5, 1000));
            assertConflict(stream.outcomeOf(stream.sale(1, 5, 1001)));

            running.restart();

            TestStream again = new TestStream(running.pipeline(), "Lyon");
            assertConflict(again.outcomeOf(again.sale(1, 5, 1001)));
            assertThat(running.balanceMicro(5)).isEqualTo(10_000_000);
        }
    }

    private static void assertConflict(OutcomeColumns outcome) {
        assertThat(outcome.status).isEqualTo(ReceiptStatus.RECEIPT_CONFLICT);
        assertThat(outcome.conflict).isEqualTo(ReceiptField.LINE_AMOUNT);
        assertThat(outcome.conflictLine).isZero();
    }

    @Test
    void repeatAndReturnInTheItemOfTheSaleFindTheOriginalThatWasJustWritten() {
        try (RunningPipeline running = running().startWithProgramme()) {
            TestStream stream = new TestStream(running.pipeline(), "Lyon");
            SalesItem item = new SalesItem(stream);
            stream.addReceipt(item, 1, 1000);
            stream.identify(item, 5);
            stream.addReceipt(item, 1, 1000);
            stream.identify(item, 5);
            SalesItem answer = stream.send(item);
            assertThat(answer.outcome(0).status).isEqualTo(ReceiptStatus.ACCRUED);
            assertThat(answer.outcome(1).status).isEqualTo(ReceiptStatus.ALREADY_ACCRUED);
            assertThat(answer.outcome(1).pointsMicro).isEqualTo(10_000_000);

            SalesItem sale = stream.sale(3, 5, 800);
            SalesItem giveBack = stream.returnOf(4, 5, 3, 0, 800);
            stream.submit(sale);
            stream.submit(giveBack);
            List<SalesItem> answers = stream.next(2);
            assertThat(answers).containsExactly(sale, giveBack);
            assertThat(giveBack.outcome(0).lineStatus[0]).isEqualTo(LineStatus.RETURNED);
            assertThat(giveBack.outcome(0).pointsMicro).isEqualTo(-8_000_000);
            assertThat(running.balanceMicro(5)).isEqualTo(10_000_000);
        }
    }

    @Test
    void returnAfterARestartTakesBackWhatTheOriginalCredited() {
        try (RunningPipeline running = running().startWithProgramme()) {
            TestStream stream = new TestStream(running.pipeline(), "Lyon");
            stream.send(stream.sale(1, 5, 1000));
            running.restart();
            TestStream again = new TestStream(running.pipeline(), "Lyon");
            OutcomeColumns outcome = again.outcomeOf(again.returnOf(2, 5, 1, 0, 1000));
            assertThat(outcome.lineStatus[0]).isEqualTo(LineStatus.RETURNED);
            assertThat(outcome.pointsMicro).isEqualTo(-10_000_000);
            Explanation explained = get(running.pipeline().explain(new ReceiptIdentity("Lyon", "1", 0, 1, 0)));
            assertThat(explained).isNotNull();
            assertThat(explained.returnedThousandths()).containsExactly(1000);
        }
    }

    @Test
    void chunkedReceiptEarnsWhenItClosesAndAGapNamesTheChunkExpected() {
        try (RunningPipeline running = running().startWithProgramme()) {
            TestStream stream = new TestStream(running.pipeline(), "Lyon");
            OutcomeColumns first = stream.outcomeOf(stream.chunk(1, 5, ReceiptPhase.OPEN, 1, 300, 400));
            assertThat(first.status).isEqualTo(ReceiptStatus.PROVISIONAL);
            assertThat(first.pointsMicro).isEqualTo(7_000_000);
            assertThat(running.balanceMicro(5)).isZero();

            OutcomeColumns gap = stream.outcomeOf(stream.chunk(1, 5, ReceiptPhase.CLOSING, 3, 100));
            assertThat(gap.status).isEqualTo(ReceiptStatus.CHUNK_GAP);
            assertThat(gap.expectedChunk).isEqualTo(2);

            running.restart();
            TestStream again = new TestStream(running.pipeline(), "Lyon");
            OutcomeColumns closed = again.outcomeOf(again.chunk(1, 5, ReceiptPhase.CLOSING, 2, 100));
            assertThat(closed.status).isEqualTo(ReceiptStatus.ACCRUED);
            assertThat(closed.pointsMicro).isEqualTo(8_000_000);
            assertThat(closed.lines).isEqualTo(3);
            assertThat(running.balanceMicro(5)).isEqualTo(8_000_000);
        }
    }

    @Test
    void openReceiptIsAbandonedByTheClock() {
        RunningPipeline running = running();
        running.config = new PipelineConfig(64, 1 << 16, 1);
        try (running) {
            running.startWithProgramme();
            TestStream stream = new TestStream(running.pipeline(), "Lyon");
            stream.send(stream.chunk(1, 5, ReceiptPhase.OPEN, 1, 300));
            assertThat(get(running.pipeline().status()).openReceipts()).isEqualTo(1);
            running.clock.addAndGet(241 * 60_000L);
            await("the void", () -> get(running.pipeline().status()).openReceipts() == 0);
            assertThat(running.balanceMicro(5)).isZero();
        }
    }

    @Test
    void refusalOfTheSenderIsAnsweredInItsTurnAndNotRecorded() {
        try (RunningPipeline running = running().startWithProgramme()) {
            TestStream stream = new TestStream(running.pipeline(), "Lyon");
            SalesItem item = new SalesItem(stream);
            stream.addReceipt(item, 1, 1000);
            stream.addReceipt(item, 2, 1000);
            item.refuse(1, ReceiptStatus.MALFORMED_LINE, "line 1, sku: empty");
            stream.addReceipt(item, 3, 1000);
            SalesItem answer = stream.send(item);
            assertThat(answer.outcome(1).status).isEqualTo(ReceiptStatus.MALFORMED_LINE);
            assertThat(answer.refusal(1)).isEqualTo("line 1, sku: empty");
            assertThat(answer.refusal(0)).isEmpty();
            assertThat(answer.position()).isEqualTo(3);
        }
    }

    @Test
    void everyAlertNamesARewardThatTheTillCanApply() {
        try (RunningPipeline running = running().startWithProgramme()) {
            TestStream stream = new TestStream(running.pipeline(), "Lyon");
            assertThat(stream.outcomeOf(stream.sale(1, 5, 30_000)).alerts).isZero();
            OutcomeColumns next = stream.outcomeOf(stream.chunk(2, 5, ReceiptPhase.OPEN, 1, 100));
            assertThat(next.alerts).isEqualTo(1);
            RewardTerms terms = running.pipeline().reward(next.programmeVersion, next.alertReward[0]);
            assertThat(terms.id()).isEqualTo("ten-percent");
            assertThat(terms.autoApply()).isTrue();
            assertThat(terms.value()).isEqualTo(1000);
        }
    }

    @Test
    void lookUpNamesPursesAndUsableRewards() {
        try (RunningPipeline running = running().startWithProgramme()) {
            TestStream stream = new TestStream(running.pipeline(), "Lyon");
            stream.send(stream.sale(1, 5, 65_000));
            MemberAnswer answer = get(running.pipeline().member(running.member(5)));
            assertThat(answer.purses())
                    .containsExactly(
                            new MemberAnswer.PurseBalance("points", "", 650_000_000, 0, 0, 650_000_000, 0, List.of()));
            assertThat(answer.rewards()).hasSize(1);
            assertThat(answer.rewards().get(0).count()).isEqualTo(2);
            assertThat(answer.receipts()).isEqualTo(1);
            assertThat(get(running.pipeline().member(123)).known()).isFalse();
        }
    }

    @Test
    void explanationHoldsInputMovementsAndNames() {
        try (RunningPipeline running = running().startWithProgramme()) {
            TestStream stream = new TestStream(running.pipeline(), "Lyon");
            stream.send(stream.sale(1, 5, 1000));
            Explanation explained = get(running.pipeline().explain(new ReceiptIdentity("Lyon", "1", 0, 1, 0)));
            assertThat(explained).isNotNull();
            assertThat(explained.recorded().receipt().amountMinor[0]).isEqualTo(1000);
            assertThat(explained.programmeId()).isEqualTo("points");
            assertThat(explained.receivedAtMillis()).isEqualTo(RunningPipeline.NOON);
            assertThat(explained.movements())
                    .containsExactly(new NamedMovement(
                            running.member(5), "points", MovementKind.EARNED, 10_000_000, "base", 1, 0));
            assertThat(get(running.pipeline().explain(new ReceiptIdentity("Lyon", "1", 0, 2, 0))))
                    .isNull();
        }
    }

    @Test
    void adjustmentIsDoneOnceAndStandsInTheStatementAlsoAfterARestart() {
        RunningPipeline stored = running();
        Operation credit;
        try (RunningPipeline running = stored.startWithProgramme()) {
            TestStream stream = new TestStream(running.pipeline(), "Lyon");
            stream.send(stream.sale(1, 5, 1000));
            credit = new Operation(
                    OperationKind.ADJUST,
                    running.member(5),
                    0,
                    "points",
                    "case-1",
                    7_500_000,
                    RunningPipeline.NOON,
                    "desk-1",
                    "goodwill",
                    List.of());
            assertThat(get(running.pipeline().operate(credit)).status()).isEqualTo(OperationStatus.DONE);
            assertThat(get(running.pipeline().operate(credit)).status()).isEqualTo(OperationStatus.ALREADY_DONE);
            StatementPage page = get(running.pipeline().statement(running.member(5), 10, 0));
            assertThat(page.balanceMicro()).isEqualTo(17_500_000);
            assertThat(page.entries()).hasSize(2);
            assertThat(page.entries().get(0).operation()).isEqualTo(credit);
            assertThat(page.entries().get(0).receipt()).isNull();
            assertThat(page.entries().get(1).receipt()).isNotNull();
        }
    }

    @Test
    void statementListsEveryMovementOnceOverPagesAlsoThoseByOthers() {
        try (RunningPipeline running = running().startWithProgramme()) {
            TestStream stream = new TestStream(running.pipeline(), "Lyon");
            for (int number = 1; number <= 7; number++) {
                stream.send(stream.sale(number, 5, 100 * number));
                stream.send(stream.sale(100 + number, 6, 100));
            }
            stream.send(stream.returnOf(50, 6, 3, 0, 300));
            stream.send(stream.returnOf(51, -1, 2, 0, 200));
            stream.send(stream.sale(52, 5, 1000));

            assertThat(pagedSum(running, 5, 2)).isEqualTo(running.balanceMicro(5));
            assertThat(pagedSum(running, 5, 1000))
                    .isEqualTo(running.balanceMicro(5))
                    .isEqualTo(33_000_000);
            assertThat(pagedSum(running, 6, 3)).isEqualTo(running.balanceMicro(6));
            running.restart();
            assertThat(pagedSum(running, 5, 2)).isEqualTo(33_000_000);
        }
    }

    private static long pagedSum(RunningPipeline running, int card, int limit) {
        long sum = 0;
        long before = 0;
        long last = Long.MAX_VALUE;
        do {
            StatementPage page = get(running.pipeline().statement(running.member(card), limit, before));
            for (StatementPage.StatementEntry entry : page.entries()) {
                assertThat(entry.position()).isLessThanOrEqualTo(last);
                last = entry.position();
                sum += entry.movement().pointsMicro();
            }
            before = page.nextBeforePosition();
        } while (before != 0);
        return sum;
    }

    @Test
    void enrolmentIsForcedAndJournalledAndARepeatFindsTheSameMember() {
        try (RunningPipeline running = running().startWithProgramme()) {
            EnrolmentRequest request = new EnrolmentRequest(
                    List.of(Identifier.card(card(5)), Identifier.token(TokenKind.EMAIL, "a@example.org")),
                    Channel.WEB,
                    null,
                    "",
                    List.of());
            EnrolmentAnswer first = get(running.pipeline().enrol(request));
            EnrolmentAnswer second = get(running.pipeline().enrol(request));
            assertThat(first.created()).isTrue();
            assertThat(second.created()).isFalse();
            assertThat(second.memberKey()).isEqualTo(first.memberKey());
            assertThat(running.directory().dirty()).isFalse();
            running.restart();
            assertThat(get(running.pipeline().member(first.memberKey())).known())
                    .isTrue();
            TestStream stream = new TestStream(running.pipeline(), "Lyon");
            assertThat(stream.send(stream.sale(1, 5, 100)).receipt(0).memberKey).isEqualTo(first.memberKey());
        }
    }

    @Test
    void consentOfAMemberWhoIsKnownAlreadyIsJournalledToo() {
        try (RunningPipeline running = running().startWithProgramme()) {
            TestStream stream = new TestStream(running.pipeline(), "Lyon");
            SalesItem sale = stream.send(stream.sale(1, 5, 100));
            EnrolmentAnswer answer = get(running.pipeline()
                    .enrol(new EnrolmentRequest(
                            List.of(Identifier.card(card(5))),
                            Channel.WEB,
                            null,
                            "2026-01",
                            List.of(new MemberEnrolment.Consent(1, true, "w1", Channel.WEB, RunningPipeline.NOON)))));
            assertThat(answer.created()).isFalse();
            assertThat(answer.memberKey()).isEqualTo(sale.receipt(0).memberKey);
            assertThat(answer.position()).isEqualTo(sale.position() + 1);
        }
    }

    @Test
    void sameProgrammeAgainIsTheSameVersionAndABrokenOneIsRefused() {
        try (RunningPipeline running = running().startWithProgramme()) {
            PublicationAnswer again =
                    get(running.pipeline().publish(RunningPipeline.publication(RunningPipeline.programme(""))));
            assertThat(again.version()).isNotNull();
            assertThat(again.version().programme().version()).isEqualTo(1);
            TestStream stream = new TestStream(running.pipeline(), "Lyon");
            stream.send(stream.sale(1, 5, 100));
            PublicationAnswer refused = get(running.pipeline()
                    .publish(RunningPipeline.publication(RunningPipeline.programme("numbering: DAILY"))));
            assertThat(refused.version()).isNull();
            assertThat(refused.problems()).extracting(Problem::path).containsExactly("numbering");
            assertThat(get(running.pipeline().programmes())).hasSize(1);
            running.restart();
            assertThat(get(running.pipeline().programmes()).get(0).programme().sourceText())
                    .isEqualTo(RunningPipeline.programme(""));
        }
    }

    @Test
    void catalogueIsJournalledAndSurvivesARestart() {
        try (RunningPipeline running = running().start()) {
            List<ProductEntry> products = java.util.stream.IntStream.range(0, 1200)
                    .mapToObj(i -> new ProductEntry("sku-" + i, "Product " + i, "food/fruit", null, 99L, "EUR", 0, 0))
                    .toList();
            assertThat(get(running.pipeline().importProducts(products))).isEqualTo(3);
            assertThat(get(running.pipeline().importStores(List.of(new StoreEntry("Lyon", "Lyon", null, null, "FR")))))
                    .isEqualTo(4);
            running.restart();
            assertThat(get(running.pipeline().status()).appliedPosition()).isEqualTo(4);
        }
    }

    @Test
    void answersOfTwoStreamsComeInTheOrderOfEachAndFlushAfterThem() throws Exception {
        try (RunningPipeline running = running().startWithProgramme()) {
            int count = 2000;
            TestStream lyon = new TestStream(running.pipeline(), "Lyon");
            TestStream nice = new TestStream(running.pipeline(), "Nice");
            CompletableFuture<Void> first = CompletableFuture.runAsync(() -> submitAll(lyon, count));
            CompletableFuture<Void> second = CompletableFuture.runAsync(() -> submitAll(nice, count));
            get(CompletableFuture.allOf(first, second));
            for (TestStream stream : List.of(lyon, nice)) {
                List<SalesItem> answers = stream.next(count);
                for (int i = 0; i < count; i++) {
                    assertThat(answers.get(i).streamSequence).isEqualTo(i + 1);
                    assertThat(answers.get(i).outcome(0).status).isEqualTo(ReceiptStatus.ACCRUED);
                }
                await("a flush", () -> stream.flushes() > 0);
            }
            PipelineStatus status = get(running.pipeline().status());
            assertThat(status.receipts()).isEqualTo(2L * count);
            assertThat(status.outstandingMicro()).isEqualTo(2L * count * 1_000_000);
        }
    }

    private static void submitAll(TestStream stream, int count) {
        for (int number = 1; number <= count; number++) {
            stream.submit(stream.sale(number, number % 50, 100));
        }
    }

    @Test
    void recoveredStateHashEqualsTheLiveOne() {
        try (RunningPipeline running = running().startWithProgramme()) {
            TestStream stream = new TestStream(running.pipeline(), "Lyon");
            for (int number = 1; number <= 200; number++) {
                stream.submit(stream.sale(number, number % 20, 100 + number));
            }
            stream.next(200);
            stream.send(stream.returnOf(500, 3, 3, 0, 103));
            stream.send(stream.chunk(501, 4, ReceiptPhase.OPEN, 1, 100, 200));
            PipelineStatus live = get(running.pipeline().status());

            running.restart();

            PipelineStatus recovered = get(running.pipeline().status());
            assertThat(recovered.stateHash()).isEqualTo(live.stateHash());
            assertThat(recovered.receipts()).isEqualTo(live.receipts());
            assertThat(recovered.outstandingMicro()).isEqualTo(live.outstandingMicro());
            assertThat(running.recoveryLines.get(running.recoveryLines.size() - 1))
                    .startsWith("recovered 203 records")
                    .endsWith(String.format("state hash %016x", live.stateHash()));
        }
    }

    @Test
    void journalTimeNeverRunsBackwards() throws ExecutionException, InterruptedException {
        try (RunningPipeline running = running().startWithProgramme()) {
            TestStream stream = new TestStream(running.pipeline(), "Lyon");
            stream.send(stream.sale(1, 5, 100));
            running.restart();
            running.clock.addAndGet(-3_600_000);
            TestStream again = new TestStream(running.pipeline(), "Lyon");
            again.send(again.sale(2, 5, 100));
            Explanation explained = get(running.pipeline().explain(new ReceiptIdentity("Lyon", "1", 0, 2, 0)));
            assertThat(explained).isNotNull();
            assertThat(explained.recorded().timeMillis()).isEqualTo(RunningPipeline.NOON);
        }
    }

    @Test
    void itemIsReusedAfterItsAnswer() {
        try (RunningPipeline running = running().startWithProgramme()) {
            TestStream stream = new TestStream(running.pipeline(), "Lyon");
            SalesItem item = stream.sale(1, 5, 1000);
            stream.send(item);
            item.clear();
            ReceiptColumns receipt = stream.addReceipt(item, 2, 700);
            assertThat(receipt.lines).isEqualTo(1);
            assertThat(stream.outcomeOf(item).pointsMicro).isZero();
            item.clear();
            stream.addReceipt(item, 1, 1000);
            stream.identify(item, 5);
            assertThat(stream.outcomeOf(item).status).isEqualTo(ReceiptStatus.ALREADY_ACCRUED);
        }
    }
}
