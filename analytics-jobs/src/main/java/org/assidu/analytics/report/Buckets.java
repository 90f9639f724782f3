package org.assidu.analytics.report;

import java.util.ArrayList;
import java.util.List;
import org.assidu.analytics.model.Histogram;

/** A histogram in a few ranges of whole numbers, as bars with shares; empty ranges at the end are left away. */
final class Buckets {

    private final List<Text> labels = new ArrayList<>();
    private final List<Long> counts = new ArrayList<>();
    private final long total;

    private Buckets(long total) {
        this.total = total;
    }

    /** Ranges from each start to the one before the next; the last is open. */
    static Buckets of(Histogram histogram, long... starts) {
        Buckets buckets = new Buckets(histogram.count());
        for (int i = 0; i < starts.length; i++) {
            boolean last = i == starts.length - 1;
            long end = last ? Long.MAX_VALUE : starts[i + 1] - 1;
            buckets.counts.add(histogram.between(starts[i], end));
            String label = last ? starts[i] + "+" : starts[i] == end ? Long.toString(end) : starts[i] + "–" + end;
            buckets.labels.add(Text.same(label));
        }
        while (!buckets.counts.isEmpty() && buckets.counts.get(buckets.counts.size() - 1) == 0) {
            buckets.counts.remove(buckets.counts.size() - 1);
            buckets.labels.remove(buckets.labels.size() - 1);
        }
        return buckets;
    }

    Chart chart(String key, Text title, Text reading, Axis x) {
        return chart(key, title, reading, x, Text.of("Members", "Membres"));
    }

    Chart chart(String key, Text title, Text reading, Axis x, Text counted) {
        Table table = new Table(
                key,
                title,
                new Field("range", x.title(), Unit.TEXT),
                new Field("count", counted, Unit.COUNT),
                Field.of("share", Unit.SHARE, "Share", "Part"));
        for (int i = 0; i < counts.size(); i++) {
            table.row(labels.get(i), counts.get(i), MonthlyFacts.ratio(counts.get(i), total));
        }
        return new Chart(
                key,
                title,
                reading,
                new XyPlot(
                        new Axis(x.title(), Unit.TEXT),
                        new Axis(counted, Unit.COUNT),
                        labels,
                        List.of(XyPlot.Series.over(counted, XyPlot.Mark.BAR, counts))),
                table);
    }
}
