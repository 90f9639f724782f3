package org.assidu.accrual.grpc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assidu.accrual.grpc.TestServer.card;
import static org.assidu.accrual.grpc.TestServer.line;
import static org.assidu.accrual.grpc.TestServer.receipt;

import com.google.protobuf.InvalidProtocolBufferException;
import com.google.rpc.BadRequest;
import com.google.rpc.ErrorInfo;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.protobuf.StatusProto;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.assidu.proto.v1.BlockCardRequest;
import org.assidu.proto.v1.Channel;
import org.assidu.proto.v1.Consent;
import org.assidu.proto.v1.ConsentPurpose;
import org.assidu.proto.v1.EnrolRequest;
import org.assidu.proto.v1.EnrolResponse;
import org.assidu.proto.v1.ExplainReceiptRequest;
import org.assidu.proto.v1.ExplainReceiptResponse;
import org.assidu.proto.v1.ExplainedLine;
import org.assidu.proto.v1.GetStatementRequest;
import org.assidu.proto.v1.GetStatementResponse;
import org.assidu.proto.v1.Identifier;
import org.assidu.proto.v1.LinkIdentifierRequest;
import org.assidu.proto.v1.LookUpRequest;
import org.assidu.proto.v1.LookUpResponse;
import org.assidu.proto.v1.MovementKind;
import org.assidu.proto.v1.OriginalLine;
import org.assidu.proto.v1.Receipt;
import org.assidu.proto.v1.ReceiptIdentity;
import org.assidu.proto.v1.ReceiptResult;
import org.assidu.proto.v1.ReceiptStatus;
import org.assidu.proto.v1.StatementEntry;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(120)
class MemberServiceTest {
    private static final long POINT = 1_000_000;
    private static final Identifier PHONE =
            Identifier.newBuilder().setPhone("+33612345678").build();
    private static final Identifier EMAIL =
            Identifier.newBuilder().setEmail("ada@example.org").build();

    @TempDir
    Path folder;

    private TestServer server;

    @BeforeEach
    void start() {
        server = TestServer.start(folder).publish(TestProgrammes.POINTS);
    }

    @AfterEach
    void close() {
        server.close();
    }

    @Test
    void aPersonEnrolsOnceUnderManyIdentifiers() {
        EnrolRequest request = EnrolRequest.newBuilder()
                .addIdentifiers(byCard(1))
                .addIdentifiers(PHONE)
                .setChannel(Channel.CHANNEL_WEB)
                .setStore("S1")
                .setTermsVersion("2026-01")
                .addConsents(Consent.newBuilder()
                        .setPurpose(ConsentPurpose.CONSENT_PURPOSE_EMAIL)
                        .setGranted(true)
                        .setWordingVersion("w3")
                        .setChannel(Channel.CHANNEL_WEB)
                        .setGivenAtMillis(TestServer.NOW))
                .build();
        EnrolResponse first = server.members().enrol(request);
        EnrolResponse again = server.members().enrol(request);

        assertThat(first.getCreated()).isTrue();
        assertThat(first.getMemberKey()).isNotZero();
        assertThat(first.getPosition()).isPositive().isLessThanOrEqualTo(server.pipeline.durablePosition());
        assertThat(again.getCreated()).isFalse();
        assertThat(again.getMemberKey()).isEqualTo(first.getMemberKey());
        for (Identifier identifier : List.of(byCard(1), PHONE, byKey(first.getMemberKey()))) {
            assertThat(lookUp(identifier).getMemberKey()).isEqualTo(first.getMemberKey());
        }
    }

    @Test
    void identifiersOfDifferentMembersDoNotEnrolTogether() {
        enrol(byCard(1));
        enrol(byCard(2));
        refused(
                () -> server.members()
                        .enrol(EnrolRequest.newBuilder()
                                .addIdentifiers(byCard(1))
                                .addIdentifiers(byCard(2))
                                .build()),
                Status.Code.ALREADY_EXISTS,
                "IDENTIFIER_LINKED");
    }

    @Test
    void aLookUpTellsBalanceReceiptsAndUsableRewards() throws Exception {
        SalesClient till = SalesClient.open(server.channel);
        till.send(of(byCard(1), receipt(1, 30_000)), of(byCard(1), receipt(2, 250)))
                .next(2);
        LookUpResponse found = lookUp(byCard(1));
        assertThat(found.getPursesList())
                .extracting(purse -> purse.getPurseId() + " " + purse.getBalanceMicro())
                .containsExactly("points " + 302_500_000L);
        assertThat(found.getReceipts()).isEqualTo(2);
        assertThat(found.getAlertsList())
                .extracting(alert -> alert.getRewardId() + " x" + alert.getCount() + " " + alert.getAutoApply())
                .containsExactly("ten-off x1 true");
        assertThat(found.getPosition()).isGreaterThanOrEqualTo(till.position);
    }

    @Test
    void anIdentifierLinkedLaterFindsTheSameMember() throws Exception {
        long key = enrol(byCard(1));
        server.members()
                .linkIdentifier(LinkIdentifierRequest.newBuilder()
                        .setMember(byCard(1))
                        .setAdded(EMAIL)
                        .build());
        ReceiptResult result = SalesClient.open(server.channel)
                .send(of(Identifier.newBuilder().setEmail("ADA@example.org").build(), receipt(1, 100)))
                .next();
        assertThat(result.getMemberKey()).isEqualTo(key);
        assertThat(result.getPointsMicro()).isEqualTo(POINT);

        enrol(byCard(2));
        refused(
                () -> server.members()
                        .linkIdentifier(LinkIdentifierRequest.newBuilder()
                                .setMember(byCard(2))
                                .setAdded(EMAIL)
                                .build()),
                Status.Code.ALREADY_EXISTS,
                "IDENTIFIER_LINKED");
    }

    @Test
    void aBlockedCardIsRecordedAndEarnsNothing() throws Exception {
        long key = enrol(byCard(1));
        assertThat(server.members()
                        .blockCard(
                                BlockCardRequest.newBuilder().setCard(card(1)).build())
                        .getMemberKey())
                .isEqualTo(key);
        ReceiptResult result = SalesClient.open(server.channel)
                .send(of(byCard(1), receipt(1, 100)))
                .next();
        assertThat(result.getStatus()).isEqualTo(ReceiptStatus.RECEIPT_STATUS_CARD_BLOCKED);
        assertThat(result.getPointsMicro()).isZero();
        assertThat(lookUp(byKey(key)).getMemberKey()).isEqualTo(key);
        refused(
                () -> server.members()
                        .blockCard(
                                BlockCardRequest.newBuilder().setCard(card(77)).build()),
                Status.Code.NOT_FOUND,
                "MEMBER_UNKNOWN");
    }

    @Test
    void anExplanationSaysForEachLineWhatItEarnedAndWhy() throws Exception {
        Receipt.Builder sale = of(
                byCard(1),
                receipt(1, 1_250)
                        .addLines(line(400).setCategory("tobacco/cigars"))
                        .addLines(line(300).setPromoted(true))
                        .addLines(line(5_000).setGiftCardSale(true)));
        Receipt.Builder back = of(byCard(1), receipt(2, 100))
                .clearLines()
                .addLines(line(-1_250)
                        .setQuantityThousandths(-1_000)
                        .setOriginal(OriginalLine.newBuilder()
                                .setReceipt(sale.getIdentity())
                                .setLine(1)));
        List<ReceiptResult> results =
                SalesClient.open(server.channel).send(sale, back).next(2);

        ExplainReceiptResponse explained = explain(sale.getIdentity());
        assertThat(explained.getStatus()).isEqualTo(ReceiptStatus.RECEIPT_STATUS_ACCRUED);
        assertThat(explained.getMemberKey()).isEqualTo(results.get(0).getMemberKey());
        assertThat(explained.getProgrammeId()).isEqualTo("points");
        assertThat(explained.getProgrammeVersion()).isEqualTo(1);
        assertThat(explained.getCurrency()).isEqualTo("EUR");
        assertThat(explained.getReceivedAtMillis()).isEqualTo(TestServer.NOW);
        assertThat(explained.getLinesList())
                .extracting(ExplainedLine::getReason)
                .containsExactly(
                        "Earned 12.5 points on 12.50 EUR.",
                        "The programme leaves category tobacco out.",
                        "On promotion: the programme lets promoted articles earn nothing.",
                        "Selling a gift card earns nothing; using it may.");
        assertThat(explained.getLines(0).getReturnedThousandths()).isEqualTo(1_000);
        assertThat(explained.getLines(1).getReturnedThousandths()).isZero();
        assertThat(explained.getMovementsList())
                .extracting(movement -> movement.getKind() + " " + movement.getPointsMicro() + " "
                        + movement.getPurseId() + " " + movement.getRuleId())
                .containsExactly(MovementKind.MOVEMENT_KIND_EARNED + " 12500000 points base");

        ExplainReceiptResponse returned = explain(back.getIdentity());
        assertThat(returned.getLines(0).getReason())
                .isEqualTo("A return: it took back 12.5 points, what its original line still credited for it.");
        refused(() -> explain(receipt(99, 1).getIdentity()), Status.Code.NOT_FOUND, "RECEIPT_UNKNOWN");
    }

    @Test
    void aStatementIsReadInPagesNewestFirst() throws Exception {
        SalesClient till = SalesClient.open(server.channel);
        int receipts = 25;
        for (int r = 1; r <= receipts; r++) {
            till.send(of(byCard(1), receipt(r, r * 100L)), of(byCard(2), receipt(1_000 + r, 100)));
        }
        till.next(2 * receipts);

        List<StatementEntry> entries = new ArrayList<>();
        long before = 0;
        int pages = 0;
        do {
            GetStatementResponse page = server.members()
                    .getStatement(GetStatementRequest.newBuilder()
                            .setMember(byCard(1))
                            .setLimit(10)
                            .setBeforePosition(before)
                            .build());
            entries.addAll(page.getEntriesList());
            before = page.getNextBeforePosition();
            pages++;
            assertThat(page.getBalanceMicro()).isEqualTo(325 * POINT);
        } while (before != 0);

        assertThat(pages).isEqualTo(3);
        assertThat(entries)
                .extracting(entry -> entry.getReceipt().getNumber())
                .containsExactly(
                        25L, 24L, 23L, 22L, 21L, 20L, 19L, 18L, 17L, 16L, 15L, 14L, 13L, 12L, 11L, 10L, 9L, 8L, 7L, 6L,
                        5L, 4L, 3L, 2L, 1L);
        assertThat(entries.stream()
                        .mapToLong(entry -> entry.getMovement().getPointsMicro())
                        .sum())
                .isEqualTo(325 * POINT);
        assertThat(entries.get(0).getPosition()).isGreaterThan(entries.get(1).getPosition());
    }

    @Test
    void badRequestsNameTheField() {
        badField(() -> lookUp(Identifier.getDefaultInstance()), "member");
        badField(() -> lookUp(Identifier.newBuilder().setCard(12).build()), "member");
        badField(() -> enrol(Identifier.newBuilder().setPhone("12").build()), "identifiers[0]");
        badField(() -> server.members().enrol(EnrolRequest.getDefaultInstance()), "identifiers");
        badField(() -> explain(ReceiptIdentity.getDefaultInstance()), "receipt");
        badField(
                () -> server.members()
                        .getStatement(GetStatementRequest.newBuilder()
                                .setMember(byCard(1))
                                .setLimit(1_001)
                                .build()),
                "limit");
        badField(
                () -> server.members()
                        .blockCard(BlockCardRequest.newBuilder().setCard(5).build()),
                "card");
        refused(() -> lookUp(byCard(55)), Status.Code.NOT_FOUND, "MEMBER_UNKNOWN");
        refused(() -> lookUp(byKey(12345)), Status.Code.NOT_FOUND, "MEMBER_UNKNOWN");
    }

    private long enrol(Identifier identifier) {
        return server.members()
                .enrol(EnrolRequest.newBuilder().addIdentifiers(identifier).build())
                .getMemberKey();
    }

    private LookUpResponse lookUp(Identifier identifier) {
        return server.members()
                .lookUp(LookUpRequest.newBuilder().setMember(identifier).build());
    }

    private ExplainReceiptResponse explain(ReceiptIdentity identity) {
        return server.members()
                .explainReceipt(
                        ExplainReceiptRequest.newBuilder().setReceipt(identity).build());
    }

    private static Receipt.Builder of(Identifier member, Receipt.Builder receipt) {
        return receipt.setMember(member);
    }

    private static Identifier byCard(int serial) {
        return Identifier.newBuilder().setCard(card(serial)).build();
    }

    private static Identifier byKey(long key) {
        return Identifier.newBuilder().setMemberKey(key).build();
    }

    private static void badField(ThrowingCallable call, String field) {
        refused(call, Status.Code.INVALID_ARGUMENT, "INVALID_FIELD");
        assertThatThrownBy(call)
                .satisfies(problem -> assertThat(StatusProto.fromThrowable(problem)
                                .getDetails(1)
                                .unpack(BadRequest.class)
                                .getFieldViolations(0)
                                .getField())
                        .isEqualTo(field));
    }

    private static void refused(ThrowingCallable call, Status.Code code, String reason) {
        assertThatThrownBy(call).isInstanceOfSatisfying(StatusRuntimeException.class, problem -> {
            assertThat(problem.getStatus().getCode()).as(problem.getMessage()).isEqualTo(code);
            ErrorInfo info = errorInfo(problem);
            assertThat(info.getReason()).isEqualTo(reason);
            assertThat(info.getDomain()).isEqualTo(GrpcErrors.DOMAIN);
        });
    }

    private static ErrorInfo errorInfo(Throwable problem) {
        try {
            return StatusProto.fromThrowable(problem).getDetails(0).unpack(ErrorInfo.class);
        } catch (InvalidProtocolBufferException e) {
            throw new AssertionError(e);
        }
    }
}
