package org.assidu.accrual.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.assidu.accrual.load.Connection;
import org.assidu.proto.v1.AccrualServiceGrpc;
import org.assidu.proto.v1.CommitRequest;
import org.assidu.proto.v1.Identifier;
import org.assidu.proto.v1.ListRewardsRequest;
import org.assidu.proto.v1.OperationStatus;
import org.assidu.proto.v1.Receipt;
import org.assidu.proto.v1.ReceiptIdentity;
import org.assidu.proto.v1.ReceiptPhase;
import org.assidu.proto.v1.ReceiptResult;
import org.assidu.proto.v1.ReceiptStatus;
import org.assidu.proto.v1.RecordReceiptRequest;
import org.assidu.proto.v1.ReserveRequest;
import org.assidu.proto.v1.ReserveResponse;
import org.assidu.proto.v1.RewardOffer;
import org.assidu.proto.v1.RewardServiceGrpc;
import org.assidu.proto.v1.SaleLine;
import org.assidu.proto.v1.UsedReward;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Rewards of the shop on receipts, over gRPC. */
final class UsedRewardsTest {
    private static final long FIRST_CARD = 299_000_000_000L;
    private static final long SOLD_AT_MILLIS = System.currentTimeMillis() - 60_000;
    private static final int STOCK = 10;
    private static final String PROGRAMME = """
            format: 1
            id: points
            time_zone: Europe/Paris
            currency: EUR
            effective_from: 2020-01-01
            earning: {basis: AMOUNT, points: 1}
            cards: [{from: 2990000000002, to: 2990000999993, auto_enrol: true}]
            shop:
              - {id: mug, name: {en: Mug, fr: Tasse}, kind: FREE_ARTICLE, sku: "42", price: 40, stock: 10, cost: 3.20}
            """;

    @TempDir
    private Path folder;

    private RunningServer server;
    private Connection connection;

    @BeforeEach
    void start() throws Exception {
        server = new RunningServer(folder.resolve("data"));
        Path file = Files.writeString(folder.resolve("shop.yaml"), PROGRAMME);
        Terminal published = server.type("programme", "publish", file.toString());
        assertThat(published.code()).as(published.out() + published.err()).isZero();
        connection = Connection.to(server.address());
    }

    @AfterEach
    void stop() {
        connection.close();
        server.close();
    }

    /** The n-th card of the range. */
    private static Identifier member(int n) {
        long digits = FIRST_CARD + n;
        int sum = 0;
        long rest = digits;
        for (int place = 0; place < 12; place++) {
            sum += (int) (rest % 10) * (place % 2 == 0 ? 3 : 1);
            rest /= 10;
        }
        return Identifier.newBuilder()
                .setCard(digits * 10 + (10 - sum % 10) % 10)
                .build();
    }

    private static ReceiptIdentity identity(String till, long number) {
        return ReceiptIdentity.newBuilder()
                .setStore("S1")
                .setTill(till)
                .setNumber(number)
                .build();
    }

    private ReceiptResult send(Receipt.Builder receipt) {
        return AccrualServiceGrpc.newBlockingStub(connection.channel())
                .recordReceipt(
                        RecordReceiptRequest.newBuilder().setReceipt(receipt).build())
                .getResult();
    }

    private static Receipt.Builder sale(int member, String till, long number, long amountMinor) {
        return Receipt.newBuilder()
                .setIdentity(identity(till, number))
                .setSoldAtMillis(SOLD_AT_MILLIS)
                .setCurrency("EUR")
                .setMember(member(member))
                .addLines(SaleLine.newBuilder()
                        .setSku("bread")
                        .setQuantityThousandths(1_000)
                        .setAmountMinor(amountMinor));
    }

    private static Receipt.Builder using(Receipt.Builder receipt, int mugs) {
        return receipt.addUsedRewards(UsedReward.newBuilder().setRewardId("mug").setCount(mugs));
    }

    private ReserveResponse reserve(String id, int member, ReceiptIdentity receipt) {
        return RewardServiceGrpc.newBlockingStub(connection.channel())
                .reserve(ReserveRequest.newBuilder()
                        .setReservationId(id)
                        .setMember(member(member))
                        .setRewardId("mug")
                        .setReceipt(receipt)
                        .build());
    }

    private RewardOffer offer(int member) {
        return RewardServiceGrpc.newBlockingStub(connection.channel())
                .listRewards(ListRewardsRequest.newBuilder()
                        .setMember(member(member))
                        .build())
                .getOffers(0);
    }

    private long points(int member) {
        return Long.parseLong(server.type(
                                "member",
                                "show",
                                "--json",
                                "--card",
                                "" + member(member).getCard())
                        .json("balanceMicro"))
                / 1_000_000;
    }

    @Test
    void aReservationForAReceiptIsFinalWithItAndIsGivenBackWithItsVoid() throws Exception {
        send(sale(1, "1", 1, 10_000));
        assertThat(reserve("a", 1, identity("1", 2)).getStatus()).isEqualTo(OperationStatus.OPERATION_STATUS_DONE);
        assertThat(reserve("a", 1, identity("1", 2)).getStatus())
                .isEqualTo(OperationStatus.OPERATION_STATUS_ALREADY_DONE);
        assertThat(RewardServiceGrpc.newBlockingStub(connection.channel())
                        .commit(CommitRequest.newBuilder().setReservationId("a").build())
                        .getStatus())
                .isEqualTo(OperationStatus.OPERATION_STATUS_NOT_ALLOWED);
        assertThat(points(1)).isEqualTo(60);
        ReceiptResult paid = send(using(sale(1, "1", 2, 500), 1));
        assertThat(paid.getStatus()).isEqualTo(ReceiptStatus.RECEIPT_STATUS_ACCRUED);
        assertThat(points(1)).isEqualTo(65);
        assertThat(offer(1).getStockLeft()).isEqualTo(STOCK - 1);

        String card = "" + member(1).getCard();
        Terminal typed = server.type(
                "reward",
                "reserve",
                "mug",
                "--card",
                card,
                "--id",
                "b",
                "--store",
                "S1",
                "--till",
                "1",
                "--number",
                "3");
        assertThat(typed.out()).startsWith("reservation b: done, 40 points spent, 25 left, held until ");
        assertThat(reserve("b", 1, identity("1", 3)).getStatus())
                .as("the same reservation")
                .isEqualTo(OperationStatus.OPERATION_STATUS_ALREADY_DONE);
        send(sale(1, "1", 3, 500).setPhase(ReceiptPhase.RECEIPT_PHASE_OPEN).setChunk(1));
        assertThat(send(Receipt.newBuilder()
                                .setIdentity(identity("1", 3))
                                .setSoldAtMillis(SOLD_AT_MILLIS)
                                .setCurrency("EUR")
                                .setPhase(ReceiptPhase.RECEIPT_PHASE_VOID))
                        .getStatus())
                .isEqualTo(ReceiptStatus.RECEIPT_STATUS_VOIDED);
        long deadline = System.nanoTime() + 10_000_000_000L;
        while (points(1) != 65 && System.nanoTime() < deadline) {
            Thread.onSpinWait();
        }
        assertThat(points(1)).isEqualTo(65);
        assertThat(offer(1).getStockLeft()).isEqualTo(STOCK - 1);
        assertThat(reserve("c", 1, identity("1", 2)).getStatus()).isEqualTo(OperationStatus.OPERATION_STATUS_TOO_LATE);
    }

    /** Each client is another member with points for one mug; half of them reserve, half bring a receipt that uses it. */
    @Test
    void sixtyFourClientsNeverHaveMoreThanTheStock() throws Exception {
        int clients = 64;
        for (int client = 0; client < clients; client++) {
            send(sale(client, "t" + client, 1, 4_000));
        }
        CountDownLatch together = new CountDownLatch(clients);
        ExecutorService threads = Executors.newFixedThreadPool(clients);
        List<Future<Boolean>> told = new ArrayList<>();
        for (int client = 0; client < clients; client++) {
            int n = client;
            told.add(threads.submit(() -> {
                together.countDown();
                together.await();
                return n % 2 == 0
                        ? reserve("r" + n, n, identity("t" + n, 2)).getStatus() == OperationStatus.OPERATION_STATUS_DONE
                        : send(using(sale(n, "t" + n, 2, 100), 1)).getStatus() == ReceiptStatus.RECEIPT_STATUS_ACCRUED;
            }));
        }
        int served = 0;
        for (Future<Boolean> answer : told) {
            served += answer.get() ? 1 : 0;
        }
        threads.shutdown();
        assertThat(served).as("clients told that they have one").isEqualTo(STOCK);
        assertThat(offer(0).getStockLeft()).isZero();
    }
}
