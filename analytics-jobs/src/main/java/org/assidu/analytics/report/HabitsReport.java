package org.assidu.analytics.report;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.countDistinct;
import static org.apache.spark.sql.functions.expr;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.sum;
import static org.assidu.analytics.report.MonthlyFacts.ratio;

import java.util.ArrayList;
import java.util.List;
import org.apache.spark.sql.Row;
import org.assidu.analytics.features.Features;
import org.assidu.analytics.model.Histogram;
import org.assidu.analytics.model.Lorenz;

/** How members buy: how often, how much, when, what, and how unevenly. */
public final class HabitsReport implements Report {

    @Override
    public String key() {
        return "habits";
    }

    @Override
    public Section run(Features features, Settings settings) {
        MonthlyFacts monthly = MonthlyFacts.of(features);
        MonthlyFacts.Month total = monthly.total();
        MemberHistograms members = MemberHistograms.of(features);
        Histogram ordersPerMember = new Histogram(members.orders());
        Lorenz lorenz = new Lorenz(members.salesMinor());
        List<Block> blocks = new ArrayList<>();
        blocks.add(monthly.turnoverChart());
        blocks.addAll(RevenueTreeBlocks.of(features));
        blocks.add(ordersChart(ordersPerMember));
        blocks.add(years(features));
        blocks.add(monthly.basketChart());
        blocks.add(visits(features));
        blocks.add(concentration(lorenz));
        blocks.add(lifetime(new Histogram(members.lifetimeDays())));
        blocks.addAll(ArticleBlocks.of(features));
        blocks.add(monthly.identifiedChart());
        blocks.add(monthly.returnsChart());
        return new Section(
                key(),
                Text.of("Habits", "Habitudes"),
                Text.of(
                        "How often members buy, how much, when and what, and how unevenly turnover is spread over them.",
                        "À quelle fréquence les membres achètent, pour combien, quand et quoi, et comment le chiffre d'affaires se répartit entre eux."),
                Text.of(
                        "For category and marketing managers, each month.",
                        "Pour les responsables de catégorie et du marketing, chaque mois."),
                List.of(
                        Text.of(
                                "Read the revenue tree first: it says whether members, visits or baskets moved sales.",
                                "Lire d'abord l'arbre du chiffre d'affaires : il dit si ce sont les membres, les visites ou le panier qui ont fait bouger les ventes."),
                        Text.of(
                                "Then look at the concentration: how much hangs on the top fifth of members decides whom an offer should protect.",
                                "Puis la concentration : ce qui dépend du meilleur cinquième des membres dit qui une offre doit protéger."),
                        Text.of(
                                "A share of sales with a card that falls is a matter for the tills: look at it by store.",
                                "Une part des ventes avec carte qui baisse est l'affaire des caisses : la regarder par magasin.")),
                Populations.SALES,
                HabitsFigures.of(total, ordersPerMember.count(), lorenz),
                blocks,
                definitions(),
                List.of(
                        Labels.PARTIAL_MONTH,
                        Text.of(
                                "Member lifetime runs from the first to the last order in the data: purchases before the first day and after the last are not seen, so it is a lower bound.",
                                "La durée de vie va du premier au dernier achat présent dans les données : ce qui précède le premier jour ou suit le dernier n'est pas vu, c'est donc un minimum.")),
                List.of(new LeftOut(
                        Text.of("Orders without a card", "Achats sans carte"),
                        total.orders() - total.identifiedOrders())));
    }

    private static Chart ordersChart(Histogram orders) {
        Buckets buckets = Buckets.of(orders, 1, 2, 3, 4, 5, 6, 11, 21, 51);
        return buckets.chart(
                "orders-per-member",
                Text.of("Members by number of orders", "Membres par nombre d'achats"),
                Text.of(
                        "Most members buy seldom: read the first bars together with the concentration curve.",
                        "La plupart des membres achètent rarement : à lire avec la courbe de concentration."),
                Axis.of(Unit.COUNT, "Orders in the period", "Achats dans la période"));
    }

    private static Chart years(Features features) {
        Table table = new Table(
                "purchases-by-year",
                Text.of("Purchases per member and year", "Achats par membre et par an"),
                Field.of("year", Unit.TEXT, "Year", "Année"),
                Field.of("members", Unit.COUNT, "Active members", "Membres actifs"),
                Field.of("orders", Unit.COUNT, "Orders", "Achats"),
                Field.of("orders_per_member", Unit.DECIMAL, "Orders a member", "Achats par membre"),
                Field.of("sales_per_member", Unit.MONEY, "Sales a member", "Ventes par membre"),
                Field.of("days_observed", Unit.DAYS, "Days observed", "Jours observés"));
        List<Text> labels = new ArrayList<>();
        List<XyPlot.Point> points = new ArrayList<>();
        for (Row row : features.customerDays()
                .filter(col("orders").gt(0))
                .groupBy(expr("year(sold_date)").as("year"))
                .agg(
                        countDistinct("member_key").as("members"),
                        sum("orders").as("orders"),
                        sum("sales_minor").as("sales_minor"))
                .orderBy("year")
                .collectAsList()) {
            int year = row.<Integer>getAs("year");
            long members = row.<Long>getAs("members");
            double perMember = ratio(row.<Long>getAs("orders"), members);
            long days = features.scope().daysOf(year);
            points.add(new XyPlot.Point(
                    labels.size(), perMember, days < java.time.Year.of(year).length()));
            labels.add(Text.same(Integer.toString(year)));
            table.row(
                    Integer.toString(year),
                    members,
                    row.<Long>getAs("orders"),
                    perMember,
                    ratio(row.<Long>getAs("sales_minor"), members),
                    days);
        }
        return new Chart(
                "purchases-by-year",
                table.caption(),
                Text.of(
                        "Hatched: a year of which only a part is in the data.",
                        "Hachuré : année dont seule une partie est dans les données."),
                new XyPlot(
                        Axis.of(Unit.TEXT, "Year", "Année"),
                        Axis.of(Unit.DECIMAL, "Orders a member", "Achats par membre"),
                        labels,
                        List.of(new XyPlot.Series(
                                Text.of("Orders a member", "Achats par membre"), XyPlot.Mark.BAR, points, false))),
                table);
    }

    private static Chart visits(Features features) {
        Table table = new Table(
                "visits-by-weekday-and-hour",
                Text.of("Members' orders by weekday and hour", "Achats des membres par jour et heure"),
                Field.of("weekday", Unit.TEXT, "Weekday", "Jour"),
                Field.of("hour", Unit.COUNT, "Hour", "Heure"),
                Field.of("orders", Unit.COUNT, "Orders", "Achats"));
        List<HeatmapPlot.Cell> cells = new ArrayList<>();
        int first = 23;
        int last = 0;
        List<Row> rows = features.receiptFacts()
                .filter(col("is_order").and(col("member_key").isNotNull()))
                .groupBy(expr("weekday(sold_date)").as("weekday"), col("sold_hour"))
                .agg(count(lit(1)).as("orders"))
                .orderBy("weekday", "sold_hour")
                .collectAsList();
        for (Row row : rows) {
            first = Math.min(first, row.<Integer>getAs("sold_hour"));
            last = Math.max(last, row.<Integer>getAs("sold_hour"));
        }
        List<Text> weekdays = Labels.weekdays();
        for (Row row : rows) {
            int weekday = row.<Integer>getAs("weekday");
            int hour = row.<Integer>getAs("sold_hour");
            long orders = row.<Long>getAs("orders");
            cells.add(new HeatmapPlot.Cell(hour - first, weekday, orders, false));
            table.row(weekdays.get(weekday), (long) hour, orders);
        }
        return new Chart(
                "visits",
                table.caption(),
                Text.of("An empty cell had no order.", "Une case vide n'a vu aucun achat."),
                new HeatmapPlot(
                        Axis.of(Unit.TEXT, "Hour of the day", "Heure de la journée"),
                        Axis.of(Unit.TEXT, "Weekday", "Jour"),
                        Unit.COUNT,
                        rows.isEmpty() ? List.of() : Labels.hours().subList(first, last + 1),
                        weekdays,
                        cells),
                table);
    }

    private static Chart concentration(Lorenz lorenz) {
        Table table = new Table(
                "concentration",
                Text.of("Concentration of members' sales", "Concentration des ventes aux membres"),
                Field.of("members_share", Unit.SHARE, "Lowest share of members", "Part des membres (du plus faible)"),
                Field.of("sales_share", Unit.SHARE, "Share of sales", "Part des ventes"));
        List<XyPlot.Point> curve = new ArrayList<>();
        List<XyPlot.Point> equal = new ArrayList<>();
        for (int percent = 0; percent <= 100; percent++) {
            double share = percent / 100.0;
            double held = percent == 100 ? 1 : lorenz.shareOfLowest(share);
            curve.add(new XyPlot.Point(share, held, false));
            equal.add(new XyPlot.Point(share, share, false));
            if (percent % 10 == 0) {
                table.row(share, held);
            }
        }
        return new Chart(
                "concentration",
                table.caption(),
                Text.of(
                        "Members from the smallest to the largest buyer; the further below the diagonal, the fewer members carry the turnover.",
                        "Membres du plus petit au plus gros acheteur ; plus la courbe est loin sous la diagonale, moins de membres portent le chiffre d'affaires."),
                new XyPlot(
                        Axis.of(Unit.SHARE, "Share of members", "Part des membres"),
                        Axis.of(Unit.SHARE, "Share of sales", "Part des ventes"),
                        List.of(),
                        List.of(
                                new XyPlot.Series(Text.of("Sales", "Ventes"), XyPlot.Mark.AREA, curve, false),
                                new XyPlot.Series(
                                        Text.of("All alike", "Tous pareils"), XyPlot.Mark.LINE, equal, true))),
                table);
    }

    private static Chart lifetime(Histogram days) {
        return Buckets.of(days, 0, 1, 31, 61, 91, 181, 271, 366, 731)
                .chart(
                        "lifetime",
                        Text.of("Members by lifetime seen", "Membres par durée de vie observée"),
                        Text.of(
                                "Days from first to last order; 0 = a single day. A lower bound, since members may come back after the last day.",
                                "Jours du premier au dernier achat ; 0 = un seul jour. Un minimum : des membres reviendront après le dernier jour."),
                        Axis.of(Unit.DAYS, "Days from first to last order", "Jours du premier au dernier achat"));
    }

    private static List<Text> definitions() {
        return List.of(
                Populations.ORDER,
                Populations.NET,
                Text.of(
                        "Returns rate: value of return lines over value of sale lines, members only.",
                        "Taux de retour : valeur des lignes de retour sur valeur des lignes de vente, membres seulement."),
                Text.of(
                        "Top 20%: the fifth of members with the highest sales, in whole members (rounded down). Gini: twice the area between the curve and the diagonal.",
                        "20 % meilleurs : le cinquième des membres aux ventes les plus élevées, en membres entiers (arrondi vers le bas). Gini : deux fois l'aire entre la courbe et la diagonale."),
                Text.of(
                        "Bought again: members with the article in two orders or more, over members with it in one or more.",
                        "Rachètent : membres ayant l'article dans au moins deux achats, sur ceux l'ayant dans au moins un."));
    }
}
