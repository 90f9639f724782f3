package org.assidu.accrual.table;

import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** File names in an export folder. */
public final class SegmentNames {
    private static final Pattern SEGMENT = Pattern.compile("(\\d{12,19})-(\\d{12,19})\\.parquet");

    private SegmentNames() {}

    /** {@code 000000000001-000000065536.parquet}: a segment by its first and last journal position. */
    public static String segment(long first, long last) {
        return String.format(Locale.ROOT, "%012d-%012d.parquet", first, last);
    }

    /** {@code members-000000065536.parquet}: a whole table at a journal position. */
    public static String whole(Table<?> table, long position) {
        return String.format(Locale.ROOT, "%s-%012d.parquet", table.name(), position);
    }

    /** Last position of a segment by its file name; -1 for other names. */
    public static long lastPosition(String fileName) {
        Matcher matcher = SEGMENT.matcher(fileName);
        return matcher.matches() ? Long.parseLong(matcher.group(2)) : -1;
    }

    /** Whether the file name is one of a whole table, at any position. */
    public static boolean isWhole(Table<?> table, String fileName) {
        return fileName.matches(table.name() + "-\\d{12,19}\\.parquet");
    }
}
