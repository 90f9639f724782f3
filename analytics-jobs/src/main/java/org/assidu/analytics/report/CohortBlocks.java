package org.assidu.analytics.report;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.expr;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.sum;

import java.time.YearMonth;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.assidu.analytics.features.Features;
import org.assidu.analytics.features.Scope;

/**
 * Members by month of first purchase, followed month after month.
 *
 * <p>Arrays are [cohort][age], both in months from the first month of the data; ages beyond the data are not there.
 */
final class CohortBlocks {

    private final Scope scope;
    private final List<YearMonth> months;
    private final long truncationDays;
    private final long[][] members;
    private final long[][] orders;
    private final long[][] salesMinor;
    private final long[][] onOrAfter;

    /** First and last month of each bracket. */
    private static final int[][] BRACKETS = {{1, 3}, {4, 6}, {7, 12}, {13, 24}};

    private final long[][] brackets;

    private CohortBlocks(Scope scope, long truncationDays) {
        this.scope = scope;
        this.truncationDays = truncationDays;
        this.months = scope.months();
        this.members = triangle(months.size());
        this.orders = triangle(months.size());
        this.salesMinor = triangle(months.size());
        this.onOrAfter = triangle(months.size());
        this.brackets = new long[months.size()][BRACKETS.length];
    }

    private static long[][] triangle(int size) {
        long[][] triangle = new long[size][];
        for (int cohort = 0; cohort < size; cohort++) {
            triangle[cohort] = new long[size - cohort];
        }
        return triangle;
    }

    /**
     * Counts the cohorts.
     *
     * @param truncationDays a member first seen within so many days of the data's beginning may have bought before
     */
    static CohortBlocks of(Features features, long truncationDays) {
        CohortBlocks blocks = new CohortBlocks(features.scope(), truncationDays);
        int base = Labels.index(YearMonth.from(features.scope().firstDate()));
        Dataset<Row> activity = features.memberHistory()
                .select(
                        col("member_key"),
                        expr(Labels.monthSql("first_date")).as("cohort"),
                        expr("explode(days)").as("day"))
                .groupBy(
                        col("member_key"),
                        col("cohort"),
                        expr(Labels.monthSql("day.sold_date")).as("month"))
                .agg(sum("day.orders").as("orders"), sum("day.sales_minor").as("sales_minor"))
                .groupBy("cohort", "month")
                .agg(
                        count(lit(1)).as("members"),
                        sum("orders").as("orders"),
                        sum("sales_minor").as("sales_minor"));
        for (Row row : activity.collectAsList()) {
            int cohort = row.<Integer>getAs("cohort") - base;
            int age = row.<Integer>getAs("month") - base - cohort;
            blocks.members[cohort][age] = row.<Long>getAs("members");
            blocks.orders[cohort][age] = row.<Long>getAs("orders");
            blocks.salesMinor[cohort][age] = row.<Long>getAs("sales_minor");
        }
        Dataset<Row> lastSeen = features.memberHistory()
                .groupBy(
                        expr(Labels.monthSql("first_date")).as("cohort"),
                        expr(Labels.monthSql("last_date")).as("month"))
                .agg(count(lit(1)).as("members"));
        for (Row row : lastSeen.collectAsList()) {
            int cohort = row.<Integer>getAs("cohort") - base;
            int lastAge = row.<Integer>getAs("month") - base - cohort;
            for (int age = 0; age <= lastAge; age++) {
                blocks.onOrAfter[cohort][age] += row.<Long>getAs("members");
            }
        }
        blocks.countBrackets(features, base);
        return blocks;
    }

    private void countBrackets(Features features, int base) {
        StringBuilder bracket = new StringBuilder("CASE");
        for (int i = 0; i < BRACKETS.length; i++) {
            bracket.append(" WHEN age BETWEEN ")
                    .append(BRACKETS[i][0])
                    .append(" AND ")
                    .append(BRACKETS[i][1])
                    .append(" THEN ")
                    .append(i);
        }
        String age = Labels.monthSql("d.sold_date") + " - " + Labels.monthSql("first_date");
        for (Row row : features.memberHistory()
                .selectExpr(
                        Labels.monthSql("first_date") + " AS cohort",
                        "explode(array_distinct(transform(transform(days, d -> " + age + "), age -> " + bracket
                                + " END))) AS bracket")
                .filter(col("bracket").isNotNull())
                .groupBy("cohort", "bracket")
                .agg(count(lit(1)).as("members"))
                .collectAsList()) {
            brackets[row.<Integer>getAs("cohort") - base][row.<Integer>getAs("bracket")] = row.<Long>getAs("members");
        }
    }

    /** Active at any time in a bracket of months; a bracket that the data cut off is hatched. */
    private Chart bracketChart() {
        Text title = Text.of(
                "Members active at least once in a bracket of months, as % of the cohort",
                "Membres actifs au moins une fois dans une tranche de mois, en % de la cohorte");
        List<Field> fields = new ArrayList<>();
        fields.add(Field.of("cohort", Unit.TEXT, "Cohort", "Cohorte"));
        fields.add(Field.of("size", Unit.COUNT, "Members", "Membres"));
        List<Text> columns = new ArrayList<>();
        for (int[] bracket : BRACKETS) {
            String words = bracket[0] + "–" + bracket[1];
            columns.add(Text.same(words));
            fields.add(Field.of(
                    "months_" + bracket[0] + "_" + bracket[1], Unit.SHARE, "Months " + words, "Mois " + words));
        }
        fields.add(Field.of("whole_brackets", Unit.COUNT, "Whole brackets", "Tranches entières"));
        Table table = new Table("cohorts-brackets", title, fields);
        List<HeatmapPlot.Cell> cells = new ArrayList<>();
        List<Text> labels = new ArrayList<>();
        for (int cohort = 0; cohort < months.size(); cohort++) {
            labels.add(label(cohort));
            Object[] row = new Object[fields.size()];
            row[0] = months.get(cohort).toString();
            row[1] = members[cohort][0];
            long whole = 0;
            for (int i = 0; i < BRACKETS.length && members[cohort][0] > 0; i++) {
                if (cohort + BRACKETS[i][0] < months.size()) {
                    int last = cohort + BRACKETS[i][1];
                    boolean cut = last >= months.size() || scope.isPartial(months.get(last));
                    double share = (double) brackets[cohort][i] / members[cohort][0];
                    row[2 + i] = share;
                    cells.add(new HeatmapPlot.Cell(i, cohort, share, cut));
                    whole += cut ? 0 : 1;
                }
            }
            row[fields.size() - 1] = whole;
            table.row(row);
        }
        return new Chart(
                "cohorts-brackets",
                title,
                Text.of(
                        "Hatched: the data end inside the bracket, so that its share is still to grow.",
                        "Hachuré : les données s'arrêtent dans la tranche, sa part va encore croître."),
                new HeatmapPlot(
                        Axis.of(Unit.TEXT, "Months since the first purchase", "Mois depuis le premier achat"),
                        Axis.of(Unit.TEXT, "Month of the first purchase", "Mois du premier achat"),
                        Unit.SHARE,
                        columns,
                        labels,
                        cells),
                table);
    }

    /** Active members of one cohort by age; for figures and tests. */
    long[] members(int cohort) {
        return members[cohort].clone();
    }

    /** Share of all cohorts' members active at an age, over the cohorts whose month of that age is whole. */
    double retention(int age) {
        long active = 0;
        long started = 0;
        for (int cohort = 0; cohort + age < months.size(); cohort++) {
            if (!scope.isPartial(months.get(cohort + age))) {
                active += members[cohort][age];
                started += members[cohort][0];
            }
        }
        return MonthlyFacts.ratio(active, started);
    }

    List<Block> blocks() {
        return List.of(
                chart(
                        "members-share",
                        Text.of(
                                "Members still active, as % of the cohort",
                                "Membres encore actifs, en % de la cohorte"),
                        Unit.SHARE,
                        members,
                        true),
                chart(
                        "members",
                        Text.of("Members active, by cohort", "Membres actifs, par cohorte"),
                        Unit.COUNT,
                        members,
                        false),
                chart(
                        "on-or-after-share",
                        Text.of(
                                "Members active in that month or any later one, as % of the cohort",
                                "Membres actifs ce mois-là ou plus tard, en % de la cohorte"),
                        Unit.SHARE,
                        onOrAfter,
                        true),
                bracketChart(),
                chart(
                        "orders-share",
                        Text.of(
                                "Orders, as % of the cohort's first month",
                                "Achats, en % du premier mois de la cohorte"),
                        Unit.SHARE,
                        orders,
                        true),
                chart("orders", Text.of("Orders, by cohort", "Achats, par cohorte"), Unit.COUNT, orders, false),
                chart(
                        "revenue-share",
                        Text.of(
                                "Sales, as % of the cohort's first month",
                                "Ventes, en % du premier mois de la cohorte"),
                        Unit.SHARE,
                        salesMinor,
                        true),
                chart("revenue", Text.of("Sales, by cohort", "Ventes, par cohorte"), Unit.MONEY, salesMinor, false));
    }

    private Text label(int cohort) {
        boolean truncated =
                months.get(cohort).atDay(1).toEpochDay() < scope.firstDate().toEpochDay() + truncationDays;
        return Text.same((truncated ? "≤ " : "") + months.get(cohort));
    }

    private Chart chart(String key, Text title, Unit unit, long[][] values, boolean shareOfStart) {
        List<Field> fields = new ArrayList<>();
        fields.add(Field.of("cohort", Unit.TEXT, "Cohort", "Cohorte"));
        fields.add(Field.of("size", Unit.COUNT, "Members", "Membres"));
        List<Text> ages = new ArrayList<>();
        for (int age = 0; age < months.size(); age++) {
            ages.add(Text.same(Integer.toString(age)));
            fields.add(Field.of("month_" + age, unit, "Month " + age, "Mois " + age));
        }
        Table table = new Table("cohorts-" + key, title, fields);
        List<Text> labels = new ArrayList<>();
        List<HeatmapPlot.Cell> cells = new ArrayList<>();
        for (int cohort = 0; cohort < months.size(); cohort++) {
            labels.add(label(cohort));
            Object[] row = new Object[fields.size()];
            row[0] = months.get(cohort).toString();
            row[1] = members[cohort][0];
            for (int age = 0; age < values[cohort].length && values[cohort][0] > 0; age++) {
                double value = shareOfStart ? (double) values[cohort][age] / values[cohort][0] : values[cohort][age];
                row[2 + age] = shareOfStart ? (Object) value : (Object) values[cohort][age];
                cells.add(new HeatmapPlot.Cell(age, cohort, value, scope.isPartial(months.get(cohort + age))));
            }
            table.row(row);
        }
        return new Chart(
                "cohorts-" + key,
                title,
                Text.of(
                        "One row a cohort; hatched cells fall in a month that is not whole and are outside the colour scale. ≤ marks cohorts that may hold older members.",
                        "Une ligne par cohorte ; les cases hachurées tombent dans un mois incomplet et sont hors de l'échelle de couleur. ≤ marque les cohortes pouvant contenir des membres plus anciens."),
                new HeatmapPlot(
                        Axis.of(Unit.TEXT, "Months since the first purchase", "Mois depuis le premier achat"),
                        Axis.of(Unit.TEXT, "Month of the first purchase", "Mois du premier achat"),
                        unit,
                        ages,
                        labels,
                        cells),
                table);
    }
}
