package org.assidu.analytics.report;

import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.countDistinct;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.sum;

import java.time.LocalDate;
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.sql.Row;
import org.assidu.analytics.features.Features;
import org.assidu.analytics.features.Scope;
import org.assidu.analytics.model.RevenueTree;

/** Members × frequency × basket of the last whole months, against as many before. */
final class RevenueTreeBlocks {

    private static final int[] LENGTHS = {12, 6, 3, 1};

    private RevenueTreeBlocks() {}

    static List<Block> of(Features features) {
        List<YearMonth> whole = wholeMonths(features.scope());
        for (int length : LENGTHS) {
            if (whole.size() >= 2 * length) {
                YearMonth start = whole.get(whole.size() - length);
                return compare(features, start.minusMonths(length), start, start.plusMonths(length));
            }
        }
        return List.of(new Note(Text.of(
                "No revenue tree: it needs two whole calendar months, one to compare with the other.",
                "Pas d'arbre du chiffre d'affaires : il faut deux mois civils entiers, l'un comparé à l'autre.")));
    }

    private static List<YearMonth> wholeMonths(Scope scope) {
        List<YearMonth> whole = new ArrayList<>();
        for (YearMonth month : scope.months()) {
            if (!scope.isPartial(month)) {
                whole.add(month);
            }
        }
        return whole;
    }

    private static RevenueTree tree(Features features, YearMonth from, YearMonth until) {
        LocalDate first = from.atDay(1);
        LocalDate after = until.atDay(1);
        Row row = features.customerDays()
                .filter(col("orders").gt(0))
                .filter(col("sold_date").geq(lit(java.sql.Date.valueOf(first))))
                .filter(col("sold_date").lt(lit(java.sql.Date.valueOf(after))))
                .agg(
                        countDistinct("member_key").as("members"),
                        coalesce(sum("orders"), lit(0L)).as("orders"),
                        coalesce(sum("sales_minor"), lit(0L)).as("sales_minor"))
                .first();
        return new RevenueTree(row.<Long>getAs("members"), row.<Long>getAs("orders"), row.<Long>getAs("sales_minor"));
    }

    private static List<Block> compare(Features features, YearMonth earlier, YearMonth start, YearMonth end) {
        RevenueTree before = tree(features, earlier, start);
        RevenueTree now = tree(features, start, end);
        if (before.orders() == 0 || now.orders() == 0) {
            return List.of(new Note(Text.of(
                    "No revenue tree: one of the two periods has no order.",
                    "Pas d'arbre du chiffre d'affaires : l'une des deux périodes n'a aucun achat.")));
        }
        String then = earlier + " – " + start.minusMonths(1);
        String latest = start + " – " + end.minusMonths(1);
        RevenueTree.Effects effects = now.since(before);
        Table table = new Table(
                "revenue-tree",
                Text.of(
                        "What moved members' sales: " + latest + " against " + then,
                        "Ce qui a fait bouger les ventes : " + latest + " contre " + then),
                Field.of("factor", Unit.TEXT, "Factor", "Facteur"),
                Field.of("before", Unit.DECIMAL, "Before", "Avant"),
                Field.of("now", Unit.DECIMAL, "Now", "Maintenant"),
                Field.of("change", Unit.SHARE, "Change", "Évolution"),
                Field.of("effect", Unit.MONEY, "Effect on sales", "Effet sur les ventes"));
        int digits = features.scope().currency().getDefaultFractionDigits();
        String code = features.scope().currency().getCurrencyCode();
        double major = Math.pow(10, Math.max(0, digits));
        table.row(
                Text.of("Active members", "Membres actifs"),
                (double) before.members(),
                (double) now.members(),
                change((double) now.members(), (double) before.members()),
                effects.members());
        table.row(
                Text.of("Orders a member", "Achats par membre"),
                before.ordersPerMember(),
                now.ordersPerMember(),
                change(now.ordersPerMember(), before.ordersPerMember()),
                effects.frequency());
        table.row(
                Text.of("Average order (" + code + ")", "Panier moyen (" + code + ")"),
                before.orderMinor() / major,
                now.orderMinor() / major,
                change(now.orderMinor(), before.orderMinor()),
                effects.basket());
        table.row(
                Text.of("Sales (" + code + ")", "Ventes (" + code + ")"),
                before.turnoverMinor() / major,
                now.turnoverMinor() / major,
                change((double) now.turnoverMinor(), (double) before.turnoverMinor()),
                (double) now.turnoverMinor() - before.turnoverMinor());
        return List.of(new Chart(
                "revenue-tree",
                table.caption(),
                Text.of(
                        "Sales = active members × orders a member × average order; the three effects add up to the change.",
                        "Ventes = membres actifs × achats par membre × panier moyen ; les trois effets s'additionnent pour donner l'évolution."),
                new XyPlot(
                        Axis.of(Unit.TEXT, "Factor", "Facteur"),
                        Axis.of(Unit.MONEY, "Effect on sales", "Effet sur les ventes"),
                        List.of(
                                Text.of("Active members", "Membres actifs"),
                                Text.of("Orders a member", "Achats par membre"),
                                Text.of("Average order", "Panier moyen"),
                                Text.of("Total change", "Évolution totale")),
                        List.of(
                                XyPlot.Series.over(
                                        Text.of("Effect of a factor", "Effet d'un facteur"),
                                        XyPlot.Mark.STACKED_BAR,
                                        List.of(effects.members(), effects.frequency(), effects.basket())),
                                new XyPlot.Series(
                                        Text.of("Total change", "Évolution totale"),
                                        XyPlot.Mark.STACKED_BAR,
                                        List.of(new XyPlot.Point(
                                                3, (double) now.turnoverMinor() - before.turnoverMinor(), false)),
                                        false))),
                table));
    }

    private static double change(double now, double before) {
        return now / before - 1;
    }
}
