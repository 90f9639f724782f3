package org.assidu.analytics.ingest;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Journal positions covered by segment files, told from their names.
 *
 * <p>A range has one file in each month folder it touches, so the same range may be met often. Two <em>different</em>
 * ranges of a table must not overlap: rows would count twice. Holes are legal where records of that kind are missing
 * (an enrolment makes no sale line), so they are stated, not refused; that every receipt has its lines is checked on
 * the rows.
 */
final class Segments {

    private static final Pattern NAME = Pattern.compile("(\\d{12,})-(\\d{12,})\\.parquet");

    private Segments() {}

    record Range(long first, long last) implements Comparable<Range> {
        @Override
        public int compareTo(Range other) {
            int order = Long.compare(first, other.first);
            return order != 0 ? order : Long.compare(last, other.last);
        }
    }

    /** The range a file name states. */
    static Range range(String fileName, String table) {
        Matcher matcher = NAME.matcher(fileName);
        if (!matcher.matches()) {
            throw new ExportException("table " + table + " holds " + fileName
                    + ", which is no segment (first-last position): remove what `assidu export` did not write");
        }
        Range range = new Range(Long.parseLong(matcher.group(1)), Long.parseLong(matcher.group(2)));
        if (range.last() < range.first()) {
            throw new ExportException("table " + table + " holds " + fileName
                    + ", whose last position is before its first: export again");
        }
        return range;
    }

    /** Refuses overlapping ranges of one table. */
    static void requireDisjoint(Collection<Range> ranges, String table) {
        SortedSet<Range> sorted = new TreeSet<>(ranges);
        Range previous = null;
        for (Range range : sorted) {
            if (previous != null && range.first() <= previous.last()) {
                throw new ExportException("table " + table + " holds positions " + range.first() + " to "
                        + Math.min(previous.last(), range.last()) + " twice, in segments " + previous.first() + "-"
                        + previous.last() + " and " + range.first() + "-" + range.last()
                        + ": export again into an empty folder");
            }
            previous = range;
        }
    }

    /** Positions from 1 to {@code reached} that no segment of any table covers. */
    static List<Range> gaps(Collection<Range> ranges, long reached) {
        List<Range> gaps = new ArrayList<>();
        long next = 1;
        for (Range range : new TreeSet<>(ranges)) {
            if (range.first() > next) {
                gaps.add(new Range(next, range.first() - 1));
            }
            next = Math.max(next, range.last() + 1);
        }
        if (next <= reached) {
            gaps.add(new Range(next, reached));
        }
        return gaps;
    }
}
