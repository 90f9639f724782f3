package org.assidu.analytics.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import org.assidu.analytics.features.Features;
import org.assidu.analytics.fixture.ExportFixture;
import org.assidu.analytics.fixture.Found;
import org.assidu.analytics.fixture.SmallChain;
import org.assidu.analytics.fixture.TestSpark;
import org.assidu.analytics.ingest.ExportFolder;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Bonuses against their control groups, baskets against anonymous ones, tiers, cashiers: each as DuckDB has it. */
final class ProgrammeEffectsTest {

    private static final String SALES =
            "sale_lines WHERE quantity_thousandths > 0 AND amount_minor > 0 AND NOT gift_card_sale";

    @TempDir
    static Path folder;

    private static ExportFixture duck;
    private static Features features;
    private static Section goals;
    private static Section stores;
    private static Section satisfaction;

    @BeforeAll
    static void report() throws Exception {
        duck = SmallChain.make(folder.resolve("first"));
        duck.run("CREATE TABLE decision AS SELECT DISTINCT member_key, true AS consent_email, false AS opposed,"
                + " NULL::BOOLEAN AS consent_profiling, CASE WHEN hash(member_key) % 3 = 0 THEN 'tea,base' END AS control_of"
                + " FROM receipts WHERE member_key IS NOT NULL");
        duck.run("UPDATE receipts SET cashier = 'c' || (hash(number * 3) % 4) WHERE store <> 'S3'");
        // One member who always meets the same cashier.
        duck.run("UPDATE receipts SET cashier = 'own', store = 'S1' WHERE member_key = (SELECT member_key FROM receipts"
                + " WHERE member_key IS NOT NULL GROUP BY 1 ORDER BY count(*) DESC, 1 LIMIT 1)");
        duck.run("CREATE TABLE events AS WITH m AS (SELECT member_key, max(position) AS position, max(sold_at) AS seen,"
                + " any_value(store) AS store FROM receipts WHERE member_key IS NOT NULL GROUP BY member_key),"
                + " e AS (SELECT *, 1::INTEGER AS event, 'TIER_REACHED' AS kind, (1 + member_key % 2) AS value, NULL::INTEGER AS score FROM m WHERE member_key % 3 > 0"
                + " UNION ALL SELECT *, 2, 'TIER_LOST', 0, NULL FROM m WHERE member_key % 5 = 1"
                + " UNION ALL SELECT *, 3, 'REVIEW_ASKED', 0, NULL FROM m"
                + " UNION ALL SELECT *, 4, 'SURVEY', 0, (hash(member_key) % 11)::INTEGER FROM m WHERE member_key % 2 = 0)"
                + " SELECT position, event, kind, member_key, value::BIGINT AS value, seen AS happened_at, seen AS posted_at,"
                + " store, score, strftime(seen, '%Y-%m') AS posted_month FROM e");
        duck.run("UPDATE products SET unit_cost_minor = 40 + hash(sku) % 90 WHERE hash(sku) % 3 > 0");
        Path export = folder.resolve("export");
        duck.writeUpTo(export, SmallChain.ZONE, 2400);
        features = Features.of(ExportFolder.open(TestSpark.small(), export.toString()), null, null);
        goals = new GoalsReport().run(features);
        stores = new StoresReport().run(features);
        satisfaction = new SatisfactionReport().run(features);
    }

    @AfterAll
    static void close() throws Exception {
        features.close();
        duck.close();
    }

    @Test
    void marginIsThatOfMembersSalesOfArticlesWithAKnownCost() throws Exception {
        String sales =
                " FROM sale_lines s LEFT JOIN products p USING (sku) WHERE member_key IS NOT NULL AND position <= 2400"
                        + " AND quantity_thousandths > 0 AND amount_minor > 0 AND NOT gift_card_sale";
        double costed = duck.number("SELECT sum(amount_minor) FILTER (unit_cost_minor IS NOT NULL)" + sales);
        double margin = duck.number("SELECT sum(amount_minor * 10000 // (10000 + vat_rate_hundredths)"
                + " - unit_cost_minor * quantity_thousandths // 1000)" + sales);

        MarginRate rate = MarginRate.of(features);

        assertThat(rate.covered())
                .isEqualTo(costed / duck.number("SELECT sum(amount_minor)" + sales))
                .isBetween(0.1, 0.9);
        assertThat(rate.rate()).isEqualTo(margin / costed);
    }

    @Test
    void aBonusIsHeldAgainstItsControlGroupWithWelchsInterval() throws Exception {
        List<@Nullable Object> row = Found.row(goals, "campaign-effects", "base");
        String spent =
                "(SELECT d.member_key, control_of IS NOT NULL AS control, coalesce(net, 0) AS net FROM decision d LEFT JOIN"
                        + " (SELECT member_key, sum(amount_minor) AS net FROM sale_lines WHERE NOT gift_card_sale"
                        + " AND sold_date BETWEEN (SELECT min(posted_at)::DATE FROM ledger WHERE rule_id = 'base')"
                        + " AND (SELECT max(posted_at)::DATE FROM ledger WHERE rule_id = 'base') GROUP BY 1) USING (member_key))";
        String welch = "SELECT %s FROM (SELECT count(*) AS n, avg(net) AS m, var_samp(net) AS v FROM " + spent
                + " WHERE NOT control) t, (SELECT count(*) AS n, avg(net) AS m, var_samp(net) AS v FROM " + spent
                + " WHERE control) c";
        assertThat((double) (Long) Objects.requireNonNull(row.get(4))).isEqualTo(duck.number(welch.formatted("t.n")));
        assertThat((double) (Long) Objects.requireNonNull(row.get(5))).isEqualTo(duck.number(welch.formatted("c.n")));
        String half = "1.959963984540054 * sqrt(t.v / t.n + c.v / c.n)";
        int column = 8;
        for (String sql :
                List.of("(t.m - c.m) * t.n", "(t.m - c.m - " + half + ") * t.n", "(t.m - c.m + " + half + ") * t.n")) {
            double expected = duck.number(welch.formatted(sql));
            assertThat((Double) row.get(column++)).isEqualTo(expected, within(1e-6 * Math.abs(expected)));
        }
        assertThat(((Text) Objects.requireNonNull(
                                Found.row(goals, "campaign-effects", "tea").get(1)))
                        .en())
                .isEqualTo("not given yet");
    }

    @Test
    void basketsAreMatchedByStoreWeekdayAndPartOfTheDay() throws Exception {
        List<List<@Nullable Object>> rows = Found.rows(goals, "matched-baskets");
        String strata = "WITH o AS (SELECT position, any_value(store) AS store, any_value(isodow(sold_date)) AS w,"
                + " any_value(CASE WHEN sold_hour < 12 THEN 0 WHEN sold_hour < 18 THEN 1 ELSE 2 END) AS part,"
                + " any_value(member_key) AS m, sum(amount_minor) AS s FROM " + SALES + " GROUP BY position),"
                + " g AS (SELECT count(m) AS n, sum(s) FILTER (m IS NOT NULL) AS s, avg(s) FILTER (m IS NULL) AS other"
                + " FROM o GROUP BY store, w, part HAVING count(m) > 0 AND count(*) > count(m)) ";
        List<@Nullable Object> all = rows.get(7);
        assertThat((double) (Long) Objects.requireNonNull(all.get(1)))
                .isEqualTo(duck.number(strata + "SELECT sum(n) FROM g"));
        assertThat((Double) all.get(3)).isEqualTo(duck.number(strata + "SELECT sum(s) / sum(n) FROM g"), within(1e-6));
        assertThat((Double) all.get(4))
                .isEqualTo(duck.number(strata + "SELECT sum(n * other) / sum(n) FROM g"), within(1e-6));
    }

    @Test
    void tiersAreThoseOfTheNewestEvent() throws Exception {
        String level =
                "(SELECT member_key, CASE WHEN member_key % 5 = 1 THEN 0 WHEN member_key % 3 > 0 THEN 1 + member_key % 2"
                        + " ELSE 0 END AS level FROM decision)";
        for (List<@Nullable Object> row : Found.rows(goals, "tiers")) {
            String name = ((Text) Objects.requireNonNull(row.get(0))).en();
            assertThat((double) (Long) Objects.requireNonNull(row.get(1)))
                    .isEqualTo(duck.number("SELECT count(*) FROM " + level + " WHERE level = "
                            + (name.equals("no tier") ? "0" : name)));
        }
        for (List<@Nullable Object> row : Found.rows(satisfaction, "score-by-tier")) {
            String name = ((Text) Objects.requireNonNull(row.get(0))).en();
            assertThat((double) (Long) Objects.requireNonNull(row.get(1)))
                    .isEqualTo(duck.number("SELECT count(*) FROM " + level + " WHERE member_key % 2 = 0 AND level = "
                            + (name.equals("no tier") ? "0" : name)));
        }
        assertThat(Found.decimal(satisfaction, "answer_rate"))
                .isEqualTo(duck.number("SELECT avg((member_key % 2 = 0)::INTEGER) FROM decision"), within(1e-9));
    }

    @Test
    void cashiersAndOwnCardsAreSeen() throws Exception {
        List<List<@Nullable Object>> cashiers = listing("cashiers");
        List<List<@Nullable Object>> expected =
                duck.rows("SELECT store, cashier, count(*), avg((member_key IS NOT NULL)::INTEGER),"
                        + " avg((return_lines > 0)::INTEGER), 0, sum(discount_minor) FROM receipts WHERE cashier IS NOT NULL"
                        + " GROUP BY store, cashier ORDER BY store, cashier");
        assertThat(cashiers).hasSameSizeAs(expected).isNotEmpty();
        for (int i = 0; i < cashiers.size(); i++) {
            assertThat(cashiers.get(i).subList(0, 3)).isEqualTo(expected.get(i).subList(0, 3));
            assertThat((Double) cashiers.get(i).get(3))
                    .isEqualTo(((Number) Objects.requireNonNull(expected.get(i).get(3))).doubleValue(), within(1e-9));
        }
        assertThat(listing("unusual"))
                .anySatisfy(row -> assertThat(row.get(2)).isEqualTo("own"))
                .allSatisfy(row -> assertThat(row.get(2)).isIn("own", ""));
        for (List<@Nullable Object> row : Found.rows(stores, "sign-ups")) {
            assertThat((Double) row.get(3)).isEqualTo(1.0);
        }
    }

    private static List<List<@Nullable Object>> listing(String key) {
        return stores.blocks().stream()
                .filter(block -> block instanceof Listing listing
                        && listing.table().key().equals(key))
                .map(block -> ((Listing) block).table().rows())
                .findFirst()
                .orElseThrow();
    }
}
