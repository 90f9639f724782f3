package org.assidu.analytics.report;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.ToDoubleFunction;

/** What members are expected to buy: by month, by member, and by how often and how recently they bought. */
final class ClvValueBlocks {

    private static final int SHOWN = 20;

    /** Lower bounds of repeats and of weeks since the last purchase. */
    private static final int[] REPEATS = {0, 1, 2, 3, 4, 6, 8, 12, 20};

    private static final int[] SILENCE = {0, 2, 4, 8, 13, 20, 26, 39, 52};

    private final ClvScores scores;
    private final boolean alive;

    ClvValueBlocks(ClvScores scores, boolean alive) {
        this.scores = scores;
        this.alive = alive;
    }

    Chart byMonth() {
        Table table = new Table(
                "value-by-month",
                Text.of("Expected net turnover by month ahead", "CA net attendu par mois à venir"),
                Field.of("month", Unit.COUNT, "Month ahead", "Mois à venir"),
                Field.of("purchases", Unit.COUNT, "Purchases", "Achats"),
                Field.of("value", Unit.MONEY, "Net turnover", "CA net"),
                Field.of("discounted", Unit.MONEY, "Discounted", "Actualisé"),
                Field.of("cumulative", Unit.MONEY, "Discounted, cumulative", "Actualisé, cumulé"));
        List<Text> labels = new ArrayList<>();
        List<Double> plain = new ArrayList<>();
        List<Double> discounted = new ArrayList<>();
        double cumulative = 0;
        for (int month = 0; month < ClvScores.MONTHS; month++) {
            double value = scores.monthlyValueMinor()[month];
            double weighted = value * ClvScores.HORIZON.weight(month);
            cumulative += weighted;
            labels.add(Text.same(Integer.toString(month + 1)));
            plain.add(value);
            discounted.add(weighted);
            table.row(month + 1L, scores.monthlyPurchases()[month], value, weighted, cumulative);
        }
        return new Chart(
                "value-by-month",
                table.caption(),
                Text.of(
                        "Members of today only: those still to join are not in it. Line: at the discount rate.",
                        "Membres d'aujourd'hui seulement : les futurs membres n'y sont pas. Courbe : au taux d'actualisation."),
                new XyPlot(
                        Axis.of(Unit.TEXT, "Month ahead", "Mois à venir"),
                        Axis.of(Unit.MONEY, "Net turnover", "CA net"),
                        labels,
                        List.of(
                                XyPlot.Series.over(Text.of("Expected", "Attendu"), XyPlot.Mark.BAR, plain),
                                XyPlot.Series.over(Text.of("Discounted", "Actualisé"), XyPlot.Mark.LINE, discounted))),
                table);
    }

    Chart purchases() {
        double[] bounds = {0, 0.25, 0.5, 1, 2, 3, 4, 6, 9, 13, 26};
        return histogram(
                "expected-purchases",
                Text.of("Members by expected purchases in 12 months", "Membres par achats attendus sur 12 mois"),
                Text.of(
                        "Each member's expectation, not a promise: two members expected to buy twice may buy 0 and 4 times.",
                        "Une espérance par membre, pas une promesse : de deux membres attendus à 2 achats, l'un peut en faire 0 et l'autre 4."),
                Axis.of(Unit.TEXT, "Expected purchases (from – to)", "Achats attendus (de – à)"),
                bounds,
                ClvScores.Member::purchases);
    }

    Block probabilityAlive() {
        double[] bounds = {0, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9};
        if (!alive) {
            return new Note(
                    Text.of(
                            "The probability of being alive is not shown: dropout is not identifiable with the chosen model (see above).",
                            "La probabilité d'être actif n'est pas montrée : le départ n'est pas identifiable avec le modèle retenu (voir plus haut)."));
        }
        return histogram(
                "probability-alive",
                Text.of("Members by probability of being alive", "Membres par probabilité d'être actif"),
                Text.of(
                        "Alive: not gone for good by the last day of the data, according to the model.",
                        "Actif : pas parti définitivement au dernier jour des données, d'après le modèle."),
                Axis.of(Unit.TEXT, "Probability (from – to)", "Probabilité (de – à)"),
                bounds,
                ClvScores.Member::probabilityAlive);
    }

    private Chart histogram(
            String key, Text title, Text reading, Axis x, double[] bounds, ToDoubleFunction<ClvScores.Member> value) {
        long[] counts = new long[bounds.length];
        for (ClvScores.Member member : scores.members()) {
            counts[bin(bounds, value.applyAsDouble(member))]++;
        }
        Table table = new Table(
                key,
                title,
                Field.of("from", Unit.DECIMAL, "From", "De"),
                Field.of("members", Unit.COUNT, "Members", "Membres"),
                Field.of("share", Unit.SHARE, "Share", "Part"));
        List<Text> labels = new ArrayList<>();
        List<Long> bars = new ArrayList<>();
        for (int i = 0; i < bounds.length; i++) {
            boolean last = i == bounds.length - 1;
            labels.add(Text.of(
                    label(bounds[i]) + (last ? "+" : "–" + label(bounds[i + 1])),
                    (label(bounds[i]) + (last ? "+" : "–" + label(bounds[i + 1]))).replace('.', ',')));
            bars.add(counts[i]);
            table.row(
                    bounds[i], counts[i], (double) counts[i] / scores.members().size());
        }
        return new Chart(
                key,
                title,
                reading,
                new XyPlot(
                        x,
                        Axis.of(Unit.COUNT, "Members", "Membres"),
                        labels,
                        List.of(XyPlot.Series.over(Text.of("Members", "Membres"), XyPlot.Mark.BAR, bars))),
                table);
    }

    /** Frequency × recency matrices: of expected purchases, and of P(alive) where that is a finding. */
    List<Chart> matrices() {
        return alive ? List.of(matrix(false), matrix(true)) : List.of(matrix(false));
    }

    private Chart matrix(boolean ofAlive) {
        double[][] sums = new double[REPEATS.length][SILENCE.length];
        long[][] counts = new long[REPEATS.length][SILENCE.length];
        for (ClvScores.Member member : scores.members()) {
            int row = bin(REPEATS, member.summary().repeats());
            int column = bin(SILENCE, member.summary().age() - member.summary().lastAt());
            sums[row][column] += ofAlive ? member.probabilityAlive() : member.purchases();
            counts[row][column]++;
        }
        Text title = ofAlive
                ? Text.of(
                        "Probability of being alive, by frequency and silence",
                        "Probabilité d'être actif, par fréquence et silence")
                : Text.of(
                        "Expected purchases in 12 months, by frequency and silence",
                        "Achats attendus sur 12 mois, par fréquence et silence");
        Field value = ofAlive
                ? Field.of("mean", Unit.SHARE, "Mean probability", "Probabilité moyenne")
                : Field.of("mean", Unit.DECIMAL, "Mean expected purchases", "Achats attendus moyens");
        Table table = new Table(
                ofAlive ? "alive-frequency-silence" : "frequency-silence",
                title,
                Field.of("repeats", Unit.TEXT, "Repeats", "Réachats"),
                Field.of("weeks", Unit.TEXT, "Weeks since the last purchase", "Semaines depuis le dernier achat"),
                Field.of("members", Unit.COUNT, "Members", "Membres"),
                value);
        List<HeatmapPlot.Cell> cells = new ArrayList<>();
        for (int row = 0; row < REPEATS.length; row++) {
            for (int column = 0; column < SILENCE.length; column++) {
                if (counts[row][column] > 0) {
                    double mean = sums[row][column] / counts[row][column];
                    cells.add(new HeatmapPlot.Cell(column, row, mean, false));
                    table.row(range(REPEATS, row), range(SILENCE, column), counts[row][column], mean);
                }
            }
        }
        return new Chart(
                ofAlive ? "alive-frequency-silence" : "frequency-silence",
                title,
                Text.of(
                        "Mean over the members of each cell. The same silence says more about a frequent buyer than about a rare one.",
                        "Moyenne des membres de chaque case. Un même silence en dit plus sur un acheteur fréquent que sur un acheteur rare."),
                new HeatmapPlot(
                        Axis.of(Unit.TEXT, "Weeks since the last purchase", "Semaines depuis le dernier achat"),
                        Axis.of(Unit.TEXT, "Repeat purchases", "Réachats"),
                        value.unit(),
                        ranges(SILENCE),
                        ranges(REPEATS),
                        cells),
                table);
    }

    Listing members() {
        List<Field> fields = new ArrayList<>(List.of(
                Field.of("member_key", Unit.TEXT, "Member key", "Clé membre"),
                Field.of("repeats", Unit.COUNT, "Repeats", "Réachats"),
                Field.of(
                        "last_purchase_weeks",
                        Unit.DECIMAL,
                        "First to last purchase (weeks)",
                        "Du 1er au dernier achat (semaines)"),
                Field.of(
                        "age_weeks",
                        Unit.DECIMAL,
                        "First purchase to today (weeks)",
                        "Du 1er achat à aujourd'hui (semaines)"),
                Field.of(
                        "expected_purchases",
                        Unit.DECIMAL,
                        "Expected purchases, 12 months",
                        "Achats attendus, 12 mois"),
                Field.of("expected_spend", Unit.MONEY, "Expected spend a purchase", "Panier attendu"),
                Field.of("value", Unit.MONEY, "Discounted value, 12 months", "Valeur actualisée, 12 mois")));
        if (alive) {
            fields.add(Field.of("probability_alive", Unit.SHARE, "P(alive)", "P(actif)"));
        }
        Table table = new Table(
                "members",
                Text.of("Value per member, highest first", "Valeur par membre, par ordre décroissant"),
                fields);
        scores.members().stream()
                .sorted(Comparator.comparingDouble((ClvScores.Member member) -> -member.valueMinor())
                        .thenComparingLong(ClvScores.Member::key))
                .forEach(member -> {
                    List<Object> row = new ArrayList<>(List.of(
                            Long.toString(member.key()),
                            (long) member.summary().repeats(),
                            member.summary().lastAt(),
                            member.summary().age(),
                            member.purchases(),
                            Math.round(member.spendMinor()),
                            Math.round(member.valueMinor())));
                    if (alive) {
                        row.add(member.probabilityAlive());
                    }
                    table.row(row.toArray());
                });
        return new Listing(table, SHOWN);
    }

    private static int bin(double[] bounds, double value) {
        int bin = 0;
        while (bin + 1 < bounds.length && value >= bounds[bin + 1]) {
            bin++;
        }
        return bin;
    }

    private static int bin(int[] bounds, double value) {
        int bin = 0;
        while (bin + 1 < bounds.length && value >= bounds[bin + 1]) {
            bin++;
        }
        return bin;
    }

    private static List<Text> ranges(int[] bounds) {
        List<Text> labels = new ArrayList<>();
        for (int i = 0; i < bounds.length; i++) {
            labels.add(Text.same(range(bounds, i)));
        }
        return labels;
    }

    private static String range(int[] bounds, int i) {
        if (i == bounds.length - 1) {
            return bounds[i] + "+";
        }
        int last = bounds[i + 1] - 1;
        return last == bounds[i] ? Integer.toString(last) : bounds[i] + "–" + last;
    }

    private static String label(double bound) {
        return bound == Math.rint(bound) ? Long.toString((long) bound) : Double.toString(bound);
    }
}
