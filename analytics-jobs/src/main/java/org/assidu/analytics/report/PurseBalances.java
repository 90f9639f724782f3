package org.assidu.analytics.report;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.expr;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.sum;

import java.time.LocalDate;
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.expressions.Window;

/** What single members hold in one purse, in micropoints. */
final class PurseBalances {

    /** Lower ends of the ranges shown, in points; below the first is debt. */
    private static final long[] STARTS = {0, 1, 50, 100, 200, 300, 500, 1_000, 2_000, 5_000};

    private final Dataset<Row> purse;
    private final Dataset<Row> balances;
    private final List<Row> ranges;

    private PurseBalances(Dataset<Row> purse) {
        this.purse = purse;
        this.balances = purse.groupBy("member_key").agg(sum("points_micro").as("balance"));
        StringBuilder range = new StringBuilder("CASE WHEN balance < 0 THEN -1");
        for (int i = STARTS.length - 1; i > 0; i--) {
            range.append(" WHEN balance >= ")
                    .append(STARTS[i] * ProgrammeTerms.MICRO)
                    .append(" THEN ")
                    .append(i);
        }
        this.ranges = balances.groupBy(expr(range + " ELSE 0 END").as("range"))
                .agg(count(lit(1)).as("members"), sum("balance").as("points_micro"))
                .orderBy("range")
                .collectAsList();
    }

    static PurseBalances of(Dataset<Row> purse) {
        return new PurseBalances(purse);
    }

    /** Members with more than nothing. */
    long holders() {
        return balances.filter(col("balance").gt(0)).count();
    }

    long holdersOf(long leastMicro) {
        return balances.filter(col("balance").geq(leastMicro)).count();
    }

    /** Points of members who have more than nothing: what is owed. */
    long owed() {
        return ranges.stream()
                .filter(row -> row.<Integer>getAs("range") >= 0)
                .mapToLong(row -> row.<Long>getAs("points_micro"))
                .sum();
    }

    /** Points of members below zero, at most 0: what they owe. */
    long debts() {
        return ranges.stream()
                .filter(row -> row.<Integer>getAs("range") < 0)
                .mapToLong(row -> row.<Long>getAs("points_micro"))
                .sum();
    }

    Chart distribution() {
        Table table = new Table(
                "balances",
                Text.of("Members by points held", "Membres par points détenus"),
                Field.of("range", Unit.TEXT, "Points", "Points"),
                Field.of("members", Unit.COUNT, "Members", "Membres"),
                Field.of("points", Unit.POINTS, "Points in all", "Points au total"));
        List<Text> labels = new ArrayList<>();
        List<Long> members = new ArrayList<>();
        for (Row row : ranges) {
            int range = row.<Integer>getAs("range");
            Text label = label(range);
            labels.add(label);
            members.add(row.<Long>getAs("members"));
            table.row(label, row.<Long>getAs("members"), row.<Long>getAs("points_micro"));
        }
        return new Chart(
                "balances",
                table.caption(),
                Text.of(
                        "Members who ever had a movement. Debts come from returns of goods whose points were spent.",
                        "Membres ayant eu au moins un mouvement. Les dettes viennent de retours dont les points étaient utilisés."),
                new XyPlot(
                        Axis.of(Unit.TEXT, "Points", "Points"),
                        Axis.of(Unit.COUNT, "Members", "Membres"),
                        labels,
                        List.of(XyPlot.Series.over(Text.of("Members", "Membres"), XyPlot.Mark.BAR, members))),
                table);
    }

    private static Text label(int range) {
        if (range < 0) {
            return Text.of("in debt", "en dette");
        }
        String words = range == STARTS.length - 1
                ? STARTS[range] + "+"
                : range == 0 ? "< 1" : STARTS[range] + "–" + (STARTS[range + 1] - 1);
        return Text.same(words);
    }

    /**
     * What is owed by the month it was credited in: by lot where movements say from which, else the oldest points being
     * used first, so that the newest credits of a member make up the balance.
     */
    Map<YearMonth, Long> byMonthOfCredit(boolean lotsStated) {
        Map<YearMonth, Long> lots = lotsStated ? byLot() : Map.of();
        return lots.isEmpty() ? byAge() : lots;
    }

    private Map<YearMonth, Long> byLot() {
        Map<YearMonth, Long> owed = new TreeMap<>();
        for (Row row : purse.filter(col("lot_cohort_month").isNotNull())
                .groupBy("member_key", "lot_cohort_month")
                .agg(sum("points_micro").as("points_micro"))
                .filter(col("points_micro").gt(0))
                .groupBy("lot_cohort_month")
                .agg(sum("points_micro").as("points_micro"))
                .collectAsList()) {
            int month = row.getInt(0);
            owed.put(YearMonth.of(month / 100, month % 100), row.getLong(1));
        }
        return owed;
    }

    private Map<YearMonth, Long> byAge() {
        Dataset<Row> credits = purse.filter(col("points_micro").gt(0))
                .groupBy(col("member_key"), expr(Labels.monthSql("posted_date")).as("month"))
                .agg(sum("points_micro").as("credit"));
        Dataset<Row> newer = credits.withColumn(
                "newer",
                sum("credit")
                        .over(Window.partitionBy("member_key")
                                .orderBy(col("month").desc())
                                .rowsBetween(Window.unboundedPreceding(), Window.currentRow())));
        Map<YearMonth, Long> owed = new TreeMap<>();
        for (Row row : newer.join(balances.filter(col("balance").gt(0)), "member_key")
                .selectExpr("month", "greatest(0L, least(credit, balance - (newer - credit))) AS owed")
                .groupBy("month")
                .agg(sum("owed").as("owed"))
                .collectAsList()) {
            owed.put(Labels.month(row.<Integer>getAs("month")), row.<Long>getAs("owed"));
        }
        return owed;
    }

    /** What is owed by age, newest last. */
    Chart ages(LocalDate end, Map<YearMonth, Long> owed) {
        Table table = new Table(
                "age-of-points",
                Text.of("Points owed by month of credit", "Points dus par mois de crédit"),
                Field.of("month", Unit.TEXT, "Credited in", "Crédités en"),
                Field.of("months_old", Unit.COUNT, "Months ago", "Il y a (mois)"),
                Field.of("points", Unit.POINTS, "Still owed", "Encore dus"),
                Field.of("cumulative_share", Unit.SHARE, "This old or older", "Cet âge ou plus"));
        List<Text> labels = new ArrayList<>();
        List<Long> values = new ArrayList<>();
        long total = owed.values().stream().mapToLong(Long::longValue).sum();
        long older = 0;
        for (Map.Entry<YearMonth, Long> month : owed.entrySet()) {
            older += month.getValue();
            labels.add(Text.same(month.getKey().toString()));
            values.add(month.getValue());
            table.row(
                    month.getKey().toString(),
                    (long) (Labels.index(YearMonth.from(end)) - Labels.index(month.getKey())),
                    month.getValue(),
                    MonthlyFacts.ratio(older, total));
        }
        return new Chart(
                "age-of-points",
                table.caption(),
                Text.of(
                        "The oldest points of a member count as used first. Old points are seldom spent: they are what an expiry rule would touch.",
                        "Les points les plus anciens d'un membre comptent comme utilisés d'abord. Les vieux points servent rarement : c'est eux que toucherait une expiration."),
                new XyPlot(
                        Axis.of(Unit.TEXT, "Month of credit", "Mois de crédit"),
                        Axis.of(Unit.POINTS, "Points still owed", "Points encore dus"),
                        labels,
                        List.of(XyPlot.Series.over(Text.of("Still owed", "Encore dus"), XyPlot.Mark.BAR, values))),
                table);
    }
}
