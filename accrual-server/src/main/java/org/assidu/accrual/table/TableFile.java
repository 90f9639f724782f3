package org.assidu.accrual.table;

import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.parquet.conf.PlainParquetConfiguration;
import org.apache.parquet.hadoop.ParquetWriter;
import org.apache.parquet.hadoop.metadata.CompressionCodecName;
import org.apache.parquet.io.LocalOutputFile;

/**
 * One Parquet file being written: under a temporary name until {@link #publish}, so that a reader never sees half of it.
 * Closed without that, it is deleted.
 *
 * @param <R> what its rows are written from
 */
public final class TableFile<R> implements Closeable {
    /** Temporary names are {@code .NAME.tmp}. */
    public static final String TEMPORARY_SUFFIX = ".tmp";

    private static final long ROW_GROUP_BYTES = 64L << 20;

    private final Path folder;
    private final Path temporary;
    private final ParquetWriter<R> writer;
    private long rows;
    private boolean finished;
    private boolean published;

    private TableFile(Path folder, Path temporary, ParquetWriter<R> writer) {
        this.folder = folder;
        this.temporary = temporary;
        this.writer = writer;
    }

    /** Creates the folder where needed and a file in it under a temporary name. */
    public static <R> TableFile<R> create(Table<R> table, Path folder, String temporaryName) throws IOException {
        DurableFiles.createFolders(folder);
        Path temporary = folder.resolve("." + temporaryName + TEMPORARY_SUFFIX);
        Files.deleteIfExists(temporary);
        ParquetWriter<R> writer = new RowWriteSupport.Builder<>(new LocalOutputFile(temporary), table)
                .withConf(new PlainParquetConfiguration())
                .withCompressionCodec(CompressionCodecName.ZSTD)
                .withCodecFactory(ZstdPages.INSTANCE)
                .withRowGroupSize(ROW_GROUP_BYTES)
                .build();
        return new TableFile<>(folder, temporary, writer);
    }

    public void write(R row) throws IOException {
        writer.write(row);
        rows++;
    }

    public long rows() {
        return rows;
    }

    /** Writes what is buffered and forces the file; it still has its temporary name. */
    public void finish() throws IOException {
        if (!finished) {
            finished = true;
            writer.close();
            DurableFiles.forceFile(temporary);
        }
    }

    /** Finishes and gives the file its name, durably. */
    public void publish(String name) throws IOException {
        finish();
        DurableFiles.moveInto(temporary, folder.resolve(name));
        published = true;
    }

    @Override
    public void close() throws IOException {
        if (published) {
            return;
        }
        if (!finished) {
            finished = true;
            writer.close();
        }
        Files.deleteIfExists(temporary);
    }
}
