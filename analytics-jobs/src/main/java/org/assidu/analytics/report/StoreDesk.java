package org.assidu.analytics.report;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.countDistinct;
import static org.apache.spark.sql.functions.expr;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.sum;
import static org.assidu.analytics.report.MonthlyFacts.ratio;

import java.util.ArrayList;
import java.util.List;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.assidu.analytics.features.Features;

/** What is done at the till and the desk: cashiers by pseudonym, sign-ups and consents by store, and what looks unusual. */
final class StoreDesk {

    private static final int SHOWN = 20;
    private static final int MOST_UNUSUAL = 200;
    private static final int OWN_CARD_RECEIPTS = 10;
    private static final double OWN_CARD_SHARE = 0.8;
    private static final int VELOCITY_RECEIPTS = 5;

    private final Features features;

    StoreDesk(Features features) {
        this.features = features;
    }

    List<Block> blocks() {
        List<Block> blocks = new ArrayList<>();
        blocks.add(signUps());
        Block cashiers = cashiers();
        blocks.add(cashiers);
        blocks.add(unusual(cashiers instanceof Listing));
        blocks.add(corrections());
        return blocks;
    }

    private Table signUps() {
        Table table = new Table(
                "sign-ups",
                Text.of(
                        "Sign-ups and consents by store of enrolment",
                        "Adhésions et consentements par magasin d'adhésion"),
                Field.of("store", Unit.TEXT, "Store", "Magasin"),
                Field.of("sign_ups", Unit.COUNT, "Sign-ups in the period", "Adhésions de la période"),
                Field.of("members", Unit.COUNT, "Members in all", "Membres en tout"),
                Field.of("email", Unit.SHARE, "Consent to e-mail", "Consentent aux courriels"),
                Field.of("sms", Unit.SHARE, "To text messages", "Aux SMS"),
                Field.of("push", Unit.SHARE, "To notifications", "Aux notifications"),
                Field.of("opposed", Unit.SHARE, "Oppose profiling", "Opposés au profilage"));
        boolean told = features.hasDecisions();
        String zone = features.scope().zone().getId();
        for (Row row : features.members()
                .groupBy("enrol_store")
                .agg(
                        sum(expr("CASE WHEN to_date(from_utc_timestamp(enrolled_at, '" + zone + "')) BETWEEN DATE'"
                                        + features.scope().firstDate() + "' AND DATE'"
                                        + features.scope().lastDate() + "' THEN 1L ELSE 0L END"))
                                .as("fresh"),
                        count(lit(1)).as("members"),
                        sum(expr("CASE WHEN consent_email THEN 1L ELSE 0L END")).as("email"),
                        sum(expr("CASE WHEN consent_sms THEN 1L ELSE 0L END")).as("sms"),
                        sum(expr("CASE WHEN consent_push THEN 1L ELSE 0L END")).as("push"),
                        sum(expr("CASE WHEN profiling_opposed THEN 1L ELSE 0L END"))
                                .as("opposed"))
                .orderBy(col("members").desc(), col("enrol_store"))
                .collectAsList()) {
            long members = row.<Long>getAs("members");
            String store = row.getAs("enrol_store");
            table.row(
                    store == null ? Text.of("none (web, app)", "aucun (site, application)") : store,
                    row.<Long>getAs("fresh"),
                    members,
                    told ? (Object) ratio(row.<Long>getAs("email"), members) : null,
                    told ? (Object) ratio(row.<Long>getAs("sms"), members) : null,
                    told ? (Object) ratio(row.<Long>getAs("push"), members) : null,
                    told ? (Object) ratio(row.<Long>getAs("opposed"), members) : null);
        }
        return table;
    }

    private Dataset<Row> receipts() {
        return features.receiptRows();
    }

    private Block cashiers() {
        List<Row> rows = receipts()
                .filter("cashier IS NOT NULL")
                .groupBy("store", "cashier")
                .agg(
                        count(lit(1)).as("receipts"),
                        sum(expr("CASE WHEN member_key IS NOT NULL THEN 1L ELSE 0L END"))
                                .as("identified"),
                        sum(expr("CASE WHEN return_lines > 0 THEN 1L ELSE 0L END"))
                                .as("returns"),
                        sum(expr("CASE WHEN size(used_rewards) > 0 THEN 1L ELSE 0L END"))
                                .as("rewards"),
                        sum("discount_minor").as("discount"))
                .orderBy(col("store"), col("cashier"))
                .collectAsList();
        if (rows.isEmpty()) {
            return new Note(Text.of(
                    "No figures by cashier: tills send no cashier pseudonym.",
                    "Pas de chiffres par caissier : les caisses n'envoient pas de pseudonyme."));
        }
        Table table = new Table(
                "cashiers",
                Text.of("Cashiers, by pseudonym", "Caissiers, par pseudonyme"),
                Field.of("store", Unit.TEXT, "Store", "Magasin"),
                Field.of("cashier", Unit.TEXT, "Cashier", "Caissier"),
                Field.of("receipts", Unit.COUNT, "Receipts", "Tickets"),
                Field.of("card_share", Unit.SHARE, "With a card", "Avec carte"),
                Field.of("returns_share", Unit.SHARE, "With a return", "Avec retour"),
                Field.of("rewards", Unit.COUNT, "Using a reward", "Avec récompense"),
                Field.of("discount", Unit.MONEY, "Discounts", "Remises"));
        for (Row row : rows) {
            long receipts = row.<Long>getAs("receipts");
            table.row(
                    row.<String>getAs("store"),
                    row.<String>getAs("cashier"),
                    receipts,
                    ratio(row.<Long>getAs("identified"), receipts),
                    ratio(row.<Long>getAs("returns"), receipts),
                    row.<Long>getAs("rewards"),
                    row.<Long>getAs("discount"));
        }
        return new Listing(table, SHOWN);
    }

    /** Cards that one cashier scans far too often, and cards used many times on a day: worth a look, no proof. */
    private Listing unusual(boolean withCashiers) {
        Table table = new Table(
                "unusual",
                Text.of("Worth a look", "À regarder"),
                Field.of("pattern", Unit.TEXT, "Pattern", "Motif"),
                Field.of("store", Unit.TEXT, "Store", "Magasin"),
                Field.of("cashier", Unit.TEXT, "Cashier", "Caissier"),
                Field.of("member_key", Unit.TEXT, "Member key", "Clé membre"),
                Field.of("day", Unit.DATE, "Day", "Jour"),
                Field.of("receipts", Unit.COUNT, "Receipts", "Tickets"),
                Field.of("share", Unit.SHARE, "Of the card's receipts", "Des tickets de la carte"),
                Field.of("amount", Unit.MONEY, "Amount", "Montant"));
        Dataset<Row> cards = receipts()
                .filter("member_key IS NOT NULL AND cashier IS NOT NULL")
                .groupBy("member_key", "store", "cashier")
                .agg(count(lit(1)).as("receipts"), sum("total_minor").as("amount"));
        Dataset<Row> whole = cards.groupBy(col("member_key").as("of_member"))
                .agg(sum("receipts").as("all_receipts"));
        for (Row row : !withCashiers
                ? List.<Row>of()
                : cards.filter("receipts >= " + OWN_CARD_RECEIPTS)
                        .join(whole, col("member_key").equalTo(col("of_member")))
                        .filter("receipts >= " + OWN_CARD_SHARE + " * all_receipts")
                        .orderBy(col("receipts").desc(), col("member_key"))
                        .limit(MOST_UNUSUAL)
                        .collectAsList()) {
            table.row(
                    Text.of("one cashier's own card?", "carte propre d'un caissier ?"),
                    row.<String>getAs("store"),
                    row.<String>getAs("cashier"),
                    Long.toString(row.<Long>getAs("member_key")),
                    null,
                    row.<Long>getAs("receipts"),
                    ratio(row.<Long>getAs("receipts"), row.<Long>getAs("all_receipts")),
                    row.<Long>getAs("amount"));
        }
        for (Row row : features.receiptFacts()
                .filter("member_key IS NOT NULL")
                .groupBy("member_key", "store", "sold_date")
                .agg(count(lit(1)).as("receipts"), sum("amount_minor").as("amount"))
                .filter("receipts >= " + VELOCITY_RECEIPTS)
                .orderBy(col("receipts").desc(), col("sold_date"), col("member_key"))
                .limit(MOST_UNUSUAL)
                .collectAsList()) {
            table.row(
                    Text.of("many receipts on a day", "beaucoup de tickets un même jour"),
                    row.<String>getAs("store"),
                    "",
                    Long.toString(row.<Long>getAs("member_key")),
                    row.<java.sql.Date>getAs("sold_date").toLocalDate(),
                    row.<Long>getAs("receipts"),
                    Double.NaN,
                    row.<Long>getAs("amount"));
        }
        return new Listing(table, SHOWN);
    }

    /** Points credited or debited by hand, claimed or moved: what no receipt of a till caused. */
    private Block corrections() {
        Table table = new Table(
                "corrections",
                Text.of("Points moved without a receipt", "Points mouvementés sans ticket"),
                Field.of("operation", Unit.TEXT, "Operation", "Opération"),
                Field.of("movements", Unit.COUNT, "Movements", "Mouvements"),
                Field.of("members", Unit.COUNT, "Members", "Membres"),
                Field.of("credited", Unit.POINTS, "Credited", "Crédités"),
                Field.of("debited", Unit.POINTS, "Debited", "Débités"));
        for (Row row : features.ledger()
                .filter("store IS NULL AND kind NOT IN ('EXPIRED')")
                .groupBy("kind")
                .agg(
                        count(lit(1)).as("movements"),
                        countDistinct("member_key").as("members"),
                        sum(expr("CASE WHEN points_micro > 0 THEN points_micro ELSE 0L END"))
                                .as("credited"),
                        sum(expr("CASE WHEN points_micro < 0 THEN points_micro ELSE 0L END"))
                                .as("debited"))
                .orderBy("kind")
                .collectAsList()) {
            table.row(
                    row.<String>getAs("kind"),
                    row.<Long>getAs("movements"),
                    row.<Long>getAs("members"),
                    row.<Long>getAs("credited"),
                    row.<Long>getAs("debited"));
        }
        return table.rows().isEmpty()
                ? new Note(
                        Text.of(
                                "No points were moved without a receipt: no adjustment, claim or transfer in this period.",
                                "Aucun point mouvementé sans ticket : ni ajustement, ni réclamation, ni transfert dans la période."))
                : table;
    }
}
