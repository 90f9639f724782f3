package org.assidu.analytics.cli;

import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.NamedCsvRecord;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Set;

/** Member keys of a target list that was made before: any CSV file with a column {@code member_key}. */
final class EarlierList {

    private static final String COLUMN = "member_key";

    private EarlierList() {}

    /** Throws {@link IllegalArgumentException} that says what is wrong with the file. */
    static Set<Long> read(Path file) throws IOException {
        Set<Long> members = new HashSet<>();
        try (CsvReader<NamedCsvRecord> rows = CsvReader.builder().ofNamedCsvRecord(file)) {
            for (NamedCsvRecord row : rows) {
                String key = row.findField(COLUMN)
                        .orElseThrow(() -> new IllegalArgumentException("has no column " + COLUMN
                                + "; give a list that a run wrote, such as csv/targets-dormant.csv"));
                try {
                    members.add(Long.valueOf(key.strip()));
                } catch (NumberFormatException e) {
                    throw new IllegalArgumentException(
                            "line " + row.getStartingLineNumber() + ": '" + key + "' is no member key, a whole number",
                            e);
                }
            }
        } catch (CsvParseException e) {
            throw new IllegalArgumentException("is no CSV: " + e.getMessage(), e);
        }
        return members;
    }
}
