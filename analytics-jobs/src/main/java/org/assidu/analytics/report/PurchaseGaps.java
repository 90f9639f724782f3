package org.assidu.analytics.report;

import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.apache.spark.sql.Row;
import org.assidu.analytics.features.Features;
import org.assidu.analytics.model.Histogram;
import org.assidu.analytics.model.KaplanMeier;

/** Days between a member's consecutive purchase days, and days to the second purchase. */
final class PurchaseGaps {

    private PurchaseGaps() {}

    /** Members by days to their second order, or to the end of the data without one. */
    static SortedMap<Integer, KaplanMeier.Exits> exits(Features features) {
        SortedMap<Integer, KaplanMeier.Exits> exits = new TreeMap<>();
        String lastDay = "DATE'" + features.scope().lastDate() + "'";
        for (Row row : features.memberHistory()
                .selectExpr(
                        "orders > 1 AS event",
                        "CASE WHEN days[0].orders > 1 THEN 0"
                                + " WHEN order_days > 1 THEN datediff(days[1].sold_date, first_date)"
                                + " ELSE datediff(" + lastDay + ", first_date) END AS days")
                .groupBy("days", "event")
                .count()
                .collectAsList()) {
            long members = row.<Long>getAs("count");
            boolean event = row.<Boolean>getAs("event");
            exits.merge(
                    row.<Integer>getAs("days"),
                    new KaplanMeier.Exits(event ? members : 0, event ? 0 : members),
                    (one, other) ->
                            new KaplanMeier.Exits(one.events() + other.events(), one.censored() + other.censored()));
        }
        return exits;
    }

    static Chart gapsChart(Histogram gaps) {
        return Buckets.of(gaps, 1, 8, 15, 31, 61, 91, 121, 181, 271, 366)
                .chart(
                        "gaps",
                        Text.of("Days between purchases", "Jours entre achats"),
                        Text.of(
                                "Each gap between two consecutive purchase days of a member. Gaps still open at the end are not in it, so long gaps are under-represented.",
                                "Chaque intervalle entre deux jours d'achat consécutifs d'un membre. Les intervalles encore ouverts à la fin n'y sont pas : les longs sont sous-représentés."),
                        Axis.of(Unit.DAYS, "Days between two purchases", "Jours entre deux achats"),
                        Text.of("Gaps", "Intervalles"));
    }

    static Chart secondPurchaseChart(SortedMap<Integer, KaplanMeier.Exits> exits) {
        Table table = new Table(
                "second-purchase",
                Text.of(
                        "Members having bought again, by days since the first purchase",
                        "Membres ayant racheté, selon les jours depuis le premier achat"),
                Field.of("days", Unit.DAYS, "Days", "Jours"),
                Field.of("at_risk", Unit.COUNT, "Still awaited", "Encore attendus"),
                Field.of("bought_again", Unit.COUNT, "Bought again that day", "Rachats ce jour"),
                Field.of("share", Unit.SHARE, "Have bought again", "Ont racheté"),
                Field.of("low", Unit.SHARE, "95% from", "95 % de"),
                Field.of("high", Unit.SHARE, "to", "à"));
        List<XyPlot.Point> share = new ArrayList<>();
        List<XyPlot.Point> low = new ArrayList<>();
        List<XyPlot.Point> high = new ArrayList<>();
        share.add(new XyPlot.Point(0, 0.0, false));
        for (KaplanMeier.Step step : KaplanMeier.fit(exits)) {
            share.add(new XyPlot.Point(step.time(), 1 - step.survival(), false));
            low.add(new XyPlot.Point(step.time(), 1 - step.high(), false));
            high.add(new XyPlot.Point(step.time(), 1 - step.low(), false));
            table.row(
                    (long) step.time(),
                    step.atRisk(),
                    step.events(),
                    1 - step.survival(),
                    1 - step.high(),
                    1 - step.low());
        }
        return new Chart(
                "second-purchase",
                table.caption(),
                Text.of(
                        "Kaplan–Meier: members whose observation ends before a second purchase count for as long as they were seen. Dashed: 95% interval.",
                        "Kaplan–Meier : les membres dont l'observation s'arrête avant un second achat comptent tant qu'ils étaient visibles. Tirets : intervalle à 95 %."),
                new XyPlot(
                        Axis.of(Unit.DAYS, "Days since the first purchase", "Jours depuis le premier achat"),
                        Axis.of(Unit.SHARE, "Have bought again", "Ont racheté"),
                        List.of(),
                        List.of(
                                new XyPlot.Series(
                                        Text.of("Have bought again", "Ont racheté"), XyPlot.Mark.STEP, share, false),
                                new XyPlot.Series(
                                        Text.of("95% interval, from", "Intervalle à 95 %, de"),
                                        XyPlot.Mark.STEP,
                                        low,
                                        true),
                                new XyPlot.Series(
                                        Text.of("95% interval, to", "Intervalle à 95 %, à"),
                                        XyPlot.Mark.STEP,
                                        high,
                                        true))),
                table);
    }

    /** Share having bought again within some days, by Kaplan–Meier; NaN when nobody was seen that long. */
    static double boughtAgainWithin(SortedMap<Integer, KaplanMeier.Exits> exits, int days) {
        if (exits.isEmpty() || exits.lastKey() < days) {
            return Double.NaN;
        }
        double share = 0;
        for (KaplanMeier.Step step : KaplanMeier.fit(exits)) {
            if (step.time() <= days) {
                share = 1 - step.survival();
            }
        }
        return share;
    }
}
