package org.assidu.accrual.grpc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assidu.accrual.grpc.TestServer.card;
import static org.assidu.accrual.grpc.TestServer.line;
import static org.assidu.accrual.grpc.TestServer.receipt;

import com.google.rpc.BadRequest;
import com.google.rpc.ErrorInfo;
import io.grpc.ManagedChannel;
import io.grpc.Status;
import io.grpc.netty.NettyChannelBuilder;
import io.grpc.protobuf.StatusProto;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.stream.LongStream;
import org.assidu.accrual.pipeline.PipelineConfig;
import org.assidu.proto.v1.GetStatusRequest;
import org.assidu.proto.v1.Identifier;
import org.assidu.proto.v1.LineStatus;
import org.assidu.proto.v1.LookUpRequest;
import org.assidu.proto.v1.Receipt;
import org.assidu.proto.v1.ReceiptPhase;
import org.assidu.proto.v1.ReceiptResult;
import org.assidu.proto.v1.ReceiptStatus;
import org.assidu.proto.v1.RecordReceiptRequest;
import org.assidu.proto.v1.StreamSalesRequest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(120)
class StreamSalesTest {
    private static final long POINT = 1_000_000;

    @TempDir
    Path folder;

    @Test
    void resultsComeInTheOrderOfReceiptsAlsoThroughRefusalsAndLookUps() throws Exception {
        try (TestServer server = started()) {
            SalesClient client = SalesClient.open(server.channel);
            int messages = 200;
            for (int m = 0; m < messages; m++) {
                client.send(
                        of(card(m), receipt(3 * m, 250)),
                        receipt(3 * m + 1, 100).setCurrency("EURO"),
                        receipt(3 * m + 2, 100));
            }
            for (int m = 0; m < messages; m++) {
                List<ReceiptResult> three = client.next(3);
                assertThat(three)
                        .extracting(ReceiptResult::getSequence)
                        .containsExactly(3L * m + 1, 3L * m + 2, 3L * m + 3);
                assertThat(three)
                        .extracting(ReceiptResult::getStatus)
                        .containsExactly(
                                ReceiptStatus.RECEIPT_STATUS_ACCRUED,
                                ReceiptStatus.RECEIPT_STATUS_CURRENCY_NOT_ACCEPTED,
                                ReceiptStatus.RECEIPT_STATUS_ACCRUED);
                assertThat(three.get(0).getPointsMicro()).isEqualTo(2_500_000);
                assertThat(three.get(0).getBalanceMicro()).isEqualTo(2_500_000);
                assertThat(three.get(0).getMemberKey()).isNotZero();
                assertThat(three.get(1).getDetail()).startsWith("currency: none of ISO 4217");
                assertThat(three.get(2).getPointsMicro()).isZero();
                assertThat(three.get(2).getMemberKey()).isZero();
            }
            assertThat(client.position).isPositive().isLessThanOrEqualTo(server.pipeline.durablePosition());
            client.halfClose();
            client.end.get(30, TimeUnit.SECONDS);
        }
    }

    @Test
    void repeatsAndConflictsAreKnownAfterARestart() throws Exception {
        Receipt.Builder first = of(card(1), receipt(1, 1_000).addLines(line(500)));
        Receipt.Builder changed = first.clone();
        changed.getLinesBuilder(1).setAmountMinor(600);
        ReceiptResult accrued;
        try (TestServer server = started()) {
            SalesClient client = SalesClient.open(server.channel);
            accrued = client.send(first).next();
            assertThat(accrued.getPointsMicro()).isEqualTo(15 * POINT);
            assertRepeatAndConflict(client, first, changed, accrued);
        }
        try (TestServer server = TestServer.start(folder)) {
            SalesClient client = SalesClient.open(server.channel);
            ReceiptResult repeat = client.send(first).next();
            assertThat(repeat.getStatus()).isEqualTo(ReceiptStatus.RECEIPT_STATUS_ALREADY_ACCRUED);
            assertThat(repeat.getPointsMicro()).isEqualTo(accrued.getPointsMicro());
            assertRepeatAndConflict(client, first, changed, accrued);
        }
    }

    private static void assertRepeatAndConflict(
            SalesClient client, Receipt.Builder first, Receipt.Builder changed, ReceiptResult accrued)
            throws InterruptedException {
        List<ReceiptResult> both = client.send(first, changed).next(2);
        assertThat(both.get(0).getStatus()).isEqualTo(ReceiptStatus.RECEIPT_STATUS_ALREADY_ACCRUED);
        assertThat(both.get(0).getPointsMicro()).isEqualTo(accrued.getPointsMicro());
        assertThat(both.get(0).getMemberKey()).isEqualTo(accrued.getMemberKey());
        assertThat(both.get(1).getStatus()).isEqualTo(ReceiptStatus.RECEIPT_STATUS_RECEIPT_CONFLICT);
        assertThat(both.get(1).getDetail()).startsWith("line 2, amount_minor: differs");
        assertThat(both.get(1).getPointsMicro()).isZero();
    }

    @Test
    void aReceiptOfFiveThousandLinesIsOneReceipt() throws Exception {
        try (TestServer server = started()) {
            Receipt.Builder large = of(card(5), receipt(9, 100));
            while (large.getLinesCount() < 5_000) {
                large.addLines(line(100));
            }
            large.setTotalMinor(500_000).setTotalPresent(true).setLineCount(5_000);
            ReceiptResult result = SalesClient.open(server.channel).send(large).next();
            assertThat(result.getStatus()).as(result.getDetail()).isEqualTo(ReceiptStatus.RECEIPT_STATUS_ACCRUED);
            assertThat(result.getPointsMicro()).isEqualTo(5_000 * POINT);
            assertThat(result.getLinesList()).isEmpty();
        }
    }

    @Test
    void linesOfNoteAreNamedAndOrdinaryOnesAreNot() throws Exception {
        try (TestServer server = started()) {
            SalesClient client = SalesClient.open(server.channel);
            ReceiptResult identified = client.send(of(
                            card(1),
                            receipt(1, 100)
                                    .addLines(line(200).setGiftCardSale(true))
                                    .addLines(line(-50).setQuantityThousandths(-1_000))))
                    .next();
            assertThat(identified.getLinesList())
                    .extracting(line -> line.getLine() + " " + line.getStatus())
                    .containsExactly(
                            "2 " + LineStatus.LINE_STATUS_NOT_ELIGIBLE,
                            "3 " + LineStatus.LINE_STATUS_RETURNED_AT_CURRENT_RATE);
            ReceiptResult anonymous = client.send(
                            receipt(2, 100).addLines(line(200).setGiftCardSale(true)))
                    .next();
            assertThat(anonymous.getLinesList()).isEmpty();
        }
    }

    @Test
    void chunksAreAnsweredProvisionallyAndAGapNamesTheChunkToSend() throws Exception {
        try (TestServer server = started()) {
            SalesClient client = SalesClient.open(server.channel);
            Receipt.Builder open = of(card(1), receipt(1, 100))
                    .setPhase(ReceiptPhase.RECEIPT_PHASE_OPEN)
                    .setChunk(1);
            Receipt.Builder closing = of(card(1), receipt(1, 200).addLines(line(50).setGiftCardSale(true)))
                    .setPhase(ReceiptPhase.RECEIPT_PHASE_CLOSING)
                    .setChunk(2)
                    .setLineCount(3)
                    .setTotalPresent(true)
                    .setTotalMinor(350);
            List<ReceiptResult> results =
                    client.send(open, closing.clone().setChunk(3), closing).next(3);
            assertThat(results.get(0).getStatus()).isEqualTo(ReceiptStatus.RECEIPT_STATUS_PROVISIONAL);
            assertThat(results.get(0).getPointsMicro()).isEqualTo(POINT);
            assertThat(results.get(1).getStatus()).isEqualTo(ReceiptStatus.RECEIPT_STATUS_CHUNK_GAP);
            assertThat(results.get(1).getExpectedChunk()).isEqualTo(2);
            assertThat(results.get(2).getStatus()).isEqualTo(ReceiptStatus.RECEIPT_STATUS_ACCRUED);
            assertThat(results.get(2).getPointsMicro()).isEqualTo(3 * POINT);
            assertThat(results.get(2).getLinesList())
                    .extracting(line -> line.getLine() + " " + line.getStatus())
                    .containsExactly("2 " + LineStatus.LINE_STATUS_NOT_ELIGIBLE);
        }
    }

    @Test
    void aRewardIsAnnouncedFromTheNextReceiptOnWithItsTerms() throws Exception {
        try (TestServer server = started()) {
            SalesClient client = SalesClient.open(server.channel);
            ReceiptResult crossing =
                    client.send(of(card(1), receipt(1, 30_250))).next();
            assertThat(crossing.getAlertsList()).isEmpty();
            ReceiptResult next = client.send(of(card(1), receipt(2, 100))).next();
            assertThat(next.getAlertsList())
                    .extracting(alert -> alert.getRewardId() + " " + alert.getCount() + " " + alert.getKind() + " "
                            + alert.getValue() + " " + alert.getAutoApply())
                    .containsExactly("ten-off 1 REWARD_KIND_PERCENTAGE_OFF 1000 true");
        }
    }

    @Test
    void manyStreamsAtOnceLoseNothingThroughASmallRing() throws Exception {
        int streams = 40;
        int messages = 60;
        try (TestServer server = started(PipelineConfig.defaults().withRingSize(8))) {
            List<SalesClient> clients = new ArrayList<>();
            for (int s = 0; s < streams; s++) {
                clients.add(SalesClient.open(server.channel));
            }
            for (int m = 0; m < messages; m++) {
                for (int s = 0; s < streams; s++) {
                    Receipt.Builder receipt = of(card(s), receipt(m, 100));
                    receipt.getIdentityBuilder().setTill("t" + s);
                    clients.get(s).send(receipt);
                }
            }
            clients.forEach(SalesClient::halfClose);
            for (SalesClient client : clients) {
                List<ReceiptResult> results = client.next(messages);
                client.end.get(30, TimeUnit.SECONDS);
                assertThat(results)
                        .extracting(ReceiptResult::getSequence)
                        .containsExactlyElementsOf(
                                LongStream.rangeClosed(1, messages).boxed().toList());
                assertThat(results.get(messages - 1).getBalanceMicro()).isEqualTo(messages * POINT);
                assertThat(client.untaken()).isZero();
            }
            var status = server.admin().getStatus(GetStatusRequest.getDefaultInstance());
            assertThat(status.getReceipts()).isEqualTo((long) streams * messages);
            assertThat(status.getOutstandingMicro()).isEqualTo((long) streams * messages * POINT);
        }
    }

    @Test
    void halfCloseCompletesTheStreamAfterTheLastAnswer() throws Exception {
        try (TestServer server = started()) {
            SalesClient client = SalesClient.open(server.channel);
            for (int m = 0; m < 500; m++) {
                client.send(receipt(m, 100));
            }
            client.halfClose();
            client.end.get(60, TimeUnit.SECONDS);
            assertThat(client.next(500).get(499).getSequence()).isEqualTo(500);
            assertThat(client.responses).as("answers share messages").isLessThan(500);

            SalesClient empty = SalesClient.open(server.channel);
            empty.halfClose();
            empty.end.get(30, TimeUnit.SECONDS);
        }
    }

    @Test
    void aCancelledStreamLeavesTheServerServing() throws Exception {
        try (TestServer server = started(PipelineConfig.defaults().withRingSize(4))) {
            for (int round = 0; round < 20; round++) {
                SalesClient client = SalesClient.open(server.channel);
                for (int m = 0; m < 50; m++) {
                    client.send(of(card(round), receipt(round * 50 + m, 100)));
                }
                if (round % 2 == 0) {
                    client.next();
                }
                client.cancel();
            }
            SalesClient after = SalesClient.open(server.channel);
            assertThat(after.send(of(card(99), receipt(100_000, 700))).next().getPointsMicro())
                    .isEqualTo(7 * POINT);
            assertThat(server.failure).isNotDone();
        }
    }

    @Test
    void aClientThatDoesNotReadIsNotReadFrom() throws Exception {
        int limitMessages = 200_000;
        try (TestServer server = started()) {
            ManagedChannel narrow = NettyChannelBuilder.forAddress("127.0.0.1", server.endpoint.port())
                    .usePlaintext()
                    .flowControlWindow(65_535)
                    .build();
            try {
                SalesClient client = SalesClient.open(narrow, false);
                int sent = 0;
                while (sent < limitMessages && client.awaitReady(1_500)) {
                    client.send(receipt(sent++, 100));
                }
                assertThat(sent)
                        .as("messages taken from a client that does not read")
                        .isLessThan(limitMessages);
                client.halfClose();
                client.read(Integer.MAX_VALUE);
                List<ReceiptResult> results = client.next(sent);
                assertThat(results.get(sent - 1).getSequence()).isEqualTo(sent);
                client.end.get(30, TimeUnit.SECONDS);
            } finally {
                narrow.shutdownNow();
            }
        }
    }

    @Test
    void tooManyReceiptsEndTheStreamAfterTheAnswersBefore() throws Exception {
        try (TestServer server = started()) {
            SalesClient client = SalesClient.open(server.channel);
            client.send(receipt(1, 100));
            StreamSalesRequest.Builder large = StreamSalesRequest.newBuilder();
            for (int r = 0; r < 1_001; r++) {
                large.addReceipts(receipt(10 + r, 100));
            }
            client.send(large.build());
            assertThat(client.next().getStatus()).isEqualTo(ReceiptStatus.RECEIPT_STATUS_ACCRUED);

            Throwable problem = failureOf(client);
            com.google.rpc.Status status = StatusProto.fromThrowable(problem);
            assertThat(Status.fromThrowable(problem).getCode()).isEqualTo(Status.Code.INVALID_ARGUMENT);
            assertThat(status.getDetails(0).unpack(ErrorInfo.class).getReason()).isEqualTo("INVALID_FIELD");
            assertThat(status.getDetails(1)
                            .unpack(BadRequest.class)
                            .getFieldViolations(0)
                            .getField())
                    .isEqualTo("receipts");
            assertThat(client.untaken()).isZero();
        }
    }

    @Test
    void aStoppingServerEndsStreamsWithUnavailable() throws Exception {
        TestServer server = started();
        SalesClient client = SalesClient.open(server.channel);
        client.send(receipt(1, 100)).next();
        server.pipeline.drain().get(30, TimeUnit.SECONDS);
        client.send(receipt(2, 100));

        Throwable problem = failureOf(client);
        assertThat(Status.fromThrowable(problem).getCode()).isEqualTo(Status.Code.UNAVAILABLE);
        assertThat(StatusProto.fromThrowable(problem).getDetailsCount()).isEqualTo(2);
        server.close();
    }

    @Test
    void aSingleReceiptIsRecordedByTheSamePath() throws Exception {
        try (TestServer server = started()) {
            Receipt.Builder receipt = of(card(3), receipt(1, 1_234));
            var request = RecordReceiptRequest.newBuilder().setReceipt(receipt).build();
            var first = server.accrual().recordReceipt(request);
            var repeat = server.accrual().recordReceipt(request);
            assertThat(first.getResult().getStatus()).isEqualTo(ReceiptStatus.RECEIPT_STATUS_ACCRUED);
            assertThat(first.getResult().getPointsMicro()).isEqualTo(12_340_000);
            assertThat(first.getPosition()).isPositive();
            assertThat(repeat.getResult().getStatus()).isEqualTo(ReceiptStatus.RECEIPT_STATUS_ALREADY_ACCRUED);
            assertThat(server.members()
                            .lookUp(LookUpRequest.newBuilder()
                                    .setMember(Identifier.newBuilder().setCard(card(3)))
                                    .build())
                            .getPurses(0)
                            .getBalanceMicro())
                    .isEqualTo(12_340_000);
        }
    }

    private TestServer started() {
        return started(PipelineConfig.defaults());
    }

    private TestServer started(PipelineConfig config) {
        return TestServer.start(folder, config).publish(TestProgrammes.POINTS);
    }

    private static Receipt.Builder of(long card, Receipt.Builder receipt) {
        return receipt.setMember(Identifier.newBuilder().setCard(card));
    }

    private static Throwable failureOf(SalesClient client) throws Exception {
        try {
            client.end.get(30, TimeUnit.SECONDS);
        } catch (ExecutionException e) {
            return e.getCause();
        }
        throw new AssertionError("the stream ended without an error");
    }
}
