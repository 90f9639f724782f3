package org.assidu.accrual.table;

import java.util.OptionalInt;
import org.apache.parquet.io.api.Binary;
import org.apache.parquet.io.api.RecordConsumer;
import org.apache.parquet.schema.GroupType;
import org.apache.parquet.schema.MessageType;
import org.assidu.accrual.model.ReceiptColumns;
import org.jspecify.annotations.Nullable;

/** Feeds one row's columns to Parquet in the order of the schema. */
final class RowWriter {
    static final String ELEMENT = "element";

    private static final String LIST = "list";

    private final RecordConsumer out;
    private final String[] columns;
    private final String[][] elementFields;
    private int column;
    /** Column whose list is open, -1 outside of lists. */
    private int list = -1;

    private int field;

    RowWriter(RecordConsumer out, MessageType schema) {
        this.out = out;
        int count = schema.getFieldCount();
        columns = new String[count];
        elementFields = new String[count][];
        for (int i = 0; i < count; i++) {
            columns[i] = schema.getFieldName(i);
            elementFields[i] = schema.getType(i).isPrimitive() ? new String[0] : elementFields(schema, i);
        }
    }

    private static String[] elementFields(MessageType schema, int column) {
        GroupType element = schema.getType(column)
                .asGroupType()
                .getType(LIST)
                .asGroupType()
                .getType(ELEMENT)
                .asGroupType();
        return element.getFields().stream().map(type -> type.getName()).toArray(String[]::new);
    }

    void beginRow() {
        column = 0;
        out.startMessage();
    }

    void endRow() {
        if (column != columns.length) {
            throw new IllegalStateException("row has " + column + " columns, its table " + columns.length);
        }
        out.endMessage();
    }

    private void begin() {
        if (list < 0) {
            out.startField(columns[column], column);
        } else {
            out.startField(elementFields[list][field], field);
        }
    }

    private void end() {
        if (list < 0) {
            out.endField(columns[column], column);
            column++;
        } else {
            out.endField(elementFields[list][field], field);
            field++;
        }
    }

    /** The next column is null in this row. */
    void absent() {
        column++;
    }

    void int32(int value) {
        begin();
        out.addInteger(value);
        end();
    }

    void int64(long value) {
        begin();
        out.addLong(value);
        end();
    }

    void bool(boolean value) {
        begin();
        out.addBoolean(value);
        end();
    }

    void text(Binary value) {
        begin();
        out.addBinary(value);
        end();
    }

    void text(String value) {
        text(Binary.fromString(value));
    }

    void nullableText(@Nullable String value) {
        if (value == null) {
            absent();
        } else {
            text(value);
        }
    }

    /** A text of a receipt's arena; the arena may be reused once the row is written. */
    void text(ReceiptColumns receipt, int reference) {
        text(Binary.fromReusedByteArray(
                receipt.text, ReceiptColumns.textOffset(reference), ReceiptColumns.textLength(reference)));
    }

    /** As {@link #text(ReceiptColumns, int)}, null when empty. */
    void textOrNull(ReceiptColumns receipt, int reference) {
        if (ReceiptColumns.textLength(reference) == 0) {
            absent();
        } else {
            text(receipt, reference);
        }
    }

    void timestamp(long millis) {
        int64(Calendar.micros(millis));
    }

    /** A date as yyyymmdd; null when it is none. */
    void date(int yyyymmdd) {
        OptionalInt day = Calendar.epochDay(yyyymmdd);
        if (day.isPresent()) {
            int32(day.getAsInt());
        } else {
            absent();
        }
    }

    /** A key from 1; null for 0. */
    void keyOrNull(long key) {
        if (key == 0) {
            absent();
        } else {
            int64(key);
        }
    }

    /** Opens a list; each element is {@link #beginElement}, its fields, {@link #endElement}. */
    void beginList(int elements) {
        begin();
        out.startGroup();
        if (elements > 0) {
            out.startField(LIST, 0);
        }
        list = column;
    }

    void beginElement() {
        out.startGroup();
        out.startField(ELEMENT, 0);
        out.startGroup();
        field = 0;
    }

    void endElement() {
        out.endGroup();
        out.endField(ELEMENT, 0);
        out.endGroup();
    }

    void endList(int elements) {
        list = -1;
        if (elements > 0) {
            out.endField(LIST, 0);
        }
        out.endGroup();
        end();
    }
}
