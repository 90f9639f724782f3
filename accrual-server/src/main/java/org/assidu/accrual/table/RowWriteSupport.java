package org.assidu.accrual.table;

import java.util.Map;
import org.apache.hadoop.conf.Configuration;
import org.apache.parquet.conf.ParquetConfiguration;
import org.apache.parquet.hadoop.ParquetWriter;
import org.apache.parquet.hadoop.api.WriteSupport;
import org.apache.parquet.io.OutputFile;
import org.apache.parquet.io.api.RecordConsumer;
import org.jspecify.annotations.Nullable;

/** Parquet's view of a table: no record objects, a row goes straight into column writers. */
final class RowWriteSupport<R> extends WriteSupport<R> {
    private final Table<R> table;
    private @Nullable RowWriter rows;

    private RowWriteSupport(Table<R> table) {
        this.table = table;
    }

    @Override
    public String getName() {
        return "assidu";
    }

    @Override
    public WriteContext init(Configuration configuration) {
        return new WriteContext(table.schema(), Map.of());
    }

    @Override
    public WriteContext init(ParquetConfiguration configuration) {
        return new WriteContext(table.schema(), Map.of());
    }

    @Override
    public void prepareForWrite(RecordConsumer consumer) {
        rows = new RowWriter(consumer, table.schema());
    }

    @Override
    public void write(R row) {
        RowWriter out = rows;
        if (out == null) {
            throw new IllegalStateException("write before prepareForWrite");
        }
        out.beginRow();
        table.write(row, out);
        out.endRow();
    }

    /** Builds Parquet writers of a table. */
    static final class Builder<R> extends ParquetWriter.Builder<R, Builder<R>> {
        private final Table<R> table;

        Builder(OutputFile file, Table<R> table) {
            super(file);
            this.table = table;
        }

        @Override
        protected Builder<R> self() {
            return this;
        }

        @Override
        protected WriteSupport<R> getWriteSupport(Configuration configuration) {
            return new RowWriteSupport<>(table);
        }

        @Override
        protected WriteSupport<R> getWriteSupport(ParquetConfiguration configuration) {
            return new RowWriteSupport<>(table);
        }
    }
}
