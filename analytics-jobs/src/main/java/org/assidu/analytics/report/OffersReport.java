package org.assidu.analytics.report;

import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.countDistinct;
import static org.apache.spark.sql.functions.expr;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.sum;
import static org.assidu.analytics.report.MonthlyFacts.ratio;

import java.time.YearMonth;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.assidu.analytics.features.Features;
import org.assidu.analytics.features.Scope;
import org.assidu.analytics.report.ProgrammeTerms.PointValue;
import org.jspecify.annotations.Nullable;

/** What each rule and reward gives, to whom, and what promotions take off. */
public final class OffersReport implements Report {

    @Override
    public String key() {
        return "offers";
    }

    @Override
    public Section run(Features features, Settings settings) {
        Scope scope = features.scope();
        ProgrammeTerms terms = ProgrammeTerms.of(features);
        MonthlyFacts.Month total = MonthlyFacts.of(features).total();
        PointValue value = terms.pointValue(settings, ratio(total.identifiedSalesMinor(), total.identifiedOrders()));
        Dataset<Row> credits = features.ledger()
                .filter(col("purse_id").equalTo(terms.purse()).and(col("kind").isin("EARNED", "REVERSED")))
                .filter("posted_date >= DATE'" + scope.firstDate() + "'");
        List<Row> rules = rules(features, credits);
        Table rewards = rewards(features);
        List<Block> blocks = new ArrayList<>();
        if (rules.isEmpty()) {
            blocks.add(new Note(Text.of(
                    "No rule gave points in this period.", "Aucune règle n'a donné de points dans cette période.")));
        } else {
            blocks.add(rulesChart(rules, value, total));
            blocks.add(rulesByMonth(credits, scope));
        }
        if (rewards.rows().isEmpty()) {
            blocks.add(
                    new Note(
                            Text.of(
                                    "No reward was used on a receipt of this period: what rewards bring back cannot be told yet.",
                                    "Aucune récompense n'a été utilisée sur un ticket de la période : ce qu'elles rapportent ne peut encore être dit.")));
        } else {
            blocks.add(rewards);
        }
        List<Row> months = promotions(features);
        blocks.add(promotionsChart(months, scope));
        blocks.add(
                new Note(
                        Text.of(
                                "Shares and sales here describe, they do not prove an effect: the goals page holds bonuses against their control groups.",
                                "Parts et ventes décrivent ici, elles ne prouvent pas d'effet : la page des objectifs compare les bonus à leurs groupes témoins.")));
        return section(figures(rules, rewards, months, value, total), blocks, value);
    }

    private static List<Row> rules(Features features, Dataset<Row> credits) {
        Dataset<Row> sales = features.receiptFacts()
                .filter(col("is_order").and(col("member_key").isNotNull()))
                .select(col("position"), col("sales_minor").as("receipt_sales_minor"));
        return credits.groupBy("rule_id", "position")
                .agg(
                        sum("points_micro").as("points_micro"),
                        sum(expr("CASE WHEN kind = 'EARNED' THEN points_micro ELSE 0L END"))
                                .as("earned_micro"),
                        count(lit(1)).as("movements"),
                        expr("first(member_key)").as("member_key"))
                .withColumnRenamed("position", "of_position")
                .join(sales, col("of_position").equalTo(col("position")), "left")
                .groupBy("rule_id")
                .agg(
                        sum("points_micro").as("points_micro"),
                        sum("earned_micro").as("earned_micro"),
                        sum("movements").as("movements"),
                        countDistinct("member_key").as("members"),
                        sum(expr("CASE WHEN earned_micro > 0 AND receipt_sales_minor IS NOT NULL THEN 1L ELSE 0L END"))
                                .as("orders"),
                        coalesce(sum(expr("CASE WHEN earned_micro > 0 THEN receipt_sales_minor END")), lit(0L))
                                .as("sales_minor"))
                .orderBy(col("points_micro").desc(), col("rule_id"))
                .collectAsList();
    }

    private static String ruleName(Row row) {
        String rule = row.getAs("rule_id");
        return rule == null || rule.isEmpty() ? "–" : rule;
    }

    private static Chart rulesChart(List<Row> rules, @Nullable PointValue value, MonthlyFacts.Month total) {
        Table table = new Table(
                "rules",
                Text.of("What each rule gave", "Ce que chaque règle a donné"),
                Field.of("rule", Unit.TEXT, "Rule", "Règle"),
                Field.of("points", Unit.POINTS, "Points, net", "Points, nets"),
                Field.of("earned", Unit.POINTS, "Earned", "Donnés"),
                Field.of("taken_back", Unit.POINTS, "Taken back", "Repris"),
                Field.of("share", Unit.SHARE, "Share of points", "Part des points"),
                Field.of("cost", Unit.MONEY, "Cost", "Coût"),
                Field.of("members", Unit.COUNT, "Members reached", "Membres touchés"),
                Field.of("orders", Unit.COUNT, "Orders earning", "Achats gagnants"),
                Field.of("orders_share", Unit.SHARE, "Of members' orders", "Des achats des membres"),
                Field.of("sales", Unit.MONEY, "Sales of those orders", "Ventes de ces achats"),
                Field.of("cost_rate", Unit.SHARE, "Cost ÷ those sales", "Coût ÷ ces ventes"));
        long all =
                rules.stream().mapToLong(row -> row.<Long>getAs("points_micro")).sum();
        List<Text> labels = new ArrayList<>();
        List<Long> points = new ArrayList<>();
        for (Row row : rules) {
            long net = row.<Long>getAs("points_micro");
            long earned = row.<Long>getAs("earned_micro");
            long sales = row.<Long>getAs("sales_minor");
            Long cost = value == null ? null : value.minorOf(net);
            labels.add(Text.same(ruleName(row)));
            points.add(net);
            table.row(
                    ruleName(row),
                    net,
                    earned,
                    net - earned,
                    ratio(net, all),
                    cost,
                    row.<Long>getAs("members"),
                    row.<Long>getAs("orders"),
                    ratio(row.<Long>getAs("orders"), total.identifiedOrders()),
                    sales,
                    cost == null ? Double.NaN : ratio(cost, sales));
        }
        return new Chart(
                "rules",
                table.caption(),
                Text.of(
                        "Net of what returns took back. An order may earn by several rules and counts under each.",
                        "Net de ce que les retours ont repris. Un achat peut gagner par plusieurs règles et compte sous chacune."),
                new XyPlot(
                        Axis.of(Unit.TEXT, "Rule", "Règle"),
                        Axis.of(Unit.POINTS, "Points", "Points"),
                        labels,
                        List.of(XyPlot.Series.over(Text.of("Points, net", "Points, nets"), XyPlot.Mark.BAR, points))),
                table);
    }

    private static Chart rulesByMonth(Dataset<Row> credits, Scope scope) {
        Map<String, Map<Integer, Long>> byRule = new TreeMap<>();
        TreeMap<Integer, Boolean> known = new TreeMap<>();
        for (Row row : credits.groupBy(
                        col("rule_id"), expr(Labels.monthSql("posted_date")).as("month"))
                .agg(sum("points_micro").as("points_micro"))
                .collectAsList()) {
            int month = row.<Integer>getAs("month");
            known.put(month, true);
            byRule.computeIfAbsent(ruleName(row), rule -> new TreeMap<>()).put(month, row.<Long>getAs("points_micro"));
        }
        Table table = new Table(
                "rules-by-month",
                Text.of("Points by rule and month of posting", "Points par règle et mois de comptabilisation"),
                Field.of("month", Unit.TEXT, "Month", "Mois"),
                Field.of("rule", Unit.TEXT, "Rule", "Règle"),
                Field.of("points", Unit.POINTS, "Points, net", "Points, nets"));
        List<Text> labels = new ArrayList<>();
        Map<String, List<XyPlot.Point>> values = new TreeMap<>();
        for (int month = known.firstKey(); month <= known.lastKey(); month++) {
            YearMonth name = Labels.month(month);
            for (Map.Entry<String, Map<Integer, Long>> rule : byRule.entrySet()) {
                long points = rule.getValue().getOrDefault(month, 0L);
                values.computeIfAbsent(rule.getKey(), key -> new ArrayList<>())
                        .add(new XyPlot.Point(labels.size(), (double) points, scope.isPartial(name)));
                table.row(name.toString(), rule.getKey(), points);
            }
            labels.add(Text.same(name.toString()));
        }
        List<XyPlot.Series> series = new ArrayList<>();
        values.forEach((rule, points) ->
                series.add(new XyPlot.Series(Text.same(rule), XyPlot.Mark.STACKED_BAR, points, false)));
        return new Chart(
                "rules-by-month",
                table.caption(),
                Labels.PARTIAL_MONTH,
                new XyPlot(
                        Axis.of(Unit.TEXT, "Month", "Mois"), Axis.of(Unit.POINTS, "Points", "Points"), labels, series),
                table);
    }

    private static Table rewards(Features features) {
        Table table = new Table(
                "rewards",
                Text.of("Rewards used", "Récompenses utilisées"),
                Field.of("reward", Unit.TEXT, "Reward", "Récompense"),
                Field.of("used", Unit.COUNT, "Times used", "Utilisations"),
                Field.of("members", Unit.COUNT, "Members", "Membres"),
                Field.of("receipts", Unit.COUNT, "Receipts", "Tickets"),
                Field.of("discount", Unit.MONEY, "Taken off", "Déduit"),
                Field.of("receipts_total", Unit.MONEY, "Total of those receipts", "Total de ces tickets"));
        for (Row row : features.receiptRows()
                .selectExpr("position", "member_key", "total_minor", "explode(used_rewards) AS reward")
                .groupBy("reward.reward_id")
                .agg(
                        sum(expr("CAST(reward.count AS BIGINT)")).as("used"),
                        countDistinct("member_key").as("members"),
                        countDistinct("position").as("receipts"),
                        sum("reward.discount_minor").as("discount_minor"),
                        sum("total_minor").as("total_minor"))
                .orderBy(col("discount_minor").desc(), col("reward_id"))
                .collectAsList()) {
            table.row(
                    row.<String>getAs("reward_id"),
                    row.<Long>getAs("used"),
                    row.<Long>getAs("members"),
                    row.<Long>getAs("receipts"),
                    row.<Long>getAs("discount_minor"),
                    row.<Long>getAs("total_minor"));
        }
        return table;
    }

    private static List<Row> promotions(Features features) {
        return features.receiptFacts()
                .groupBy(expr(Labels.monthSql("sold_date")).as("month"))
                .agg(
                        sum("sales_minor").as("sales"),
                        sum("promoted_minor").as("promoted"),
                        sum("discount_minor").as("discount"))
                .orderBy("month")
                .collectAsList();
    }

    private static Chart promotionsChart(List<Row> months, Scope scope) {
        Table table = new Table(
                "promotions-by-month",
                Text.of("Promotions and discounts by month", "Promotions et remises par mois"),
                Field.of("month", Unit.TEXT, "Month", "Mois"),
                Field.of("sales", Unit.MONEY, "Sales", "Ventes"),
                Field.of("promoted", Unit.MONEY, "In promotion", "En promotion"),
                Field.of("promoted_share", Unit.SHARE, "Share in promotion", "Part en promotion"),
                Field.of("discount", Unit.MONEY, "Discounts", "Remises"),
                Field.of("discount_rate", Unit.SHARE, "Discount rate", "Taux de remise"));
        List<Text> labels = new ArrayList<>();
        List<XyPlot.Point> promoted = new ArrayList<>();
        List<XyPlot.Point> discounts = new ArrayList<>();
        for (Row row : months) {
            YearMonth month = Labels.month(row.<Integer>getAs("month"));
            long sales = row.<Long>getAs("sales");
            long discount = row.<Long>getAs("discount");
            double share = ratio(row.<Long>getAs("promoted"), sales);
            double rate = ratio(discount, sales + discount);
            boolean partial = scope.isPartial(month);
            promoted.add(new XyPlot.Point(labels.size(), share, partial));
            discounts.add(new XyPlot.Point(labels.size(), rate, partial));
            labels.add(Text.same(month.toString()));
            table.row(month.toString(), sales, row.<Long>getAs("promoted"), share, discount, rate);
        }
        return new Chart(
                "promotions-by-month",
                table.caption(),
                Text.of(
                        "All receipts. Discount rate: discounts over sales before discounts.",
                        "Tous les tickets. Taux de remise : remises sur ventes avant remises."),
                new XyPlot(
                        Axis.of(Unit.TEXT, "Month", "Mois"),
                        Axis.of(Unit.SHARE, "Share", "Part"),
                        labels,
                        List.of(
                                new XyPlot.Series(
                                        Text.of("Share in promotion", "Part en promotion"),
                                        XyPlot.Mark.LINE,
                                        promoted,
                                        false),
                                new XyPlot.Series(
                                        Text.of("Discount rate", "Taux de remise"),
                                        XyPlot.Mark.LINE,
                                        discounts,
                                        false))),
                table);
    }

    private static List<Figure> figures(
            List<Row> rules, Table rewards, List<Row> months, @Nullable PointValue value, MonthlyFacts.Month total) {
        long points =
                rules.stream().mapToLong(row -> row.<Long>getAs("points_micro")).sum();
        long sales = months.stream().mapToLong(row -> row.<Long>getAs("sales")).sum();
        long promoted =
                months.stream().mapToLong(row -> row.<Long>getAs("promoted")).sum();
        long discount =
                months.stream().mapToLong(row -> row.<Long>getAs("discount")).sum();
        List<Figure> figures = new ArrayList<>();
        figures.add(new Figure(
                "points",
                Text.of("Points given", "Points donnés"),
                Unit.POINTS,
                points,
                Text.of("net of those taken back", "nets des reprises")));
        if (value != null) {
            figures.add(new Figure(
                    "cost", Text.of("Their cost", "Leur coût"), Unit.MONEY, value.minorOf(points), value.origin()));
            figures.add(new Figure(
                    "cost_rate",
                    Text.of("Cost ÷ members' sales", "Coût ÷ ventes aux membres"),
                    Unit.SHARE,
                    ratio(value.minorOf(points), total.identifiedSalesMinor()),
                    Text.of("what the programme gives back", "ce que le programme rend")));
        }
        figures.add(new Figure(
                "rules",
                Text.of("Rules that gave points", "Règles ayant donné"),
                Unit.COUNT,
                (long) rules.size(),
                Text.of("in the period", "dans la période")));
        figures.add(new Figure(
                "rewards_used",
                Text.of("Rewards used", "Récompenses utilisées"),
                Unit.COUNT,
                rewards.rows().stream()
                        .mapToLong(row -> (Long) java.util.Objects.requireNonNull(row.get(1)))
                        .sum(),
                Text.of("on receipts", "sur des tickets")));
        figures.add(new Figure(
                "promoted_share",
                Text.of("Sales in promotion", "Ventes en promotion"),
                Unit.SHARE,
                ratio(promoted, sales),
                Text.of("of all sales", "de toutes les ventes")));
        figures.add(new Figure(
                "discount_rate",
                Text.of("Discount rate", "Taux de remise"),
                Unit.SHARE,
                ratio(discount, sales + discount),
                Text.of("of sales before discounts", "des ventes avant remises")));
        return figures;
    }

    private Section section(List<Figure> figures, List<Block> blocks, @Nullable PointValue value) {
        return new Section(
                key(),
                Text.of("Offers", "Offres"),
                Text.of(
                        "What each rule and reward of the programme gives, to whom and at what cost, and what promotions take off beside it.",
                        "Ce que donne chaque règle et récompense du programme, à qui et à quel coût, et ce que les promotions retirent à côté."),
                Text.of(
                        "For marketing, before a rule is renewed; for the budget holder, each month.",
                        "Pour le marketing, avant de reconduire une règle ; pour le responsable du budget, chaque mois."),
                List.of(
                        Text.of(
                                "Look at the cost over the sales of the orders that earned: a rule that costs more than the basic one must bring orders that would not have come.",
                                "Regarder le coût sur les ventes des achats gagnants : une règle plus chère que la base doit amener des achats qui ne seraient pas venus."),
                        Text.of(
                                "Give the next offer a control group, so that its effect can be measured.",
                                "Donner à la prochaine offre un groupe témoin, pour en mesurer l'effet.")),
                Text.of(
                        "Movements of points of members posted in the period; promotions: sale lines of all receipts.",
                        "Mouvements de points des membres comptabilisés dans la période ; promotions : lignes de vente de tous les tickets."),
                figures,
                blocks,
                List.of(
                        Text.of(
                                "Cost: points at the value of a point"
                                        + (value == null
                                                ? ", which nothing states; give it with --point-value."
                                                : " (" + value.origin().en() + ")."),
                                "Coût : points à la valeur d'un point"
                                        + (value == null
                                                ? ", que rien ne donne ; la donner avec --point-value."
                                                : " (" + value.origin().fr() + ").")),
                        Text.of(
                                "Orders earning: members' orders of the period on which the rule gave points; their sales are whole, whatever lines earned.",
                                "Achats gagnants : achats de la période où la règle a donné des points ; leurs ventes sont entières, quelles que soient les lignes gagnantes.")),
                List.of(
                        Text.of(
                                "Points are told by day of posting, sales by day of sale: a late receipt is in one month here and in another there.",
                                "Les points sont datés de leur comptabilisation, les ventes du jour de vente : un ticket tardif peut être dans un mois ici et dans un autre là.")),
                List.of());
    }
}
