package org.assidu.analytics.report;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.expr;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.sum;
import static org.assidu.analytics.report.MonthlyFacts.ratio;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.spark.sql.Row;
import org.assidu.analytics.features.Features;

/**
 * Members' baskets beside anonymous ones of the same store, weekday and part of the day. It takes out where and when people
 * shop, not who they are: no claim of cause.
 */
final class MatchedBaskets {

    private static final int DAYS = 7;

    /** Orders of one store, weekday and part of the day. */
    private static final class Stratum {
        private int weekday;
        private long members;
        private long membersMinor;
        private long others;
        private long othersMinor;
    }

    private MatchedBaskets() {}

    static Chart of(Features features) {
        Map<String, Stratum> strata = new TreeMap<>();
        for (Row row : features.receiptFacts()
                .filter("is_order")
                .groupBy(
                        col("store"),
                        expr("weekday(sold_date)").as("weekday"),
                        expr("CASE WHEN sold_hour < 12 THEN 0 WHEN sold_hour < 18 THEN 1 ELSE 2 END")
                                .as("part"),
                        expr("member_key IS NOT NULL").as("identified"))
                .agg(count(lit(1)).as("orders"), sum("sales_minor").as("sales_minor"))
                .collectAsList()) {
            int weekday = row.<Integer>getAs("weekday");
            Stratum stratum = strata.computeIfAbsent(
                    row.getAs("store") + "|" + weekday + "|" + row.getAs("part"), key -> new Stratum());
            stratum.weekday = weekday;
            if (row.<Boolean>getAs("identified")) {
                stratum.members = row.<Long>getAs("orders");
                stratum.membersMinor = row.<Long>getAs("sales_minor");
            } else {
                stratum.others = row.<Long>getAs("orders");
                stratum.othersMinor = row.<Long>getAs("sales_minor");
            }
        }
        return chart(List.copyOf(strata.values()));
    }

    private static Chart chart(List<Stratum> strata) {
        Table table = new Table(
                "matched-baskets",
                Text.of(
                        "Members' baskets and anonymous ones of the same store, weekday and part of the day",
                        "Paniers des membres et paniers anonymes des mêmes magasin, jour et moment"),
                Field.of("weekday", Unit.TEXT, "Weekday", "Jour"),
                Field.of("orders", Unit.COUNT, "Members' orders matched", "Achats de membres appariés"),
                Field.of("unmatched", Unit.COUNT, "Without a match", "Sans équivalent"),
                Field.of("basket", Unit.MONEY, "Members' basket", "Panier des membres"),
                Field.of("anonymous", Unit.MONEY, "Anonymous basket", "Panier anonyme"),
                Field.of("difference", Unit.SHARE, "Difference", "Écart"));
        List<Text> labels = new ArrayList<>();
        List<Double> members = new ArrayList<>();
        List<Double> others = new ArrayList<>();
        List<Text> weekdays = Labels.weekdays();
        for (int weekday = 0; weekday <= DAYS; weekday++) {
            int day = weekday;
            List<Stratum> some = strata.stream()
                    .filter(stratum -> day == DAYS || stratum.weekday == day)
                    .toList();
            List<Stratum> matched = some.stream()
                    .filter(one -> one.members > 0 && one.others > 0)
                    .toList();
            long orders = matched.stream().mapToLong(one -> one.members).sum();
            double basket =
                    ratio(matched.stream().mapToLong(one -> one.membersMinor).sum(), orders);
            double anonymous = matched.stream()
                            .mapToDouble(one -> one.members * ratio(one.othersMinor, one.others))
                            .sum()
                    / orders;
            Text label = day == DAYS ? Text.of("All", "Tous") : weekdays.get(day);
            labels.add(label);
            members.add(basket);
            others.add(anonymous);
            table.row(
                    label,
                    orders,
                    some.stream().mapToLong(one -> one.members).sum() - orders,
                    basket,
                    anonymous,
                    basket / anonymous - 1);
        }
        return new Chart(
                "matched-baskets",
                table.caption(),
                Text.of(
                        "Each member's order is set against the mean anonymous one of its store, weekday and morning, afternoon or evening. Members differ in other ways too: this describes, it does not say that the card causes the difference.",
                        "Chaque achat de membre est comparé au panier anonyme moyen de ses magasin, jour et matin, après-midi ou soir. Les membres diffèrent aussi autrement : cela décrit, sans dire que la carte cause l'écart."),
                new XyPlot(
                        Axis.of(Unit.TEXT, "Weekday", "Jour"),
                        Axis.of(Unit.MONEY, "Basket", "Panier"),
                        labels,
                        List.of(
                                XyPlot.Series.over(Text.of("Members", "Membres"), XyPlot.Mark.BAR, members),
                                XyPlot.Series.over(Text.of("Anonymous", "Anonymes"), XyPlot.Mark.BAR, others))),
                table);
    }
}
