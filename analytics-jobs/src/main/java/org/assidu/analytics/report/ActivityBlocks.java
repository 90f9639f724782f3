package org.assidu.analytics.report;

import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.countDistinct;
import static org.apache.spark.sql.functions.expr;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.sum;

import java.time.LocalDate;
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.assidu.analytics.features.Features;
import org.assidu.analytics.features.Scope;

/** Who came, stayed, went and came back, with "gone" meaning no purchase for D days. */
final class ActivityBlocks {

    private final Features features;
    private final Scope scope;
    private final int churnDays;

    ActivityBlocks(Features features, int churnDays) {
        this.features = features;
        this.scope = features.scope();
        this.churnDays = churnDays;
    }

    /** Members whose last purchase is D days old or less at the end of the data. */
    long activeAtEnd() {
        return features.memberHistory()
                .filter(expr("datediff(" + lastDay() + ", last_date) <= " + churnDays))
                .count();
    }

    private String lastDay() {
        return "DATE'" + scope.lastDate() + "'";
    }

    /**
     * Events of a member: new on the first day; lapsed on the day after D days of silence; reactivated on the first
     * purchase after a lapse.
     */
    private Map<String, Map<Integer, Long>> events() {
        String lapses = "transform(filter(sequence(1, order_days), i -> i < order_days"
                + " AND datediff(days[i].sold_date, days[i - 1].sold_date) > " + churnDays + "),"
                + " i -> struct('lapsed' AS kind, date_add(days[i - 1].sold_date, " + (churnDays + 1) + ") AS day))";
        String returns = "transform(filter(sequence(1, order_days), i -> i < order_days"
                + " AND datediff(days[i].sold_date, days[i - 1].sold_date) > " + churnDays + "),"
                + " i -> struct('reactivated' AS kind, days[i].sold_date AS day))";
        String end = "filter(array(struct('lapsed' AS kind, date_add(last_date, " + (churnDays + 1)
                + ") AS day)), e -> e.day <= " + lastDay() + ")";
        Dataset<Row> rows = features.memberHistory()
                .selectExpr("explode(concat(array(struct('new' AS kind, first_date AS day)), " + lapses + ", " + returns
                        + ", " + end + ")) AS event")
                .groupBy(
                        expr("event.kind").as("kind"),
                        expr(Labels.monthSql("event.day")).as("month"))
                .agg(count(lit(1)).as("n"));
        Map<String, Map<Integer, Long>> byKind = new HashMap<>();
        for (Row row : rows.collectAsList()) {
            byKind.computeIfAbsent(row.<String>getAs("kind"), kind -> new TreeMap<>())
                    .put(row.<Integer>getAs("month"), row.<Long>getAs("n"));
        }
        return byKind;
    }

    private Map<Integer, Long> activeMembers() {
        Map<Integer, Long> active = new TreeMap<>();
        for (Row row : features.memberHistory()
                .selectExpr("member_key", "explode(days) AS day")
                .groupBy(expr(Labels.monthSql("day.sold_date")).as("month"))
                .agg(countDistinct("member_key").as("members"))
                .collectAsList()) {
            active.put(row.<Integer>getAs("month"), row.<Long>getAs("members"));
        }
        return active;
    }

    Chart waterfall() {
        Map<String, Map<Integer, Long>> events = events();
        Map<Integer, Long> buyers = activeMembers();
        Table table = new Table(
                "waterfall",
                Text.of("Members gained and lost by month", "Membres gagnés et perdus par mois"),
                Field.of("month", Unit.TEXT, "Month", "Mois"),
                Field.of("active_before", Unit.COUNT, "Active at start", "Actifs au début"),
                Field.of("new", Unit.COUNT, "New", "Nouveaux"),
                Field.of("reactivated", Unit.COUNT, "Reactivated", "Réactivés"),
                Field.of("lapsed", Unit.COUNT, "Lapsed", "Perdus"),
                Field.of("active_after", Unit.COUNT, "Active at end", "Actifs à la fin"),
                Field.of("buyers", Unit.COUNT, "Buyers in the month", "Acheteurs du mois"),
                Field.of("returning", Unit.COUNT, "of which returning", "dont fidèles"));
        List<Long> fresh = new ArrayList<>();
        List<Long> back = new ArrayList<>();
        List<Long> gone = new ArrayList<>();
        List<Long> stock = new ArrayList<>();
        long active = 0;
        for (YearMonth month : scope.months()) {
            int index = Labels.index(month);
            long born = at(events, "new", index);
            long returned = at(events, "reactivated", index);
            long lapsed = at(events, "lapsed", index);
            long before = active;
            active += born + returned - lapsed;
            fresh.add(born);
            back.add(returned);
            gone.add(-lapsed);
            stock.add(active);
            long bought = buyers.getOrDefault(index, 0L);
            table.row(month.toString(), before, born, returned, -lapsed, active, bought, bought - born - returned);
        }
        return new Chart(
                "waterfall",
                table.caption(),
                Text.of(
                        "Active = a purchase in the last " + churnDays
                                + " days. Active at end = active at start + new + reactivated − lapsed. In the first months nobody can have lapsed yet and “new” includes older members.",
                        "Actif = un achat dans les " + churnDays
                                + " derniers jours. Actifs à la fin = actifs au début + nouveaux + réactivés − perdus. Les premiers mois, personne ne peut encore être perdu et « nouveaux » comprend des membres anciens."),
                new XyPlot(
                        Axis.of(Unit.TEXT, "Month", "Mois"),
                        Axis.of(Unit.COUNT, "Members", "Membres"),
                        Labels.months(scope),
                        List.of(
                                bars("New", "Nouveaux", fresh),
                                bars("Reactivated", "Réactivés", back),
                                bars("Lapsed", "Perdus", gone),
                                Labels.markPartial(
                                        scope,
                                        XyPlot.Series.over(
                                                Text.of("Active at end", "Actifs à la fin"),
                                                XyPlot.Mark.LINE,
                                                stock)))),
                table);
    }

    private XyPlot.Series bars(String en, String fr, List<Long> values) {
        return Labels.markPartial(scope, XyPlot.Series.over(Text.of(en, fr), XyPlot.Mark.STACKED_BAR, values));
    }

    private static long at(Map<String, Map<Integer, Long>> events, String kind, int month) {
        return events.getOrDefault(kind, Map.of()).getOrDefault(month, 0L);
    }

    /** Retention from one D-day period to the next, counted back from the last day so that the newest is whole. */
    Block retention() {
        int periods = (int) (scope.days() / churnDays);
        if (periods < 2) {
            return new Note(Text.of(
                    "No retention rate: it needs two periods of " + churnDays + " days, the data cover " + scope.days()
                            + " days.",
                    "Pas de taux de rétention : il faut deux périodes de " + churnDays
                            + " jours, les données en couvrent " + scope.days() + "."));
        }
        String back = "CAST(floor(datediff(" + lastDay() + ", d.sold_date) / " + churnDays + ") AS INT)";
        Map<Integer, Row> rows = new TreeMap<>();
        for (Row row : features.memberHistory()
                .selectExpr("array_distinct(transform(days, d -> " + back + ")) AS periods")
                .selectExpr("periods", "explode(periods) AS period")
                .groupBy("period")
                .agg(
                        count(lit(1)).as("active"),
                        sum(expr("CASE WHEN array_contains(periods, period + 1) THEN 1L ELSE 0L END"))
                                .as("kept"))
                .collectAsList()) {
            rows.put(row.<Integer>getAs("period"), row);
        }
        Table table = new Table(
                "retention-rate",
                Text.of(
                        "Retention rate by periods of " + churnDays + " days",
                        "Taux de rétention par périodes de " + churnDays + " jours"),
                Field.of("from", Unit.DATE, "From", "Du"),
                Field.of("to", Unit.DATE, "To", "Au"),
                Field.of("active_before", Unit.COUNT, "Active before", "Actifs avant"),
                Field.of("kept", Unit.COUNT, "Active again", "Encore actifs"),
                Field.of("retention_rate", Unit.SHARE, "Retention rate", "Taux de rétention"),
                Field.of("churn_rate", Unit.SHARE, "Churn rate", "Taux de perte"));
        List<Text> labels = new ArrayList<>();
        List<Double> rates = new ArrayList<>();
        for (int period = periods - 2; period >= 0; period--) {
            LocalDate to = scope.lastDate().minusDays((long) period * churnDays);
            LocalDate from = to.minusDays(churnDays - 1L);
            Row now = rows.get(period);
            Row before = rows.get(period + 1);
            long base = before == null ? 0 : before.<Long>getAs("active");
            long kept = now == null ? 0 : now.<Long>getAs("kept");
            double rate = MonthlyFacts.ratio(kept, base);
            labels.add(Text.same(from.toString()));
            rates.add(rate);
            table.row(from, to, base, kept, rate, 1 - rate);
        }
        return new Chart(
                "retention-rate",
                table.caption(),
                Text.of(
                        "Members with an order in a period who also had one in the period before, over the latter.",
                        "Membres ayant acheté dans une période et dans la précédente, sur ceux de la précédente."),
                new XyPlot(
                        Axis.of(Unit.TEXT, "Period", "Période"),
                        Axis.of(Unit.SHARE, "Retention rate", "Taux de rétention"),
                        labels,
                        List.of(XyPlot.Series.over(
                                Text.of("Retention rate", "Taux de rétention"), XyPlot.Mark.BAR, rates))),
                table);
    }
}
