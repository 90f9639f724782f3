package org.assidu.accrual.export;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.assidu.accrual.journal.Journal;
import org.assidu.accrual.journal.JournalConfig;
import org.assidu.accrual.journal.JournalReader;
import org.assidu.accrual.journal.RecoveryProgress;
import org.assidu.accrual.journal.file.FileJournal;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** What DuckDB reads is what the journal held. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class JournalExportTest {
    private static final long SEED = Long.getLong("seed", 11L);
    private static final int RECEIPTS = 600;

    private final SampleChain chain = SampleChain.of(SEED, RECEIPTS);
    private Path directory = Path.of("");
    private Path folder = Path.of("");
    private ExportReport report = new ExportReport(0, 0, 0, 0, 0, 0, 0);

    @BeforeAll
    void export(@TempDir Path temporary) throws Exception {
        directory = temporary;
        folder = directory.resolve("export");
        ExportConfig config = new ExportConfig(folder, "tests", 250, 1_000_000, 48);
        JournalExport export = new JournalExport(config, ExportSecret.ofSeed(1));
        report = export.run(chain.journal.reader(), chain.journal.entries.size(), ExportProgress.NONE);
    }

    @Test
    void sumsOverAllTablesEqualTheJournals() throws Exception {
        try (Duck duck = new Duck(folder)) {
            assertThat(duck.number("SELECT count(*) FROM sale_lines")).isEqualTo(chain.saleLines);
            assertThat(duck.number("SELECT count(*) FROM sale_lines WHERE is_return"))
                    .isEqualTo(chain.returnLines);
            assertThat(duck.number("SELECT sum(amount_minor) FROM sale_lines")).isEqualTo(chain.amountMinor);
            assertThat(duck.number("SELECT sum(points_micro) FROM sale_lines")).isEqualTo(chain.linePointsMicro);
            assertThat(duck.number("SELECT count(*) FROM receipts")).isEqualTo(chain.receipts);
            assertThat(duck.number("SELECT sum(total_minor) FROM receipts")).isEqualTo(chain.amountMinor);
            assertThat(duck.number("SELECT sum(lines) FROM receipts")).isEqualTo(chain.saleLines);
            assertThat(duck.number("SELECT sum(return_lines) FROM receipts")).isEqualTo(chain.returnLines);
            assertThat(duck.number("SELECT sum(points_micro) FROM receipts")).isEqualTo(chain.ledgerMicro);
            assertThat(duck.number("SELECT sum(t.amount_minor) FROM (SELECT unnest(tenders) AS t FROM receipts)"))
                    .isEqualTo(chain.tenderMinor);
            assertThat(duck.number("SELECT count(*) FROM ledger")).isEqualTo(chain.movements);
            assertThat(duck.number("SELECT sum(points_micro) FROM ledger WHERE purse_id = 'points'"))
                    .isEqualTo(chain.ledgerMicro);
            assertThat(duck.number("SELECT sum(points_micro) FROM ledger WHERE purse_id = 'cagnotte'"))
                    .isEqualTo(chain.cagnotteMicro);
        }
        assertThat(report.receipts()).isEqualTo(chain.receipts);
        assertThat(report.saleLines()).isEqualTo(chain.saleLines);
        assertThat(report.movements()).isEqualTo(chain.movements);
        assertThat(report.segments()).isGreaterThan(2);
    }

    @Test
    void membersHoldEveryBalanceAndAgreeWithTheLedger() throws Exception {
        try (Duck duck = new Duck(folder)) {
            assertThat(duck.rows("SELECT balance_micro FROM members ORDER BY 1"))
                    .isEqualTo(
                            chain.sortedBalances().stream().map(String::valueOf).toList());
            assertThat(duck.number("SELECT count(*) FROM members m LEFT JOIN (SELECT member_key, sum(points_micro) AS p"
                            + " FROM ledger WHERE purse_id = 'points' GROUP BY 1) l USING (member_key)"
                            + " WHERE m.balance_micro <> coalesce(l.p, 0)"))
                    .isZero();
            assertThat(duck.number("SELECT count(*) FROM members m LEFT JOIN (SELECT member_key, count(*) AS n,"
                            + " min(sold_date) AS f, max(sold_date) AS t FROM receipts GROUP BY 1) r USING (member_key)"
                            + " WHERE m.receipts <> coalesce(r.n, 0) OR m.first_sold_date IS DISTINCT FROM r.f"
                            + " OR m.last_sold_date IS DISTINCT FROM r.t"))
                    .isZero();
            assertThat(duck.number("SELECT sum(receipts) FROM members"))
                    .isEqualTo(chain.receiptsOfMember.values().stream()
                            .mapToLong(Long::longValue)
                            .sum());
            assertThat(duck.rows("SELECT count(*) FROM members WHERE enrol_channel = 'WEB' AND enrol_store IS NULL"))
                    .containsExactly("1");
            assertThat(duck.number("SELECT count(*) FROM members m JOIN receipts r USING (member_key)"
                            + " WHERE r.historical AND r.sold_at < m.enrolled_at"))
                    .isZero();
            assertThat(duck.rows("SELECT DISTINCT position FROM members"))
                    .containsExactly(String.valueOf(chain.journal.entries.size()));
        }
    }

    @Test
    void noMemberKeyOfTheJournalIsInTheExport() throws Exception {
        List<String> raw = new ArrayList<>();
        chain.balances.keySet().forEach(key -> raw.add(String.valueOf(key)));
        try (Duck duck = new Duck(folder)) {
            assertThat(duck.rows("SELECT member_key FROM members UNION SELECT member_key FROM ledger"
                            + " UNION SELECT member_key FROM receipts UNION SELECT member_key FROM sale_lines"))
                    .hasSize(chain.balances.size() + 1)
                    .doesNotContainAnyElementsOf(raw);
            assertThat(duck.number("SELECT min(member_key) FROM members")).isPositive();
        }
    }

    @Test
    void saleTimesAreInTheZoneOfTheProgrammeThatPricedThem() throws Exception {
        try (Duck duck = new Duck(folder)) {
            String local = "timezone(CASE programme_version WHEN 1 THEN 'Europe/Paris'"
                    + " WHEN 2 THEN 'America/New_York' ELSE 'UTC' END, sold_at)";
            for (String table : List.of("receipts", "sale_lines")) {
                assertThat(duck.number("SELECT count(*) FROM " + table + " WHERE sold_date <> CAST(" + local
                                + " AS DATE) OR sold_hour <> hour(" + local + ") OR sold_month <> strftime(" + local
                                + ", '%Y-%m')"))
                        .isZero();
            }
            assertThat(duck.rows("SELECT DISTINCT programme_version FROM receipts ORDER BY 1"))
                    .containsExactly("0", "1", "2");
            assertThat(duck.rows("SELECT DISTINCT sold_month FROM receipts ORDER BY 1"))
                    .contains("2026-09", "2026-11");
        }
    }

    @Test
    void ledgerNamesRulesAndPostsHistoricalReceiptsWhenTheyWereSold() throws Exception {
        try (Duck duck = new Duck(folder)) {
            assertThat(duck.rows("SELECT DISTINCT kind, rule_id, purse_id FROM ledger ORDER BY ALL"))
                    .containsExactly("EARNED|base|points", "EARNED|bonus|cagnotte", "REVERSED||points");
            assertThat(duck.number("SELECT count(*) FROM ledger l JOIN receipts r USING (position) WHERE l.posted_at <>"
                            + " CASE WHEN r.historical THEN r.sold_at ELSE r.received_at END"))
                    .isZero();
            assertThat(duck.number("SELECT count(*) FROM ledger l JOIN receipts r USING (position) WHERE r.historical"))
                    .isPositive();
        }
    }

    @Test
    void eventsAreTheJournalsExactly() throws Exception {
        try (Duck duck = new Duck(folder)) {
            assertThat(duck.rows("SELECT position, event, kind, rule_id, value, cause FROM events ORDER BY 1, 2"))
                    .hasSizeGreaterThan(300)
                    .isEqualTo(chain.events);
            assertThat(duck.number("SELECT count(*) FROM events e JOIN receipts r USING (position) WHERE"
                            + " e.member_key <> r.member_key OR e.store <> r.store OR e.number <> r.number"
                            + " OR e.happened_at <> r.sold_at OR e.historical <> r.historical OR e.posted_at <>"
                            + " CASE WHEN r.historical THEN r.sold_at ELSE r.received_at END"))
                    .isZero();
            assertThat(duck.number("SELECT count(*) FROM events WHERE cause = 'ENROLMENT' AND store IS NULL"))
                    .isEqualTo(1);
        }
    }

    @Test
    void everyTableOfDefinitionsHoldsTheNewestOfEach() throws Exception {
        try (Duck duck = new Duck(folder)) {
            assertThat(duck.rows("SELECT * FROM products ORDER BY sku"))
                    .containsExactly(
                            "sku-1|Thé|grocery/tea|Épices|120|EUR|2026-01-01|null",
                            "sku-2|Sel fin|grocery/salt|null|30|EUR|null|null");
            assertThat(duck.rows("SELECT * FROM stores ORDER BY store"))
                    .containsExactly("lyon|Lyon|null|null|FR", "nice|Nice|Proxi|SAS|FR");
            assertThat(duck.rows("SELECT version, programme_id, sha256, time_zone, currency, document"
                            + " FROM programme_versions ORDER BY version"))
                    .containsExactly("1|club|abc1|Europe/Paris|EUR|{}", "2|club|abc2|America/New_York|EUR|{}");
        }
    }

    @Test
    void originalsCountLinesFromOneAndUsedRewardsAreStructs() throws Exception {
        try (Duck duck = new Duck(folder)) {
            assertThat(duck.rows("SELECT DISTINCT original_store, original_till, original_series, original_number,"
                            + " original_line FROM sale_lines WHERE is_return"))
                    .containsExactly("lyon|1|0|7|3");
            assertThat(duck.number("SELECT count(*) FROM sale_lines WHERE NOT is_return AND original_line IS NOT NULL"))
                    .isZero();
            assertThat(duck.rows("SELECT DISTINCT u.reward_id, u.count, u.discount_minor"
                            + " FROM (SELECT unnest(used_rewards) AS u FROM receipts)"))
                    .containsExactly("ten-percent|1|12");
        }
    }

    @Test
    void aFileJournalExportsAsTheRecordsInMemoryDo() throws Exception {
        Path data = directory.resolve("journal");
        JournalConfig config = JournalConfig.defaults().withMinimumFreeBytes(0);
        try (Journal journal = FileJournal.open(data, config, RecoveryProgress.silent())) {
            for (MemoryJournal.Entry entry : chain.journal.entries) {
                journal.appender()
                        .append(entry.type().code(), entry.timeMillis(), entry.payload(), 0, entry.payload().length);
            }
            journal.appender().commit();
            journal.barrier().advance();
        }
        Path other = directory.resolve("from-files");
        ExportConfig same = new ExportConfig(other, "tests", 250, 1_000_000, 48);
        try (JournalReader reader = FileJournal.openReadOnly(data)) {
            new JournalExport(same, ExportSecret.ofSeed(1))
                    .run(reader, chain.journal.entries.size(), ExportProgress.NONE);
        }
        assertThat(FolderContent.of(other)).isEqualTo(FolderContent.of(folder));
        assertThat(Files.exists(other.resolve("_export.json"))).isTrue();
    }
}
