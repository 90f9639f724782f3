package org.assidu.accrual.load;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import com.code_intelligence.jazzer.mutation.annotation.NotNull;
import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.CsvRecord;
import java.io.IOException;
import java.util.Iterator;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.provider.MethodSource;

/** Whatever a mapping and a file say: a row that can be sent, or a reason. */
@Tag("instrumented")
final class CsvFuzzTest {
    private static final List<String> HEADER = List.of(
            "InvoiceNo", "StockCode", "Description", "Quantity", "InvoiceDate", "UnitPrice", "CustomerID", "Country");

    static Stream<String> mappings() {
        return Stream.of("""
                delimiter: ";"
                grouping: WHOLE_FILE
                historical: true
                sold_at_pattern: dd/MM/yyyy HH:mm
                zone: Europe/Paris
                fields:
                  store: {value: S1}
                  number: {column: ticket}
                  member: {column: card, ean13_prefix: "299", if_empty: ""}
                """, "fields: {store: [1]}", "fields: *a");
    }

    static Stream<String> rows() {
        return Stream.of(
                "536365,85123A,WHITE HANGING HEART,6,2010-12-01 08:26:00,2.55,17850,United Kingdom",
                "C536379,D,Discount,-1,2010-12-01 09:41:00,27.50,14527,United Kingdom",
                "A563185,B,Adjust bad debt,1,2011-08-12 14:50:00,11062.06,,United Kingdom",
                "536365,\"a\"\"b\",,9999999999999999,2010-02-30 25:61:00,-0.00,x,");
    }

    @MethodSource("mappings")
    @FuzzTest
    void aMappingIsReadOrHasProblems(@NotNull String yaml) {
        try {
            assertThat(CsvMappingParser.parse(yaml).fields()).isNotEmpty();
        } catch (IllegalArgumentException problems) {
            assertThat(problems).hasMessageNotContaining("Exception").message().isNotBlank();
        }
    }

    @MethodSource("rows")
    @FuzzTest
    void aRowIsMappedOrHasAReason(@NotNull String text) throws IOException {
        RowMapper mapper = new RowMapper(CsvMappingParser.builtIn("online-retail"), HEADER);
        try (CsvReader<CsvRecord> reader = CsvReader.builder().ofCsvRecord(text)) {
            for (Iterator<CsvRecord> records = reader.iterator(); records.hasNext(); ) {
                CsvRecord row = records.next();
                try {
                    MappedRow mapped = mapper.map(row);
                    assertThat(mapped.line().getSku()).isNotEmpty();
                    assertThat(mapper.identity(row)).isEqualTo(mapped.receipt());
                } catch (RowMapper.BadRowException reasons) {
                    assertThat(reasons).message().isNotBlank();
                }
            }
        } catch (CsvParseException notCsv) {
            assertThat(notCsv).message().isNotBlank();
        }
    }
}
