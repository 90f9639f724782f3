package org.assidu.analytics.render;

import static org.apache.parquet.schema.LogicalTypeAnnotation.dateType;
import static org.apache.parquet.schema.LogicalTypeAnnotation.decimalType;
import static org.apache.parquet.schema.LogicalTypeAnnotation.stringType;
import static org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName.BINARY;
import static org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName.DOUBLE;
import static org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName.FIXED_LEN_BYTE_ARRAY;
import static org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName.INT32;
import static org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName.INT64;

import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Currency;
import java.util.List;
import org.apache.parquet.conf.PlainParquetConfiguration;
import org.apache.parquet.example.data.Group;
import org.apache.parquet.example.data.simple.SimpleGroup;
import org.apache.parquet.hadoop.ParquetWriter;
import org.apache.parquet.hadoop.example.ExampleParquetWriter;
import org.apache.parquet.hadoop.metadata.CompressionCodecName;
import org.apache.parquet.io.LocalOutputFile;
import org.apache.parquet.io.api.Binary;
import org.apache.parquet.schema.LogicalTypeAnnotation.DecimalLogicalTypeAnnotation;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.Type;
import org.apache.parquet.schema.Types;
import org.assidu.analytics.report.Field;
import org.assidu.analytics.report.Section;
import org.assidu.analytics.report.Table;
import org.assidu.analytics.report.Unit;
import org.jspecify.annotations.Nullable;

/**
 * One file a table, {@code <report>-<table>.parquet}, with the columns of the CSV: money is a decimal in major units,
 * whole numbers INT64, ratios and means DOUBLE, days DATE, words STRING (English); unknown is null.
 */
final class ParquetRenderer {

    /** Digits of a decimal column; 16 bytes hold 38. */
    private static final int PRECISION = 38;

    private static final int DECIMAL_BYTES = 16;
    private static final int POINTS_SCALE = 6;

    private final ValueFormat format;
    private final Currency currency;
    private final int moneyScale;

    ParquetRenderer(ValueFormat format, Currency currency) {
        this.format = format;
        this.currency = currency;
        this.moneyScale = format.major(0.0).scale();
    }

    void write(List<Section> sections, Path folder) throws IOException {
        Files.createDirectories(folder);
        for (Section section : sections) {
            for (Table table : Tables.of(section)) {
                write(table, folder.resolve(Tables.fileName(section, table, OutputFormat.PARQUET)));
            }
        }
    }

    private void write(Table table, Path file) throws IOException {
        MessageType schema = schema(table);
        Files.deleteIfExists(file);
        try (ParquetWriter<Group> writer = ExampleParquetWriter.builder(new LocalOutputFile(file))
                .withConf(new PlainParquetConfiguration())
                .withType(schema)
                .withCompressionCodec(CompressionCodecName.SNAPPY)
                .build()) {
            for (List<@Nullable Object> row : table.rows()) {
                Group group = new SimpleGroup(schema);
                for (int i = 0; i < row.size(); i++) {
                    Object plain = format.plain(table.columns().get(i).unit(), row.get(i), Language.EN);
                    if (plain != null) {
                        add(group, i, schema.getType(i), plain, row.get(i));
                    }
                }
                writer.write(group);
            }
        }
    }

    private void add(Group group, int index, Type type, Object plain, @Nullable Object original) {
        switch (type.asPrimitiveType().getPrimitiveTypeName()) {
            case INT64 -> group.add(index, ((Number) plain).longValue());
            case INT32 -> group.add(index, (int) ((LocalDate) java.util.Objects.requireNonNull(original)).toEpochDay());
            case DOUBLE -> group.add(index, ((Number) plain).doubleValue());
            case FIXED_LEN_BYTE_ARRAY -> group.add(index, decimal((BigDecimal) plain, type));
            default -> group.add(index, plain.toString());
        }
    }

    private static Binary decimal(BigDecimal value, Type type) {
        int scale = ((DecimalLogicalTypeAnnotation) type.getLogicalTypeAnnotation()).getScale();
        byte[] digits = value.setScale(scale).unscaledValue().toByteArray();
        byte[] padded = new byte[DECIMAL_BYTES];
        Arrays.fill(padded, (byte) (digits[0] < 0 ? -1 : 0));
        System.arraycopy(digits, 0, padded, DECIMAL_BYTES - digits.length, digits.length);
        return Binary.fromConstantByteArray(padded);
    }

    private MessageType schema(Table table) {
        List<Type> types = new ArrayList<>();
        for (int i = 0; i < table.columns().size(); i++) {
            Field field = table.columns().get(i);
            String name = Tables.heading(field, currency);
            types.add(
                    switch (field.unit()) {
                        case TEXT -> Types.optional(BINARY).as(stringType()).named(name);
                        case DATE -> Types.optional(INT32).as(dateType()).named(name);
                        case MONEY ->
                            Types.optional(FIXED_LEN_BYTE_ARRAY)
                                    .length(DECIMAL_BYTES)
                                    .as(decimalType(moneyScale, PRECISION))
                                    .named(name);
                        case POINTS ->
                            Types.optional(FIXED_LEN_BYTE_ARRAY)
                                    .length(DECIMAL_BYTES)
                                    .as(decimalType(POINTS_SCALE, PRECISION))
                                    .named(name);
                        default ->
                            Types.optional(isWhole(table, i) ? INT64 : DOUBLE).named(name);
                    });
        }
        return new MessageType("table", types);
    }

    /** Counts and days are exact where every row says so; a mean among them makes the column one of doubles. */
    private static boolean isWhole(Table table, int column) {
        Unit unit = table.columns().get(column).unit();
        return (unit == Unit.COUNT || unit == Unit.DAYS)
                && table.rows().stream()
                        .map(row -> row.get(column))
                        .allMatch(value -> value == null || value instanceof Long);
    }
}
