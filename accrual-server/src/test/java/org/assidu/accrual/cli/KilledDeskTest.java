package org.assidu.accrual.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.assidu.accrual.journal.Durability;
import org.assidu.accrual.load.Connection;
import org.assidu.accrual.model.Ean13;
import org.assidu.proto.v1.AccrualServiceGrpc;
import org.assidu.proto.v1.CommitRequest;
import org.assidu.proto.v1.CommitResponse;
import org.assidu.proto.v1.GetCodeRequest;
import org.assidu.proto.v1.Identifier;
import org.assidu.proto.v1.OperationStatus;
import org.assidu.proto.v1.Receipt;
import org.assidu.proto.v1.ReceiptIdentity;
import org.assidu.proto.v1.RecordReceiptRequest;
import org.assidu.proto.v1.RedeemCodeRequest;
import org.assidu.proto.v1.RewardServiceGrpc;
import org.assidu.proto.v1.SaleLine;
import org.assidu.proto.v1.UsePromoCodeRequest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Claims, merges, households, members of another system, promo codes, vouchers and gift cards on a server that is killed as soon
 * as it has answered: what was answered stays, and what is asked again is done once.
 */
@Timeout(value = 5, unit = TimeUnit.MINUTES)
final class KilledDeskTest {
    private static final String PROGRAMME = """
            format: 1
            id: points
            time_zone: Europe/Paris
            currency: EUR
            effective_from: 2020-01-01
            earning: {basis: AMOUNT, points: 1}
            shop:
              - {id: five, kind: VOUCHER, value: 5.00, price: 50, valid_days: 30, reminder_days: [7]}
            promo_codes:
              - {code: HELLO, first_day: 2020-01-01, last_day: 2099-12-31, percent: 10, uses: 2, uses_per_member: 1}
            """;
    private static final long SOLD_AT = System.currentTimeMillis() - 60_000;

    @TempDir
    private Path folder;

    private ServerProcess server;
    private Connection connection;

    private static String card(int serial) {
        return Long.toString(Ean13.withCheckDigit(290_000_000_000L + serial));
    }

    private static Identifier member(int serial) {
        return Identifier.newBuilder().setCard(Long.parseLong(card(serial))).build();
    }

    private void start() throws Exception {
        server = ServerProcess.start(folder.resolve("data"), Durability.DURABLE);
        connection = Connection.to(server.address());
    }

    private void kill() throws Exception {
        connection.close();
        server.kill();
        start();
    }

    private Terminal type(String... command) {
        List<String> all = new ArrayList<>(List.of(command));
        all.addAll(List.of("--server", server.address()));
        return Terminal.type(all.toArray(new String[0]));
    }

    private void done(String... command) {
        Terminal typed = type(command);
        assertThat(typed.code())
                .as(String.join(" ", command) + "\n" + typed.out() + typed.err())
                .isZero();
    }

    private void sell(int number, int member, long minor) {
        Receipt.Builder receipt = Receipt.newBuilder()
                .setIdentity(
                        ReceiptIdentity.newBuilder().setStore("S1").setTill("1").setNumber(number))
                .setSoldAtMillis(SOLD_AT)
                .setCurrency("EUR")
                .addLines(SaleLine.newBuilder()
                        .setSku("bread")
                        .setQuantityThousandths(1_000)
                        .setAmountMinor(minor));
        if (member != 0) {
            receipt.setMember(member(member));
        }
        var unused = AccrualServiceGrpc.newBlockingStub(connection.channel())
                .recordReceipt(
                        RecordReceiptRequest.newBuilder().setReceipt(receipt).build());
    }

    private RewardServiceGrpc.RewardServiceBlockingStub rewards() {
        return RewardServiceGrpc.newBlockingStub(connection.channel());
    }

    private String balance(int member) {
        return type("member", "show", "--card", card(member), "--json").json("balanceMicro");
    }

    private OperationStatus usePromoCode(int member, String key) {
        return rewards()
                .usePromoCode(UsePromoCodeRequest.newBuilder()
                        .setCode("HELLO")
                        .setMember(member(member))
                        .setIdempotencyKey(key)
                        .build())
                .getStatus();
    }

    private CommitResponse commit() {
        return rewards()
                .commit(CommitRequest.newBuilder().setReservationId("mine").build());
    }

    private OperationStatus redeem(String code) {
        return rewards()
                .redeemCode(RedeemCodeRequest.newBuilder()
                        .setCode(code)
                        .setAmountMinor(200)
                        .setIdempotencyKey("till-7")
                        .build())
                .getStatus();
    }

    private long left(String code) {
        return rewards()
                .getCode(GetCodeRequest.newBuilder().setCode(code).build())
                .getLeftMinor();
    }

    private void claim() {
        done("member", "claim", "--card", card(1), "--store", "S1", "--till", "1", "--number", "2", "--author", "anna");
    }

    @Test
    void whatTheDeskAndTheShopWereAnsweredStaysAndIsDoneOnce() throws Exception {
        start();
        done(
                "programme",
                "publish",
                Files.writeString(folder.resolve("desk.yaml"), PROGRAMME).toString());
        for (int member = 1; member <= 4; member++) {
            done("member", "enrol", "--card", card(member));
        }
        String code = shopIsKilled();
        personsAreKilled();
        assertThat(List.of(balance(1), balance(2), balance(3), balance(4), balance(5)))
                .containsExactly("110000000", "110000000", "15000000", "15000000", "60000000");
        assertThat(left(code)).isEqualTo(300);
        connection.close();
        server.stop();
        Terminal verified =
                Terminal.type("verify", "--data", folder.resolve("data").toString());
        assertThat(verified.code()).as(verified.out()).isZero();
        assertThat(verified.out()).contains("outcomes identical");
    }

    /** @return the voucher's code */
    private String shopIsKilled() throws Exception {
        sell(1, 1, 10_000);
        sell(2, 0, 2_000);
        claim();
        done("reward", "reserve", "five", "--card", card(1), "--id", "mine");
        kill();
        claim();
        CommitResponse bought = commit();
        assertThat(bought.getStatus()).isEqualTo(OperationStatus.OPERATION_STATUS_DONE);
        assertThat(redeem(bought.getCode())).isEqualTo(OperationStatus.OPERATION_STATUS_DONE);
        assertThat(usePromoCode(1, "u1")).isEqualTo(OperationStatus.OPERATION_STATUS_DONE);
        kill();
        assertThat(commit()).matches(again -> again.getCode().equals(bought.getCode()));
        assertThat(redeem(bought.getCode())).isEqualTo(OperationStatus.OPERATION_STATUS_ALREADY_DONE);
        assertThat(usePromoCode(1, "u1")).isEqualTo(OperationStatus.OPERATION_STATUS_ALREADY_DONE);
        assertThat(usePromoCode(1, "u2")).isEqualTo(OperationStatus.OPERATION_STATUS_LIMIT_EXCEEDED);
        assertThat(usePromoCode(2, "u2")).isEqualTo(OperationStatus.OPERATION_STATUS_DONE);
        assertThat(balance(1)).as("100 bought, 20 claimed, 50 spent").isEqualTo("70000000");
        return bought.getCode();
    }

    private void personsAreKilled() throws Exception {
        Path file = Files.writeString(
                folder.resolve("members.csv"),
                "external_id,card,enrolled_at,purse,amount,earned_on\na-5," + card(5)
                        + ",2024-05-01,points,60,2025-11-03\n");
        String[] imported = {"members", "import", file.toString(), "--author", "anna"};
        String[] merge = {
            "member", "merge", "--card", card(1), "--absorbed-card", card(2), "--author", "boris", "--reason", "twice"
        };
        String[] share = {
            "member",
            "join-household",
            "--card",
            card(3),
            "--with-card",
            card(4),
            "--author",
            "anna",
            "--reason",
            "family"
        };
        sell(3, 2, 4_000);
        sell(4, 3, 1_000);
        sell(5, 4, 500);
        done(imported);
        done(merge);
        done(share);
        kill();
        // Again, as whoever heard no answer would: whatever they are told, nothing is done twice.
        done(imported);
        type(merge);
        type(share);
        sell(3, 2, 4_000);
        kill();
    }
}
