package org.assidu.accrual.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

final class CsvMappingParserTest {
    static java.util.List<String> shipped() {
        return CsvMappingParser.builtIn();
    }

    @ParameterizedTest
    @MethodSource("shipped")
    void shippedMappingsAreSound(String name) throws IOException {
        assertThat(CsvMappingParser.builtIn(name).fields()).containsKey(CsvMapping.Field.SKU);
    }

    @Test
    void everyProblemIsReportedAtOnce() {
        assertThatThrownBy(() -> CsvMappingParser.parse("""
                        delimiter: ";;"
                        grouping: SOMEHOW
                        zone: Mars/Olympus
                        colour: red
                        fields:
                          store: {column: Shop}
                          till: {value: "1", column: Till}
                          number: {column: No, take: HALF}
                          flavour: {column: x}
                        """))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContainingAll(
                        "';;' is not one character",
                        "'SOMEHOW' is not one of [CONTIGUOUS, WHOLE_FILE]",
                        "'Mars/Olympus' is not a time zone",
                        "colour: unknown key",
                        "fields.till: give either column or value",
                        "'HALF' is not one of [ALL, LETTERS, DIGITS]",
                        "fields.flavour: unknown",
                        "fields.sold_at: missing",
                        "fields.currency: missing",
                        "fields.sku: missing",
                        "fields.quantity: missing",
                        "fields.amount: missing");
    }

    @Test
    void textThatIsNotYamlIsRefused() {
        assertThatThrownBy(() -> CsvMappingParser.parse("{")).hasMessageContaining("the mapping is not YAML");
        assertThatThrownBy(() -> CsvMappingParser.parse("just words")).hasMessageContaining("is not a mapping of keys");
    }
}
