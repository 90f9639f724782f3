package org.assidu.analytics.report;

import static org.apache.spark.sql.functions.abs;
import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.not;
import static org.apache.spark.sql.functions.sum;
import static org.apache.spark.sql.functions.when;

import java.time.LocalDate;
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Row;
import org.assidu.analytics.features.Features;
import org.assidu.analytics.features.Scope;
import org.assidu.analytics.model.Histogram;
import org.jspecify.annotations.Nullable;

/** What a reader must know of the data before trusting a figure: what is missing, odd or out of proportion. */
public final class QualityReport implements Report {

    private static final int LARGEST_SHOWN = 10;
    private static final int LARGEST_COMPARED = 200;
    private static final double EXTREME_TIMES_MEDIAN = 100;
    private static final int CODES_SHOWN = 15;

    @Override
    public String key() {
        return "quality";
    }

    @Override
    public Section run(Features features, Settings settings) {
        Row counts = counts(features);
        List<Block> blocks = new ArrayList<>();
        blocks.add(findings(features, counts));
        blocks.add(QualityBlocks.statuses(features));
        blocks.addAll(QualityBlocks.completeness(features));
        blocks.add(largest(features));
        Table codes = codesWithoutDigit(features);
        if (!codes.rows().isEmpty()) {
            blocks.add(codes);
        }
        return new Section(
                key(),
                Text.of("Data quality", "Qualité des données"),
                Text.of(
                        "What is missing, odd or out of proportion in the data, so that the other figures can be judged.",
                        "Ce qui manque, étonne ou sort de proportion dans les données, pour juger les autres chiffres."),
                Text.of(
                        "For analysts and auditors, before any figure is quoted.",
                        "Pour les analystes et les auditeurs, avant de citer un chiffre."),
                List.of(
                        Text.of(
                                "Look at what is incomplete and at the largest receipts; a mistyped one bends every average.",
                                "Regarder ce qui est incomplet et les plus gros tickets ; une saisie erronée fausse toutes les moyennes."),
                        Text.of(
                                "Export again where a row says so; have the tills mended where lines are odd.",
                                "Refaire l'export là où une ligne le dit ; faire corriger les caisses là où des lignes étonnent.")),
                Text.of(
                        "Every line of the export in the run's currency, with or without a card.",
                        "Toutes les lignes de l'export dans la devise, avec ou sans carte."),
                figures(counts),
                blocks,
                List.of(
                        Text.of(
                                "Extreme: a receipt whose absolute total is more than 100 times the median order. Mirrored: another receipt of the same customer with the opposite total within a day, as when a mistyped sale is cancelled. Extreme receipts stay in every figure; they are shown so that an average can be judged.",
                                "Extrême : ticket dont le total absolu dépasse 100 fois l'achat médian. En miroir : un autre ticket du même client au total opposé à moins d'un jour, comme l'annulation d'une saisie erronée. Les tickets extrêmes restent dans tous les chiffres ; ils sont montrés pour juger une moyenne."),
                        Text.of(
                                "Return without original: a return line that does not name the receipt it takes back.",
                                "Retour sans original : ligne de retour qui ne nomme pas le ticket repris.")),
                List.of(),
                List.of(
                        new LeftOut(
                                Text.of("Lines in other currencies", "Lignes dans d'autres devises"),
                                features.otherCurrencyLines()),
                        new LeftOut(
                                Text.of("Lines outside this run's selection", "Lignes hors de la sélection"),
                                features.linesOutsideSelection())));
    }

    private static Row counts(Features features) {
        Column anonymous = col("member_key").isNull();
        return features.receiptFacts()
                .agg(
                        count(lit(1)).as("receipts"),
                        sum("lines").as("lines"),
                        total(when(anonymous, col("lines"))).as("anonymous_lines"),
                        total(when(anonymous, lit(1L))).as("anonymous_receipts"),
                        sum("return_lines").as("return_lines"),
                        sum("unlinked_return_lines").as("unlinked_return_lines"),
                        sum("zero_lines").as("zero_lines"),
                        sum("gift_card_lines").as("gift_card_lines"),
                        sum("sale_lines").as("sale_lines"),
                        sum("amount_minor").as("amount_minor"),
                        total(when(not(anonymous), col("sale_lines"))).as("identified_sale_lines"))
                .first();
    }

    private static Column total(Column value) {
        return coalesce(sum(value), lit(0L));
    }

    private static List<Figure> figures(Row counts) {
        return List.of(
                figure(counts, "lines", "Lines", "Lignes", "in the export", "dans l'export"),
                figure(counts, "receipts", "Receipts", "Tickets", "in the export", "dans l'export"),
                figure(
                        counts,
                        "identified_sale_lines",
                        "Lines in the sales population",
                        "Lignes de la population des ventes",
                        "identified sale lines",
                        "lignes de vente identifiées"),
                new Figure(
                        "amount",
                        Text.of("Net of all lines", "Net de toutes les lignes"),
                        Unit.MONEY,
                        counts.<Long>getAs("amount_minor"),
                        Text.of("with and without a card", "avec et sans carte")));
    }

    private static Figure figure(Row counts, String key, String en, String fr, String noteEn, String noteFr) {
        return new Figure(key, Text.of(en, fr), Unit.COUNT, counts.<Long>getAs(key), Text.of(noteEn, noteFr));
    }

    private static Table findings(Features features, Row counts) {
        long lines = counts.<Long>getAs("lines");
        long returns = counts.<Long>getAs("return_lines");
        Table table = new Table(
                "findings",
                Text.of("Findings", "Constats"),
                Field.of("finding", Unit.TEXT, "Finding", "Constat"),
                Field.of("rows", Unit.COUNT, "Rows", "Lignes"),
                Field.of("share", Unit.SHARE, "Share", "Part"),
                Field.of("treatment", Unit.TEXT, "What the reports do", "Ce que font les rapports"));
        finding(
                table,
                "Lines without a card",
                "Lignes sans carte",
                counts.getAs("anonymous_lines"),
                lines,
                "in no member figure; counted in the identified share",
                "hors des chiffres membres ; comptées dans la part identifiée");
        finding(
                table,
                "Lines with amount 0",
                "Lignes de montant 0",
                counts.getAs("zero_lines"),
                lines,
                "not a sale line",
                "pas une ligne de vente");
        finding(
                table,
                "Return lines",
                "Lignes de retour",
                returns,
                lines,
                "taken off net turnover, not off sales",
                "déduites du CA net, pas des ventes");
        finding(
                table,
                "Returns without original",
                "Retours sans original",
                counts.getAs("unlinked_return_lines"),
                returns,
                "taken off in the month of the return",
                "déduits au mois du retour");
        finding(
                table,
                "Gift card sales",
                "Ventes de cartes cadeaux",
                counts.getAs("gift_card_lines"),
                lines,
                "neither sales nor net turnover",
                "ni ventes ni CA net");
        finding(
                table,
                "Lines that repeat another line of the receipt (article, quantity, amount)",
                "Lignes qui répètent une autre ligne du ticket (article, quantité, montant)",
                features.repeatedLines(),
                lines,
                "all kept: two pieces may be scanned one by one",
                "toutes gardées : deux pièces peuvent être scannées une à une");
        long others = lines - counts.<Long>getAs("sale_lines") - returns - counts.<Long>getAs("gift_card_lines");
        finding(
                table,
                "Other lines that are no sale (zero, negative amount, quantity 0)",
                "Autres lignes qui ne sont pas des ventes (zéro, montant négatif, quantité 0)",
                others,
                lines,
                "in net turnover only",
                "dans le CA net seulement");
        Scope scope = features.scope();
        table.row(
                Text.of(
                        "First month: " + YearMonth.from(scope.firstDate()),
                        "Premier mois : " + YearMonth.from(scope.firstDate())),
                null,
                null,
                Text.of(
                        "left-truncated: its “new” members may be older",
                        "tronqué à gauche : ses « nouveaux » peuvent être anciens"));
        YearMonth last = YearMonth.from(scope.lastDate());
        table.row(
                Text.of(
                        "Last month: " + last + ", until " + scope.lastDate(),
                        "Dernier mois : " + last + ", jusqu'au " + scope.lastDate()),
                null,
                null,
                scope.isPartial(last)
                        ? Text.of(
                                "partial: hatched, never compared with a whole month",
                                "incomplet : hachuré, jamais comparé à un mois entier")
                        : Text.of("whole", "entier"));
        table.row(
                Text.of("Journal positions no file covers", "Positions du journal sans fichier"),
                features.uncoveredPositions(),
                null,
                Text.of(
                        "records other than sales; every receipt was found with all its lines",
                        "enregistrements autres que des ventes ; chaque ticket a toutes ses lignes"));
        return table;
    }

    private static void finding(
            Table table, String en, String fr, @Nullable Long rows, long of, String treatmentEn, String treatmentFr) {
        long n = rows == null ? 0 : rows;
        table.row(Text.of(en, fr), n, MonthlyFacts.ratio(n, of), Text.of(treatmentEn, treatmentFr));
    }

    /** By nearest rank, exactly: an approximation would depend on how the data are spread over files. */
    private static double medianOrderMinor(Features features) {
        TreeMap<Long, Long> orders = new TreeMap<>();
        for (Row row : features.receiptFacts()
                .filter(col("is_order"))
                .groupBy("sales_minor")
                .agg(count(lit(1)).as("orders"))
                .collectAsList()) {
            orders.put(row.<Long>getAs("sales_minor"), row.<Long>getAs("orders"));
        }
        return new Histogram(orders).quantile(0.5);
    }

    private static Table largest(Features features) {
        double median = medianOrderMinor(features);
        List<Row> rows = features.receiptFacts()
                .orderBy(abs(col("amount_minor")).desc(), col("position"))
                .limit(LARGEST_COMPARED)
                .collectAsList();
        Table table = new Table(
                "largest-receipts",
                Text.of("Largest receipts, by absolute total", "Plus gros tickets, en valeur absolue"),
                Field.of("receipt", Unit.TEXT, "Receipt (store / till / number)", "Ticket (magasin / caisse / numéro)"),
                Field.of("date", Unit.DATE, "Date", "Date"),
                Field.of("total", Unit.MONEY, "Total", "Total"),
                Field.of("times_median", Unit.DECIMAL, "Times the median order", "Fois l'achat médian"),
                Field.of("with_card", Unit.TEXT, "With a card", "Avec carte"),
                Field.of("flags", Unit.TEXT, "Flags", "Signalements"));
        for (Row row : rows.subList(0, Math.min(LARGEST_SHOWN, rows.size()))) {
            double times = Math.abs(row.<Long>getAs("amount_minor")) / median;
            boolean identified = row.getAs("member_key") != null;
            table.row(
                    row.getAs("store") + " / " + row.getAs("till") + " / " + row.<Long>getAs("number"),
                    date(row),
                    row.<Long>getAs("amount_minor"),
                    times,
                    identified ? Text.of("yes", "oui") : Text.of("no", "non"),
                    flags(times > EXTREME_TIMES_MEDIAN, mirrored(row, rows)));
        }
        return table;
    }

    private static LocalDate date(Row row) {
        return row.<java.sql.Date>getAs("sold_date").toLocalDate();
    }

    private static boolean mirrored(Row row, List<Row> rows) {
        Long member = row.getAs("member_key");
        for (Row other : rows) {
            if (member != null
                    && member.equals(other.<Long>getAs("member_key"))
                    && row.<Long>getAs("amount_minor") == -other.<Long>getAs("amount_minor")
                    && Math.abs(date(row).toEpochDay() - date(other).toEpochDay()) <= 1) {
                return true;
            }
        }
        return false;
    }

    private static Text flags(boolean extreme, boolean mirrored) {
        if (extreme && mirrored) {
            return Text.of("extreme, mirrored", "extrême, en miroir");
        }
        if (extreme) {
            return Text.of("extreme", "extrême");
        }
        return mirrored ? Text.of("mirrored", "en miroir") : Text.same("");
    }

    private static Table codesWithoutDigit(Features features) {
        Table table = new Table(
                "codes-without-digit",
                Text.of(
                        "Article codes without a digit: fees, postage and manual entries are often among them",
                        "Codes article sans chiffre : frais, port et saisies manuelles en font souvent partie"),
                Field.of("sku", Unit.TEXT, "Code", "Code"),
                Field.of("lines", Unit.COUNT, "Lines", "Lignes"),
                Field.of("amount", Unit.MONEY, "Net amount", "Montant net"));
        for (Row row : features.articles()
                .filter(not(col("key").rlike("[0-9]")))
                .orderBy(abs(col("amount_minor")).desc(), col("key"))
                .limit(CODES_SHOWN)
                .collectAsList()) {
            table.row(row.<String>getAs("key"), row.<Long>getAs("lines"), row.<Long>getAs("amount_minor"));
        }
        return table;
    }
}
