package org.assidu.analytics.report;

import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.countDistinct;
import static org.apache.spark.sql.functions.expr;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.sum;
import static org.apache.spark.sql.functions.when;

import java.time.YearMonth;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Row;
import org.assidu.analytics.features.Features;
import org.assidu.analytics.features.Scope;

/** Sales by calendar month: every receipt, and those with a card. */
record MonthlyFacts(Scope scope, List<Month> months) {

    /**
     * One month; "identified" means with a member, orders are receipts with a sale line.
     *
     * @param members with an order in the month
     */
    record Month(
            YearMonth month,
            long orders,
            long salesMinor,
            long identifiedOrders,
            long identifiedSalesMinor,
            long identifiedNetMinor,
            long identifiedReturnsMinor,
            long articlesThousandths,
            long members) {

        static Month none(YearMonth month) {
            return new Month(month, 0, 0, 0, 0, 0, 0, 0, 0);
        }

        Month plus(Month other) {
            return new Month(
                    month,
                    orders + other.orders,
                    salesMinor + other.salesMinor,
                    identifiedOrders + other.identifiedOrders,
                    identifiedSalesMinor + other.identifiedSalesMinor,
                    identifiedNetMinor + other.identifiedNetMinor,
                    identifiedReturnsMinor + other.identifiedReturnsMinor,
                    articlesThousandths + other.articlesThousandths,
                    members + other.members);
        }
    }

    static MonthlyFacts of(Features features) {
        return features.once(MonthlyFacts.class, MonthlyFacts::added);
    }

    private static MonthlyFacts added(Features features) {
        Column order = col("is_order");
        Column identified = col("member_key").isNotNull();
        Map<Integer, Row> receipts = byMonth(features.receiptFacts()
                .groupBy(expr(Labels.monthSql("sold_date")).as("month"))
                .agg(
                        sum(when(order, 1L).otherwise(0L)).as("orders"),
                        sum("sales_minor").as("sales_minor"),
                        sum(when(order.and(identified), 1L).otherwise(0L)).as("identified_orders"),
                        where(identified, "sales_minor").as("identified_sales_minor"),
                        where(identified, "net_minor").as("identified_net_minor"),
                        where(identified, "returns_minor").as("identified_returns_minor"),
                        where(identified, "articles_thousandths").as("articles_thousandths"))
                .collectAsList());
        Map<Integer, Row> members = byMonth(features.customerDays()
                .filter(col("orders").gt(0))
                .groupBy(expr(Labels.monthSql("sold_date")).as("month"))
                .agg(countDistinct("member_key").as("members"))
                .collectAsList());
        List<Month> months = new ArrayList<>();
        for (YearMonth month : features.scope().months()) {
            Row row = receipts.get(Labels.index(month));
            Row active = members.get(Labels.index(month));
            months.add(
                    row == null
                            ? Month.none(month)
                            : month(month, row, active == null ? 0 : active.<Long>getAs("members")));
        }
        return new MonthlyFacts(features.scope(), months);
    }

    private static Column where(Column condition, String value) {
        return coalesce(sum(when(condition, col(value))), lit(0L));
    }

    private static Map<Integer, Row> byMonth(List<Row> rows) {
        Map<Integer, Row> byMonth = new TreeMap<>();
        for (Row row : rows) {
            byMonth.put(row.<Integer>getAs("month"), row);
        }
        return byMonth;
    }

    private static Month month(YearMonth month, Row row, long members) {
        return new Month(
                month,
                row.<Long>getAs("orders"),
                row.<Long>getAs("sales_minor"),
                row.<Long>getAs("identified_orders"),
                row.<Long>getAs("identified_sales_minor"),
                row.<Long>getAs("identified_net_minor"),
                row.<Long>getAs("identified_returns_minor"),
                row.<Long>getAs("articles_thousandths"),
                members);
    }

    /** All months together; members are not added up and stay 0. */
    Month total() {
        Month total = Month.none(YearMonth.from(scope.firstDate()));
        for (Month month : months) {
            total = total.plus(month);
        }
        return new Month(
                total.month(),
                total.orders(),
                total.salesMinor(),
                total.identifiedOrders(),
                total.identifiedSalesMinor(),
                total.identifiedNetMinor(),
                total.identifiedReturnsMinor(),
                total.articlesThousandths(),
                0);
    }

    /** Part over whole, NaN where there is no whole. */
    static double ratio(long part, long whole) {
        return ratio((double) part, whole);
    }

    static double ratio(double part, long whole) {
        return whole == 0 ? Double.NaN : part / (double) whole;
    }

    Chart turnoverChart() {
        List<Long> sales = new ArrayList<>();
        List<Long> net = new ArrayList<>();
        Table table = new Table(
                "turnover-by-month",
                Text.of("Members' turnover by month", "Chiffre d'affaires des membres par mois"),
                Field.of("month", Unit.TEXT, "Month", "Mois"),
                Field.of("members", Unit.COUNT, "Active members", "Membres actifs"),
                Field.of("orders", Unit.COUNT, "Orders", "Achats"),
                Field.of("sales", Unit.MONEY, "Sales", "Ventes"),
                Field.of("returns", Unit.MONEY, "Returns", "Retours"),
                Field.of("net", Unit.MONEY, "Net turnover", "CA net"));
        for (Month month : months) {
            sales.add(month.identifiedSalesMinor());
            net.add(month.identifiedNetMinor());
            table.row(
                    month.month().toString(),
                    month.members(),
                    month.identifiedOrders(),
                    month.identifiedSalesMinor(),
                    month.identifiedReturnsMinor(),
                    month.identifiedNetMinor());
        }
        return new Chart(
                "turnover",
                table.caption(),
                Labels.PARTIAL_MONTH,
                plot(
                        Unit.MONEY,
                        Text.of("Turnover", "Chiffre d'affaires"),
                        series("Sales", "Ventes", XyPlot.Mark.BAR, sales),
                        series("Net of returns", "Net des retours", XyPlot.Mark.LINE, net)),
                table);
    }

    Chart basketChart() {
        List<Double> values = new ArrayList<>();
        Table table = new Table(
                "basket-by-month",
                Text.of("Average order by month", "Panier moyen par mois"),
                Field.of("month", Unit.TEXT, "Month", "Mois"),
                Field.of("average_order", Unit.MONEY, "Average order", "Panier moyen"),
                Field.of("articles_per_order", Unit.DECIMAL, "Articles an order", "Articles par achat"),
                Field.of("orders_per_member", Unit.DECIMAL, "Orders an active member", "Achats par membre actif"));
        for (Month month : months) {
            double order = ratio(month.identifiedSalesMinor(), month.identifiedOrders());
            values.add(order);
            table.row(
                    month.month().toString(),
                    order,
                    ratio(month.articlesThousandths() / 1000.0, month.identifiedOrders()),
                    ratio(month.identifiedOrders(), month.members()));
        }
        return new Chart(
                "basket",
                table.caption(),
                Labels.PARTIAL_MONTH,
                plot(
                        Unit.MONEY,
                        Text.of("Value of an order", "Valeur d'un achat"),
                        series("Average order", "Panier moyen", XyPlot.Mark.LINE, values)),
                table);
    }

    Chart identifiedChart() {
        List<Double> ofReceipts = new ArrayList<>();
        List<Double> ofTurnover = new ArrayList<>();
        Table table = new Table(
                "identified-by-month",
                Text.of("Sales with a card by month", "Ventes avec carte par mois"),
                Field.of("month", Unit.TEXT, "Month", "Mois"),
                Field.of("orders", Unit.COUNT, "All orders", "Tous les achats"),
                Field.of("identified_orders", Unit.COUNT, "With a card", "Avec carte"),
                Field.of("identified_share", Unit.SHARE, "Share of orders", "Part des achats"),
                Field.of("sales", Unit.MONEY, "All sales", "Toutes les ventes"),
                Field.of("identified_sales_share", Unit.SHARE, "Share of sales", "Part des ventes"));
        for (Month month : months) {
            double receipts = ratio(month.identifiedOrders(), month.orders());
            double turnover = ratio(month.identifiedSalesMinor(), month.salesMinor());
            ofReceipts.add(receipts);
            ofTurnover.add(turnover);
            table.row(
                    month.month().toString(),
                    month.orders(),
                    month.identifiedOrders(),
                    receipts,
                    month.salesMinor(),
                    turnover);
        }
        return new Chart(
                "identified",
                table.caption(),
                Text.of(
                        "The honest proxy for card adoption: shoppers without a card cannot be counted, their receipts can.",
                        "L'indicateur honnête d'adoption de la carte : on ne peut compter les clients sans carte, mais leurs tickets, si."),
                plot(
                        Unit.SHARE,
                        Text.of("With a card", "Avec carte"),
                        series("Share of orders", "Part des achats", XyPlot.Mark.LINE, ofReceipts),
                        series("Share of sales", "Part des ventes", XyPlot.Mark.LINE, ofTurnover)),
                table);
    }

    Chart returnsChart() {
        List<Double> values = new ArrayList<>();
        Table table = new Table(
                "returns-by-month",
                Text.of("Returns by month", "Retours par mois"),
                Field.of("month", Unit.TEXT, "Month", "Mois"),
                Field.of("sales", Unit.MONEY, "Sales", "Ventes"),
                Field.of("returns", Unit.MONEY, "Returns", "Retours"),
                Field.of("returns_rate", Unit.SHARE, "Returns rate", "Taux de retour"));
        for (Month month : months) {
            double rate = ratio(-month.identifiedReturnsMinor(), month.identifiedSalesMinor());
            values.add(rate);
            table.row(month.month().toString(), month.identifiedSalesMinor(), month.identifiedReturnsMinor(), rate);
        }
        return new Chart(
                "returns",
                table.caption(),
                Text.of(
                        "Value returned in a month over value sold in it; a return may be of an earlier month's sale.",
                        "Valeur rendue dans le mois sur valeur vendue dans le mois ; un retour peut viser une vente antérieure."),
                plot(
                        Unit.SHARE,
                        Text.of("Returned", "Rendu"),
                        series("Returns rate", "Taux de retour", XyPlot.Mark.LINE, values)),
                table);
    }

    private XyPlot.Series series(String en, String fr, XyPlot.Mark mark, List<? extends Number> values) {
        return Labels.markPartial(scope, XyPlot.Series.over(Text.of(en, fr), mark, values));
    }

    private XyPlot plot(Unit unit, Text y, XyPlot.Series... series) {
        return new XyPlot(
                Axis.of(Unit.TEXT, "Month", "Mois"), new Axis(y, unit), Labels.months(scope), List.of(series));
    }
}
