package org.assidu.accrual.table;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.parquet.schema.LogicalTypeAnnotation.ListLogicalTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.TimestampLogicalTypeAnnotation;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.Type;
import org.junit.jupiter.api.Test;

/** The schemas are what {@code docs/export-tables.md} says, column by column in its order. */
final class TableSchemaTest {
    private static final Pattern ROW = Pattern.compile("^\\| ([a-z_, ]+) \\| ([^|]+?)( \\*null\\*)? \\|.*$");
    private static final Pattern INLINE = Pattern.compile("([a-z][a-z_0-9]*) ([A-Z0-9]+)(\\s\\*null\\*)?(?=[,.]|$)");

    @Test
    void saleLinesAreAsDocumented() throws IOException {
        assertThat(columns(Tables.SALE_LINES.schema())).isEqualTo(documentedRows("sale_lines"));
    }

    @Test
    void ledgerIsAsDocumented() throws IOException {
        assertThat(columns(Tables.LEDGER.schema())).isEqualTo(documentedRows("ledger"));
    }

    @Test
    void eventsAreAsDocumented() throws IOException {
        assertThat(columns(Tables.EVENTS.schema())).isEqualTo(documentedRows("events"));
    }

    @Test
    void receiptsAreAsDocumented() throws IOException {
        Map<String, String> shared = new LinkedHashMap<>();
        documentedRows("sale_lines").forEach(column -> shared.put(column.substring(0, column.indexOf(' ')), column));
        String text = section("receipts");
        List<String> expected = new ArrayList<>();
        String intro = text.substring(text.indexOf("position,"), text.indexOf(": as above"));
        for (String part : intro.split(",\\s*")) {
            String name = part.strip().split("\\s")[0];
            expected.add(name.equals("utc_offset_minutes") ? "utc_offset_minutes INT32" : shared.get(name));
        }
        expected.addAll(documentedRows("receipts"));
        assertThat(columns(Tables.RECEIPTS.schema())).isEqualTo(expected);
    }

    @Test
    void wholeTablesAreAsDocumented() throws IOException {
        for (Table<?> table : List.of(Tables.MEMBERS, Tables.PRODUCTS, Tables.STORES, Tables.PROGRAMME_VERSIONS)) {
            assertThat(columns(table.schema())).as(table.name()).isEqualTo(documentedInline(table.name()));
        }
    }

    @Test
    void timestampsAreMicrosecondsInUtcAndListsHaveThreeLevels() {
        assertThat(Tables.RECEIPTS.schema().getType("sold_at").toString())
                .isEqualTo("required int64 sold_at (TIMESTAMP(MICROS,true))");
        assertThat(Tables.RECEIPTS.schema().getType("tenders").toString().replaceAll("\\s+", " "))
                .isEqualTo("required group tenders (LIST) { repeated group list { required group element { "
                        + "required binary kind (STRING); required int64 amount_minor; } } }");
    }

    private static List<String> columns(MessageType schema) {
        List<String> columns = new ArrayList<>();
        for (Type type : schema.getFields()) {
            columns.add(type.getName() + " " + typeName(type)
                    + (type.isRepetition(Type.Repetition.OPTIONAL) ? " null" : ""));
        }
        return columns;
    }

    private static String typeName(Type type) {
        if (type.getLogicalTypeAnnotation() instanceof ListLogicalTypeAnnotation) {
            List<String> fields = new ArrayList<>();
            for (Type field : type.asGroupType()
                    .getType(0)
                    .asGroupType()
                    .getType(0)
                    .asGroupType()
                    .getFields()) {
                fields.add(field.getName() + " " + typeName(field));
            }
            return "LIST<STRUCT<" + String.join(", ", fields) + ">>";
        }
        if (type.getLogicalTypeAnnotation() instanceof TimestampLogicalTypeAnnotation) {
            return "TIMESTAMP";
        }
        return type.getLogicalTypeAnnotation() != null
                ? type.getLogicalTypeAnnotation().toString()
                : type.asPrimitiveType().getPrimitiveTypeName().name();
    }

    private static String section(String table) throws IOException {
        String text = Files.readString(Path.of("docs", "export-tables.md"));
        int start = text.indexOf("\n## " + table);
        assertThat(start).as("docs/export-tables.md has a section " + table).isNotNegative();
        int end = text.indexOf("\n## ", start + 1);
        return text.substring(start, end < 0 ? text.length() : end);
    }

    private static List<String> documentedRows(String table) throws IOException {
        List<String> columns = new ArrayList<>();
        for (String line : section(table).split("\n")) {
            Matcher matcher = ROW.matcher(line);
            if (matcher.matches() && !matcher.group(1).equals("column")) {
                for (String name : matcher.group(1).split(", ")) {
                    columns.add(name + " " + matcher.group(2).strip() + (matcher.group(3) == null ? "" : " null"));
                }
            }
        }
        return columns;
    }

    private static List<String> documentedInline(String table) throws IOException {
        List<String> columns = new ArrayList<>();
        String text = section(table).replaceAll("\\s+", " ");
        Matcher matcher = INLINE.matcher(text);
        while (matcher.find()) {
            columns.add(matcher.group(1) + " " + matcher.group(2) + (matcher.group(3) == null ? "" : " null"));
        }
        return columns;
    }
}
