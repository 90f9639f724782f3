package org.assidu.analytics.report;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.expr;
import static org.apache.spark.sql.functions.sum;

import java.math.BigDecimal;
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.Row;
import org.assidu.analytics.features.Features;
import org.assidu.analytics.report.PointFlows.Flow;
import org.assidu.analytics.report.ProgrammeTerms.PointValue;

/**
 * Points as accountants see them, month of posting by month: a material right under IFRS 15 (B39 to B43: a part of each sale is
 * deferred by relative stand-alone price, net of breakage, without VAT) and a provision at cost under French GAAP.
 */
final class LiabilityAccounts {

    /**
     * One month, in minor units.
     *
     * @param pointsPriceMinor stand-alone price of the points issued, net of breakage
     * @param deferredMinor part of the sales that is for points
     * @param recognisedMinor part of what was deferred that points used in the month release
     */
    private record Month(
            YearMonth month,
            double salesMinor,
            double pointsPriceMinor,
            double deferredMinor,
            double recognisedMinor,
            double liabilityMinor,
            double provisionMinor,
            double provisionChangeMinor) {}

    private final List<Month> months = new ArrayList<>();

    private LiabilityAccounts() {}

    static LiabilityAccounts of(Features features, PointFlows flows, PointValue value, Breakage breakage) {
        Map<Integer, Long> sales = new HashMap<>();
        for (Row row : features.receiptFacts()
                .filter(col("member_key").isNotNull())
                .groupBy(expr(Labels.monthSql("known_date")).as("month"))
                .agg(sum(col("net_minor").minus(col("vat_minor"))).as("sales_minor"))
                .collectAsList()) {
            sales.put(row.<Integer>getAs("month"), row.<Long>getAs("sales_minor"));
        }
        LiabilityAccounts accounts = new LiabilityAccounts();
        double perMicro =
                value.minor().divide(BigDecimal.valueOf(ProgrammeTerms.MICRO)).doubleValue();
        double used = breakage.usedShare();
        double liability = 0;
        double provision = 0;
        for (PointFlows.Month month : flows.months()) {
            double net = sales.getOrDefault(Labels.index(month.month()), 0L);
            double price = (month.of(Flow.ISSUED) + month.of(Flow.TAKEN_BACK)) * perMicro * used;
            double deferred = net + price > 0 && net > 0 && price > 0 ? net * price / (net + price) : 0;
            double redeemed = -(month.of(Flow.SPENT) + month.of(Flow.RESTORED));
            double expected = Math.max(0, month.closing()) * used;
            double recognised = redeemed > 0 ? (liability + deferred) * redeemed / (redeemed + expected) : 0;
            liability += deferred - recognised;
            double atCost = Math.max(0, month.closing()) * perMicro * used;
            accounts.months.add(
                    new Month(month.month(), net, price, deferred, recognised, liability, atCost, atCost - provision));
            provision = atCost;
        }
        return accounts;
    }

    double liabilityMinor() {
        return months.get(months.size() - 1).liabilityMinor();
    }

    double provisionMinor() {
        return months.get(months.size() - 1).provisionMinor();
    }

    Chart contractLiability() {
        Table table = new Table(
                "contract-liability",
                Text.of("IFRS 15: revenue deferred for points", "IFRS 15 : chiffre d'affaires différé pour les points"),
                Field.of("month", Unit.TEXT, "Month of posting", "Mois comptable"),
                Field.of("sales", Unit.MONEY, "Members' sales, ex VAT", "Ventes aux membres, HT"),
                Field.of(
                        "points_price",
                        Unit.MONEY,
                        "Stand-alone price of points",
                        "Prix de vente spécifique des points"),
                Field.of("deferred", Unit.MONEY, "Deferred", "Différé"),
                Field.of("recognised", Unit.MONEY, "Recognised", "Reconnu"),
                Field.of("liability", Unit.MONEY, "Contract liability", "Passif de contrat"));
        List<Text> labels = new ArrayList<>();
        List<Double> deferred = new ArrayList<>();
        List<Double> recognised = new ArrayList<>();
        List<Double> liability = new ArrayList<>();
        for (Month month : months) {
            labels.add(Text.same(month.month().toString()));
            deferred.add(month.deferredMinor());
            recognised.add(-month.recognisedMinor());
            liability.add(month.liabilityMinor());
            table.row(
                    month.month().toString(),
                    month.salesMinor(),
                    month.pointsPriceMinor(),
                    month.deferredMinor(),
                    month.recognisedMinor(),
                    month.liabilityMinor());
        }
        return new Chart(
                "contract-liability",
                table.caption(),
                Text.of(
                        "Deferred = sales × price of points ÷ (sales + price of points). Recognised: in the proportion of points used to those used and still expected to be used (B39 to B43, B46).",
                        "Différé = ventes × prix des points ÷ (ventes + prix des points). Reconnu : au prorata des points utilisés sur ceux utilisés ou qu'on attend encore (B39 à B43, B46)."),
                new XyPlot(
                        Axis.of(Unit.TEXT, "Month", "Mois"),
                        Axis.of(Unit.MONEY, "Amount", "Montant"),
                        labels,
                        List.of(
                                XyPlot.Series.over(Text.of("Deferred", "Différé"), XyPlot.Mark.STACKED_BAR, deferred),
                                XyPlot.Series.over(
                                        Text.of("Recognised", "Reconnu"), XyPlot.Mark.STACKED_BAR, recognised),
                                XyPlot.Series.over(
                                        Text.of("Contract liability", "Passif de contrat"),
                                        XyPlot.Mark.LINE,
                                        liability))),
                table);
    }

    Table provision() {
        Table table = new Table(
                "provision",
                Text.of(
                        "French GAAP: provision at cost, net of points never used",
                        "Comptes français : provision au coût, nette des points jamais utilisés"),
                Field.of("month", Unit.TEXT, "Month of posting", "Mois comptable"),
                Field.of("change", Unit.MONEY, "Change", "Variation"),
                Field.of("provision", Unit.MONEY, "Provision", "Provision"));
        for (Month month : months) {
            table.row(month.month().toString(), month.provisionChangeMinor(), month.provisionMinor());
        }
        return table;
    }

    /** Both views as entries, debit and credit of each pair equal; a chain maps the accounts to its own. */
    Listing entries() {
        Table table = new Table(
                "journal-entries",
                Text.of("Proposed journal entries", "Écritures proposées"),
                Field.of("month", Unit.TEXT, "Month of posting", "Mois comptable"),
                Field.of("framework", Unit.TEXT, "Framework", "Référentiel"),
                Field.of("account", Unit.TEXT, "Account", "Compte"),
                Field.of("label", Unit.TEXT, "Label", "Libellé"),
                Field.of("debit", Unit.MONEY, "Debit", "Débit"),
                Field.of("credit", Unit.MONEY, "Credit", "Crédit"));
        for (Month month : months) {
            pair(
                    table,
                    month,
                    "IFRS 15",
                    "707",
                    "487",
                    Text.of("Points deferred", "Points différés"),
                    month.deferredMinor());
            pair(
                    table,
                    month,
                    "IFRS 15",
                    "487",
                    "707",
                    Text.of("Points used", "Points utilisés"),
                    month.recognisedMinor());
            double change = month.provisionChangeMinor();
            pair(
                    table,
                    month,
                    "French GAAP",
                    "6815",
                    "1518",
                    Text.of("Provision for points", "Provision pour points"),
                    change);
            pair(
                    table,
                    month,
                    "French GAAP",
                    "1518",
                    "7815",
                    Text.of("Provision released", "Reprise de provision"),
                    -change);
        }
        return new Listing(table, 20);
    }

    private static void pair(
            Table table, Month month, String framework, String debited, String credited, Text label, double minor) {
        long amount = Math.round(minor);
        if (amount > 0) {
            table.row(month.month().toString(), framework, debited, label, amount, 0L);
            table.row(month.month().toString(), framework, credited, label, 0L, amount);
        }
    }
}
