package org.assidu.accrual.load;

import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.CsvRecord;
import de.siegmar.fastcsv.reader.FieldMismatchStrategy;
import de.siegmar.fastcsv.writer.CsvWriter;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.zip.GZIPInputStream;
import org.assidu.proto.v1.Receipt;
import org.assidu.proto.v1.ReceiptIdentity;
import org.assidu.proto.v1.ReceiptPhase;
import org.jspecify.annotations.Nullable;

/**
 * Reads a CSV file into receipts and streams them to a server.
 *
 * <p>A receipt is the unit: when one of its rows is bad, its other rows are held back with it, so that the rejects file can
 * be corrected and imported as it stands. Imported without its bad row, the receipt would conflict with its corrected
 * self for ever.
 */
public final class CsvImport {
    /** Column that the rejects file adds; ignored when that file is imported. */
    static final String REASON_COLUMN = "reject_reason";

    /**
     * What became of a file.
     *
     * @param rows data rows read
     * @param badRows rows that could not be read
     * @param rejectedRows rows in the rejects file: bad rows, rows held back with them, rows of refused receipts
     * @param rejects where they are; null when there are none
     * @param productNames newest name by article code, for the catalogue
     * @param stores store codes seen
     */
    public record Summary(
            long rows,
            long badRows,
            long rejectedRows,
            @Nullable Path rejects,
            SendSummary sent,
            Map<String, String> productNames,
            List<String> stores) {}

    private final Path file;
    private final CsvMapping mapping;
    private final boolean historical;
    private final Path rejectsFile;

    private final Map<Long, String> badRows = new TreeMap<>();
    private final Map<ReceiptIdentity, Long> badReceipts = new HashMap<>();
    private final Map<ReceiptIdentity, String> refused = new ConcurrentHashMap<>();
    private final Map<String, String> productNames = new LinkedHashMap<>();
    private final Map<String, Boolean> stores = new LinkedHashMap<>();
    private long rows;

    /**
     * An import of one file.
     *
     * @param historical overrides the mapping when true
     */
    public CsvImport(Path file, CsvMapping mapping, boolean historical, Path rejectsFile) {
        this.file = file;
        this.mapping = mapping;
        this.historical = historical || mapping.historical();
        this.rejectsFile = rejectsFile;
    }

    /** Where refusals of the server go: they are rejects too. */
    public void refuse(Receipt receipt, String reason) {
        refused.put(receipt.getIdentity(), reason);
    }

    /**
     * Streams the file.
     *
     * @throws IOException when the file cannot be read
     * @throws IllegalArgumentException when its header does not fit the mapping
     */
    public Summary run(SalesSender sender, Progress progress) throws IOException, InterruptedException {
        Map<ReceiptIdentity, Receipt.Builder> open = new LinkedHashMap<>();
        try (CsvReader<CsvRecord> reader = open(file)) {
            Iterator<CsvRecord> records = reader.iterator();
            List<String> header = header(records);
            RowMapper mapper = new RowMapper(mapping, header);
            ReceiptIdentity current = null;
            while (records.hasNext()) {
                CsvRecord row = records.next();
                rows++;
                ReceiptIdentity identity = add(row, mapper, header.size(), open);
                if (mapping.grouping() == CsvMapping.Grouping.CONTIGUOUS
                        && identity != null
                        && !identity.equals(current)) {
                    if (current != null) {
                        sendOne(current, open, sender, progress);
                    }
                    current = identity;
                }
            }
        }
        progress.total(rows);
        for (ReceiptIdentity identity : List.copyOf(open.keySet())) {
            sendOne(identity, open, sender, progress);
        }
        SendSummary sent = sender.finish();
        progress.at(sent.lines());
        long rejected = writeRejects();
        return new Summary(
                rows,
                badRows.size(),
                rejected,
                rejected == 0 ? null : rejectsFile,
                sent,
                productNames,
                new ArrayList<>(stores.keySet()));
    }

    /** Adds a row to its receipt. @return the receipt, or null when even that cannot be read */
    private @Nullable ReceiptIdentity add(
            CsvRecord row, RowMapper mapper, int width, Map<ReceiptIdentity, Receipt.Builder> open) {
        if (row.getFieldCount() < width) {
            badRows.put(
                    row.getStartingLineNumber(),
                    "the row has " + row.getFieldCount() + " columns, the header " + width);
            return null;
        }
        try {
            MappedRow mapped = mapper.map(row);
            stores.put(mapped.receipt().getStore(), true);
            if (mapped.productName() != null && !mapped.productName().isEmpty()) {
                productNames.putIfAbsent(mapped.line().getSku(), mapped.productName());
            }
            Receipt.Builder receipt = open.get(mapped.receipt());
            if (receipt == null) {
                receipt = header(mapped);
                open.put(mapped.receipt(), receipt);
            } else if (mapped.soldAtMillis() < receipt.getSoldAtMillis()) {
                receipt.setSoldAtMillis(mapped.soldAtMillis()).setUtcOffsetMinutes(mapped.utcOffsetMinutes());
            }
            receipt.addLines(mapped.line());
            if (receipt.getTendersCount() == 0) {
                receipt.addAllTenders(mapped.tenders());
            }
            receipt.setTotalMinor(receipt.getTotalMinor() + mapped.line().getAmountMinor());
            return mapped.receipt();
        } catch (RowMapper.BadRowException bad) {
            badRows.put(row.getStartingLineNumber(), bad.getMessage());
            ReceiptIdentity identity = mapper.identity(row);
            if (identity != null) {
                badReceipts.put(identity, row.getStartingLineNumber());
            }
            return identity;
        }
    }

    private Receipt.Builder header(MappedRow row) {
        Receipt.Builder receipt = Receipt.newBuilder()
                .setIdentity(row.receipt())
                .setSoldAtMillis(row.soldAtMillis())
                .setUtcOffsetMinutes(row.utcOffsetMinutes())
                .setCurrency(row.currency())
                .setChannel(row.channel())
                .setCashier(row.cashier())
                .setPhase(ReceiptPhase.RECEIPT_PHASE_WHOLE)
                .setTotalPresent(true)
                .setHistorical(historical);
        if (row.member() != null) {
            receipt.setMember(row.member());
        }
        return receipt;
    }

    private void sendOne(
            ReceiptIdentity identity, Map<ReceiptIdentity, Receipt.Builder> open, SalesSender sender, Progress progress)
            throws InterruptedException {
        Receipt.Builder receipt = open.remove(identity);
        if (receipt == null || badReceipts.containsKey(identity)) {
            return;
        }
        sender.send(receipt.build());
        progress.at(sender.answeredLines());
    }

    /** Copies every row that was not imported, with its reason. @return how many */
    private long writeRejects() throws IOException {
        if (badRows.isEmpty() && refused.isEmpty()) {
            return 0;
        }
        long rejected = 0;
        try (CsvReader<CsvRecord> reader = open(file);
                CsvWriter writer = CsvWriter.builder()
                        .fieldSeparator(mapping.delimiter())
                        .build(rejectsFile, StandardCharsets.UTF_8)) {
            Iterator<CsvRecord> records = reader.iterator();
            List<String> header = header(records);
            RowMapper mapper = new RowMapper(mapping, header);
            List<String> columns = new ArrayList<>(header);
            int reasonColumn = columns.indexOf(REASON_COLUMN);
            if (reasonColumn < 0) {
                columns.add(REASON_COLUMN);
                reasonColumn = columns.size() - 1;
            }
            writer.writeRecord(columns);
            while (records.hasNext()) {
                CsvRecord row = records.next();
                String reason = reason(row, mapper, header.size());
                if (reason != null) {
                    List<String> fields = new ArrayList<>(row.getFields());
                    while (fields.size() < columns.size()) {
                        fields.add("");
                    }
                    fields.set(reasonColumn, "line " + row.getStartingLineNumber() + ": " + reason);
                    writer.writeRecord(fields);
                    rejected++;
                }
            }
        }
        return rejected;
    }

    private @Nullable String reason(CsvRecord row, RowMapper mapper, int width) {
        String bad = badRows.get(row.getStartingLineNumber());
        if (bad != null || row.getFieldCount() < width) {
            return bad;
        }
        ReceiptIdentity identity = mapper.identity(row);
        if (identity == null) {
            return null;
        }
        Long with = badReceipts.get(identity);
        if (with != null) {
            return "held back: line " + with + " of the same receipt is bad";
        }
        return refused.get(identity);
    }

    private static List<String> header(Iterator<CsvRecord> records) {
        if (!records.hasNext()) {
            throw new IllegalArgumentException("the file is empty; its first row must name the columns");
        }
        return records.next().getFields();
    }

    private CsvReader<CsvRecord> open(Path path) throws IOException {
        return CsvReader.builder()
                .fieldSeparator(mapping.delimiter())
                .extraFieldStrategy(FieldMismatchStrategy.IGNORE)
                .missingFieldStrategy(FieldMismatchStrategy.IGNORE)
                .detectBomHeader(false)
                .ofCsvRecord(text(path));
    }

    /** The file's text, unpacked when it is gzip whatever its name. */
    private static Reader text(Path path) throws IOException {
        BufferedInputStream bytes = new BufferedInputStream(Files.newInputStream(path), 1 << 16);
        bytes.mark(2);
        boolean gzip = bytes.read() == 0x1f && bytes.read() == 0x8b;
        bytes.reset();
        InputStream unpacked = gzip ? new GZIPInputStream(bytes, 1 << 16) : bytes;
        return new InputStreamReader(unpacked, StandardCharsets.UTF_8);
    }
}
