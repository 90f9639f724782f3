package org.assidu.analytics.model.persona;

import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.CsvRecord;
import de.siegmar.fastcsv.writer.CsvWriter;
import de.siegmar.fastcsv.writer.LineDelimiter;
import java.io.IOException;
import java.io.Reader;
import java.io.Writer;
import java.util.Arrays;
import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** Which member has which persona on one day. */
public record PersonaAssignment(SortedMap<String, PersonaName> byMember) {

    private static final String[] HEADER = {"member_key", "persona"};

    public PersonaAssignment {
        byMember = Collections.unmodifiableSortedMap(new TreeMap<>(byMember));
    }

    static PersonaAssignment of(FeatureMatrix matrix, PersonaName[] byRow) {
        var byMember = new TreeMap<String, PersonaName>();
        for (int row = 0; row < byRow.length; row++) {
            byMember.put(matrix.member(row), byRow[row]);
        }
        return new PersonaAssignment(byMember);
    }

    /** CSV, one row a member in the order of their keys. */
    public void write(Writer out) throws IOException {
        CsvWriter csv = CsvWriter.builder().lineDelimiter(LineDelimiter.LF).build(out);
        csv.writeRecord(HEADER);
        byMember.forEach((member, persona) -> csv.writeRecord(member, persona.name()));
        csv.flush();
    }

    /** Reads what {@link #write} wrote. */
    public static PersonaAssignment read(Reader in) throws IOException {
        var byMember = new TreeMap<String, PersonaName>();
        try (CsvReader<CsvRecord> csv = CsvReader.builder().ofCsvRecord(in)) {
            boolean header = true;
            for (CsvRecord row : csv) {
                boolean named = !header || Arrays.equals(row.getFields().toArray(), HEADER);
                if (row.getFieldCount() != 2 || !named) {
                    throw unreadable(row, "two columns, " + String.join(" and ", HEADER));
                }
                if (!header && byMember.put(row.getField(0), name(row)) != null) {
                    throw unreadable(row, "each member once");
                }
                header = false;
            }
        } catch (CsvParseException notCsv) {
            throw new IllegalArgumentException(
                    "this is no saved assignment of personas (" + notCsv.getMessage()
                            + "): give the file a run wrote, or leave the comparison out",
                    notCsv);
        }
        return new PersonaAssignment(byMember);
    }

    private static PersonaName name(CsvRecord row) {
        try {
            return PersonaName.valueOf(row.getField(1));
        } catch (IllegalArgumentException unknown) {
            throw unreadable(
                    row,
                    "one of "
                            + Arrays.stream(PersonaName.values())
                                    .map(Enum::name)
                                    .collect(Collectors.joining(", ")));
        }
    }

    private static IllegalArgumentException unreadable(CsvRecord row, String wanted) {
        return new IllegalArgumentException(
                "line " + row.getStartingLineNumber() + " of the saved assignment of personas"
                        + " is " + row.getFields() + ", where " + wanted
                        + " should be: give the file a run wrote, or leave the comparison out");
    }
}
