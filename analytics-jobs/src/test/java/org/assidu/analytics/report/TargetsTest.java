package org.assidu.analytics.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import org.assidu.analytics.features.Features;
import org.assidu.analytics.fixture.ExportFixture;
import org.assidu.analytics.fixture.Found;
import org.assidu.analytics.fixture.SmallChain;
import org.assidu.analytics.fixture.TestSpark;
import org.assidu.analytics.ingest.ExportFolder;
import org.assidu.analytics.report.TargetRules.Contact;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whoever opposed profiling is in no list, no persona and no score; a list holds only who consented to its message. */
final class TargetsTest {

    private static final String MAY_MAIL = "(SELECT member_key FROM decision WHERE consent_email AND NOT opposed"
            + " AND coalesce(consent_profiling, true))";
    private static final String UNPROFILED =
            "(SELECT member_key FROM decision WHERE opposed OR NOT coalesce(consent_profiling, true))";

    @TempDir
    static Path folder;

    private static ExportFixture duck;
    private static Features features;
    private static Section targets;

    @BeforeAll
    static void report() throws Exception {
        duck = SmallChain.make(folder.resolve("first"));
        duck.run("CREATE TABLE decision AS SELECT DISTINCT member_key, hash(member_key) % 3 > 0 AS consent_email,"
                + " hash(member_key * 3) % 10 = 0 AS opposed,"
                + " CASE hash(member_key * 5) % 12 WHEN 0 THEN false WHEN 1 THEN true END AS consent_profiling,"
                + " NULL::VARCHAR AS control_of"
                + " FROM receipts WHERE member_key IS NOT NULL");
        duck.run("ALTER TABLE ledger ADD COLUMN lot_expires_on DATE");
        duck.run("UPDATE ledger SET lot_expires_on = sold_at::DATE + 100");
        duck.run("CREATE TABLE events AS WITH m AS (SELECT member_key, max(position) AS position, max(sold_at) AS seen,"
                + " any_value(store) AS store FROM receipts WHERE member_key IS NOT NULL GROUP BY member_key),"
                + " e AS (SELECT *, 1::INTEGER AS event, 'TIER_AT_RISK' AS kind, DATE '2025-06-01' + member_key::INTEGER AS day FROM m"
                + " UNION ALL SELECT *, 2, 'TIER_LOST', DATE '1970-01-03' FROM m WHERE member_key % 2 = 0"
                + " UNION ALL SELECT *, 3, 'BIRTHDAY', DATE '2025-05-01' + member_key::INTEGER FROM m)"
                + " SELECT position, event, kind, member_key, (day - DATE '1970-01-01')::BIGINT AS value,"
                + " seen AS happened_at, seen AS posted_at, store, strftime(seen, '%Y-%m') AS posted_month FROM e");
        Path export = folder.resolve("export");
        duck.writeUpTo(export, SmallChain.ZONE, 2400);
        features = Features.of(ExportFolder.open(TestSpark.small(), export.toString()), null, null);
        targets = new TargetsReport().run(features);
    }

    @AfterAll
    static void close() throws Exception {
        features.close();
        duck.close();
    }

    private static Set<Long> members(Section section, String list) {
        Set<Long> members = new TreeSet<>();
        for (List<@Nullable Object> row : rows(section, list)) {
            members.add(Long.valueOf((String) Objects.requireNonNull(row.get(0))));
        }
        return members;
    }

    private static List<List<@Nullable Object>> rows(Section section, String list) {
        for (Block block : section.blocks()) {
            if (block instanceof Listing listing && listing.table().key().equals(list)) {
                return listing.table().rows();
            }
        }
        throw new AssertionError("no listing " + list);
    }

    private static Set<Long> duck(String sql) throws Exception {
        Set<Long> members = new TreeSet<>();
        duck.numbers(sql).forEach(member -> members.add(member.longValue()));
        return members;
    }

    private static Section run(TargetRules rules) {
        return new TargetsReport().run(features, new Settings(null, 0, null, Map.of(), Settings.Personas.FIND, rules));
    }

    @Test
    void everyListEqualsDuckDbs() throws Exception {
        String sales = "(SELECT member_key, sold_date FROM sale_lines WHERE member_key IS NOT NULL"
                + " AND quantity_thousandths > 0 AND amount_minor > 0 AND NOT gift_card_sale)";
        String history =
                "h AS (SELECT member_key, count(DISTINCT position) AS orders, max(sold_date) AS last FROM sale_lines"
                        + " WHERE member_key IS NOT NULL AND quantity_thousandths > 0 AND amount_minor > 0 AND NOT gift_card_sale"
                        + " GROUP BY member_key), t AS (SELECT max(sold_date) AS today FROM receipts),"
                        + " g AS (SELECT sold_date - lag(sold_date) OVER (PARTITION BY member_key ORDER BY sold_date) AS gap"
                        + " FROM (SELECT DISTINCT * FROM " + sales + ")),"
                        + " d AS (SELECT quantile_disc(gap, 0.9) AS days FROM g WHERE gap IS NOT NULL)";
        assertThat(members(targets, "dormant"))
                .isEqualTo(duck("WITH " + history + " SELECT member_key FROM h, t, d WHERE orders > 1"
                        + " AND last < today - days::INTEGER AND member_key IN " + MAY_MAIL));
        String net = "n AS (SELECT member_key, sum(amount_minor) AS net FROM sale_lines WHERE NOT gift_card_sale"
                + " AND member_key IS NOT NULL AND (member_key, sold_date) IN (SELECT member_key, sold_date FROM "
                + sales
                + ") GROUP BY member_key)";
        assertThat(members(targets, "private-sale"))
                .isNotEmpty()
                .isEqualTo(duck("WITH " + history + ", " + net
                        + ", a AS (SELECT h.member_key, net FROM h JOIN n USING (member_key), t, d"
                        + " WHERE last >= today - days::INTEGER AND net > 0)"
                        + " SELECT member_key FROM (SELECT member_key FROM a ORDER BY net DESC, member_key"
                        + " LIMIT (SELECT count(*) // 10 FROM a)) WHERE member_key IN " + MAY_MAIL));
        assertThat(members(targets, "points-expiring"))
                .isNotEmpty()
                .isEqualTo(duck("WITH t AS (SELECT max(sold_date) AS today FROM receipts), l AS (SELECT member_key,"
                        + " lot_expires_on, sum(points_micro) AS micro FROM ledger, t WHERE lot_expires_on > today"
                        + " AND lot_expires_on <= today + 30 GROUP BY ALL HAVING sum(points_micro) > 0)"
                        + " SELECT DISTINCT member_key FROM l WHERE member_key IN " + MAY_MAIL));
        assertThat(members(targets, "tier-at-risk"))
                .isNotEmpty()
                .isEqualTo(duck("SELECT member_key FROM events, (SELECT max(sold_date) AS today FROM receipts)"
                        + " WHERE kind = 'TIER_AT_RISK' AND member_key % 2 = 1 AND DATE '1970-01-01' + value::INTEGER >= today"
                        + " AND member_key IN " + MAY_MAIL));
        assertThat(members(targets, "birthday"))
                .isNotEmpty()
                .isEqualTo(duck("SELECT member_key FROM events, (SELECT max(sold_date) AS today FROM receipts)"
                        + " WHERE kind = 'BIRTHDAY' AND DATE '1970-01-01' + value::INTEGER BETWEEN today AND today + 30"
                        + " AND member_key IN " + MAY_MAIL));
    }

    @Test
    void whoFitsIsEitherListedOrCountedWithTheReason() {
        for (List<@Nullable Object> row : Found.rows(targets, "lists")) {
            assertThat((Long) row.get(2))
                    .isEqualTo((Long) row.get(3) + (Long) row.get(4) + (Long) row.get(5) + (Long) row.get(6));
        }
        assertThat((Long) Found.rows(targets, "lists").get(1).get(3)).isPositive();
        assertThat((Long) Found.rows(targets, "lists").get(1).get(4)).isPositive();
    }

    @Test
    void atTheTillNoConsentToMessagesIsNeededButOppositionCounts() throws Exception {
        Set<Long> atTheTill = members(run(new TargetRules(Contact.TILL, 0, Set.of())), "birthday");
        assertThat(atTheTill).isNotEmpty().doesNotContainAnyElementsOf(duck("SELECT member_key FROM " + UNPROFILED));
        assertThat(atTheTill).containsAll(members(targets, "birthday"));
        assertThat(atTheTill).hasSizeGreaterThan(members(targets, "birthday").size());
        assertThat(members(run(new TargetRules(Contact.SMS, 0, Set.of())), "birthday"))
                .isEmpty();
    }

    @Test
    void wavesAreFilledInOrderWithoutThoseOfAnEarlierList() {
        Set<Long> first = members(targets, "tier-at-risk");
        Set<Long> earlier = new TreeSet<>(first.stream().limit(5).toList());
        Section waves = run(new TargetRules(Contact.EMAIL, 7, earlier));
        List<List<@Nullable Object>> rows = rows(waves, "tier-at-risk");
        assertThat(members(waves, "tier-at-risk")).hasSize(first.size() - 5).doesNotContainAnyElementsOf(earlier);
        for (int i = 0; i < rows.size(); i++) {
            assertThat(rows.get(i).get(1)).isEqualTo("tier-at-risk");
            assertThat(rows.get(i).get(2)).isEqualTo(i / 7 + 1L);
        }
        assertThat(Found.rows(waves, "lists").get(2).get(5)).isEqualTo(5L);
    }

    @Test
    void membersOpposedToProfilingAreInNoPersonaAndHaveNoValue() throws Exception {
        Set<Long> unprofiled = duck("SELECT member_key FROM " + UNPROFILED);
        assertThat(unprofiled).isNotEmpty();
        Section personas = new PersonasReport().run(features);
        Section clv = new ClvReport().run(features);
        assertThat(members(personas, "members")).isNotEmpty().doesNotContainAnyElementsOf(unprofiled);
        assertThat(members(clv, "members")).isNotEmpty().doesNotContainAnyElementsOf(unprofiled);
        for (Section section : List.of(personas, clv, targets)) {
            assertThat(section.leftOut().get(0).rows()).as(section.key()).isEqualTo(unprofiled.size());
        }
    }
}
