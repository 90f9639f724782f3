package org.assidu.accrual.grpc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assidu.accrual.grpc.TestServer.receipt;

import java.nio.file.Path;
import java.util.List;
import org.assidu.proto.v1.ExplainReceiptRequest;
import org.assidu.proto.v1.ExplainReceiptResponse;
import org.assidu.proto.v1.Identifier;
import org.assidu.proto.v1.LimitedAward;
import org.assidu.proto.v1.MemberPrice;
import org.assidu.proto.v1.Receipt;
import org.assidu.proto.v1.ReceiptPhase;
import org.assidu.proto.v1.ReceiptResult;
import org.assidu.proto.v1.RecordReceiptRequest;
import org.assidu.proto.v1.RuleShare;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(120)
class BonusAnswersTest {
    private static final String BONUSES = TestProgrammes.POINTS + """
            bonuses:
              - {id: tenth-off, award: {kind: MEMBER_PRICE_PERCENT, value: 10}}
              - {id: double, name: {en: Double points}, award: {kind: MULTIPLIER, value: 2}, limits: {budget: 100}}
            """;

    @TempDir
    Path folder;

    @Test
    void tillsAreToldMemberPricesOfAllChunksAndExplanationsNameEachRule() {
        try (TestServer server = TestServer.start(folder).publish(BONUSES)) {
            Receipt.Builder open =
                    member(5_000).setPhase(ReceiptPhase.RECEIPT_PHASE_OPEN).setChunk(1);
            Receipt.Builder closing =
                    member(15_000).setPhase(ReceiptPhase.RECEIPT_PHASE_CLOSING).setChunk(2);
            assertThat(prices(record(server, open))).containsExactly("1 tenth-off 500");
            assertThat(prices(record(server, open))).as("again").containsExactly("1 tenth-off 500");
            ReceiptResult closed = record(server, closing);
            assertThat(prices(closed)).containsExactly("1 tenth-off 500", "2 tenth-off 1500");
            assertThat(closed.getPointsMicro()).isEqualTo(280_000_000);
            assertThat(prices(record(server, closing))).as("again").hasSize(2);

            ExplainReceiptResponse explained = server.members()
                    .explainReceipt(ExplainReceiptRequest.newBuilder()
                            .setReceipt(closing.getIdentity())
                            .build());
            assertThat(explained.getLines(1).getEligibleMinor()).isEqualTo(13_500);
            assertThat(explained.getLines(1).getMemberPricesList())
                    .containsExactly(MemberPrice.newBuilder()
                            .setLine(2)
                            .setRuleId("tenth-off")
                            .setDiscountMinor(1_500)
                            .build());
            assertThat(explained.getLines(1).getSharesList())
                    .containsExactly(RuleShare.newBuilder()
                            .setRuleId("double")
                            .setPointsMicro(55_000_000)
                            .build());
            assertThat(explained.getLines(1).getReason())
                    .isEqualTo(
                            "Earned 190 points on 135.00 EUR of 150.00 EUR (without the discount for members), of which"
                                    + " 55 points as Double points.");
            assertThat(explained.getLimitedList())
                    .containsExactly(LimitedAward.newBuilder()
                            .setRuleId("double")
                            .setWithheldMicro(80_000_000)
                            .build());
        }
    }

    private static Receipt.Builder member(long amountMinor) {
        return receipt(1, amountMinor).setMember(Identifier.newBuilder().setCard(TestServer.card(1)));
    }

    private static ReceiptResult record(TestServer server, Receipt.Builder receipt) {
        return server.accrual()
                .recordReceipt(
                        RecordReceiptRequest.newBuilder().setReceipt(receipt).build())
                .getResult();
    }

    private static List<String> prices(ReceiptResult result) {
        return result.getMemberPricesList().stream()
                .map(price -> price.getLine() + " " + price.getRuleId() + " " + price.getDiscountMinor())
                .toList();
    }
}
