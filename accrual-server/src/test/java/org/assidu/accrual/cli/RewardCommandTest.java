package org.assidu.accrual.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.assidu.accrual.load.Connection;
import org.assidu.proto.v1.AccrualServiceGrpc;
import org.assidu.proto.v1.Identifier;
import org.assidu.proto.v1.Receipt;
import org.assidu.proto.v1.ReceiptIdentity;
import org.assidu.proto.v1.RecordReceiptRequest;
import org.assidu.proto.v1.SaleLine;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Rewards and codes as people type them; what the README has is typed as it stands there. */
final class RewardCommandTest {
    private static final long CARD = 2_990_000_000_019L;
    private static final String PROGRAMME = """
            format: 1
            id: points
            time_zone: Europe/Paris
            currency: EUR
            effective_from: 2020-01-01
            earning: {basis: AMOUNT, points: 1}
            cards: [{from: 2990000000002, to: 2990000999993, auto_enrol: true}]
            shop:
              - {id: mug, name: {en: Mug, fr: Tasse}, kind: FREE_ARTICLE, sku: "42", price: 40, stock: 3, cost: 3.20}
              - {id: five, name: {en: 5 euros, fr: 5 euros}, kind: VOUCHER, value: 5.00, price: 50, cost: 5}
            """;

    @TempDir
    private Path folder;

    private RunningServer server;

    @BeforeEach
    void start() throws IOException {
        server = new RunningServer(folder.resolve("data"));
        Path file = Files.writeString(folder.resolve("shop.yaml"), PROGRAMME);
        Terminal published = server.type("programme", "publish", file.toString());
        assertThat(published.code()).as(published.out() + published.err()).isZero();
        try (Connection connection = Connection.to(server.address())) {
            AccrualServiceGrpc.newBlockingStub(connection.channel())
                    .recordReceipt(RecordReceiptRequest.newBuilder()
                            .setReceipt(Receipt.newBuilder()
                                    .setIdentity(ReceiptIdentity.newBuilder()
                                            .setStore("S1")
                                            .setTill("1")
                                            .setNumber(1))
                                    .setSoldAtMillis(System.currentTimeMillis() - 60_000)
                                    .setCurrency("EUR")
                                    .setMember(Identifier.newBuilder().setCard(CARD))
                                    .addLines(SaleLine.newBuilder()
                                            .setSku("bread")
                                            .setQuantityThousandths(1_000)
                                            .setAmountMinor(15_000)))
                            .build());
        }
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void commandsOfTheReadmeDoWhatItSays() throws IOException {
        String readme = Files.readString(Path.of("README.md"));
        String section = readme.substring(readme.indexOf("## Rewards and codes at the till"));
        String block = section.substring(section.indexOf("```sh\n") + 6);
        List<String> printed = new ArrayList<>();
        String code = "none";
        for (String line : block.substring(0, block.indexOf("```")).strip().split("\n")) {
            String[] words = line.replace("CODE", code).split(" ");
            assertThat(words[0]).isEqualTo("assidu");
            Terminal done = server.type(List.of(words).subList(1, words.length).toArray(String[]::new));
            assertThat(done.code()).as(line + ": " + done.out() + done.err()).isZero();
            if (line.contains("code issue")) {
                code = done.out().strip();
            }
            printed.add(done.out().strip());
        }
        assertThat(printed.get(0))
                .contains("mug")
                .contains("40 points")
                .contains("3 left")
                .contains("can be had");
        assertThat(printed.get(1)).startsWith("reservation till1-0001: done, 40 points spent, 110 left, held until ");
        assertThat(printed.get(2)).isEqualTo("reservation till1-0001: done");
        assertThat(printed.get(4)).isEqualTo("reservation till1-0002: done");
        assertThat(printed.get(6)).isEqualTo("done, 1500 minor units left");
        assertThat(printed.get(7)).isEqualTo("1500 minor units left, never ends");
        assertThat(server.type("reward", "list", "--card", "" + CARD).out()).contains("2 left");
    }

    @Test
    void aVoucherIsPrintedAndARefusalFailsTheCommand() {
        server.type("reward", "reserve", "five", "--card", "" + CARD, "--id", "v1");
        Terminal committed = server.type("reward", "commit", "v1");
        assertThat(committed.out()).contains("done, code ").contains("worth 500 minor units");
        Terminal again = server.type("reward", "commit", "v1", "--json");
        assertThat(again.code()).isZero();
        assertThat(again.json("status")).isEqualTo("OPERATION_STATUS_ALREADY_DONE");
        String code = again.json("code").replace("\\u003d", "=");
        assertThat(committed.out()).contains(code);

        Terminal tooMany = server.type("reward", "reserve", "mug", "--card", "" + CARD, "--units", "4");
        assertThat(tooMany.code()).isEqualTo(Assidu.FAILED);
        assertThat(tooMany.out()).contains("mug: out of stock");
        Terminal ended = server.type("reward", "cancel", "v1");
        assertThat(ended.code()).isEqualTo(Assidu.FAILED);
        assertThat(ended.out()).contains("reservation ended");
        Terminal tooMuch = server.type("code", "redeem", code, "--amount", "501", "--json");
        assertThat(tooMuch.code()).isEqualTo(Assidu.FAILED);
        assertThat(tooMuch.json("leftMinor")).isEqualTo("500");
        Terminal misread = server.type("code", "show", "0000-0000-0000-0001-2");
        assertThat(misread.code()).isEqualTo(Assidu.FAILED);
        assertThat(misread.err()).contains("check character");
    }
}
