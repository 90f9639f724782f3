package org.assidu.analytics.ingest;

import org.apache.hadoop.fs.Path;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.Type;
import org.apache.spark.sql.types.StructField;

/** Holds a file's columns against those the reports rely on. */
final class ColumnCheck {

    private ColumnCheck() {}

    static void require(ExportTable table, Path path, MessageType actual, StructField expected) {
        String where = "table " + table.folder() + ": column " + expected.name();
        if (!actual.containsField(expected.name())) {
            throw new ExportException(where + " is missing from " + path
                    + ": export again with this version's server into an empty folder");
        }
        Type type = actual.getType(expected.name());
        String found = type.isPrimitive()
                ? type.asPrimitiveType().getPrimitiveTypeName().name()
                : "GROUP";
        String wanted = ExportTable.physicalType(expected.dataType());
        if (!found.equals(wanted)) {
            throw new ExportException(where + " of " + path + " is " + found + ", expected " + wanted
                    + ": export again with this version's server into an empty folder");
        }
    }
}
