package org.assidu.analytics.report;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.assidu.analytics.model.persona.Feature;
import org.assidu.analytics.model.persona.FeatureMatrix;
import org.assidu.analytics.model.persona.RfmScore;
import org.assidu.analytics.model.persona.RfmSegment;

/** The grid of recency and frequency scores, and its segments. */
final class RfmBlocks {

    private static final int SCORES = 5;

    /** Sums over a cell or a segment. */
    private static final class Group {
        private long members;
        private double netMinor;
        private double orders;
        private double days;
    }

    private final Group[][] cells = new Group[SCORES][SCORES];
    private final Map<RfmSegment, Group> segments = new EnumMap<>(RfmSegment.class);
    private final Group all = new Group();

    RfmBlocks(FeatureMatrix members, List<RfmScore> scores) {
        int recency = members.indexOf(Feature.RECENCY);
        int frequency = members.indexOf(Feature.FREQUENCY);
        int spend = members.indexOf(Feature.SPEND);
        for (Group[] row : cells) {
            for (int i = 0; i < SCORES; i++) {
                row[i] = new Group();
            }
        }
        for (int i = 0; i < members.size(); i++) {
            RfmScore score = scores.get(i);
            Group segment = segments.computeIfAbsent(score.segment(), key -> new Group());
            Group cell = cells[score.recency() - 1][score.frequency() - 1];
            for (Group group : List.of(cell, segment, all)) {
                group.members++;
                group.netMinor += members.value(i, spend);
                group.orders += members.value(i, frequency);
                group.days += members.value(i, recency);
            }
        }
    }

    double championsShare() {
        return (double) champions().members / all.members;
    }

    double championsTurnoverShare() {
        return all.netMinor == 0 ? Double.NaN : champions().netMinor / all.netMinor;
    }

    private Group champions() {
        return segments.getOrDefault(RfmSegment.CHAMPIONS, new Group());
    }

    Chart grid() {
        Table table = new Table(
                "rfm-grid",
                Text.of("Members by recency and frequency scores", "Membres par scores de récence et de fréquence"),
                Field.of("recency_score", Unit.COUNT, "Recency score", "Score de récence"),
                Field.of("frequency_score", Unit.COUNT, "Frequency score", "Score de fréquence"),
                Field.of("segment", Unit.TEXT, "Segment", "Segment"),
                Field.of("members", Unit.COUNT, "Members", "Membres"),
                Field.of("share", Unit.SHARE, "Share", "Part"),
                Field.of("net", Unit.MONEY, "Net turnover", "CA net"),
                Field.of("net_share", Unit.SHARE, "Share of turnover", "Part du CA"));
        List<HeatmapPlot.Cell> plotted = new ArrayList<>();
        List<Text> columns = new ArrayList<>();
        List<Text> rows = new ArrayList<>();
        for (int score = 1; score <= SCORES; score++) {
            columns.add(Text.same(Integer.toString(score)));
            rows.add(Text.same(Integer.toString(SCORES + 1 - score)));
        }
        for (int frequency = SCORES; frequency >= 1; frequency--) {
            for (int recency = 1; recency <= SCORES; recency++) {
                Group cell = cells[recency - 1][frequency - 1];
                if (cell.members > 0) {
                    plotted.add(new HeatmapPlot.Cell(recency - 1, SCORES - frequency, cell.members, false));
                }
                table.row(
                        (long) recency,
                        (long) frequency,
                        PersonaWords.name(RfmSegment.of(recency, frequency)),
                        cell.members,
                        (double) cell.members / all.members,
                        Math.round(cell.netMinor),
                        cell.netMinor / all.netMinor);
            }
        }
        return new Chart(
                "rfm-grid",
                table.caption(),
                Text.of(
                        "Top right: bought lately and often. The table names each cell's segment. Cells can be empty, since members with the same number of orders share a score.",
                        "En haut à droite : achats récents et fréquents. Le tableau nomme le segment de chaque case. Des cases peuvent être vides, car à nombre d'achats égal le score est le même."),
                new HeatmapPlot(
                        Axis.of(Unit.TEXT, "Recency score (5 = latest)", "Score de récence (5 = le plus récent)"),
                        Axis.of(Unit.TEXT, "Frequency score", "Score de fréquence"),
                        Unit.COUNT,
                        columns,
                        rows,
                        plotted),
                table);
    }

    Table segments() {
        Table table = new Table(
                "rfm-segments",
                Text.of("RFM segments", "Segments RFM"),
                Field.of("segment", Unit.TEXT, "Segment", "Segment"),
                Field.of("members", Unit.COUNT, "Members", "Membres"),
                Field.of("net", Unit.MONEY, "Net turnover", "CA net"),
                Field.of("orders", Unit.DECIMAL, "Orders a member", "Achats par membre"),
                Field.of("days_since_last", Unit.DAYS, "Days since last", "Jours depuis le dernier"),
                Field.of("action", Unit.TEXT, "Suggested action", "Action suggérée"));
        segments.forEach((segment, group) -> table.row(
                PersonaWords.name(segment),
                group.members,
                Math.round(group.netMinor),
                group.orders / group.members,
                group.days / group.members,
                PersonaWords.action(segment)));
        return table;
    }

    Chart shares() {
        Table table = new Table(
                "rfm-shares",
                Text.of("RFM segments: share of members and of turnover", "Segments RFM : part des membres et du CA"),
                Field.of("segment", Unit.TEXT, "Segment", "Segment"),
                Field.of("share", Unit.SHARE, "Share of members", "Part des membres"),
                Field.of("net_share", Unit.SHARE, "Share of turnover", "Part du CA"));
        List<Text> labels = new ArrayList<>();
        List<Double> shares = new ArrayList<>();
        List<Double> turnover = new ArrayList<>();
        segments.forEach((segment, group) -> {
            double share = (double) group.members / all.members;
            labels.add(PersonaWords.name(segment));
            shares.add(share);
            turnover.add(group.netMinor / all.netMinor);
            table.row(PersonaWords.name(segment), share, group.netMinor / all.netMinor);
        });
        return new Chart(
                "rfm-shares",
                table.caption(),
                Text.of("Segments in the order from best to lost.", "Segments du meilleur au perdu."),
                PersonaBlocks.shares(labels, shares, turnover),
                table);
    }
}
