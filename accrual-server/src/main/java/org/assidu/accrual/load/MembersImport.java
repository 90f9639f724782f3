package org.assidu.accrual.load;

import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.NamedCsvRecord;
import de.siegmar.fastcsv.writer.CsvWriter;
import io.grpc.Channel;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.assidu.proto.v1.ImportMembersRequest;
import org.assidu.proto.v1.ImportMembersResponse;
import org.assidu.proto.v1.ImportedMember;
import org.assidu.proto.v1.ImportedResult;
import org.assidu.proto.v1.OperationStatus;
import org.jspecify.annotations.Nullable;

/**
 * Streams a file of members to a server and holds its account against the server's. A member with a bad row, or whom the
 * server refuses, goes whole into the rejects file with the reason; that file can be corrected and imported as it stands.
 */
public final class MembersImport {
    private static final int MEMBERS_A_MESSAGE = 64;

    /**
     * What became of a file. Totals are millionths, by purse; the points purse is that of the empty name where a file leaves
     * the name out.
     *
     * @param inFile what the file says, of all rows
     * @param refused what of it is in the rejects file
     * @param onServer what the server's journal has for the external ids of the file
     * @param rejects where they are; null when there are none
     */
    public record Summary(
            long rows,
            long members,
            long before,
            long rejected,
            Map<String, Long> inFile,
            Map<String, Long> refused,
            Map<String, Long> onServer,
            @Nullable Path rejects) {
        /** Whether every purse of the file is on the server to the millionth, with nothing refused. */
        public boolean reconciled() {
            return rejected == 0 && inFile.equals(onServer);
        }
    }

    private final Path file;
    private final Path rejectsFile;
    private final String author;
    private final String reason;

    private final Deque<Entry> unanswered = new ArrayDeque<>();
    private final Map<String, Long> inFile = new TreeMap<>();
    private final Map<String, Long> refused = new TreeMap<>();
    private final Map<String, Long> onServer = new TreeMap<>();
    private @Nullable CsvWriter rejects;
    private List<String> header = List.of();
    private String pointsPurse = "";
    private long rows;
    private long members;
    private long before;
    private long rejected;

    public MembersImport(Path file, Path rejectsFile, String author, String reason) {
        this.file = file;
        this.rejectsFile = rejectsFile;
        this.author = author;
        this.reason = reason;
    }

    /** A member of the file: its rows, and why they cannot be sent. */
    private static final class Entry {
        final ImportedMember.Builder member = ImportedMember.newBuilder();
        final List<List<String>> rows = new ArrayList<>();
        final Map<String, Long> micro = new TreeMap<>();
        String problem = "";
    }

    /**
     * Streams the file.
     *
     * @param purse id of the points purse, for rows that name none
     * @throws IllegalArgumentException when its header is not that of members
     */
    public Summary run(Channel channel, String purse, Progress progress) throws IOException, InterruptedException {
        pointsPurse = purse;
        try (MembersStream stream = new MembersStream(channel);
                CsvReader<NamedCsvRecord> reader = CsvReader.builder().ofNamedCsvRecord(file)) {
            ImportMembersRequest.Builder message = message();
            Entry entry = null;
            String id = "";
            for (NamedCsvRecord row : reader) {
                if (rows++ == 0) {
                    header = row.getHeader();
                    MembersCsv.checkHeader(header);
                }
                String rowId = row.getField(MembersCsv.ID).strip();
                if (entry == null || !rowId.equals(id)) {
                    if (entry != null) {
                        message = take(entry, message, stream);
                    }
                    entry = new Entry();
                    id = rowId;
                    entry.member.setExternalId(id);
                }
                add(row, entry);
                progress.at(rows);
            }
            if (entry != null) {
                message = take(entry, message, stream);
            }
            send(message, stream);
            stream.finish(this::answered);
        } finally {
            if (rejects != null) {
                rejects.close();
            }
        }
        return new Summary(
                rows, members, before, rejected, inFile, refused, onServer, rejected == 0 ? null : rejectsFile);
    }

    private ImportMembersRequest.Builder message() {
        return ImportMembersRequest.newBuilder().setAuthor(author).setReason(reason);
    }

    private void add(NamedCsvRecord row, Entry entry) {
        entry.rows.add(row.getFields());
        String purse = MembersCsv.purseOf(row).isEmpty() ? pointsPurse : MembersCsv.purseOf(row);
        long micro = MembersCsv.microOf(row);
        if (micro != 0) {
            entry.micro.merge(purse, micro, Long::sum);
            inFile.merge(purse, micro, Long::sum);
        }
        try {
            MembersCsv.add(row, entry.member);
        } catch (IllegalArgumentException bad) {
            entry.problem = "line " + row.getStartingLineNumber() + ": " + bad.getMessage();
        }
    }

    private ImportMembersRequest.Builder take(Entry entry, ImportMembersRequest.Builder message, MembersStream stream)
            throws IOException, InterruptedException {
        members++;
        if (!entry.problem.isEmpty()) {
            reject(entry, entry.problem);
            return message;
        }
        message.addMembers(entry.member);
        unanswered.add(entry);
        if (message.getMembersCount() < MEMBERS_A_MESSAGE) {
            return message;
        }
        send(message, stream);
        return message();
    }

    private void send(ImportMembersRequest.Builder message, MembersStream stream)
            throws IOException, InterruptedException {
        if (message.getMembersCount() > 0) {
            stream.send(message.build(), this::answered);
        }
    }

    private void answered(ImportMembersResponse response) throws IOException {
        for (ImportedResult result : response.getResultsList()) {
            Entry entry = unanswered.remove();
            boolean done = result.getStatus() == OperationStatus.OPERATION_STATUS_DONE;
            if (!done && result.getStatus() != OperationStatus.OPERATION_STATUS_ALREADY_DONE) {
                reject(
                        entry,
                        result.getStatus().name().replace("OPERATION_STATUS_", "")
                                + (result.getDetail().isEmpty() ? "" : ": " + result.getDetail()));
                continue;
            }
            before += done ? 0 : 1;
            result.getMigratedList()
                    .forEach(migrated -> onServer.merge(migrated.getPurseId(), migrated.getMicro(), Long::sum));
        }
    }

    private void reject(Entry entry, String why) throws IOException {
        CsvWriter writer = rejects;
        boolean hasReason = header.contains(CsvImport.REASON_COLUMN);
        if (writer == null) {
            writer = CsvWriter.builder().build(rejectsFile, StandardCharsets.UTF_8);
            rejects = writer;
            List<String> columns = new ArrayList<>(header);
            if (!hasReason) {
                columns.add(CsvImport.REASON_COLUMN);
            }
            writer.writeRecord(columns);
        }
        for (List<String> row : entry.rows) {
            List<String> cells = new ArrayList<>(row);
            if (hasReason) {
                cells.set(header.indexOf(CsvImport.REASON_COLUMN), why);
            } else {
                cells.add(why);
            }
            writer.writeRecord(cells);
        }
        rejected++;
        entry.micro.forEach((purse, micro) -> refused.merge(purse, micro, Long::sum));
    }
}
