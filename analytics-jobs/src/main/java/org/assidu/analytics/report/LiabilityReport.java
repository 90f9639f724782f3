package org.assidu.analytics.report;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.countDistinct;
import static org.apache.spark.sql.functions.expr;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.max;
import static org.apache.spark.sql.functions.sum;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.assidu.analytics.features.Features;
import org.assidu.analytics.report.PointFlows.Flow;
import org.assidu.analytics.report.ProgrammeTerms.PointValue;
import org.jspecify.annotations.Nullable;

/** What the programme owes its members: points issued, used and still held, how old they are, and what they would cost. */
public final class LiabilityReport implements Report {

    private static final int[] SCENARIOS = {100, 90, 80, 70, 60, 50};

    @Override
    public String key() {
        return "liability";
    }

    @Override
    public Section run(Features features, Settings settings) {
        ProgrammeTerms terms = ProgrammeTerms.of(features);
        Dataset<Row> purse = features.ledger().filter(col("purse_id").equalTo(terms.purse()));
        PointFlows flows = PointFlows.of(purse);
        if (flows.months().isEmpty()) {
            return section(features, List.of(), List.of(nothing(terms.purse())), null);
        }
        PurseBalances balances = PurseBalances.of(purse);
        MonthlyFacts.Month sales = MonthlyFacts.of(features).total();
        PointValue value =
                terms.pointValue(settings, MonthlyFacts.ratio(sales.identifiedSalesMinor(), sales.identifiedOrders()));
        LocalDate end = purse.agg(max("posted_date")).first().getDate(0).toLocalDate();
        List<Block> blocks = new ArrayList<>();
        Breakage breakage = features.hasExpiry() ? Breakage.of(purse) : Breakage.UNKNOWN;
        LiabilityParts parts = new LiabilityParts(features, terms);
        List<Figure> figures = new ArrayList<>(figures(flows, balances, value, terms));
        blocks.add(flows.chart());
        blocks.add(balances.ages(end, balances.byMonthOfCredit(features.hasExpiry())));
        blocks.add(expiry(features, purse, end));
        blocks.add(breakage.chart());
        if (value != null) {
            LiabilityAccounts accounts = LiabilityAccounts.of(features, flows, value, breakage);
            figures.addAll(2, LiabilityParts.figures(accounts, flows, breakage));
            blocks.add(accounts.contractLiability());
            blocks.add(accounts.provision());
            blocks.add(accounts.entries());
            blocks.add(parts.funding(purse, value));
            blocks.add(parts.entities(purse, value));
        }
        blocks.add(balances.distribution());
        if (value != null) {
            blocks.add(scenarios(balances.owed(), value));
        } else {
            blocks.add(new Note(Text.of(
                    "No amount of money: neither --point-value nor a reward of the programme says what a point is worth.",
                    "Pas de montant : ni --point-value ni une récompense du programme ne dit ce que vaut un point.")));
        }
        blocks.add(purses(features));
        blocks.add(parts.apart());
        blocks.add(reconciliation(features, terms.purse(), flows.outstanding()));
        return section(features, figures, blocks, end);
    }

    private static Note nothing(String purse) {
        return new Note(Text.of(
                "Nothing is owed: the export has no movement of the purse “" + purse
                        + "”. Publish a programme that earns points, then export again.",
                "Rien n'est dû : l'export n'a aucun mouvement de la bourse « " + purse
                        + " ». Publier un programme qui donne des points, puis refaire l'export."));
    }

    private static List<Figure> figures(
            PointFlows flows, PurseBalances balances, @Nullable PointValue value, ProgrammeTerms terms) {
        long owed = balances.owed();
        long issued = flows.total(Flow.ISSUED) + flows.total(Flow.TAKEN_BACK);
        List<Figure> figures = new ArrayList<>();
        figures.add(new Figure(
                "points_owed",
                Text.of("Points owed", "Points dus"),
                Unit.POINTS,
                owed,
                Text.of("balances above zero", "soldes positifs")));
        if (value != null) {
            figures.add(new Figure(
                    "liability",
                    Text.of("If all were spent", "Si tous étaient utilisés"),
                    Unit.MONEY,
                    value.minorOf(owed),
                    value.origin()));
        }
        figures.add(new Figure(
                "points_issued",
                Text.of("Points issued", "Points émis"),
                Unit.POINTS,
                issued,
                Text.of("net of those taken back", "nets des reprises")));
        figures.add(new Figure(
                "spent_share",
                Text.of("Spent so far", "Utilisés à ce jour"),
                Unit.SHARE,
                MonthlyFacts.ratio(-(flows.total(Flow.SPENT) + flows.total(Flow.RESTORED)), issued),
                Text.of("of points issued", "des points émis")));
        figures.add(new Figure(
                "holders",
                Text.of("Members holding points", "Membres détenant des points"),
                Unit.COUNT,
                balances.holders(),
                Text.of("balance above zero", "solde positif")));
        if (terms.cheapestRewardMicro() > 0) {
            long least = terms.cheapestRewardMicro();
            figures.add(new Figure(
                    "could_claim",
                    Text.of("Holding enough for a reward", "Assez pour une récompense"),
                    Unit.COUNT,
                    balances.holdersOf(least),
                    Text.of(
                            least / ProgrammeTerms.MICRO + " points or more",
                            least / ProgrammeTerms.MICRO + " points ou plus")));
        }
        figures.add(new Figure(
                "debts",
                Text.of("Points in debt", "Points en dette"),
                Unit.POINTS,
                balances.debts(),
                Text.of("balances below zero, not taken off", "soldes négatifs, non déduits")));
        return figures;
    }

    private static Table scenarios(long owed, PointValue value) {
        Table table = new Table(
                "scenarios",
                Text.of(
                        "What is owed would cost, by the share that is ever spent",
                        "Ce qui est dû coûterait, selon la part utilisée un jour"),
                Field.of("spent_share", Unit.SHARE, "Share ever spent", "Part utilisée"),
                Field.of("cost", Unit.MONEY, "Cost", "Coût"));
        for (int percent : SCENARIOS) {
            table.row(percent / 100.0, value.minorOf(Math.multiplyExact(owed, (long) percent) / 100));
        }
        return table;
    }

    private static Block expiry(Features features, Dataset<Row> purse, LocalDate end) {
        if (!features.hasExpiry()) {
            return new Note(
                    Text.of(
                            "When points expire is not shown: the export's ledger has no expiry (column lot_expires_on). Points of this programme last until they are spent, or the server that exported them does not export lots yet.",
                            "L'échéance des points n'est pas montrée : le registre exporté n'en a pas (colonne lot_expires_on). Les points de ce programme durent jusqu'à leur utilisation, ou le serveur n'exporte pas encore les lots."));
        }
        Table table = new Table(
                "expiring",
                Text.of("Points owed by month of expiry", "Points dus par mois d'échéance"),
                Field.of("month", Unit.TEXT, "Expires in", "Échéance"),
                Field.of("points", Unit.POINTS, "Points", "Points"));
        List<Text> labels = new ArrayList<>();
        List<Long> values = new ArrayList<>();
        for (Row row : purse.filter(expr("lot_expires_on IS NULL OR lot_expires_on > DATE'" + end + "'"))
                .groupBy(expr("date_format(lot_expires_on, 'yyyy-MM')").as("month"))
                .agg(sum("points_micro").as("points_micro"))
                .filter(col("points_micro").notEqual(0))
                .orderBy(col("month").asc_nulls_last())
                .collectAsList()) {
            String month = row.getAs("month");
            Text label = month == null ? Text.of("never", "jamais") : Text.same(month);
            labels.add(label);
            values.add(row.<Long>getAs("points_micro"));
            table.row(label, row.<Long>getAs("points_micro"));
        }
        return new Chart(
                "expiring",
                table.caption(),
                Text.of(
                        "Points of lots not yet expired on " + end + ".",
                        "Points des lots non encore échus au " + end + "."),
                new XyPlot(
                        Axis.of(Unit.TEXT, "Month of expiry", "Mois d'échéance"),
                        Axis.of(Unit.POINTS, "Points", "Points"),
                        labels,
                        List.of(XyPlot.Series.over(Text.of("Points", "Points"), XyPlot.Mark.BAR, values))),
                table);
    }

    private static Table purses(Features features) {
        Table table = new Table(
                "purses",
                Text.of("Every purse of the programme", "Toutes les bourses du programme"),
                Field.of("purse", Unit.TEXT, "Purse", "Bourse"),
                Field.of("movements", Unit.COUNT, "Movements", "Mouvements"),
                Field.of("members", Unit.COUNT, "Members", "Membres"),
                Field.of("balance", Unit.POINTS, "Held", "Détenus"));
        for (Row row : features.ledger()
                .groupBy("purse_id")
                .agg(
                        count(lit(1)).as("movements"),
                        countDistinct("member_key").as("members"),
                        sum("points_micro").as("points_micro"))
                .orderBy("purse_id")
                .collectAsList()) {
            table.row(
                    row.<String>getAs("purse_id"),
                    row.<Long>getAs("movements"),
                    row.<Long>getAs("members"),
                    row.<Long>getAs("points_micro"));
        }
        return table;
    }

    /** The ledger against the balances that the server states. */
    private static Block reconciliation(Features features, String purse, long outstanding) {
        if (features.isSelected() || features.otherCurrencyLines() > 0 || !features.hasMembers()) {
            return new Note(
                    Text.of(
                            "Balances of the members table are not compared: this run looks at a part of the data.",
                            "Les soldes de la table des membres ne sont pas comparés : ce passage ne regarde qu'une partie des données."));
        }
        long stated = features.members()
                .agg(org.apache
                        .spark
                        .sql
                        .functions
                        .coalesce(sum("balance_micro"), lit(0L))
                        .as("sum"))
                .first()
                .getLong(0);
        long difference = stated - outstanding;
        String points =
                java.math.BigDecimal.valueOf(difference, 6).stripTrailingZeros().toPlainString();
        return new Note(
                difference == 0
                        ? Text.of(
                                "Books balance: the movements of “" + purse
                                        + "” add up to the members' balances, to the micropoint.",
                                "Les livres sont justes : les mouvements de « " + purse
                                        + " » donnent les soldes des membres, au micropoint près.")
                        : Text.of(
                                "Books do NOT balance: members' balances exceed the movements of “" + purse + "” by "
                                        + points
                                        + " points. Run `assidu verify`, then export again into an empty folder.",
                                "Les livres ne sont PAS justes : les soldes des membres dépassent les mouvements de « "
                                        + purse + " » de " + points
                                        + " points. Lancer `assidu verify`, puis refaire l'export dans un dossier vide."));
    }

    private Section section(Features features, List<Figure> figures, List<Block> blocks, @Nullable LocalDate end) {
        String until = end == null ? features.scope().lastDate().toString() : end.toString();
        return new Section(
                key(),
                Text.of("Liability", "Dette de points"),
                Text.of(
                        "What the programme owes its members at the end of " + until
                                + ": points issued, used and still held, how old they are, and what they would cost.",
                        "Ce que le programme doit à ses membres à la fin du " + until
                                + " : points émis, utilisés et encore détenus, leur âge, et ce qu'ils coûteraient."),
                Text.of(
                        "For finance and auditors, at each closing; for the programme owner before points are made to expire or rewards change.",
                        "Pour la finance et les auditeurs, à chaque clôture ; pour le responsable du programme avant de faire expirer des points ou de changer une récompense."),
                List.of(
                        Text.of(
                                "Check that the books balance (last line of the detail), then book what is owed at the share your finance team holds likely.",
                                "Vérifier que les livres sont justes (dernière ligne du détail), puis comptabiliser ce qui est dû à la part que la finance tient pour probable."),
                        Text.of(
                                "State the value of a point with --point-value where it is agreed; otherwise it is what the programme's reward implies.",
                                "Donner la valeur d'un point avec --point-value si elle est convenue ; sinon c'est celle qu'implique la récompense du programme.")),
                Text.of(
                        "Movements of members' points up to the last day, by day of posting; those of unidentified receipts do not exist.",
                        "Mouvements de points des membres jusqu'au dernier jour, par jour de comptabilisation ; les tickets sans carte n'en ont pas."),
                figures,
                blocks,
                List.of(
                        Text.of(
                                "Posting: the day the journal recorded the movement (the sale's day for receipts brought in as history). A correction is a movement of its own, never a change of an old one.",
                                "Comptabilisation : le jour où le journal a enregistré le mouvement (celui de la vente pour l'historique repris). Une correction est un mouvement à part, jamais le changement d'un ancien."),
                        Text.of(
                                "Owed: the sum of balances above zero. Debts of members are shown apart and not taken off, since they cannot be claimed.",
                                "Dus : la somme des soldes positifs. Les dettes des membres sont montrées à part et non déduites, car on ne peut les réclamer."),
                        Text.of(
                                "IFRS 15 (B39 to B43): points are a right the member pays for with each sale. Stand-alone price of points: their value × the share that will be used. Sales without VAT and gift cards. French GAAP: what points owed would cost, at the same value, times the share that will be used.",
                                "IFRS 15 (B39 à B43) : les points sont un droit que le membre paie à chaque achat. Prix de vente spécifique : leur valeur × la part qui sera utilisée. Ventes HT, sans cartes cadeaux. Comptes français : ce que coûteraient les points dus, à la même valeur, fois la part qui sera utilisée."),
                        Text.of(
                                "Accounts of the entries are those of the French chart (707 sales, 487 deferred income, 1518 other provisions, 6815 and 7815 charges and releases): map them to your own.",
                                "Comptes du plan comptable français (707 ventes, 487 produits constatés d'avance, 1518 autres provisions, 6815 et 7815 dotations et reprises) : à adapter."),
                        Text.of(
                                "Between legal entities: a member's points of one month are used in the proportion in which entities gave them; what all pay equals what all get.",
                                "Entre entités : les points d'un membre d'un même mois s'utilisent au prorata des entités qui les ont donnés ; ce que tous paient égale ce que tous reçoivent.")),
                List.of(
                        Text.of(
                                "The breakage estimate takes the oldest cohort's last month as the end: with points that last longer than the data it comes out too high. The table of scenarios shows what hangs on it.",
                                "L'estimation de non-usage prend le dernier mois de la plus vieille cohorte pour la fin : si les points durent plus que les données, elle est trop haute. Le tableau des scénarios montre ce qui en dépend.")),
                List.of());
    }
}
