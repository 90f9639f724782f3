package org.assidu.analytics.report;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.expr;
import static org.apache.spark.sql.functions.sum;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Row;
import org.assidu.analytics.features.Features;
import org.assidu.analytics.model.persona.Feature;
import org.assidu.analytics.model.persona.FeatureMatrix;

/** What personas are made of: traits of every member with an order, over the whole period, added up by Spark. */
final class MemberTraits {

    /** A trait with its words and the SQL over the sums of a member's days. */
    record Trait(Feature feature, Text label, Unit unit, String sql) {}

    static final List<Trait> ALL = List.of(
            trait(
                    Feature.RECENCY,
                    true,
                    true,
                    Unit.DAYS,
                    "Days since last purchase",
                    "Jours depuis le dernier achat",
                    ""),
            trait(Feature.FREQUENCY, true, true, Unit.DECIMAL, "Orders", "Achats", "orders"),
            trait(Feature.SPEND, true, true, Unit.MONEY, "Net turnover", "CA net", "net_minor"),
            trait(
                    Feature.TENURE,
                    true,
                    true,
                    Unit.DAYS,
                    "Days since first purchase",
                    "Jours depuis le premier achat",
                    ""),
            trait(Feature.BASKET, true, false, Unit.MONEY, "Basket value", "Panier moyen", "sales_minor / orders"),
            trait(
                    "basket_articles",
                    true,
                    false,
                    Unit.DECIMAL,
                    "Articles an order",
                    "Articles par achat",
                    "articles_thousandths / 1000 / orders"),
            trait(
                    "gap_days",
                    true,
                    false,
                    Unit.DAYS,
                    "Median gap (one purchase: days since)",
                    "Intervalle médian (un seul achat : jours depuis)",
                    "CASE WHEN size(gaps) = 0 THEN recency_days ELSE gaps[(size(gaps) - 1) div 2] END"),
            trait(
                    Feature.RETURNS,
                    false,
                    false,
                    Unit.SHARE,
                    "Returns rate",
                    "Taux de retour",
                    "-returns_minor / sales_minor"),
            trait(
                    Feature.PROMOTED,
                    false,
                    false,
                    Unit.SHARE,
                    "Share in promotion",
                    "Part en promotion",
                    "promoted_minor / sales_minor"),
            trait(
                    "remote_share",
                    false,
                    false,
                    Unit.SHARE,
                    "Orders at a distance",
                    "Achats à distance",
                    "orders_remote / orders"),
            trait(
                    "weekend_share",
                    false,
                    false,
                    Unit.SHARE,
                    "Orders at the weekend",
                    "Achats le week-end",
                    "orders_weekend / orders"),
            trait(
                    "morning_share",
                    false,
                    false,
                    Unit.SHARE,
                    "Orders before noon",
                    "Achats le matin",
                    "orders_morning / orders"),
            trait(
                    "evening_share",
                    false,
                    false,
                    Unit.SHARE,
                    "Orders from 6 pm",
                    "Achats dès 18 h",
                    "orders_evening / orders"));

    private static final List<String> SUMS = List.of(
            "orders",
            "net_minor",
            "sales_minor",
            "articles_thousandths",
            "returns_minor",
            "promoted_minor",
            "orders_remote",
            "orders_morning",
            "orders_evening");

    private MemberTraits() {}

    private static Trait trait(
            String key, boolean logged, boolean clustering, Unit unit, String en, String fr, String sql) {
        return new Trait(new Feature(key, logged, clustering), Text.of(en, fr), unit, sql);
    }

    static FeatureMatrix of(Features features) {
        return of(features, features.scope().lastDate());
    }

    /**
     * Members by traits as known at the end of a day, without those who are not to be profiled; the returns rate is held to 1,
     * since goods bought earlier may come back within the period.
     */
    static FeatureMatrix of(Features features, LocalDate end) {
        String today = "DATE'" + end + "'";
        List<Column> sums =
                new ArrayList<>(SUMS.stream().map(name -> sum(name).as(name)).toList());
        sums.add(expr("datediff(" + today + ", min(CASE WHEN orders > 0 THEN sold_date END))")
                .as(Feature.TENURE));
        sums.add(expr("sum(CASE WHEN weekday(sold_date) >= 5 THEN orders ELSE 0L END)")
                .as("orders_weekend"));
        sums.add(expr("array_sort(collect_list(CASE WHEN orders > 0 THEN sold_date END))")
                .as("bought"));
        var grouped = features.profiled(features.customerDays())
                .filter("sold_date <= " + today)
                .groupBy("member_key")
                .agg(
                        expr("datediff(" + today + ", max(CASE WHEN orders > 0 THEN sold_date END))")
                                .as(Feature.RECENCY),
                        sums.toArray(Column[]::new))
                .filter(col("orders").gt(0))
                .selectExpr(
                        "*",
                        "array_sort(CASE WHEN size(bought) < 2 THEN CAST(array() AS array<int>) ELSE"
                                + " transform(sequence(1, size(bought) - 1), i -> datediff(bought[i], bought[i - 1])) END)"
                                + " AS gaps");
        List<String> columns = new ArrayList<>(List.of("member_key"));
        for (Trait trait : ALL) {
            String sql = trait.sql().isEmpty() ? trait.feature().key() : trait.sql();
            columns.add(
                    "CAST(" + sql + " AS DOUBLE) AS trait_" + trait.feature().key());
        }
        Iterator<Row> rows = grouped.selectExpr(columns.toArray(String[]::new)).toLocalIterator();
        Map<String, double[]> byMember = new TreeMap<>();
        while (rows.hasNext()) {
            Row row = rows.next();
            double[] values = new double[ALL.size()];
            for (int i = 0; i < values.length; i++) {
                double value = row.getDouble(i + 1);
                values[i] = ALL.get(i).unit() == Unit.SHARE ? Math.min(value, 1) : value;
            }
            byMember.put(Long.toString(row.getLong(0)), values);
        }
        return new FeatureMatrix(ALL.stream().map(Trait::feature).toList(), byMember);
    }
}
