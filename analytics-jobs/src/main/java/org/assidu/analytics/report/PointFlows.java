package org.assidu.analytics.report;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.expr;
import static org.apache.spark.sql.functions.sum;

import java.time.YearMonth;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** Movements of one purse by month of posting, in micropoints. */
record PointFlows(List<Month> months) {

    /** What a movement does to what is owed. */
    enum Flow {
        ISSUED("issued", "Issued", "Émis", "EARNED"),
        TAKEN_BACK("taken_back", "Taken back", "Repris", "REVERSED"),
        SPENT("spent", "Spent", "Utilisés", "SPENT"),
        RESTORED("restored", "Given back", "Rendus", "RESTORED"),
        EXPIRED("expired", "Expired", "Expirés", "EXPIRED"),
        ADJUSTED("adjusted", "Adjusted", "Ajustés", "ADJUSTED"),
        MIGRATED("migrated", "Migrated", "Migrés", "MIGRATED"),
        FORGIVEN("forgiven", "Debts forgiven", "Dettes remises", "FORGIVEN"),
        TRANSFERRED("transferred", "Transferred", "Transférés", "TRANSFERRED"),
        OTHER("other", "Other", "Autres", "");

        private final String key;
        private final Text label;
        private final String kind;

        Flow(String key, String en, String fr, String kind) {
            this.key = key;
            this.label = Text.of(en, fr);
            this.kind = kind;
        }

        String key() {
            return key;
        }

        Text label() {
            return label;
        }

        static Flow of(String kind) {
            for (Flow flow : values()) {
                if (flow.kind.equals(kind)) {
                    return flow;
                }
            }
            return OTHER;
        }
    }

    /** One month; its flows add up to the change from opening to closing. */
    record Month(YearMonth month, long opening, Map<Flow, Long> flows, long closing) {

        long of(Flow flow) {
            return flows.getOrDefault(flow, 0L);
        }
    }

    /** Every month from the first to the last movement. */
    static PointFlows of(Dataset<Row> purse) {
        Map<Integer, Map<Flow, Long>> byMonth = new TreeMap<>();
        for (Row row : purse.groupBy(expr(Labels.monthSql("posted_date")).as("month"), col("kind"))
                .agg(sum("points_micro").as("points_micro"))
                .collectAsList()) {
            byMonth.computeIfAbsent(row.<Integer>getAs("month"), month -> new HashMap<>())
                    .merge(Flow.of(row.getAs("kind")), row.<Long>getAs("points_micro"), Long::sum);
        }
        List<Month> months = new ArrayList<>();
        if (byMonth.isEmpty()) {
            return new PointFlows(months);
        }
        List<Integer> known = List.copyOf(byMonth.keySet());
        long balance = 0;
        for (int month = known.get(0); month <= known.get(known.size() - 1); month++) {
            Map<Flow, Long> flows = byMonth.getOrDefault(month, Map.of());
            long change = flows.values().stream().mapToLong(Long::longValue).sum();
            months.add(new Month(Labels.month(month), balance, flows, balance + change));
            balance += change;
        }
        return new PointFlows(months);
    }

    long total(Flow flow) {
        return months.stream().mapToLong(month -> month.of(flow)).sum();
    }

    /** What members hold in all after the last month, debts taken off. */
    long outstanding() {
        return months.isEmpty() ? 0 : months.get(months.size() - 1).closing();
    }

    Chart chart() {
        List<Field> fields = new ArrayList<>();
        fields.add(Field.of("month", Unit.TEXT, "Month", "Mois"));
        fields.add(Field.of("opening", Unit.POINTS, "Owed at start", "Dus au début"));
        for (Flow flow : Flow.values()) {
            fields.add(new Field(flow.key(), flow.label(), Unit.POINTS));
        }
        fields.add(Field.of("closing", Unit.POINTS, "Owed at end", "Dus à la fin"));
        Table table = new Table(
                "points-by-month",
                Text.of("Points by month of posting", "Points par mois de comptabilisation"),
                fields);
        List<Text> labels = new ArrayList<>();
        Map<Flow, List<Long>> values = new TreeMap<>();
        List<Long> closing = new ArrayList<>();
        for (Month month : months) {
            labels.add(Text.same(month.month().toString()));
            List<Object> row = new ArrayList<>(List.of(month.month().toString(), month.opening()));
            for (Flow flow : Flow.values()) {
                row.add(month.of(flow));
                values.computeIfAbsent(flow, key -> new ArrayList<>()).add(month.of(flow));
            }
            row.add(month.closing());
            closing.add(month.closing());
            table.row(row.toArray());
        }
        List<XyPlot.Series> series = new ArrayList<>();
        values.forEach((flow, ofMonths) -> {
            if (ofMonths.stream().anyMatch(value -> value != 0)) {
                series.add(XyPlot.Series.over(flow.label(), XyPlot.Mark.STACKED_BAR, ofMonths));
            }
        });
        series.add(XyPlot.Series.over(Text.of("Owed at end", "Dus à la fin"), XyPlot.Mark.LINE, closing));
        return new Chart(
                "points",
                table.caption(),
                Text.of(
                        "Owed at end = owed at start + all movements of the month. A month that is closed never changes.",
                        "Dus à la fin = dus au début + tous les mouvements du mois. Un mois clos ne change plus."),
                new XyPlot(
                        Axis.of(Unit.TEXT, "Month", "Mois"), Axis.of(Unit.POINTS, "Points", "Points"), labels, series),
                table);
    }
}
