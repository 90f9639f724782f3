package org.assidu.accrual.load;

import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.NamedCsvRecord;
import de.siegmar.fastcsv.writer.CsvWriter;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.assidu.proto.v1.Identifier;
import org.assidu.proto.v1.ImportTagsRequest;
import org.assidu.proto.v1.ImportTagsResponse;
import org.assidu.proto.v1.RefusedTagRow;
import org.assidu.proto.v1.TagRow;
import org.jspecify.annotations.Nullable;

/**
 * Sends a CSV file of segment tags, such as a target list of the reports. A row names its member by the key of an export
 * ({@code member_key}) or by {@code card}, {@code phone}, {@code email}, {@code qr} or {@code key}; {@code tag} and {@code
 * last_day} may be columns or the same for the whole file; other columns are left alone. Refused rows go to a file of their own,
 * with the reason, as they were.
 */
public final class TagImportRun {
    /** Decided in one turn, for which tills wait. */
    private static final int ROWS_PER_MESSAGE = 100;

    private static final int MESSAGES_UNDER_WAY = 4;
    private static final List<String> WHO = List.of("member_key", "card", "phone", "email", "qr", "key");
    /** Column that the rejects file adds; left alone when that file is imported. */
    private static final String REASON = "rejected_because";
    /** As {@code last_day}, in the lists of the reports. */
    private static final String VALID_UNTIL = "valid_until";

    private final Path file;
    private final Terms terms;
    private final Path rejectsFile;
    private final Deque<Batch> underWay = new ArrayDeque<>();
    private @Nullable CsvWriter rejects;
    private List<String> header = List.of();
    private long rows;
    private long changed;
    private long unchanged;
    private long opposed;
    private long refused;

    /**
     * What holds for the whole file.
     *
     * @param fileId name under which its rows count once
     * @param purpose of the export that exported keys come from
     * @param tag where the file has no such column; empty = it must have one
     * @param lastDay yyyymmdd, where a row has none; 0 = without end
     * @param removed takes the tags away
     */
    public record Terms(String fileId, String purpose, String tag, int lastDay, boolean removed) {}

    /** @param rejects null when no row was refused */
    public record Summary(
            long rows,
            long changed,
            long unchanged,
            long opposed,
            long refused,
            @Nullable Path rejects) {}

    private record Batch(List<NamedCsvRecord> records) {}

    public TagImportRun(Path file, Terms terms, Path rejectsFile) {
        this.file = file;
        this.terms = terms;
        this.rejectsFile = rejectsFile;
    }

    /** @throws IllegalArgumentException when the file's header is of no use */
    public Summary run(TagSender sender, Progress progress) throws IOException, InterruptedException {
        Files.deleteIfExists(rejectsFile);
        try (CsvReader<NamedCsvRecord> reader =
                CsvReader.builder().detectBomHeader(true).ofNamedCsvRecord(file)) {
            List<NamedCsvRecord> batch = new ArrayList<>();
            List<TagRow> tags = new ArrayList<>();
            for (NamedCsvRecord record : reader) {
                if (rows++ == 0) {
                    check(record.getHeader());
                }
                TagRow row = row(record);
                if (row != null) {
                    batch.add(record);
                    tags.add(row);
                }
                if (batch.size() == ROWS_PER_MESSAGE) {
                    send(sender, batch, tags);
                    progress.at(rows);
                }
            }
            send(sender, batch, tags);
            sender.complete();
            while (!underWay.isEmpty()) {
                take(sender);
            }
            progress.at(rows);
        } finally {
            if (rejects != null) {
                rejects.close();
            }
        }
        return new Summary(rows, changed, unchanged, opposed, refused, refused == 0 ? null : rejectsFile);
    }

    private void check(List<String> columns) {
        header = columns;
        if (columns.stream().noneMatch(WHO::contains)) {
            throw new IllegalArgumentException(file + " names no member: it has the columns "
                    + String.join(", ", columns) + "; one of " + String.join(", ", WHO) + " is needed");
        }
        if (terms.tag().isEmpty() && !columns.contains("tag")) {
            throw new IllegalArgumentException(
                    file + " has no column 'tag'; add it, or name one tag for the whole file with --tag");
        }
    }

    private void send(TagSender sender, List<NamedCsvRecord> batch, List<TagRow> tags)
            throws IOException, InterruptedException {
        if (batch.isEmpty()) {
            return;
        }
        sender.send(ImportTagsRequest.newBuilder()
                .setFileId(terms.fileId())
                .setPurpose(terms.purpose())
                .addAllRows(tags)
                .build());
        underWay.add(new Batch(List.copyOf(batch)));
        batch.clear();
        tags.clear();
        if (underWay.size() > MESSAGES_UNDER_WAY) {
            take(sender);
        }
    }

    private void take(TagSender sender) throws IOException, InterruptedException {
        ImportTagsResponse response = sender.take();
        Batch batch = underWay.remove();
        changed += response.getChanged();
        unchanged += response.getUnchanged();
        opposed += response.getOpposed();
        for (RefusedTagRow row : response.getRefusedList()) {
            reject(batch.records().get(row.getRow()), row.getReason());
        }
    }

    /** @return null for a row that is rejected here */
    private @Nullable TagRow row(NamedCsvRecord record) throws IOException {
        TagRow.Builder row = TagRow.newBuilder().setRemoved(terms.removed());
        String tag = text(record, "tag");
        row.setTag(tag.isEmpty() ? terms.tag() : tag);
        String ownDay = text(record, "last_day");
        String lastDay = ownDay.isEmpty() ? text(record, VALID_UNTIL) : ownDay;
        if (!lastDay.isEmpty() && !lastDay.matches("[0-9]{4}-[0-9]{2}-[0-9]{2}")) {
            reject(record, "last_day '" + lastDay + "' is not a day such as 2026-12-31");
            return null;
        }
        row.setLastDay(lastDay.isEmpty() ? terms.lastDay() : Integer.parseInt(lastDay.replace("-", "")));
        try {
            name(record, row);
        } catch (NumberFormatException bad) {
            reject(record, "the member's key or card is not a number");
            return null;
        }
        if (row.getWhoCase() == TagRow.WhoCase.WHO_NOT_SET) {
            reject(record, "names no member");
            return null;
        }
        return row.build();
    }

    private static void name(NamedCsvRecord record, TagRow.Builder row) {
        for (String column : WHO) {
            String value = text(record, column);
            if (value.isEmpty()) {
                continue;
            }
            Identifier.Builder identifier = Identifier.newBuilder();
            switch (column) {
                case "member_key" -> row.setExportedKey(Long.parseLong(value));
                case "card" -> row.setMember(identifier.setCard(Long.parseLong(value)));
                case "phone" -> row.setMember(identifier.setPhone(value));
                case "email" -> row.setMember(identifier.setEmail(value));
                case "qr" -> row.setMember(identifier.setQrToken(value));
                default -> row.setMember(identifier.setMemberKey(Long.parseUnsignedLong(value, 16)));
            }
            return;
        }
    }

    private void reject(NamedCsvRecord record, String reason) throws IOException {
        refused++;
        List<String> columns =
                header.stream().filter(column -> !column.equals(REASON)).toList();
        if (rejects == null) {
            rejects = CsvWriter.builder().build(rejectsFile, StandardCharsets.UTF_8);
            rejects.writeRecord(with(columns, REASON));
        }
        rejects.writeRecord(
                with(columns.stream().map(column -> text(record, column)).toList(), reason));
    }

    private static List<String> with(List<String> values, String last) {
        List<String> all = new ArrayList<>(values);
        all.add(last);
        return all;
    }

    private static String text(NamedCsvRecord record, String column) {
        return record.findField(column).map(String::trim).orElse("");
    }
}
