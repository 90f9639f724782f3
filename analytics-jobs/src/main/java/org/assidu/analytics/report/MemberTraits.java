package org.assidu.analytics.report;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.expr;
import static org.apache.spark.sql.functions.sum;

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

    /** Members by traits; the returns rate is held to 1, since goods bought earlier may come back within the period. */
    static FeatureMatrix of(Features features) {
        String today = "DATE'" + features.scope().lastDate() + "'";
        var sums = SUMS.stream().map(name -> sum(name).as(name)).toArray(Column[]::new);
        var grouped = features.customerDays()
                .groupBy("member_key")
                .agg(
                        expr("datediff(" + today + ", max(CASE WHEN orders > 0 THEN sold_date END))")
                                .as(Feature.RECENCY),
                        concat(
                                expr("datediff(" + today + ", min(CASE WHEN orders > 0 THEN sold_date END))")
                                        .as(Feature.TENURE),
                                sums));
        List<String> columns = new ArrayList<>(List.of("member_key"));
        for (Trait trait : ALL) {
            String sql = trait.sql().isEmpty() ? trait.feature().key() : trait.sql();
            columns.add(
                    "CAST(" + sql + " AS DOUBLE) AS trait_" + trait.feature().key());
        }
        Iterator<Row> rows = grouped.filter(col("orders").gt(0))
                .selectExpr(columns.toArray(String[]::new))
                .toLocalIterator();
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

    private static Column[] concat(Column first, Column[] rest) {
        var all = new Column[rest.length + 1];
        all[0] = first;
        System.arraycopy(rest, 0, all, 1, rest.length);
        return all;
    }
}
