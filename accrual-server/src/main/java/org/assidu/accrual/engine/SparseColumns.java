package org.assidu.accrual.engine;

import java.util.Arrays;
import org.assidu.accrual.model.StateSink;
import org.assidu.accrual.model.StateSource;
import org.jspecify.annotations.Nullable;

/**
 * Columns of longs by row, in pages that exist only where something was set. A page has 1, 2, 4 or 8 bytes a row, as much as
 * its largest value has needed so far: most counters are flags, days and amounts of some euros.
 */
final class SparseColumns implements KeptState {
    private static final int PAGE_BITS = 12;
    private static final int PAGE_ROWS = 1 << PAGE_BITS;
    private static final int PAGE_MASK = PAGE_ROWS - 1;

    /** By column, then page, an array of integers of some width; a page that is null or missing holds zeros. */
    private @Nullable Object[][] columns = new @Nullable Object[8][0];

    /** Columns that may hold something. */
    int columns() {
        return columns.length;
    }

    long value(int column, int row) {
        int page = row >>> PAGE_BITS;
        if (column >= columns.length || page >= columns[column].length) {
            return 0;
        }
        Object rows = columns[column][page];
        return rows == null ? 0 : value(rows, row & PAGE_MASK);
    }

    private static long value(Object rows, int at) {
        if (rows instanceof int[] ints) {
            return ints[at];
        } else if (rows instanceof short[] shorts) {
            return shorts[at];
        } else if (rows instanceof byte[] bytes) {
            return bytes[at];
        }
        return ((long[]) rows)[at];
    }

    void set(int column, int row, long value) {
        if (column >= columns.length) {
            int old = columns.length;
            columns = Arrays.copyOf(columns, Math.max(column + 1, old * 2));
            Arrays.fill(columns, old, columns.length, new @Nullable Object[0]);
        }
        int page = row >>> PAGE_BITS;
        if (page >= columns[column].length) {
            columns[column] = Arrays.copyOf(columns[column], Math.max(page + 1, columns[column].length * 2));
        }
        Object rows = columns[column][page];
        if (rows == null) {
            rows = columns[column][page] = ofWidth(width(value));
        } else if (width(rows) < width(value)) {
            rows = columns[column][page] = widened(rows, width(value));
        }
        set(rows, row & PAGE_MASK, value);
    }

    private static void set(Object rows, int at, long value) {
        if (rows instanceof int[] ints) {
            ints[at] = (int) value;
        } else if (rows instanceof short[] shorts) {
            shorts[at] = (short) value;
        } else if (rows instanceof byte[] bytes) {
            bytes[at] = (byte) value;
        } else {
            ((long[]) rows)[at] = value;
        }
    }

    private static int width(long value) {
        return value == (int) value
                ? value == (short) value ? value == (byte) value ? Byte.BYTES : Short.BYTES : Integer.BYTES
                : Long.BYTES;
    }

    private static int width(Object rows) {
        return rows instanceof int[]
                ? Integer.BYTES
                : rows instanceof short[] ? Short.BYTES : rows instanceof byte[] ? Byte.BYTES : Long.BYTES;
    }

    private static Object ofWidth(int bytes) {
        return switch (bytes) {
            case Byte.BYTES -> new byte[PAGE_ROWS];
            case Short.BYTES -> new short[PAGE_ROWS];
            case Integer.BYTES -> new int[PAGE_ROWS];
            default -> new long[PAGE_ROWS];
        };
    }

    private static Object widened(Object rows, int bytes) {
        Object wider = ofWidth(bytes);
        for (int at = 0; at < PAGE_ROWS; at++) {
            set(wider, at, value(rows, at));
        }
        return wider;
    }

    /** Heap taken by pages, bytes. */
    long bytes() {
        long bytes = 0;
        for (@Nullable Object[] pages : columns) {
            for (Object rows : pages) {
                bytes += rows == null ? 0 : (long) width(rows) * PAGE_ROWS;
            }
        }
        return bytes;
    }

    @Override
    public void write(StateSink sink) {
        sink.putInt(columns.length);
        for (@Nullable Object[] pages : columns) {
            sink.putInt(pages.length);
            for (Object rows : pages) {
                sink.putInt(rows == null ? 0 : width(rows));
                if (rows instanceof int[] ints) {
                    sink.putInts(ints, PAGE_ROWS);
                } else if (rows instanceof short[] shorts) {
                    sink.putShorts(shorts, PAGE_ROWS);
                } else if (rows instanceof byte[] bytes) {
                    sink.putBytes(bytes, PAGE_ROWS);
                } else if (rows instanceof long[] longs) {
                    sink.putLongs(longs, PAGE_ROWS);
                }
            }
        }
    }

    @Override
    public void read(StateSource source) {
        columns = new @Nullable Object[source.takeCount()][];
        for (int column = 0; column < columns.length; column++) {
            columns[column] = new @Nullable Object[source.takeCount()];
            for (int page = 0; page < columns[column].length; page++) {
                int width = source.takeInt();
                if (width != 0) {
                    columns[column][page] = taken(source, ofWidth(width));
                }
            }
        }
    }

    private static Object taken(StateSource source, Object rows) {
        if (rows instanceof int[] ints) {
            source.takeInts(ints, PAGE_ROWS);
        } else if (rows instanceof short[] shorts) {
            source.takeShorts(shorts, PAGE_ROWS);
        } else if (rows instanceof byte[] bytes) {
            source.takeBytes(bytes, PAGE_ROWS);
        } else {
            source.takeLongs((long[]) rows, PAGE_ROWS);
        }
        return rows;
    }
}
