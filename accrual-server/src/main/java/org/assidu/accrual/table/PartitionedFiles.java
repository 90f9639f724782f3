package org.assidu.accrual.table;

import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;

/**
 * One segment of a table that is partitioned by month: a file in each month's folder that has rows.
 *
 * @param <R> what its rows are written from
 */
public final class PartitionedFiles<R> implements Closeable {
    private final Table<R> table;
    private final Path folder;
    private final String temporaryName;
    private final Map<Integer, TableFile<R>> files = new TreeMap<>();
    private long rows;

    /** @param exportFolder the folder of all tables */
    public PartitionedFiles(Table<R> table, Path exportFolder, String temporaryName) {
        this.table = table;
        this.folder = exportFolder.resolve(table.name());
        this.temporaryName = temporaryName;
    }

    /** @param month as yyyymm */
    public void write(int month, R row) throws IOException {
        TableFile<R> file = files.get(month);
        if (file == null) {
            String partition = Objects.requireNonNull(table.partition()) + "=" + Calendar.monthText(month);
            file = TableFile.create(table, folder.resolve(partition), temporaryName);
            files.put(month, file);
        }
        file.write(row);
        rows++;
    }

    /** Months that have rows so far. */
    public int partitions() {
        return files.size();
    }

    public long rows() {
        return rows;
    }

    /** Writes and forces all files; they still have temporary names. */
    public void finish() throws IOException {
        for (TableFile<R> file : files.values()) {
            file.finish();
        }
    }

    /** Gives all files this name, month by month. */
    public void publish(String name) throws IOException {
        finish();
        for (TableFile<R> file : files.values()) {
            file.publish(name);
        }
    }

    @Override
    public void close() throws IOException {
        for (TableFile<R> file : files.values()) {
            file.close();
        }
    }
}
