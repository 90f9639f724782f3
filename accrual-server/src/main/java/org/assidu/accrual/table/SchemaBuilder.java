package org.assidu.accrual.table;

import static org.apache.parquet.schema.LogicalTypeAnnotation.dateType;
import static org.apache.parquet.schema.LogicalTypeAnnotation.stringType;
import static org.apache.parquet.schema.LogicalTypeAnnotation.timestampType;
import static org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName.BINARY;
import static org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName.BOOLEAN;
import static org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName.INT32;
import static org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName.INT64;
import static org.apache.parquet.schema.Type.Repetition.OPTIONAL;
import static org.apache.parquet.schema.Type.Repetition.REQUIRED;

import java.util.ArrayList;
import java.util.List;
import org.apache.parquet.schema.GroupType;
import org.apache.parquet.schema.LogicalTypeAnnotation.TimeUnit;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName;
import org.apache.parquet.schema.Type;
import org.apache.parquet.schema.Types;

/** Builds a schema column by column; each method takes the names of columns of one type. */
final class SchemaBuilder {
    private final List<Type> columns = new ArrayList<>();
    private Type.Repetition repetition = REQUIRED;

    /** The columns of the next call may be null. */
    SchemaBuilder nullable() {
        repetition = OPTIONAL;
        return this;
    }

    SchemaBuilder int32(String... names) {
        return plain(INT32, names);
    }

    SchemaBuilder int64(String... names) {
        return plain(INT64, names);
    }

    SchemaBuilder bool(String... names) {
        return plain(BOOLEAN, names);
    }

    SchemaBuilder text(String... names) {
        for (String name : names) {
            columns.add(Types.primitive(BINARY, repetition).as(stringType()).named(name));
        }
        return required();
    }

    SchemaBuilder date(String... names) {
        for (String name : names) {
            columns.add(Types.primitive(INT32, repetition).as(dateType()).named(name));
        }
        return required();
    }

    SchemaBuilder timestamp(String... names) {
        for (String name : names) {
            columns.add(Types.primitive(INT64, repetition)
                    .as(timestampType(true, TimeUnit.MICROS))
                    .named(name));
        }
        return required();
    }

    /** A list of structs in the standard three-level form. */
    SchemaBuilder structs(String name, SchemaBuilder fields) {
        GroupType element = Types.requiredGroup()
                .addFields(fields.columns.toArray(Type[]::new))
                .named(RowWriter.ELEMENT);
        columns.add(Types.requiredList().element(element).named(name));
        return required();
    }

    private SchemaBuilder plain(PrimitiveTypeName type, String... names) {
        for (String name : names) {
            columns.add(Types.primitive(type, repetition).named(name));
        }
        return required();
    }

    private SchemaBuilder required() {
        repetition = REQUIRED;
        return this;
    }

    MessageType named(String table) {
        return new MessageType(table, columns);
    }
}
