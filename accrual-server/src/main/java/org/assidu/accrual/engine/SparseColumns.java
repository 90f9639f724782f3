package org.assidu.accrual.engine;

import java.util.Arrays;

/** Columns of longs by row, in pages that exist only where something was set. */
final class SparseColumns {
    private static final int PAGE_BITS = 12;
    private static final int PAGE_ROWS = 1 << PAGE_BITS;
    private static final int PAGE_MASK = PAGE_ROWS - 1;

    /** By column, then page; a page that is null or missing holds zeros. */
    private long[][][] columns = new long[8][0][];

    /** Columns that may hold something. */
    int columns() {
        return columns.length;
    }

    long value(int column, int row) {
        int page = row >>> PAGE_BITS;
        if (column >= columns.length || page >= columns[column].length) {
            return 0;
        }
        long[] rows = columns[column][page];
        return rows == null ? 0 : rows[row & PAGE_MASK];
    }

    void set(int column, int row, long value) {
        if (column >= columns.length) {
            int old = columns.length;
            columns = Arrays.copyOf(columns, Math.max(column + 1, old * 2));
            Arrays.fill(columns, old, columns.length, new long[0][]);
        }
        int page = row >>> PAGE_BITS;
        if (page >= columns[column].length) {
            columns[column] = Arrays.copyOf(columns[column], Math.max(page + 1, columns[column].length * 2));
        }
        if (columns[column][page] == null) {
            columns[column][page] = new long[PAGE_ROWS];
        }
        columns[column][page][row & PAGE_MASK] = value;
    }
}
