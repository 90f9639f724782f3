package org.assidu.analytics.features;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Set;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.jspecify.annotations.Nullable;

/** Lines of one task in the order of their files to rows of {@link Repeats}; holds the lines of one receipt at a time. */
final class RepeatsWalk implements Iterator<Row> {

    private static final int POSITION = Repeats.READ.indexOf("position");
    private static final int CURRENCY = Repeats.READ.indexOf("currency");
    private static final int MEMBER = Repeats.READ.indexOf("member_key");
    private static final int ARTICLE = Repeats.READ.indexOf("sku");
    private static final int CATEGORY = Repeats.READ.indexOf("category");
    private static final int QUANTITY = Repeats.READ.indexOf("quantity_thousandths");
    private static final int AMOUNT = Repeats.READ.indexOf("amount_minor");
    private static final int SALE = Repeats.READ.size();

    private final Iterator<Row> lines;
    private final List<Row> receipt = new ArrayList<>();
    private final List<Row> found = new ArrayList<>();
    private @Nullable Row ahead;
    private int given;
    private long runs;
    private boolean told;

    RepeatsWalk(Iterator<Row> lines) {
        this.lines = lines;
        ahead = following();
    }

    private record Line(@Nullable String article, long quantity, long amount) {}

    @Override
    public boolean hasNext() {
        while (given == found.size() && !told) {
            found.clear();
            given = 0;
            if (ahead == null) {
                told = true;
                find(Repeats.Kind.RUNS, null, null, null, null, runs);
            } else {
                walk(ahead);
            }
        }
        return given < found.size();
    }

    @Override
    public Row next() {
        if (!hasNext()) {
            throw new NoSuchElementException();
        }
        return found.get(given++);
    }

    private @Nullable Row following() {
        return lines.hasNext() ? lines.next() : null;
    }

    private void walk(Row first) {
        receipt.clear();
        receipt.add(first);
        long position = first.getLong(POSITION);
        ahead = following();
        while (ahead != null && ahead.getLong(POSITION) == position) {
            receipt.add(ahead);
            ahead = following();
        }
        runs++;
        if (receipt.size() > 1) {
            sales(Repeats.Kind.ARTICLE, ARTICLE);
            sales(Repeats.Kind.CATEGORY, CATEGORY);
            same(position);
        }
    }

    private void sales(Repeats.Kind kind, int column) {
        Map<String, Long> sales = new HashMap<>();
        for (Row line : receipt) {
            if (line.getBoolean(SALE) && !line.isNullAt(column)) {
                sales.merge(line.getString(column), 1L, Long::sum);
            }
        }
        Row first = receipt.get(0);
        sales.forEach((key, count) -> {
            if (count > 1) {
                find(kind, first.getString(CURRENCY), key, (Long) first.get(MEMBER), null, count - 1);
            }
        });
    }

    private void same(long position) {
        Set<Line> lines = new HashSet<>();
        for (Row line : receipt) {
            lines.add(new Line(line.getString(ARTICLE), line.getLong(QUANTITY), line.getLong(AMOUNT)));
        }
        if (lines.size() < receipt.size()) {
            find(Repeats.Kind.LINE, null, null, null, position, (long) receipt.size() - lines.size());
        }
    }

    private void find(
            Repeats.Kind kind,
            @Nullable String currency,
            @Nullable String key,
            @Nullable Long member,
            @Nullable Long position,
            long count) {
        found.add(RowFactory.create(kind.name(), currency, key, member, position, count));
    }
}
