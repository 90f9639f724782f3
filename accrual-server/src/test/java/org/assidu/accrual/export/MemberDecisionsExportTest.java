package org.assidu.accrual.export;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import java.util.List;
import org.assidu.accrual.model.Channel;
import org.assidu.accrual.model.ControlDraw;
import org.assidu.accrual.model.MemberEnrolment.Consent;
import org.assidu.accrual.model.PrivacyEvent;
import org.assidu.accrual.model.PrivacyEvent.Action;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Consents, oppositions and erasures in the members table: what a marketing list must be held against. */
final class MemberDecisionsExportTest {
    private static final ExportSecret SECRET = ExportSecret.ofSeed(1);
    private static final int EMAIL = 1;
    private static final int SMS = 2;
    private static final int PROFILING = 4;
    private static final String DECISIONS = "SELECT member_key, coalesce(consent_email::VARCHAR, '-'),"
            + " coalesce(consent_sms::VARCHAR, '-'), coalesce(consent_push::VARCHAR, '-'),"
            + " coalesce(consent_profiling::VARCHAR, '-'), profiling_opposed, erased FROM members";

    @TempDir
    private Path directory;

    private final SampleChain chain = SampleChain.of(7, 200);

    private Path export(String name, long limit) throws IOException {
        Path folder = directory.resolve(name);
        new JournalExport(new ExportConfig(folder, "tests", 60, 1_000_000, 48), SECRET)
                .run(chain.journal.reader(), limit, ExportProgress.NONE);
        return folder;
    }

    private static PrivacyEvent event(int member, Action action, int purpose, boolean granted) {
        return new PrivacyEvent(SampleChain.member(member), action, purpose, granted, "v1", Channel.MOBILE, 1_000);
    }

    private static String row(int member, String decisions) {
        return new MemberRekeying(SECRET, "tests").exported(SampleChain.member(member)) + "|" + decisions;
    }

    private long decideAllKinds() {
        chain.consents(
                1,
                List.of(
                        new Consent(EMAIL, true, "v1", Channel.WEB, 1),
                        new Consent(SMS, false, "v1", Channel.WEB, 1),
                        new Consent(99, true, "v1", Channel.WEB, 1)));
        chain.decide(event(2, Action.CONSENT, EMAIL, true));
        chain.decide(event(2, Action.CONSENT, EMAIL, false));
        chain.decide(event(3, Action.OPPOSITION, 0, true));
        chain.decide(event(4, Action.OPPOSITION, 0, true));
        long middle = chain.journal.entries.size();
        chain.decide(event(4, Action.OPPOSITION, 0, false));
        chain.decide(event(1, Action.CONSENT, PROFILING, true));
        chain.consents(5, List.of(new Consent(EMAIL, true, "v1", Channel.WEB, 1)));
        chain.decide(event(5, Action.ERASURE, 0, true));
        return middle;
    }

    @Test
    void membersSayWhatEachDecided() throws Exception {
        decideAllKinds();
        try (Duck duck = new Duck(export("whole", chain.journal.entries.size()))) {
            assertThat(duck.rows(
                            DECISIONS + " WHERE NOT (consent_email IS NULL AND NOT profiling_opposed AND NOT erased)"))
                    .containsExactlyInAnyOrder(
                            row(1, "true|false|-|true|false|false"),
                            row(2, "false|-|-|-|false|false"),
                            row(3, "-|-|-|-|true|false"),
                            row(5, "-|-|-|-|false|true"));
            assertThat(duck.rows(DECISIONS)).contains(row(4, "-|-|-|-|false|false"));
        }
    }

    @Test
    void anExportInStepsSaysTheSame() throws Exception {
        long middle = decideAllKinds();
        export("steps", middle);
        Path steps = export("steps", chain.journal.entries.size());
        Path whole = export("whole", chain.journal.entries.size());
        try (Duck inSteps = new Duck(steps);
                Duck atOnce = new Duck(whole)) {
            assertThat(inSteps.rows("SELECT * FROM members ORDER BY member_key"))
                    .isEqualTo(atOnce.rows("SELECT * FROM members ORDER BY member_key"));
        }
    }

    @Test
    void membersOfAnOlderVersionAreFoldedAnewWithoutWritingASegmentTwice() throws Exception {
        long middle = decideAllKinds();
        Path folder = export("older", middle);
        Path members = folder.resolve("members/members-%012d.parquet".formatted(middle));
        Path older = directory.resolve("older.parquet");
        try (Connection duck = DriverManager.getConnection("jdbc:duckdb:");
                Statement statement = duck.createStatement()) {
            statement.execute("COPY (SELECT * EXCLUDE (consent_email, consent_sms, consent_push, consent_profiling,"
                    + " profiling_opposed, erased, control_of) FROM read_parquet('" + members + "')) TO '" + older
                    + "' (FORMAT parquet, COMPRESSION zstd)");
        }
        Files.copy(older, members, StandardCopyOption.REPLACE_EXISTING);
        export("older", chain.journal.entries.size());
        try (Duck resumed = new Duck(folder);
                Duck whole = new Duck(export("whole", chain.journal.entries.size()))) {
            for (String table : List.of("members", "sale_lines", "ledger", "events")) {
                String all = "SELECT * FROM " + table + " ORDER BY ALL";
                assertThat(resumed.rows(all)).as(table).isEqualTo(whole.rows(all));
            }
        }
    }

    @Test
    void membersSayWhichBonusLeavesThemOutAlsoAfterSeveralExports() throws Exception {
        export("control", chain.journal.entries.size());
        chain.publish("Europe/Paris", "{\"bonuses\":[{\"id\":\"tea\",\"control_percent\":\"30\"},{\"id\":\"all\"}]}");
        chain.more(20);
        try (Duck duck = new Duck(export("control", chain.journal.entries.size()))) {
            ControlDraw tea = new ControlDraw("tea", 3_000);
            MemberRekeying rekeying = new MemberRekeying(SECRET, "tests");
            List<String> expected = chain.balances.keySet().stream()
                    .filter(tea::isControl)
                    .map(key -> rekeying.exported(key) + "|tea")
                    .toList();
            assertThat(expected).isNotEmpty();
            assertThat(duck.rows("SELECT member_key, control_of FROM members WHERE control_of IS NOT NULL"))
                    .containsExactlyInAnyOrderElementsOf(expected);
        }
    }
}
