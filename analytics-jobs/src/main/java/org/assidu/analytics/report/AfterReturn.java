package org.assidu.analytics.report;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.expr;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.sum;
import static org.assidu.analytics.report.MonthlyFacts.ratio;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.expressions.Window;
import org.apache.spark.sql.expressions.WindowSpec;
import org.assidu.analytics.features.Features;

/** Whether members come back after a day with a return, beside days without one, at equal numbers of earlier orders. */
record AfterReturn(int days, List<Group> groups) {

    /** Days of members with so many order days before. */
    record Group(Text label, long plain, long plainBack, long returned, long returnedBack) {}

    private static final String[] LABELS = {"0", "1", "2–4", "5–9", "10+"};

    static AfterReturn of(Features features, int days) {
        LocalDate last = features.scope().lastDate().minusDays(days);
        WindowSpec member = Window.partitionBy("member_key").orderBy("sold_date");
        List<Row> rows = features.customerDays()
                .withColumn("is_order_day", expr("CASE WHEN orders > 0 THEN 1 ELSE 0 END"))
                .withColumn("before", sum("is_order_day").over(member.rowsBetween(Window.unboundedPreceding(), -1)))
                .withColumn(
                        "next_order",
                        expr("min(CASE WHEN orders > 0 THEN sold_date END) OVER (PARTITION BY member_key"
                                + " ORDER BY sold_date ROWS BETWEEN 1 FOLLOWING AND UNBOUNDED FOLLOWING)"))
                .filter("sold_date <= DATE'" + last + "'")
                .groupBy(
                        expr("CASE WHEN coalesce(before, 0) >= 10 THEN 4 WHEN before >= 5 THEN 3 WHEN before >= 2 THEN 2"
                                        + " WHEN before = 1 THEN 1 ELSE 0 END")
                                .as("group"),
                        expr("return_lines > 0").as("returned"))
                .agg(
                        count(lit(1)).as("days"),
                        sum(expr("CASE WHEN datediff(next_order, sold_date) <= " + days + " THEN 1L ELSE 0L END"))
                                .as("back"))
                .orderBy(col("group"), col("returned"))
                .collectAsList();
        long[][] sums = new long[LABELS.length][4];
        for (Row row : rows) {
            int at = row.<Boolean>getAs("returned") ? 2 : 0;
            sums[row.<Integer>getAs("group")][at] = row.<Long>getAs("days");
            sums[row.<Integer>getAs("group")][at + 1] = row.<Long>getAs("back");
        }
        List<Group> groups = new ArrayList<>();
        for (int i = 0; i < LABELS.length; i++) {
            groups.add(new Group(Text.same(LABELS[i]), sums[i][0], sums[i][1], sums[i][2], sums[i][3]));
        }
        return new AfterReturn(days, groups);
    }

    List<Figure> figures() {
        long plain = groups.stream().mapToLong(Group::plain).sum();
        long plainBack = groups.stream().mapToLong(Group::plainBack).sum();
        long returned = groups.stream().mapToLong(Group::returned).sum();
        long returnedBack = groups.stream().mapToLong(Group::returnedBack).sum();
        return List.of(
                new Figure(
                        "back_after_return",
                        Text.of("Back after a return", "Ont racheté après un retour"),
                        Unit.SHARE,
                        ratio(returnedBack, returned),
                        Text.of("within " + days + " days", "sous " + days + " jours")),
                new Figure(
                        "back_after_purchase",
                        Text.of("Back after a plain visit", "Ont racheté après une visite sans retour"),
                        Unit.SHARE,
                        ratio(plainBack, plain),
                        Text.of("within " + days + " days", "sous " + days + " jours")),
                new Figure(
                        "days_with_return",
                        Text.of("Visits with a return", "Visites avec retour"),
                        Unit.COUNT,
                        returned,
                        Text.of("days of members", "jours de membres")));
    }

    Chart chart() {
        Table table = new Table(
                "after-return",
                Text.of(
                        "Back within " + days + " days, after a visit with a return and without",
                        "Ont racheté sous " + days + " jours, après une visite avec retour et sans"),
                Field.of("orders_before", Unit.TEXT, "Order days before", "Jours d'achat avant"),
                Field.of("days", Unit.COUNT, "Visits without", "Visites sans"),
                Field.of("back", Unit.SHARE, "Back", "Ont racheté"),
                Field.of("return_days", Unit.COUNT, "Visits with a return", "Visites avec retour"),
                Field.of("back_after_return", Unit.SHARE, "Back", "Ont racheté"));
        List<Text> labels = new ArrayList<>();
        List<Double> plain = new ArrayList<>();
        List<Double> returned = new ArrayList<>();
        for (Group group : groups) {
            labels.add(group.label());
            plain.add(ratio(group.plainBack(), group.plain()));
            returned.add(ratio(group.returnedBack(), group.returned()));
            table.row(
                    group.label(),
                    group.plain(),
                    ratio(group.plainBack(), group.plain()),
                    group.returned(),
                    ratio(group.returnedBack(), group.returned()));
        }
        return new Chart(
                "after-return",
                table.caption(),
                Text.of(
                        "Compare bars of one pair: members with the same number of order days before. Behaviour, not opinion.",
                        "Comparer les barres d'une paire : membres ayant autant de jours d'achat avant. Un comportement, pas une opinion."),
                new XyPlot(
                        Axis.of(Unit.TEXT, "Order days before the visit", "Jours d'achat avant la visite"),
                        Axis.of(Unit.SHARE, "Back", "Ont racheté"),
                        labels,
                        List.of(
                                XyPlot.Series.over(Text.of("Without a return", "Sans retour"), XyPlot.Mark.BAR, plain),
                                XyPlot.Series.over(
                                        Text.of("With a return", "Avec retour"), XyPlot.Mark.BAR, returned))),
                table);
    }
}
