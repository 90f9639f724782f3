package org.assidu.analytics.report;

import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.expr;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.sum;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.assidu.analytics.features.Features;
import org.assidu.analytics.ingest.ExportTable;
import org.assidu.analytics.report.PointFlows.Flow;
import org.assidu.analytics.report.ProgrammeTerms.PointValue;

/** What is owed but is no point, who pays for points, and what legal entities owe each other for them. */
final class LiabilityParts {

    private final Features features;
    private final ProgrammeTerms terms;

    LiabilityParts(Features features, ProgrammeTerms terms) {
        this.features = features;
        this.terms = terms;
    }

    /** Gift cards and club fees, which never mix with points. Cagnottes are purses of their own. */
    Table apart() {
        Table table = new Table(
                "held-apart",
                Text.of("Gift cards and club fees, kept apart", "Cartes cadeaux et cotisations, tenues à part"),
                Field.of("what", Unit.TEXT, "What", "Quoi"),
                Field.of("sold", Unit.MONEY, "Sold", "Vendu"),
                Field.of("used", Unit.MONEY, "Used", "Utilisé"),
                Field.of("held", Unit.MONEY, "Sold less used", "Vendu moins utilisé"));
        long sold = features.receiptFacts()
                .agg(coalesce(sum("gift_card_minor"), lit(0L)).as("sold"))
                .first()
                .getLong(0);
        long used = features.receiptRows()
                .agg(expr("coalesce(sum(aggregate(filter(tenders, t -> t.kind = 'GIFT_CARD'), 0L,"
                                + " (total, t) -> total + t.amount_minor)), 0L)")
                        .as("used"))
                .first()
                .getLong(0);
        table.row(Text.of("Gift cards", "Cartes cadeaux"), sold, used, sold - used);
        List<String> clubs = terms.clubArticles();
        if (!clubs.isEmpty()) {
            long fees = features.saleLines()
                    .filter(col("sku").isin(clubs.toArray()))
                    .agg(coalesce(sum("amount_minor"), lit(0L)).as("fees"))
                    .first()
                    .getLong(0);
            table.row(Text.of("Club fees", "Cotisations de club"), fees, 0L, fees);
        }
        return table;
    }

    /** What each rule's points cost, and who pays: shares of the newest programme. */
    Table funding(Dataset<Row> purse, PointValue value) {
        Table table = new Table(
                "funding",
                Text.of("Who pays for points, by rule", "Qui paie les points, par règle"),
                Field.of("rule", Unit.TEXT, "Rule", "Règle"),
                Field.of("points", Unit.POINTS, "Points, net", "Points, nets"),
                Field.of("cost", Unit.MONEY, "Cost", "Coût"),
                Field.of("chain", Unit.MONEY, "Chain", "Enseigne"),
                Field.of("store", Unit.MONEY, "Store", "Magasin"),
                Field.of("supplier", Unit.MONEY, "Supplier", "Fournisseur"));
        for (Row row : purse.filter(col("kind").isin("EARNED", "REVERSED"))
                .groupBy("rule_id")
                .agg(sum("points_micro").as("points_micro"))
                .orderBy("rule_id")
                .collectAsList()) {
            String rule = row.getAs("rule_id");
            long cost = value.minorOf(row.<Long>getAs("points_micro"));
            Map<String, BigDecimal> shares = terms.funding(rule);
            long store = share(cost, shares.getOrDefault("STORE", BigDecimal.ZERO));
            long supplier = share(cost, shares.getOrDefault("SUPPLIER", BigDecimal.ZERO));
            table.row(
                    rule.isEmpty() ? "–" : rule,
                    row.<Long>getAs("points_micro"),
                    cost,
                    cost - store - supplier,
                    store,
                    supplier);
        }
        return table;
    }

    private static long share(long minor, BigDecimal percent) {
        return BigDecimal.valueOf(minor)
                .multiply(percent)
                .movePointLeft(2)
                .setScale(0, RoundingMode.HALF_UP)
                .longValueExact();
    }

    /**
     * Points earned at one legal entity and used at another: each member's points of one month are used in the proportion in
     * which entities gave them.
     */
    Block entities(Dataset<Row> purse, PointValue value) {
        Map<String, String> entityOf = new TreeMap<>();
        for (Row row : features.stores().select("store", "legal_entity").collectAsList()) {
            String entity = row.getAs("legal_entity");
            if (entity != null) {
                entityOf.put(row.getAs("store"), entity);
            }
        }
        TreeSet<String> entities = new TreeSet<>(entityOf.values());
        if (entities.size() < 2) {
            return new Note(Text.of(
                    "Between legal entities: nothing to settle, the export's stores name " + entities.size()
                            + " of them (`assidu catalogue import` brings them in).",
                    "Entre entités juridiques : rien à régler, les magasins de l'export en nomment " + entities.size()
                            + " (`assidu catalogue import` les apporte)."));
        }
        Map<String, Map<String, Long>> earnedAtUsedAt = flows(purse);
        Table table = new Table(
                "between-entities",
                Text.of("Settlement between legal entities", "Règlement entre entités juridiques"),
                Field.of("entity", Unit.TEXT, "Legal entity", "Entité juridique"),
                Field.of("pays", Unit.MONEY, "Owes: its points used elsewhere", "Doit : ses points utilisés ailleurs"),
                Field.of("gets", Unit.MONEY, "Gets: others' points used here", "Reçoit : points d'autres utilisés ici"),
                Field.of("net", Unit.MONEY, "Net", "Net"));
        Map<String, Long> pays = new TreeMap<>();
        Map<String, Long> gets = new TreeMap<>();
        earnedAtUsedAt.forEach((earned, uses) -> uses.forEach((used, micro) -> {
            if (!earned.equals(used)) {
                long minor = value.minorOf(micro);
                pays.merge(earned, minor, Long::sum);
                gets.merge(used, minor, Long::sum);
            }
        }));
        TreeSet<String> all = new TreeSet<>(entities);
        all.addAll(pays.keySet());
        all.addAll(gets.keySet());
        for (String entity : all) {
            long out = pays.getOrDefault(entity, 0L);
            long in = gets.getOrDefault(entity, 0L);
            table.row(entity, out, in, in - out);
        }
        return table;
    }

    private Map<String, Map<String, Long>> flows(Dataset<Row> purse) {
        Dataset<Row> stores = features.stores().select(col("store").as("of_store"), col("legal_entity"));
        Dataset<Row> moves = purse.filter(col("store").isNotNull())
                .join(stores, col("store").equalTo(col("of_store")), "left")
                .withColumn("entity", coalesce(col("legal_entity"), lit("–")))
                .withColumn("lot", coalesce(col(ExportTable.COHORT_MONTH), lit(0)));
        Dataset<Row> given = moves.filter(col("kind").isin("EARNED", "REVERSED"))
                .groupBy("member_key", "lot", "entity")
                .agg(sum("points_micro").as("given"))
                .filter(col("given").gt(0));
        Dataset<Row> all = given.groupBy("member_key", "lot").agg(sum("given").as("all_given"));
        Dataset<Row> used = moves.filter(col("kind").isin("SPENT", "RESTORED"))
                .groupBy(col("member_key"), col("lot"), col("entity").as("used_at"))
                .agg(sum("points_micro").multiply(-1).as("used"));
        Map<String, Map<String, Long>> flows = new TreeMap<>();
        for (Row row : used.join(
                        all,
                        scala.jdk.javaapi.CollectionConverters.asScala(List.of("member_key", "lot"))
                                .toSeq())
                .join(
                        given,
                        scala.jdk.javaapi.CollectionConverters.asScala(List.of("member_key", "lot"))
                                .toSeq())
                .groupBy("entity", "used_at")
                .agg(expr("sum(CAST(CAST(used AS DECIMAL(38, 0)) * given / all_given AS BIGINT))")
                        .as("micro"))
                .collectAsList()) {
            flows.computeIfAbsent(row.getAs("entity"), key -> new TreeMap<>())
                    .put(row.getAs("used_at"), row.<Long>getAs("micro"));
        }
        return flows;
    }

    /** The figures a closing asks for first. */
    static List<Figure> figures(LiabilityAccounts accounts, PointFlows flows, Breakage breakage) {
        List<Figure> figures = new ArrayList<>();
        figures.add(new Figure(
                "contract_liability",
                Text.of("Contract liability", "Passif de contrat"),
                Unit.MONEY,
                accounts.liabilityMinor(),
                Text.of("IFRS 15, ex VAT", "IFRS 15, HT")));
        figures.add(new Figure(
                "provision",
                Text.of("Provision", "Provision"),
                Unit.MONEY,
                accounts.provisionMinor(),
                Text.of("French GAAP, at cost", "comptes français, au coût")));
        Double share = breakage.share();
        figures.add(new Figure(
                "breakage",
                Text.of("Never used", "Jamais utilisés"),
                Unit.SHARE,
                share == null ? Double.NaN : share,
                share == null
                        ? Text.of("too early to tell", "trop tôt pour le dire")
                        : Text.of("estimate, of points issued", "estimation, des points émis")));
        figures.add(new Figure(
                "points_expired",
                Text.of("Points expired", "Points expirés"),
                Unit.POINTS,
                -flows.total(Flow.EXPIRED),
                Text.of("up to the last day", "jusqu'au dernier jour")));
        return figures;
    }
}
