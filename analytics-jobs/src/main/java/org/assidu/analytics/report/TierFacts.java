package org.assidu.analytics.report;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.expr;
import static org.apache.spark.sql.functions.lit;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.assidu.analytics.features.Features;

/** Members by tier, and how they moved, as the programme's events tell. */
final class TierFacts {

    private TierFacts() {}

    /** {@code of_member, level} of every member who ever reached a tier; level 0 = none any more. */
    static Dataset<Row> levels(Features features) {
        return features.events()
                .filter(col("member_key").isNotNull().and(col("kind").isin("TIER_REACHED", "TIER_LOST")))
                .groupBy(col("member_key").as("of_member"))
                .agg(expr("max(struct(position, event, value)).value")
                        .cast("int")
                        .as("level"));
    }

    static Text name(ProgrammeTerms terms, int level) {
        List<String> ids = terms.tiers();
        return level == 0
                ? Text.of("no tier", "sans palier")
                : Text.same(level <= ids.size() ? ids.get(level - 1) : Integer.toString(level));
    }

    static List<Block> of(Features features, ProgrammeTerms terms) {
        Map<Integer, Long> members = new TreeMap<>();
        for (Row row : !features.hasEvents()
                ? List.<Row>of()
                : levels(features)
                        .groupBy("level")
                        .agg(count(lit(1)).as("members"))
                        .collectAsList()) {
            members.put(row.<Integer>getAs("level"), row.<Long>getAs("members"));
        }
        if (members.isEmpty()) {
            return List.of(new Note(
                    terms.tiers().isEmpty()
                            ? Text.of("No tiers: the programme has none.", "Pas de paliers : le programme n'en a pas.")
                            : Text.of(
                                    "No member has reached a tier in this period.",
                                    "Aucun membre n'a atteint de palier dans cette période.")));
        }
        long all = features.members().count();
        long known = members.values().stream().mapToLong(Long::longValue).sum();
        members.merge(0, all - known, Long::sum);
        for (int level = 1; level <= terms.tiers().size(); level++) {
            members.putIfAbsent(level, 0L);
        }
        return List.of(distribution(terms, members, all), moves(features, terms));
    }

    private static Chart distribution(ProgrammeTerms terms, Map<Integer, Long> members, long all) {
        Table table = new Table(
                "tiers",
                Text.of("Members by tier", "Membres par palier"),
                Field.of("tier", Unit.TEXT, "Tier", "Palier"),
                Field.of("members", Unit.COUNT, "Members", "Membres"),
                Field.of("share", Unit.SHARE, "Share", "Part"));
        List<Text> labels = new ArrayList<>();
        List<Long> values = new ArrayList<>();
        members.forEach((level, count) -> {
            labels.add(name(terms, level));
            values.add(count);
            table.row(name(terms, level), count, MonthlyFacts.ratio(count, all));
        });
        return new Chart(
                "tiers",
                table.caption(),
                Text.of("At the end of the period.", "À la fin de la période."),
                new XyPlot(
                        Axis.of(Unit.TEXT, "Tier", "Palier"),
                        Axis.of(Unit.COUNT, "Members", "Membres"),
                        labels,
                        List.of(XyPlot.Series.over(Text.of("Members", "Membres"), XyPlot.Mark.BAR, values))),
                table);
    }

    private static Table moves(Features features, ProgrammeTerms terms) {
        Table table = new Table(
                "tier-moves",
                Text.of("Tiers reached and lost by month", "Paliers atteints et perdus par mois"),
                Field.of("month", Unit.TEXT, "Month", "Mois"),
                Field.of("move", Unit.TEXT, "Move", "Mouvement"),
                Field.of("tier", Unit.TEXT, "Tier held from then on", "Palier tenu ensuite"),
                Field.of("members", Unit.COUNT, "Times", "Fois"));
        for (Row row : features.events()
                .filter(col("member_key").isNotNull().and(col("kind").isin("TIER_REACHED", "TIER_LOST")))
                .groupBy(expr(Labels.monthSql("occurred_date")).as("month"), col("kind"), col("value"))
                .agg(count(lit(1)).as("members"))
                .orderBy("month", "kind", "value")
                .collectAsList()) {
            table.row(
                    Labels.month(row.<Integer>getAs("month")).toString(),
                    row.<String>getAs("kind").equals("TIER_REACHED")
                            ? Text.of("reached", "atteint")
                            : Text.of("lost", "perdu"),
                    name(terms, row.<Long>getAs("value").intValue()),
                    row.<Long>getAs("members"));
        }
        return table;
    }
}
