package org.assidu.analytics.report;

import static org.assidu.analytics.report.MonthlyFacts.ratio;

import java.util.List;
import org.assidu.analytics.model.Lorenz;

/** The key numbers of {@link HabitsReport}. */
final class HabitsFigures {

    private HabitsFigures() {}

    static List<Figure> of(MonthlyFacts.Month total, long members, Lorenz lorenz) {
        long topFifth = members / 5;
        return List.of(
                new Figure(
                        "members",
                        Text.of("Members", "Membres"),
                        Unit.COUNT,
                        members,
                        Text.of("with at least one order", "avec au moins un achat")),
                new Figure(
                        "orders",
                        Text.of("Orders", "Achats"),
                        Unit.COUNT,
                        total.identifiedOrders(),
                        Text.of("of members", "des membres")),
                new Figure(
                        "sales",
                        Text.of("Sales", "Ventes"),
                        Unit.MONEY,
                        total.identifiedSalesMinor(),
                        Text.of("of members, before returns", "des membres, avant retours")),
                new Figure(
                        "net_turnover",
                        Text.of("Net turnover", "CA net"),
                        Unit.MONEY,
                        total.identifiedNetMinor(),
                        Text.of("of members, net of returns", "des membres, net des retours")),
                new Figure(
                        "average_order",
                        Text.of("Average order", "Panier moyen"),
                        Unit.MONEY,
                        ratio(total.identifiedSalesMinor(), total.identifiedOrders()),
                        Text.of("sales ÷ orders", "ventes ÷ achats")),
                new Figure(
                        "articles_per_order",
                        Text.of("Articles an order", "Articles par achat"),
                        Unit.DECIMAL,
                        ratio(total.articlesThousandths() / 1000.0, total.identifiedOrders()),
                        Text.of("a weighed line is one", "une ligne pesée en vaut un")),
                new Figure(
                        "orders_per_member",
                        Text.of("Orders a member", "Achats par membre"),
                        Unit.DECIMAL,
                        ratio(total.identifiedOrders(), members),
                        Text.of("over the whole period", "sur toute la période")),
                new Figure(
                        "identified_orders_share",
                        Text.of("Orders with a card", "Achats avec carte"),
                        Unit.SHARE,
                        ratio(total.identifiedOrders(), total.orders()),
                        Text.of("of all orders", "de tous les achats")),
                new Figure(
                        "identified_sales_share",
                        Text.of("Sales with a card", "Ventes avec carte"),
                        Unit.SHARE,
                        ratio(total.identifiedSalesMinor(), total.salesMinor()),
                        Text.of("of all sales", "de toutes les ventes")),
                new Figure(
                        "returns_rate",
                        Text.of("Returns rate", "Taux de retour"),
                        Unit.SHARE,
                        ratio(-total.identifiedReturnsMinor(), total.identifiedSalesMinor()),
                        Text.of("value returned ÷ value sold", "valeur rendue ÷ valeur vendue")),
                new Figure(
                        "top_20_share",
                        Text.of("Top 20% of members", "20 % des meilleurs membres"),
                        Unit.SHARE,
                        lorenz.shareOfTop(topFifth),
                        Text.of("of members' sales", "des ventes aux membres")),
                new Figure(
                        "top_10_share",
                        Text.of("Top 10% of members", "10 % des meilleurs membres"),
                        Unit.SHARE,
                        lorenz.shareOfTop(members / 10),
                        Text.of("of members' sales", "des ventes aux membres")),
                new Figure(
                        "gini",
                        Text.of("Gini coefficient", "Coefficient de Gini"),
                        Unit.COEFFICIENT,
                        lorenz.gini(),
                        Text.of("0 = all alike, 1 = one buys all", "0 = tous pareils, 1 = un seul achète tout")));
    }
}
