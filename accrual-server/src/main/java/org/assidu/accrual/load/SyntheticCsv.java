package org.assidu.accrual.load;

import de.siegmar.fastcsv.writer.CsvWriter;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.function.LongConsumer;
import java.util.stream.Collectors;
import java.util.zip.GZIPOutputStream;

/** Writes receipts in the built-in layout {@code assidu}: one row a line, exactly what the importer reads back. */
public final class SyntheticCsv {
    private static final DateTimeFormatter SOLD_AT =
            DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ss.SSSXXX", Locale.ROOT);
    private static final List<String> HEADER = List.of(
            "store",
            "till",
            "series",
            "number",
            "business_date",
            "sold_at",
            "currency",
            "channel",
            "cashier",
            "card",
            "sku",
            "quantity",
            "amount",
            "discount",
            "vat_rate",
            "category",
            "brand",
            "promoted",
            "weighed",
            "gift_card_sale",
            "original_store",
            "original_till",
            "original_series",
            "original_number",
            "original_business_date",
            "original_line",
            "tenders");

    private SyntheticCsv() {}

    /**
     * Writes a file, gzip when its name ends in {@code .gz}; it appears under its name only when it is whole.
     *
     * @param progress told the lines written so far
     * @return lines written
     */
    public static long write(Path file, Iterator<SyntheticReceipt> receipts, LongConsumer progress) throws IOException {
        Path part = Path.of(file + ".part");
        long lines = 0;
        try (CsvWriter csv =
                CsvWriter.builder().build(new OutputStreamWriter(open(part, file), StandardCharsets.UTF_8))) {
            csv.writeRecord(HEADER);
            while (receipts.hasNext()) {
                SyntheticReceipt receipt = receipts.next();
                boolean first = true;
                for (SyntheticReceipt.Line line : receipt.lines()) {
                    csv.writeRecord(row(receipt, line, first));
                    first = false;
                    lines++;
                }
                progress.accept(lines);
            }
        }
        Files.move(part, file, StandardCopyOption.REPLACE_EXISTING);
        return lines;
    }

    private static OutputStream open(Path part, Path file) throws IOException {
        OutputStream bytes = new BufferedOutputStream(Files.newOutputStream(part), 1 << 16);
        return file.toString().endsWith(".gz") ? new GZIPOutputStream(bytes, 1 << 16) : bytes;
    }

    private static List<String> row(SyntheticReceipt receipt, SyntheticReceipt.Line line, boolean first) {
        SyntheticReceipt.Original original = line.original();
        return List.of(
                receipt.store(),
                receipt.till(),
                Integer.toString(receipt.series()),
                Long.toString(receipt.number()),
                date(receipt.businessDate()),
                Instant.ofEpochMilli(receipt.soldAtMillis())
                        .atOffset(ZoneOffset.ofTotalSeconds(receipt.utcOffsetMinutes() * 60))
                        .format(SOLD_AT),
                receipt.currency(),
                receipt.channel().name(),
                receipt.cashier(),
                receipt.card() == 0 ? "" : Long.toString(receipt.card()),
                line.sku(),
                decimal(line.quantityThousandths(), 3),
                decimal(line.amountMinor(), 2),
                decimal(line.discountMinor(), 2),
                decimal(line.vatRateHundredths(), 2),
                line.category(),
                line.brand(),
                Boolean.toString(line.promoted()),
                Boolean.toString(line.weighed()),
                Boolean.toString(line.giftCardSale()),
                original == null ? "" : original.store(),
                original == null ? "" : original.till(),
                original == null ? "" : Integer.toString(original.series()),
                original == null ? "" : Long.toString(original.number()),
                original == null ? "" : date(original.businessDate()),
                original == null ? "" : Integer.toString(original.line()),
                first ? tenders(receipt) : "");
    }

    private static String tenders(SyntheticReceipt receipt) {
        return receipt.tenders().stream()
                .map(tender -> tender.kind().name() + "=" + decimal(tender.amountMinor(), 2))
                .collect(Collectors.joining(";"));
    }

    private static String date(int yyyymmdd) {
        return String.format(Locale.ROOT, "%04d-%02d-%02d", yyyymmdd / 10_000, yyyymmdd / 100 % 100, yyyymmdd % 100);
    }

    private static String decimal(long value, int scale) {
        return BigDecimal.valueOf(value, scale).toPlainString();
    }
}
