package org.assidu.analytics.report;

import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.expr;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.sum;

import java.time.LocalDate;
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.apache.spark.sql.Row;
import org.assidu.analytics.features.Features;
import org.assidu.analytics.features.Scope;

/** What is incomplete: receipts that were not accrued, days and months with holes, records that came late. */
final class QualityBlocks {

    private static final int SPANS_SHOWN = 30;

    private QualityBlocks() {}

    /** Receipts by what became of them; those without lines were voided, refused or never closed. */
    static Table statuses(Features features) {
        Table table = new Table(
                "receipt-statuses",
                Text.of(
                        "Receipts by status: those that are not accrued gave no points, those without lines are in no figure",
                        "Tickets par état : ceux qui ne sont pas « accrued » n'ont pas donné de points, ceux sans ligne ne sont dans aucun chiffre"),
                Field.of("status", Unit.TEXT, "Status", "État"),
                Field.of("receipts", Unit.COUNT, "Receipts", "Tickets"),
                Field.of("without_lines", Unit.COUNT, "Without lines", "Sans ligne"),
                Field.of("with_card", Unit.COUNT, "With a card", "Avec carte"),
                Field.of("total", Unit.MONEY, "Total", "Total"));
        for (Row row : features.receiptRows()
                .groupBy("status")
                .agg(
                        count(lit(1)).as("receipts"),
                        sum(expr("CASE WHEN lines = 0 THEN 1L ELSE 0L END")).as("without_lines"),
                        count("member_key").as("with_card"),
                        coalesce(sum("total_minor"), lit(0L)).as("total_minor"))
                .orderBy(col("receipts").desc(), col("status"))
                .collectAsList()) {
            table.row(
                    row.<String>getAs("status"),
                    row.<Long>getAs("receipts"),
                    row.<Long>getAs("without_lines"),
                    row.<Long>getAs("with_card"),
                    row.<Long>getAs("total_minor"));
        }
        return table;
    }

    /** Each month: days seen, days without a receipt, and what came late. */
    static List<Block> completeness(Features features) {
        Scope scope = features.scope();
        TreeMap<Integer, Row> byMonth = new TreeMap<>();
        Set<LocalDate> sold = new TreeSet<>();
        for (Row row : features.receiptFacts()
                .groupBy(
                        col("sold_date"),
                        expr("datediff(known_date, sold_date) > 1").as("late"))
                .agg(count(lit(1)).as("receipts"))
                .groupBy("sold_date")
                .agg(
                        sum("receipts").as("receipts"),
                        sum(expr("CASE WHEN late THEN receipts ELSE 0L END")).as("late"))
                .collectAsList()) {
            sold.add(row.getDate(0).toLocalDate());
            byMonth.put((int) row.getDate(0).toLocalDate().toEpochDay(), row);
        }
        Table table = new Table(
                "completeness",
                Text.of("Completeness by month", "Complétude par mois"),
                Field.of("month", Unit.TEXT, "Month", "Mois"),
                Field.of("days_observed", Unit.DAYS, "Days observed", "Jours observés"),
                Field.of("days_without_receipt", Unit.DAYS, "Days without a receipt", "Jours sans ticket"),
                Field.of("receipts", Unit.COUNT, "Receipts", "Tickets"),
                Field.of(
                        "late",
                        Unit.COUNT,
                        "Recorded 2 days late or more",
                        "Enregistrés avec 2 jours de retard ou plus"),
                Field.of("whole", Unit.TEXT, "In the data", "Dans les données"));
        List<LocalDate> missing = new ArrayList<>();
        for (YearMonth month : scope.months()) {
            long observed = 0;
            long without = 0;
            long receipts = 0;
            long late = 0;
            for (int day = 1; day <= month.lengthOfMonth(); day++) {
                LocalDate date = month.atDay(day);
                if (date.isBefore(scope.firstDate()) || date.isAfter(scope.lastDate())) {
                    continue;
                }
                observed++;
                Row row = byMonth.get((int) date.toEpochDay());
                if (row == null) {
                    without++;
                    missing.add(date);
                } else {
                    receipts += row.<Long>getAs("receipts");
                    late += row.<Long>getAs("late");
                }
            }
            table.row(
                    month.toString(),
                    observed,
                    without,
                    receipts,
                    late,
                    scope.isPartial(month) ? Text.of("cut", "coupé") : Text.of("whole", "entier"));
        }
        return List.of(table, holes(missing));
    }

    private static Note holes(List<LocalDate> missing) {
        if (missing.isEmpty()) {
            return new Note(
                    Text.of("Every day of the period has a receipt.", "Chaque jour de la période a un ticket."));
        }
        List<String> spans = new ArrayList<>();
        LocalDate start = missing.get(0);
        LocalDate previous = start;
        for (LocalDate day : missing.subList(1, missing.size())) {
            if (!day.equals(previous.plusDays(1))) {
                spans.add(span(start, previous));
                start = day;
            }
            previous = day;
        }
        spans.add(span(start, previous));
        String shown = spans.stream().limit(SPANS_SHOWN).collect(Collectors.joining(", "))
                + (spans.size() > SPANS_SHOWN ? ", …" : "");
        return new Note(
                Text.of(
                        missing.size() + " days have no receipt at all: " + shown
                                + ". Closed days, or data that never arrived: ask the stores before reading those weeks.",
                        missing.size() + " jours n'ont aucun ticket : " + shown
                                + ". Jours fermés, ou données jamais arrivées : demander aux magasins avant de lire ces semaines."));
    }

    private static String span(LocalDate from, LocalDate to) {
        return from.equals(to) ? from.toString() : from + " – " + to;
    }
}
