package org.assidu.analytics.report;

import static org.apache.spark.sql.functions.col;
import static org.assidu.analytics.report.MonthlyFacts.ratio;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.Row;
import org.assidu.analytics.features.Features;

/** What is bought how often, by article and by category. */
final class ArticleBlocks {

    private static final int TOP_ARTICLES = 20;

    private ArticleBlocks() {}

    static List<Block> of(Features features) {
        Map<String, String> names = new HashMap<>();
        List<Row> top = features.articles()
                .filter(col("orders").gt(0))
                .orderBy(col("orders").desc(), col("key"))
                .limit(TOP_ARTICLES)
                .collectAsList();
        Object[] keys = top.stream().map(row -> row.<String>getAs("key")).toArray();
        for (Row row : features.products()
                .filter(col("sku").isin(keys))
                .select("sku", "name")
                .collectAsList()) {
            names.put(row.getAs("sku"), row.getAs("name"));
        }
        List<Block> blocks = new ArrayList<>();
        blocks.add(frequencies(
                "articles",
                Text.of(
                        "Articles in the most orders, anonymous ones included",
                        "Articles présents dans le plus d'achats, anonymes compris"),
                top,
                names));
        List<Row> categories = features.categories()
                .filter(col("orders").gt(0))
                .orderBy(col("orders").desc(), col("key"))
                .limit(TOP_ARTICLES)
                .collectAsList();
        if (categories.isEmpty()) {
            blocks.add(
                    new Note(
                            Text.of(
                                    "No frequency by category: no line carries one. Tills may send one with each line.",
                                    "Pas de fréquence par catégorie : aucune ligne n'en porte. Les caisses peuvent en envoyer une par ligne.")));
        } else {
            blocks.add(frequencies(
                    "categories",
                    Text.of(
                            "Categories in the most orders, anonymous ones included",
                            "Catégories présentes dans le plus d'achats, anonymes compris"),
                    categories,
                    Map.of()));
        }
        return blocks;
    }

    private static Table frequencies(String key, Text caption, List<Row> rows, Map<String, String> names) {
        Table table = new Table(
                key,
                caption,
                Field.of("key", Unit.TEXT, "Code", "Code"),
                Field.of("name", Unit.TEXT, "Name", "Libellé"),
                Field.of("orders", Unit.COUNT, "Orders", "Achats"),
                Field.of("buyers", Unit.COUNT, "Members buying", "Membres acheteurs"),
                Field.of("repeat_share", Unit.SHARE, "Bought again", "Rachètent"),
                Field.of("sales", Unit.MONEY, "Sales", "Ventes"));
        for (Row row : rows) {
            String code = row.getAs("key");
            long buyers = row.<Long>getAs("buyers");
            table.row(
                    code,
                    names.get(code),
                    row.<Long>getAs("orders"),
                    buyers,
                    ratio(row.<Long>getAs("repeat_buyers"), buyers),
                    row.<Long>getAs("sales_minor"));
        }
        return table;
    }
}
