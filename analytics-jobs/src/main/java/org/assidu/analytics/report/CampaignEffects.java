package org.assidu.analytics.report;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.expr;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.sum;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.assidu.analytics.features.Features;
import org.assidu.analytics.ingest.ExportTable;
import org.assidu.analytics.report.ProgrammeTerms.PointValue;
import org.jspecify.annotations.Nullable;

/**
 * What a bonus brought, against the members it left out by chance: difference of mean net turnover with Welch's 95 % interval.
 * Everyone enrolled by the end of the bonus's days counts, whether they used it or not, since only the draw is random.
 */
final class CampaignEffects {

    /** Of the normal distribution, for 95 %: groups below {@link #FEWEST} members are not compared. */
    private static final double Z = 1.959963984540054;

    private static final int FEWEST = 30;

    private final Features features;
    private final @Nullable PointValue value;

    CampaignEffects(Features features, @Nullable PointValue value) {
        this.features = features;
        this.value = value;
    }

    /** Members of one group: how many, what they spent, and the sum of squares. */
    private record Group(long members, double sum, double squares) {

        static final Group NONE = new Group(0, 0, 0);

        double mean() {
            return MonthlyFacts.ratio(sum, members);
        }

        /** Variance of the mean. */
        double error() {
            double mean = mean();
            return (squares / members - mean * mean) / (members - 1);
        }
    }

    Block block() {
        List<String> bonuses = new ArrayList<>();
        for (Row row : !features.hasControls()
                ? List.<Row>of()
                : features.members()
                        .selectExpr("explode(split(" + ExportTable.CONTROL_OF + ", ',')) AS bonus")
                        .distinct()
                        .orderBy("bonus")
                        .collectAsList()) {
            bonuses.add(row.getString(0));
        }
        if (bonuses.isEmpty()) {
            return new Note(
                    Text.of(
                            "No effect of a campaign can be told: no bonus leaves a control group out. Add control_percent: 10 to a bonus of the programme, and this page says what it brought.",
                            "L'effet d'une campagne ne peut être dit : aucun bonus ne laisse de groupe témoin. Ajouter control_percent: 10 à un bonus du programme, et cette page dira ce qu'il a rapporté."));
        }
        Table table = new Table(
                "campaign-effects",
                Text.of(
                        "What bonuses brought, against their control groups",
                        "Ce que les bonus ont rapporté, face à leurs groupes témoins"),
                Field.of("bonus", Unit.TEXT, "Bonus", "Bonus"),
                Field.of("verdict", Unit.TEXT, "Reading", "Lecture"),
                Field.of("from", Unit.DATE, "From", "Du"),
                Field.of("to", Unit.DATE, "To", "Au"),
                Field.of("members", Unit.COUNT, "Members", "Membres"),
                Field.of("control", Unit.COUNT, "Control group", "Groupe témoin"),
                Field.of("mean", Unit.MONEY, "Net turnover a member", "CA net par membre"),
                Field.of("control_mean", Unit.MONEY, "In the control group", "Dans le groupe témoin"),
                Field.of("incremental", Unit.MONEY, "Incremental sales", "Ventes supplémentaires"),
                Field.of("low", Unit.MONEY, "95 % from", "95 % de"),
                Field.of("high", Unit.MONEY, "95 % to", "95 % à"),
                Field.of("cost", Unit.MONEY, "Points given, cost", "Coût des points donnés"),
                Field.of("margin", Unit.MONEY, "Incremental margin", "Marge supplémentaire"));
        double marginRate = MarginRate.of(features).rate();
        for (String bonus : bonuses) {
            row(table, bonus, marginRate);
        }
        return table;
    }

    private void row(Table table, String bonus, double marginRate) {
        Row given = features.ledger()
                .filter(col("rule_id").equalTo(bonus))
                .selectExpr(
                        "min(posted_date) AS first_day", "max(posted_date) AS last_day", "sum(points_micro) AS micro")
                .first();
        if (given.isNullAt(0)) {
            table.row(
                    bonus,
                    Text.of("not given yet", "pas encore donné"),
                    null,
                    null,
                    null,
                    null,
                    null,
                    null,
                    null,
                    null,
                    null,
                    null,
                    null);
            return;
        }
        LocalDate from = latest(given.getDate(0).toLocalDate(), features.scope().firstDate());
        LocalDate to = given.getDate(1).toLocalDate();
        Map<Boolean, Group> groups = groups(bonus, from, to);
        Group treated = groups.getOrDefault(false, Group.NONE);
        Group control = groups.getOrDefault(true, Group.NONE);
        Long cost = value == null ? null : value.minorOf(given.getLong(2));
        if (Math.min(treated.members(), control.members()) < FEWEST) {
            table.row(
                    bonus,
                    Text.of("too few members to compare", "trop peu de membres pour comparer"),
                    from,
                    to,
                    treated.members(),
                    control.members(),
                    treated.mean(),
                    control.mean(),
                    null,
                    null,
                    null,
                    cost,
                    null);
            return;
        }
        double difference = treated.mean() - control.mean();
        double half = Z * Math.sqrt(treated.error() + control.error());
        long members = treated.members();
        Text verdict = difference - half > 0
                ? Text.of("more than chance", "plus que le hasard")
                : difference + half < 0
                        ? Text.of("less than without it", "moins que sans lui")
                        : Text.of("cannot be told from chance", "ne se distingue pas du hasard");
        double incremental = difference * members;
        table.row(
                bonus,
                verdict,
                from,
                to,
                members,
                control.members(),
                treated.mean(),
                control.mean(),
                incremental,
                (difference - half) * members,
                (difference + half) * members,
                cost,
                Double.isNaN(marginRate) ? null : (Object) (incremental * marginRate));
    }

    private static LocalDate latest(LocalDate one, LocalDate other) {
        return one.isAfter(other) ? one : other;
    }

    private Map<Boolean, Group> groups(String bonus, LocalDate from, LocalDate to) {
        Dataset<Row> spent = features.customerDays()
                .filter("sold_date BETWEEN DATE'" + from + "' AND DATE'" + to + "'")
                .groupBy(col("member_key").as("of_member"))
                .agg(sum("net_minor").as("net"));
        Map<Boolean, Group> groups = new HashMap<>();
        for (Row row : features.members()
                .filter("to_date(enrolled_at) <= DATE'" + to + "'")
                .select(
                        col("member_key"),
                        expr("coalesce(array_contains(split(" + ExportTable.CONTROL_OF + ", ','), '"
                                        + bonus.replace("'", "''") + "'), false)")
                                .as("control"))
                .join(spent, col("member_key").equalTo(col("of_member")), "left")
                .selectExpr("control", "coalesce(net, 0L) AS net")
                .groupBy("control")
                .agg(
                        count(lit(1)).as("members"),
                        sum("net").as("net"),
                        sum(expr("CAST(net AS DECIMAL(19, 0)) * net")).as("squares"))
                .collectAsList()) {
            BigDecimal squares = row.getAs("squares");
            groups.put(
                    row.<Boolean>getAs("control"),
                    new Group(row.<Long>getAs("members"), row.<Long>getAs("net"), squares.doubleValue()));
        }
        return groups;
    }
}
