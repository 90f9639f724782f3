package org.assidu.analytics.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.nio.file.Path;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.assidu.analytics.fixture.ExportFixture;
import org.assidu.analytics.fixture.Found;
import org.jspecify.annotations.Nullable;

/** Holds tables of sections against what DuckDB works out from the same Parquet files. */
final class DuckOracle {

    private final ExportFixture duck;
    private final Set<String> compared = new HashSet<>();

    /** Views over the files: {@code r} a receipt, {@code o} an order of a member, {@code d} a member's order day. */
    DuckOracle(ExportFixture duck, Path export) throws SQLException {
        this.duck = duck;
        duck.run(
                "CREATE VIEW lines AS SELECT *, quantity_thousandths > 0 AND amount_minor > 0 AND NOT gift_card_sale AS sale"
                        + " FROM read_parquet('" + export + "/sale_lines/*/*.parquet')");
        duck.run(
                "CREATE VIEW r AS SELECT position, any_value(member_key) AS m, any_value(sold_date) AS d,"
                        + " any_value(sold_hour) AS h, count(*) FILTER (sale) AS sale_lines,"
                        + " coalesce(sum(amount_minor) FILTER (sale), 0)::BIGINT AS sales,"
                        + " coalesce(sum(CASE WHEN weighed THEN 1000 ELSE quantity_thousandths END) FILTER (sale), 0)::BIGINT AS articles,"
                        + " coalesce(sum(amount_minor) FILTER (quantity_thousandths < 0), 0)::BIGINT AS returned,"
                        + " coalesce(sum(amount_minor) FILTER (NOT gift_card_sale), 0)::BIGINT AS net FROM lines GROUP BY position");
        duck.run("CREATE VIEW o AS SELECT * FROM r WHERE sale_lines > 0 AND m IS NOT NULL");
        duck.run("CREATE VIEW d AS SELECT m, d, count(*) AS orders, sum(sales)::BIGINT AS sales FROM o GROUP BY m, d");
        duck.run("CREATE VIEW months AS SELECT unnest(generate_series(date_trunc('month', (SELECT min(d) FROM r)),"
                + " date_trunc('month', (SELECT max(d) FROM r)), INTERVAL 1 MONTH))::DATE AS mo");
        duck.run("CREATE VIEW ledger_files AS FROM read_parquet('" + export + "/ledger/*/*.parquet')");
    }

    /** Every row of a table equals the query's, the first columns as far as the query has any. */
    void equal(Section section, String table, String sql) throws SQLException {
        List<List<@Nullable Object>> expected = duck.rows(sql);
        List<List<@Nullable Object>> actual = Found.rows(section, table);
        assertThat(actual).as("rows of " + table).hasSameSizeAs(expected).isNotEmpty();
        for (int i = 0; i < expected.size(); i++) {
            for (int j = 0; j < expected.get(i).size(); j++) {
                same(
                        table + " row " + i + " column " + j,
                        actual.get(i).get(j),
                        expected.get(i).get(j));
            }
        }
        compared.add(table);
    }

    /** Ranges of a histogram: those with anything in them. */
    void equalRanges(Section section, String table, String values, long... starts) throws SQLException {
        List<String> cases = new ArrayList<>();
        for (int i = starts.length - 1; i >= 0; i--) {
            String label = i == starts.length - 1
                    ? starts[i] + "+"
                    : starts[i] == starts[i + 1] - 1 ? "" + starts[i] : starts[i] + "–" + (starts[i + 1] - 1);
            cases.add("WHEN v >= " + starts[i] + " THEN '" + label + "'");
        }
        List<List<@Nullable Object>> expected = duck.rows("SELECT CASE " + String.join(" ", cases)
                + " END AS range, count(*), count(*) / sum(count(*)) OVER () FROM (" + values
                + ") t(v) GROUP BY range ORDER BY min(v)");
        List<List<@Nullable Object>> actual = Found.rows(section, table).stream()
                .filter(row -> !Long.valueOf(0).equals(row.get(1)))
                .toList();
        assertThat(actual).as(table).hasSameSizeAs(expected).isNotEmpty();
        for (int i = 0; i < expected.size(); i++) {
            for (int j = 0; j < 3; j++) {
                same(
                        table + " row " + i + " column " + j,
                        actual.get(i).get(j),
                        expected.get(i).get(j));
            }
        }
        compared.add(table);
    }

    /** A triangle of cohorts, from rows of cohort, age and value; {@code share} divides by age 0. */
    void equalCohorts(Section section, String table, String sql, boolean share) throws SQLException {
        List<List<@Nullable Object>> cells = duck.rows(sql);
        long found = 0;
        for (List<@Nullable Object> row : Found.rows(section, table)) {
            for (int age = 0; age + 2 < row.size(); age++) {
                Object value = row.get(age + 2);
                long expected = cell(cells, row.get(0), age);
                if (value == null || (expected == 0 && cell(cells, row.get(0), 0) == 0)) {
                    continue;
                }
                if (share) {
                    same(table + " " + row.get(0) + "/" + age, value, (double) expected / cell(cells, row.get(0), 0));
                } else {
                    same(table + " " + row.get(0) + "/" + age, value, expected);
                }
                found += expected > 0 ? 1 : 0;
            }
        }
        assertThat(found).as("cells of " + table).isEqualTo(cells.size());
        compared.add(table);
    }

    private static long cell(List<List<@Nullable Object>> cells, @Nullable Object cohort, int age) {
        for (List<@Nullable Object> cell : cells) {
            if (String.valueOf(cell.get(0)).equals(String.valueOf(cohort)) && number(cell.get(1)) == age) {
                return (long) number(cell.get(2));
            }
        }
        return 0;
    }

    Set<String> compared() {
        return compared;
    }

    private static void same(String where, @Nullable Object actual, @Nullable Object expected) {
        if (actual instanceof Long exact) {
            assertThat(exact).as(where).isEqualTo((long) number(expected));
        } else if (actual == null || (actual instanceof Double number && number.isNaN())) {
            assertThat(expected instanceof Double number && !number.isNaN() && !number.isInfinite())
                    .as(where + " is unknown, DuckDB says " + expected)
                    .isFalse();
        } else if (actual instanceof Double number) {
            double wanted = number(expected);
            assertThat(number).as(where).isEqualTo(wanted, within(1e-9 * Math.max(1, Math.abs(wanted))));
        } else if (actual instanceof LocalDate date) {
            assertThat(date.toString()).as(where).isEqualTo(String.valueOf(expected));
        } else {
            String words = actual instanceof Text text ? text.en() : actual.toString();
            assertThat(words).as(where).isEqualTo(String.valueOf(expected));
        }
    }

    private static double number(@Nullable Object value) {
        if (value instanceof Number number) {
            return number.doubleValue();
        }
        throw new AssertionError("DuckDB gave " + value + ", expected a number");
    }
}
