package org.assidu.analytics.clv;

import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.CsvRecord;
import de.siegmar.fastcsv.reader.FieldMismatchStrategy;
import java.io.BufferedInputStream;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;
import org.jspecify.annotations.Nullable;

/**
 * A CSV file, gzipped or not, with a header: a customer, a date and perhaps a spend in each row, in any order. The file is
 * read twice, since the dates' pattern is only known when a day above 12 has been seen.
 */
public final class TransactionFile {

    private static final char[] SEPARATORS = {',', ';', '\t', '|'};

    private final Path file;
    private final Columns columns;
    private final @Nullable String dateFormat;

    /**
     * A file to read.
     *
     * @param dateFormat pattern of the dates; null to detect it
     */
    public TransactionFile(Path file, Columns columns, @Nullable String dateFormat) {
        this.file = file;
        this.columns = columns;
        this.dateFormat = dateFormat;
    }

    /** Names of the columns, as in the file's header. */
    public record Columns(
            String customer, String date, @Nullable String spend) {}

    private record Positions(int customer, int date, int spend) {

        int last() {
            return Math.max(Math.max(customer, date), spend);
        }
    }

    /** What becomes of a data row. */
    private interface RowSink {
        /** False ends the reading. */
        boolean row(CsvRecord row, Positions at);
    }

    /**
     * Reads the file.
     *
     * @throws TransactionException when it cannot be used
     * @throws IOException when it cannot be read
     */
    public Transactions read() throws IOException {
        if (!Files.isRegularFile(file)) {
            throw new TransactionException("no file " + file + "; check --transactions");
        }
        DatePattern pattern = dateFormat == null ? detect() : DatePattern.of(dateFormat);
        var days = new CustomerDays();
        eachRow((row, at) -> {
            days.row();
            String customer = row.getField(at.customer()).strip();
            LocalDate day = pattern.parse(row.getField(at.date()));
            if (day == null) {
                throw badDate(row, at, pattern);
            }
            if (customer.isEmpty()) {
                days.anonymous();
            } else {
                days.add(customer, day, at.spend() < 0 ? 0 : spend(row, at));
            }
            return true;
        });
        if (days.isEmpty()) {
            throw new TransactionException(
                    file + " has no row that names a customer (" + days.rows() + " rows read); check --columns");
        }
        return days.transactions(columns.spend() != null);
    }

    /** The only known pattern that every date of the file has. */
    private DatePattern detect() throws IOException {
        var alive = new ArrayList<>(DatePattern.KNOWN);
        long[] rows = {0};
        eachRow((row, at) -> {
            rows[0]++;
            List<DatePattern> before = List.copyOf(alive);
            alive.removeIf(pattern -> pattern.parse(row.getField(at.date())) == null);
            if (alive.isEmpty()) {
                throw rows[0] == 1 ? unknownDate(row, at) : badDate(row, at, before.get(0));
            }
            return alive.size() > 1;
        });
        if (rows[0] == 0) {
            throw new TransactionException(file + " has no data: only a header, or nothing; give a file with one row"
                    + " for each purchase below a header");
        }
        if (alive.size() > 1) {
            throw new TransactionException(
                    "the dates of " + file + " fit both " + alive.get(0).pattern() + " and "
                            + alive.get(1).pattern() + " (no day above 12); say which with --date-format");
        }
        return alive.get(0);
    }

    private void eachRow(RowSink sink) throws IOException {
        try (Reader text = text()) {
            char separator = separator(text);
            try (CsvReader<CsvRecord> reader = CsvReader.builder()
                    .fieldSeparator(separator)
                    .extraFieldStrategy(FieldMismatchStrategy.IGNORE)
                    .missingFieldStrategy(FieldMismatchStrategy.IGNORE)
                    .ofCsvRecord(text)) {
                Iterator<CsvRecord> rows = reader.iterator();
                if (!rows.hasNext()) {
                    throw new TransactionException(
                            file + " is empty; give a file with one row for each purchase below a header");
                }
                Positions at = positions(rows.next().getFields());
                boolean more = true;
                while (more && rows.hasNext()) {
                    CsvRecord row = rows.next();
                    if (row.getFieldCount() <= at.last()) {
                        throw new TransactionException("line " + row.getStartingLineNumber() + " of " + file + " has "
                                + row.getFieldCount() + " cells, too few for column " + (at.last() + 1)
                                + " of the header; mend or delete the line");
                    }
                    more = sink.row(row, at);
                }
            } catch (CsvParseException e) {
                throw new TransactionException(file + " is no CSV: " + e.getMessage()
                        + "; check its quotation marks and that it is not a table" + " of another format");
            }
        } catch (ZipException e) {
            throw new TransactionException(file + " is no gzip file: " + e.getMessage() + "; gunzip it or rename it");
        }
    }

    private Reader text() throws IOException {
        InputStream bytes = new BufferedInputStream(Files.newInputStream(file), 1 << 16);
        try {
            InputStream plain =
                    file.getFileName().toString().endsWith(".gz") ? new GZIPInputStream(bytes, 1 << 16) : bytes;
            return new BufferedReader(new InputStreamReader(plain, StandardCharsets.UTF_8), 1 << 16);
        } catch (IOException e) {
            bytes.close();
            throw e;
        }
    }

    /** The separator that the header holds most of; skips a byte order mark. */
    private static char separator(Reader text) throws IOException {
        text.mark(1 << 15);
        int[] seen = new int[SEPARATORS.length];
        int first = text.read();
        boolean marked = first == 0xFEFF;
        for (int c = first, i = 0; c >= 0 && c != '\n' && c != '\r' && i < (1 << 15) - 2; c = text.read(), i++) {
            for (int s = 0; s < SEPARATORS.length; s++) {
                seen[s] += c == SEPARATORS[s] ? 1 : 0;
            }
        }
        text.reset();
        if (marked) {
            text.skip(1);
        }
        int best = 0;
        for (int s = 1; s < SEPARATORS.length; s++) {
            best = seen[s] > seen[best] ? s : best;
        }
        return SEPARATORS[best];
    }

    private Positions positions(List<String> header) {
        String spend = columns.spend();
        return new Positions(
                position(header, columns.customer()),
                position(header, columns.date()),
                spend == null ? -1 : position(header, spend));
    }

    private int position(List<String> header, String name) {
        for (int i = 0; i < header.size(); i++) {
            if (header.get(i).strip().equals(name)) {
                return i;
            }
        }
        throw new TransactionException("no column '" + name + "' in " + file + "; its header has "
                + String.join(", ", header.stream().map(String::strip).toList())
                + ": name them in --columns customer,date[,spend]");
    }

    private double spend(CsvRecord row, Positions at) {
        String cell = row.getField(at.spend()).strip();
        try {
            double spend = Double.parseDouble(cell);
            if (Double.isFinite(spend)) {
                return spend;
            }
        } catch (NumberFormatException notANumber) {
            // Told below, with its line.
        }
        throw new TransactionException("line " + row.getStartingLineNumber() + " of " + file + ": spend '" + cell
                + "' in column " + columns.spend() + " is no number; write it with a decimal point and without"
                + " currency, or leave the spend out of --columns");
    }

    private TransactionException unknownDate(CsvRecord row, Positions at) {
        return new TransactionException("line " + row.getStartingLineNumber() + " of " + file + ": '"
                + row.getField(at.date()) + "' in column " + columns.date()
                + " is a date in no known format; say its pattern with --date-format, such as 'dd MMM yyyy'");
    }

    private TransactionException badDate(CsvRecord row, Positions at, DatePattern pattern) {
        return new TransactionException("line " + row.getStartingLineNumber() + " of " + file + ": '"
                + row.getField(at.date()) + "' in column " + columns.date() + " is no date of the format "
                + pattern.pattern() + (dateFormat == null ? ", which the lines above have" : "")
                + "; mend the line, or say the pattern with --date-format");
    }

    /** Adds rows up to customer-days. */
    private static final class CustomerDays {

        private final Map<String, TreeMap<LocalDate, Double>> spendByDay = new TreeMap<>();
        private long rows;
        private long anonymousRows;

        void row() {
            rows++;
        }

        long rows() {
            return rows;
        }

        void anonymous() {
            anonymousRows++;
        }

        boolean isEmpty() {
            return spendByDay.isEmpty();
        }

        void add(String customer, LocalDate day, double spend) {
            spendByDay.computeIfAbsent(customer, key -> new TreeMap<>()).merge(day, spend, Double::sum);
        }

        Transactions transactions(boolean withSpend) {
            var customers = new ArrayList<Transactions.Customer>();
            LocalDate first = LocalDate.MAX;
            LocalDate last = LocalDate.MIN;
            long refundDays = 0;
            for (Map.Entry<String, TreeMap<LocalDate, Double>> entry : spendByDay.entrySet()) {
                TreeMap<LocalDate, Double> days = entry.getValue();
                int before = days.size();
                days.values().removeIf(spend -> spend < 0);
                refundDays += before - days.size();
                if (!days.isEmpty()) {
                    first = first.isBefore(days.firstKey()) ? first : days.firstKey();
                    last = last.isAfter(days.lastKey()) ? last : days.lastKey();
                    customers.add(new Transactions.Customer(
                            entry.getKey(),
                            days.keySet().toArray(LocalDate[]::new),
                            days.values().stream()
                                    .mapToDouble(Double::doubleValue)
                                    .toArray()));
                }
            }
            if (customers.isEmpty()) {
                throw new TransactionException("no purchase: every customer-day has a spend below zero (" + refundDays
                        + "); check the spend column's sign");
            }
            return new Transactions(List.copyOf(customers), first, last, withSpend, rows, anonymousRows, refundDays);
        }
    }
}
