package org.assidu.accrual.grpc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assidu.accrual.grpc.TestServer.receipt;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.assidu.proto.v1.Event;
import org.assidu.proto.v1.ExplainReceiptRequest;
import org.assidu.proto.v1.ExplainReceiptResponse;
import org.assidu.proto.v1.GetStatementRequest;
import org.assidu.proto.v1.Identifier;
import org.assidu.proto.v1.JoinClubRequest;
import org.assidu.proto.v1.JoinClubResponse;
import org.assidu.proto.v1.LeaveClubRequest;
import org.assidu.proto.v1.LookUpRequest;
import org.assidu.proto.v1.LookUpResponse;
import org.assidu.proto.v1.Membership;
import org.assidu.proto.v1.OperationStatus;
import org.assidu.proto.v1.PassDaysRequest;
import org.assidu.proto.v1.Prompt;
import org.assidu.proto.v1.Receipt;
import org.assidu.proto.v1.ReceiptPhase;
import org.assidu.proto.v1.ReceiptResult;
import org.assidu.proto.v1.RecordReceiptRequest;
import org.assidu.proto.v1.RewardMeasure;
import org.assidu.proto.v1.StreamEventsRequest;
import org.assidu.proto.v1.TierStatus;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What tills, look-ups and event streams hear of levels and clubs, over a real connection. Today is 2026-09-21. */
@Timeout(120)
class StatusAnswersTest {
    private static final Identifier MEMBER =
            Identifier.newBuilder().setCard(TestServer.card(1)).build();
    private static final String STATUS = TestProgrammes.POINTS + """
            tiers:
              measure: SPEND
              window: CALENDAR_YEAR
              reminder_days: [10]
              levels:
                - {id: silver, reaches: 100, multiplier: 1.5, perks: [free-delivery]}
                - {id: gold, name: {en: Gold}, reaches: 500, multiplier: 2, perks: [free-delivery, desk]}
            clubs:
              - {id: wine, perks: [tastings]}
              - {id: card, sku: fee, fee: 15, months: 12, first_purchase_percent: 10}
            """;

    @TempDir
    Path folder;

    @Test
    void tillsAndLookUpsAreToldTheLevelAndItsPerks() {
        try (TestServer server = TestServer.start(folder).publish(STATUS)) {
            ReceiptResult first = record(server, sale(1, 9_999));
            assertThat(first.getTierId()).isEmpty();
            ReceiptResult second = record(server, sale(2, 1));
            assertThat(second.getTierId()).isEqualTo("silver");
            assertThat(second.getPerksList()).containsExactly("free-delivery");
            assertThat(second.getPointsMicro()).isEqualTo(10_000);

            Receipt.Builder open =
                    sale(3, 45_000).setPhase(ReceiptPhase.RECEIPT_PHASE_OPEN).setChunk(1);
            ReceiptResult provisional = record(server, open);
            assertThat(provisional.getTierId()).as("while it is open").isEqualTo("silver");
            assertThat(provisional.getPointsMicro()).isEqualTo(675_000_000);
            Receipt.Builder closing = sale(3, 0)
                    .clearLines()
                    .setPhase(ReceiptPhase.RECEIPT_PHASE_CLOSING)
                    .setChunk(2);
            assertThat(record(server, closing).getTierId()).isEqualTo("gold");
            ReceiptResult repeated = record(server, closing);
            assertThat(repeated.getTierId()).as("again").isEqualTo("gold");
            assertThat(repeated.getPerksList()).containsExactly("free-delivery", "desk");
            assertThat(record(server, receipt(4, 100)).getTierId())
                    .as("of nobody")
                    .isEmpty();

            LookUpResponse found = lookUp(server);
            assertThat(found.getTierId()).isEqualTo("gold");
            assertThat(found.getTier())
                    .isEqualTo(TierStatus.newBuilder()
                            .setTierId("gold")
                            .setLevel(2)
                            .setReviewDay(20270101)
                            .setMeasure(RewardMeasure.REWARD_MEASURE_SPEND)
                            .setUnits(55_000)
                            .build());
            assertThat(found.getPerksList()).containsExactly("free-delivery", "desk");
            assertThat(found.getPromptsList()).extracting(Prompt::getCode).contains("TIER");
            assertThat(server.members()
                            .getStatement(GetStatementRequest.newBuilder()
                                    .setMember(MEMBER)
                                    .build())
                            .getTierId())
                    .isEqualTo("gold");
            assertThat(explained(server, 3).getTierReached()).isEqualTo("gold");
            assertThat(explained(server, 3).getLines(0).getShares(0).getRuleId())
                    .isEqualTo("silver");
            assertThat(explained(server, 1).getTierReached()).isEmpty();
        }
    }

    @Test
    void daysTakeALevelAndAMembershipAndTheStreamTellsBefore() {
        try (TestServer server = TestServer.start(folder).publish(STATUS)) {
            Receipt.Builder joining = sale(1, 10_000);
            joining.addLines(TestServer.line(1_500).setSku("fee"));
            ReceiptResult joined = record(server, joining);
            assertThat(joined.getClubIdsList()).containsExactly("card");
            assertThat(joined.getMemberPricesList())
                    .extracting(price -> price.getLine() + " " + price.getRuleId() + " " + price.getDiscountMinor())
                    .containsExactly("1 card 1000");
            assertThat(explained(server, 1).getClubsJoinedList()).containsExactly("card");
            assertThat(lookUp(server).getClubsList())
                    .containsExactly(Membership.newBuilder()
                            .setClubId("card")
                            .setSinceDay(20260921)
                            .setLastDay(20270921)
                            .build());

            server.admin()
                    .passDays(PassDaysRequest.newBuilder()
                            .setUntilDay(20280101)
                            .setBeyondToday(true)
                            .build());
            assertThat(lookUp(server).getTierId()).isEmpty();
            assertThat(events(server, 7))
                    .containsExactly(
                            "CLUB_JOINED card 21082",
                            "TIER_REACHED silver 1",
                            "WELCOME  0",
                            "FIRST_PURCHASE  11500",
                            "CLUB_ENDED card 21082",
                            "TIER_AT_RISK silver 21184",
                            "TIER_LOST silver 0");
        }
    }

    @Test
    void clubsAreJoinedAndLeftByEnrolment() {
        try (TestServer server = TestServer.start(folder).publish(STATUS)) {
            record(server, sale(1, 1_000));
            JoinClubResponse joined = join(server, "wine");
            assertThat(joined.getStatus()).isEqualTo(OperationStatus.OPERATION_STATUS_DONE);
            assertThat(joined.getMembership())
                    .isEqualTo(Membership.newBuilder()
                            .setClubId("wine")
                            .setSinceDay(20260921)
                            .build());
            assertThat(join(server, "wine").getStatus()).isEqualTo(OperationStatus.OPERATION_STATUS_NOTHING_TO_DO);
            assertThat(join(server, "card").getStatus()).isEqualTo(OperationStatus.OPERATION_STATUS_NOT_ALLOWED);
            assertThat(join(server, "beer").getStatus()).isEqualTo(OperationStatus.OPERATION_STATUS_SUBJECT_UNKNOWN);
            assertThat(lookUp(server).getPerksList()).containsExactly("tastings");
            assertThat(record(server, sale(2, 1_000)).getClubIdsList()).containsExactly("wine");
            OperationStatus left = server.members()
                    .leaveClub(LeaveClubRequest.newBuilder()
                            .setMember(MEMBER)
                            .setClubId("wine")
                            .build())
                    .getStatus();
            assertThat(left).isEqualTo(OperationStatus.OPERATION_STATUS_DONE);
            assertThat(lookUp(server).getClubsList()).isEmpty();
        }
        try (TestServer again = TestServer.start(folder)) {
            assertThat(lookUp(again).getReceipts()).isEqualTo(2);
            assertThat(lookUp(again).getClubsList()).as("after a restart").isEmpty();
        }
    }

    private static JoinClubResponse join(TestServer server, String club) {
        return server.members()
                .joinClub(JoinClubRequest.newBuilder()
                        .setMember(MEMBER)
                        .setClubId(club)
                        .setAuthor("anna")
                        .build());
    }

    private static LookUpResponse lookUp(TestServer server) {
        return server.members()
                .lookUp(LookUpRequest.newBuilder()
                        .setMember(MEMBER)
                        .setLanguage("en")
                        .build());
    }

    private static ExplainReceiptResponse explained(TestServer server, long number) {
        return server.members()
                .explainReceipt(ExplainReceiptRequest.newBuilder()
                        .setReceipt(sale(number, 1).getIdentity())
                        .build());
    }

    private static Receipt.Builder sale(long number, long amountMinor) {
        return receipt(number, amountMinor).setMember(MEMBER);
    }

    private static ReceiptResult record(TestServer server, Receipt.Builder receipt) {
        return server.accrual()
                .recordReceipt(
                        RecordReceiptRequest.newBuilder().setReceipt(receipt).build())
                .getResult();
    }

    private static List<String> events(TestServer server, int count) {
        var stream = server.engagement()
                .streamEvents(
                        StreamEventsRequest.newBuilder().setFromPosition(1).build());
        List<String> events = new ArrayList<>();
        while (events.size() < count && stream.hasNext()) {
            for (Event event : stream.next().getEventsList()) {
                events.add(event.getKind().name().replace("EVENT_KIND_", "") + " " + event.getRuleId() + " "
                        + event.getValue());
            }
        }
        return events;
    }
}
