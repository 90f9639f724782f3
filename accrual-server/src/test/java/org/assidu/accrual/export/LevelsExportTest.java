package org.assidu.accrual.export;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.assidu.accrual.grpc.TestProgrammes;
import org.assidu.accrual.grpc.TestServer;
import org.assidu.proto.v1.Identifier;
import org.assidu.proto.v1.PassDaysRequest;
import org.assidu.proto.v1.RecordReceiptRequest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The level of each member in the members table, from a real server's journal. */
@Timeout(120)
class LevelsExportTest {
    private static final ExportSecret SECRET = ExportSecret.ofSeed(1);
    private static final String LEVELS = TestProgrammes.POINTS + """
            tiers:
              measure: SPEND
              window: CALENDAR_YEAR
              levels: [{id: silver, reaches: 100}, {id: gold, reaches: 500}, {id: platinum, reaches: 1000}]
            """;

    @TempDir
    Path folder;

    @Test
    void membersHaveTheLevelThatReceiptsAndReviewsLeftThem() throws Exception {
        try (TestServer server = TestServer.start(folder.resolve("server")).publish(LEVELS)) {
            sell(server, 1, 9_999);
            sell(server, 2, 10_000);
            sell(server, 3, 200_000);
            Path steps = export(server, "steps");
            assertThat(levels(steps)).isEqualTo("0|null 1|silver 3|platinum");
            pass(server, 20280101);
            assertThat(levels(export(server, "steps"))).isEqualTo("0|null 0|null 2|gold");
            assertThat(levels(export(server, "whole"))).isEqualTo("0|null 0|null 2|gold");
            pass(server, 20290101);
            assertThat(levels(export(server, "steps"))).isEqualTo("0|null 0|null 1|silver");
        }
    }

    private static void sell(TestServer server, int card, long amountMinor) {
        server.accrual()
                .recordReceipt(RecordReceiptRequest.newBuilder()
                        .setReceipt(TestServer.receipt(card, amountMinor)
                                .setMember(Identifier.newBuilder().setCard(TestServer.card(card))))
                        .build());
    }

    private static void pass(TestServer server, int day) {
        server.admin()
                .passDays(PassDaysRequest.newBuilder()
                        .setUntilDay(day)
                        .setBeyondToday(true)
                        .build());
    }

    private Path export(TestServer server, String name) throws Exception {
        Path to = folder.resolve(name);
        new JournalExport(new ExportConfig(to, "tests", 60, 1_000_000, 48), SECRET)
                .run(server.journal.newReader(), server.pipeline.durablePosition(), ExportProgress.NONE);
        return to;
    }

    private static String levels(Path export) throws Exception {
        try (Duck duck = new Duck(export)) {
            return String.join(" ", duck.rows("SELECT tier_level, tier_id FROM members ORDER BY balance_micro"));
        }
    }
}
