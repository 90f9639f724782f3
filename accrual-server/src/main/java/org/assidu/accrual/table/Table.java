package org.assidu.accrual.table;

import org.apache.parquet.io.api.Binary;
import org.apache.parquet.schema.MessageType;
import org.jspecify.annotations.Nullable;

/**
 * One export table: its name, schema and how a row becomes columns.
 *
 * @param <R> what a row is written from; the writer keeps nothing of it
 */
public abstract class Table<R> {
    private final @Nullable String partition;
    private final MessageType schema;

    Table(String name, @Nullable String partition, SchemaBuilder columns) {
        this.partition = partition;
        this.schema = columns.named(name);
    }

    /** Name of the table and of its folder. */
    public final String name() {
        return schema.getName();
    }

    /** Column that its folders are partitioned by; null for a table of one file. */
    public final @Nullable String partition() {
        return partition;
    }

    public final MessageType schema() {
        return schema;
    }

    abstract void write(R row, RowWriter out);

    /** Names of an enum's values by ordinal, ready to write. */
    static <E extends Enum<E>> Binary[] names(E[] values) {
        Binary[] names = new Binary[values.length];
        for (E value : values) {
            names[value.ordinal()] = Binary.fromString(value.name());
        }
        return names;
    }
}
