package org.assidu.accrual.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.Statement;
import java.util.List;
import org.assidu.accrual.load.Connection;
import org.assidu.proto.v1.AccrualServiceGrpc;
import org.assidu.proto.v1.AdminServiceGrpc;
import org.assidu.proto.v1.ConvertPointsRequest;
import org.assidu.proto.v1.ConvertPointsResponse;
import org.assidu.proto.v1.GetStatementRequest;
import org.assidu.proto.v1.GetStatusRequest;
import org.assidu.proto.v1.Identifier;
import org.assidu.proto.v1.LookUpRequest;
import org.assidu.proto.v1.MemberServiceGrpc;
import org.assidu.proto.v1.MovementKind;
import org.assidu.proto.v1.OperationStatus;
import org.assidu.proto.v1.Prompt;
import org.assidu.proto.v1.Purse;
import org.assidu.proto.v1.PurseBooks;
import org.assidu.proto.v1.Receipt;
import org.assidu.proto.v1.ReceiptIdentity;
import org.assidu.proto.v1.ReceiptResult;
import org.assidu.proto.v1.ReceiptStatus;
import org.assidu.proto.v1.RecordReceiptRequest;
import org.assidu.proto.v1.RewardServiceGrpc;
import org.assidu.proto.v1.SaleLine;
import org.assidu.proto.v1.StatementEntry;
import org.assidu.proto.v1.UsedReward;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A cagnotte end to end over gRPC: credited, converted into, used in part, and the same in every book. */
final class MoneyPurseTest {
    private static final long CARD = 2_990_000_000_019L;
    private static final Identifier MEMBER =
            Identifier.newBuilder().setCard(CARD).build();
    private static final long SOLD_AT_MILLIS = System.currentTimeMillis() - 60_000;
    private static final String PROGRAMME = """
            format: 1
            id: points
            time_zone: Europe/Paris
            currency: EUR
            effective_from: 2020-01-01
            earning: {basis: AMOUNT, points: 1}
            cards: [{from: 2990000000002, to: 2990000999993, auto_enrol: true}]
            money_purses:
              - {id: cagnotte, minimum_to_spend: 2.00, points_per_unit: 50, validity: {length: 12, unit: MONTHS, end: END_OF_MONTH}}
            bonuses:
              - {id: back, award: {kind: CASHBACK_PERCENT, value: 5, target: cagnotte}}
            """;

    @TempDir
    private Path folder;

    /** Euros in the cagnotte and points, such as {@code 5.00 EUR, 100 points}. */
    private static String held(Connection connection) {
        List<Purse> purses = MemberServiceGrpc.newBlockingStub(connection.channel())
                .lookUp(LookUpRequest.newBuilder().setMember(MEMBER).build())
                .getPursesList();
        assertThat(purses).extracting(Purse::getPurseId).containsExactly("points", "cagnotte");
        assertThat(purses).extracting(Purse::getCurrency).containsExactly("", "EUR");
        assertThat(purses.get(1).getUsableMicro())
                .as("usable from 2.00 on")
                .isEqualTo(
                        purses.get(1).getBalanceMicro() < 200_000_000
                                ? 0
                                : purses.get(1).getBalanceMicro());
        assertThat(purses.get(1).getConvertibleMicro())
                .as("at 50 points a euro")
                .isEqualTo(purses.get(0).getBalanceMicro() * 2);
        return purses.get(1).getBalanceMicro() / 1_000_000 + " cents, "
                + purses.get(0).getBalanceMicro() / 1_000_000 + " points";
    }

    /** @param usedMinor taken off from the cagnotte; 0 = not used */
    private static ReceiptResult sell(Connection connection, long number, long amountMinor, long usedMinor) {
        Receipt.Builder receipt = Receipt.newBuilder()
                .setIdentity(
                        ReceiptIdentity.newBuilder().setStore("S1").setTill("1").setNumber(number))
                .setSoldAtMillis(SOLD_AT_MILLIS)
                .setCurrency("EUR")
                .setLanguage("fr")
                .setMember(MEMBER)
                .addLines(SaleLine.newBuilder()
                        .setSku("bread")
                        .setQuantityThousandths(1_000)
                        .setAmountMinor(amountMinor));
        if (usedMinor > 0) {
            receipt.addUsedRewards(
                    UsedReward.newBuilder().setRewardId("cagnotte").setDiscountMinor(usedMinor));
        }
        return AccrualServiceGrpc.newBlockingStub(connection.channel())
                .recordReceipt(
                        RecordReceiptRequest.newBuilder().setReceipt(receipt).build())
                .getResult();
    }

    private static ConvertPointsResponse convert(Connection connection, long points, String key) {
        return RewardServiceGrpc.newBlockingStub(connection.channel())
                .convertPoints(ConvertPointsRequest.newBuilder()
                        .setMember(MEMBER)
                        .setPurseId("cagnotte")
                        .setPointsMicro(points * 1_000_000)
                        .setIdempotencyKey(key)
                        .build());
    }

    @Test
    void moneyIsCreditedConvertedUsedInPartAndInEveryBook() throws Exception {
        Path data = folder.resolve("data");
        String stateHash;
        try (RunningServer server = new RunningServer(data);
                Connection connection = Connection.to(server.address())) {
            publish(server);
            assertThat(sell(connection, 1, 10_000, 0).getStatus()).isEqualTo(ReceiptStatus.RECEIPT_STATUS_ACCRUED);
            assertThat(held(connection)).isEqualTo("500 cents, 100 points");

            ConvertPointsResponse converted = convert(connection, 40, "k1");
            assertThat(converted.getStatus()).isEqualTo(OperationStatus.OPERATION_STATUS_DONE);
            assertThat(converted.getCreditedMicro()).isEqualTo(80_000_000);
            assertThat(converted.getBalanceMicro()).isEqualTo(60_000_000);
            ConvertPointsResponse again = convert(connection, 40, "k1");
            assertThat(again.getStatus()).isEqualTo(OperationStatus.OPERATION_STATUS_ALREADY_DONE);
            assertThat(again.getCreditedMicro()).isZero();
            assertThat(convert(connection, 61, "k2").getStatus())
                    .isEqualTo(OperationStatus.OPERATION_STATUS_INSUFFICIENT_POINTS);
            Terminal typed = server.type(
                    "reward", "convert", "--purse", "cagnotte", "--points", "10", "--id", "k3", "--card", "" + CARD);
            assertThat(typed.out().strip()).isEqualTo("cagnotte: done, 20 minor units credited, 50 points left");
            assertThat(held(connection)).isEqualTo("600 cents, 50 points");

            // 5 % of the receipt comes after what it uses.
            ReceiptResult paid = sell(connection, 2, 4_000, 450);
            assertThat(paid.getStatus()).isEqualTo(ReceiptStatus.RECEIPT_STATUS_ACCRUED);
            assertThat(paid.getReceiptText().getLinesList())
                    .contains("Cagnotte de ce ticket : 2 EUR", "Votre cagnotte : 3,50 EUR");
            assertThat(paid.getReceiptText().getMoney(0).getCreditedMicro()).isEqualTo(200_000_000);
            assertThat(paid.getReceiptText().getMoney(0).getUsableMicro()).isEqualTo(350_000_000);
            assertThat(held(connection)).isEqualTo("350 cents, 90 points");
            assertThat(sell(connection, 2, 4_000, 450).getStatus())
                    .isEqualTo(ReceiptStatus.RECEIPT_STATUS_ALREADY_ACCRUED);
            assertThat(sell(connection, 3, 1_000, 351).getStatus())
                    .isEqualTo(ReceiptStatus.RECEIPT_STATUS_REWARD_UNFUNDED);
            assertThat(held(connection)).isEqualTo("49 cents, 100 points");

            statement(connection);
            books(connection);
            ledger(server);
            assertThat(MemberServiceGrpc.newBlockingStub(connection.channel())
                            .lookUp(LookUpRequest.newBuilder()
                                    .setMember(MEMBER)
                                    .setLanguage("fr")
                                    .build())
                            .getPromptsList())
                    .extracting(Prompt::getText)
                    .contains("Points échangeables contre 2 EUR");
            assertThat(server.type("member", "show", "--card", "" + CARD).out())
                    .contains("cagnotte")
                    .contains("0.49 EUR");
            stateHash = server.type("status", "--json").json("stateHash");
        }
        try (RunningServer server = new RunningServer(data);
                Connection connection = Connection.to(server.address())) {
            assertThat(server.type("status", "--json").json("stateHash")).isEqualTo(stateHash);
            assertThat(held(connection)).isEqualTo("49 cents, 100 points");
            assertThat(convert(connection, 40, "k1").getStatus())
                    .isEqualTo(OperationStatus.OPERATION_STATUS_ALREADY_DONE);
        }
        Terminal verified = Terminal.type("verify", "--data", data.toString());
        assertThat(verified.code()).as(verified.out() + verified.err()).isZero();
    }

    private void publish(RunningServer server) throws IOException {
        Path file = Files.writeString(folder.resolve("cagnotte.yaml"), PROGRAMME);
        Terminal published = server.type("programme", "publish", file.toString());
        assertThat(published.code()).as(published.out() + published.err()).isZero();
    }

    private static void statement(Connection connection) {
        List<StatementEntry> newestFirst = MemberServiceGrpc.newBlockingStub(connection.channel())
                .getStatement(GetStatementRequest.newBuilder().setMember(MEMBER).build())
                .getEntriesList();
        assertThat(newestFirst)
                .filteredOn(entry -> entry.getMovement().getPurseId().equals("cagnotte"))
                .extracting(
                        entry -> entry.getMovement().getKind(),
                        entry -> entry.getMovement().getPointsMicro() / 1_000_000,
                        StatementEntry::getOperation)
                .containsExactly(
                        tuple(MovementKind.MOVEMENT_KIND_SPENT, -350L, ""),
                        tuple(MovementKind.MOVEMENT_KIND_SPENT, -1L, ""),
                        tuple(MovementKind.MOVEMENT_KIND_EARNED, 1L, ""),
                        tuple(MovementKind.MOVEMENT_KIND_EARNED, 49L, ""),
                        tuple(MovementKind.MOVEMENT_KIND_SPENT, -450L, ""),
                        tuple(MovementKind.MOVEMENT_KIND_EARNED, 200L, ""),
                        tuple(MovementKind.MOVEMENT_KIND_TRANSFERRED, 20L, "CONVERT"),
                        tuple(MovementKind.MOVEMENT_KIND_TRANSFERRED, 80L, "CONVERT"),
                        tuple(MovementKind.MOVEMENT_KIND_EARNED, 500L, ""));
    }

    private static void books(Connection connection) {
        List<PurseBooks> books = AdminServiceGrpc.newBlockingStub(connection.channel())
                .getStatus(GetStatusRequest.getDefaultInstance())
                .getBooksList();
        assertThat(books)
                .extracting(
                        PurseBooks::getPurseId,
                        purse -> purse.getIssuedMicro() / 1_000_000,
                        purse -> purse.getTransferredMicro() / 1_000_000,
                        purse -> purse.getSpentMicro() / 1_000_000,
                        purse -> purse.getOutstandingMicro() / 1_000_000,
                        PurseBooks::getBalanced)
                .containsExactly(
                        tuple("points", 150L, -50L, 0L, 100L, true), tuple("cagnotte", 750L, 100L, 801L, 49L, true));
    }

    private void ledger(RunningServer server) throws Exception {
        Path export = folder.resolve("export");
        assertThat(server.type("export", "--out", export.toString()).code()).isZero();
        try (java.sql.Connection duck = DriverManager.getConnection("jdbc:duckdb:");
                Statement statement = duck.createStatement();
                ResultSet rows = statement.executeQuery("select purse_id, sum(points_micro) from read_parquet('"
                        + export + "/ledger/*/*.parquet') group by 1 order by 1")) {
            rows.next();
            assertThat(rows.getString(1) + " " + rows.getString(2)).isEqualTo("cagnotte 49000000");
            rows.next();
            assertThat(rows.getString(1) + " " + rows.getString(2)).isEqualTo("points 100000000");
        }
    }
}
