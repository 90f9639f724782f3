package org.assidu.accrual.export;

import java.io.Closeable;
import java.io.IOException;
import java.time.ZoneId;
import java.util.Map;
import java.util.function.LongFunction;
import java.util.stream.Collectors;
import org.agrona.collections.Long2LongHashMap;
import org.assidu.accrual.codec.EnrolmentRecordCodec;
import org.assidu.accrual.codec.OperationRecordCodec;
import org.assidu.accrual.codec.PrivacyRecordCodec;
import org.assidu.accrual.codec.ReceiptRecordCodec;
import org.assidu.accrual.codec.RecordContext;
import org.assidu.accrual.codec.RecordFormatException;
import org.assidu.accrual.journal.JournalReader;
import org.assidu.accrual.model.ControlDraw;
import org.assidu.accrual.model.EventKind;
import org.assidu.accrual.model.MemberEnrolment;
import org.assidu.accrual.model.Operation;
import org.assidu.accrual.model.OperationKind;
import org.assidu.accrual.model.OperationNames;
import org.assidu.accrual.model.OutcomeColumns;
import org.assidu.accrual.model.PrivacyEvent;
import org.assidu.accrual.model.ReceiptColumns;
import org.assidu.accrual.model.RecordType;
import org.assidu.accrual.table.EventRow;
import org.assidu.accrual.table.ExportState;
import org.assidu.accrual.table.LedgerRow;
import org.assidu.accrual.table.MembersFile;
import org.assidu.accrual.table.ReceiptRow;
import org.assidu.accrual.table.SegmentNames;
import org.assidu.accrual.table.Table;
import org.assidu.accrual.table.TableFile;
import org.assidu.accrual.table.Tables;
import org.jspecify.annotations.Nullable;

/** One pass over the journal from where a folder's state ends. */
final class ExportRun implements Closeable {
    private static final int POINTS_PURSE = 0;
    private static final int PROGRESS_RECORDS = 8_192;

    private final ExportConfig config;
    private final ExportFolder folder;
    private final MemberRekeying rekeying;
    private final JournalReader reader;
    private final ExportProgress progress;

    private final ReceiptRecordCodec codec = new ReceiptRecordCodec();
    private final RecordContext context = new RecordContext();
    private final ReceiptRow row = new ReceiptRow(new ReceiptColumns(), new OutcomeColumns());
    private final LedgerRow ledgerRow = new LedgerRow(row);
    private final EventRow eventRow = new EventRow(row);
    private final Definitions definitions = new Definitions();
    private MemberFold members = new MemberFold();
    private @Nullable Segment segment;
    private int segments;

    ExportRun(
            ExportConfig config,
            ExportFolder folder,
            MemberRekeying rekeying,
            JournalReader reader,
            ExportProgress progress) {
        this.config = config;
        this.folder = folder;
        this.rekeying = rekeying;
        this.reader = reader;
        this.progress = progress;
    }

    ExportReport to(long limit) throws IOException {
        ExportState before = folder.state();
        if (limit < before.position()) {
            throw new ExportException(folder.path() + " is exported up to position " + before.position()
                    + ", the journal only reaches " + limit
                    + ": it belongs to another journal, or the journal was restored from an older backup");
        }
        if (before.position() == limit && before.tablesPosition() == limit) {
            return report(before, limit);
        }
        long folded = restore(before);
        reader.seek(folded + 1);
        for (long position = folded + 1; position <= limit; position++) {
            advanceTo(position);
            record(position, before.position());
            if (position > before.position() && (position == limit || full(position))) {
                endSegment(position);
            }
            if (position % PROGRESS_RECORDS == 0 || position == limit) {
                progress.at(position, limit);
            }
        }
        if (folded > 0 && !definitions.controls().isEmpty()) {
            foldAnew(limit);
        }
        writeWholeTables(limit);
        return report(before, limit);
    }

    /** Control groups are drawn by the journal's keys, which no exported table holds: all records name them once more. */
    private void foldAnew(long limit) throws IOException {
        members = new MemberFold();
        reader.seek(1);
        for (long position = 1; position <= limit; position++) {
            advanceTo(position);
            record(position, limit);
        }
    }

    private ExportReport report(ExportState before, long limit) {
        ExportState after = folder.state();
        return new ExportReport(
                before.position(),
                limit,
                segments,
                after.saleLines() - before.saleLines(),
                after.receipts() - before.receipts(),
                after.movements() - before.movements(),
                members.count());
    }

    /** Returns the position up to which the members are known: 0 where an older version wrote them with fewer columns. */
    private long restore(ExportState before) throws IOException {
        for (long position : before.definitions()) {
            reader.seek(position);
            advanceTo(position);
            definitions.add(RecordType.ofCode(reader.type()), reader);
        }
        if (before.tablesPosition() == 0 || !MembersFile.isComplete(folder.whole(Tables.MEMBERS))) {
            return 0;
        }
        members.load(folder.whole(Tables.MEMBERS));
        return before.tablesPosition();
    }

    private void advanceTo(long position) {
        if (!reader.next() || reader.position() != position) {
            throw new ExportException("the journal has no record at position " + position
                    + ". The export needs every record from its checkpoint on");
        }
    }

    private void record(long position, long exported) throws IOException {
        try {
            RecordType type = RecordType.ofCode(reader.type());
            switch (type) {
                case RECEIPT, CHUNK, VOID -> receipt(type == RecordType.RECEIPT, position, exported);
                case OPERATION -> operation(position, exported);
                case ENROLMENT -> enrolment(position, exported);
                case PRIVACY -> {
                    PrivacyEvent decided = PrivacyRecordCodec.decode(reader.buffer(), reader.offset(), reader.length());
                    members.decided(rekeying.exported(decided.memberKey()), decided);
                }
                case PROGRAMME, PRODUCTS, STORES -> {
                    if (position > exported) {
                        definitions.add(type, reader);
                    }
                }
                case EPOCH -> {}
            }
        } catch (RecordFormatException | IllegalArgumentException e) {
            throw new ExportException("record at position " + position + " cannot be read: " + e.getMessage(), e);
        }
    }

    private void enrolment(long position, long exported) throws IOException {
        MemberEnrolment enrolment = EnrolmentRecordCodec.decode(reader.buffer(), reader.offset(), reader.length());
        members.enrolled(rekeying.exported(enrolment.memberKey()), enrolment, reader.timeMillis());
        if (enrolment.created() && position > exported) {
            row.receipt.clear();
            row.receipt.soldAtMillis = reader.timeMillis();
            row.position = position;
            eventRow.welcome();
            eventRow.memberKey = rekeying.exported(enrolment.memberKey());
            eventRow.posted(reader.timeMillis(), ZoneId.of(definitions.newestZone()));
            openSegment().event(eventRow);
        }
    }

    /** Open chunks and voids have no rows, but their movements, if any, count. */
    private void receipt(boolean closed, long position, long exported) throws IOException {
        ReceiptColumns r = row.receipt;
        OutcomeColumns o = row.outcome;
        codec.decode(reader.buffer(), reader.offset(), reader.length(), r, o, context);
        if (o.lines < r.lines) {
            throw new ExportException(
                    "record at position " + position + " has " + r.lines + " lines, its outcome " + o.lines);
        }
        ZoneId zone = definitions.zone(o.programmeVersion);
        row.position = position;
        row.receivedAtMillis = reader.timeMillis();
        row.memberKey = rekeying.exported(r.memberKey);
        row.soldIn(zone);
        Segment target = position > exported ? openSegment() : null;
        if (closed && row.memberKey != 0) {
            members.receipt(row);
        }
        if (closed && target != null) {
            target.receipt(row);
        }
        for (int m = 0; m < o.movements; m++) {
            movement(m, zone, target);
        }
        eventRow.store = eventRow.subject = "";
        events(EventRow.RECEIPT, zone, target);
    }

    private void operation(long position, long exported) throws IOException {
        ReceiptColumns r = row.receipt;
        OutcomeColumns o = row.outcome;
        r.clear();
        Operation operation =
                OperationRecordCodec.decode(reader.buffer(), reader.offset(), reader.length(), o, context);
        r.soldAtMillis = operation.atMillis();
        r.historical = operation.isOfHistory();
        ZoneId zone = definitions.zone(o.programmeVersion);
        row.position = position;
        row.receivedAtMillis = reader.timeMillis();
        ledgerRow.operation = operation.kind().name();
        ledgerRow.author = operation.author();
        ledgerRow.reason = operation.reason();
        if (operation.kind() == OperationKind.CLAIM) {
            claimed(operation, zone);
        } else if (operation.kind() == OperationKind.MERGE) {
            members.merged(
                    rekeying.exported(operation.otherMemberKey()), rekeying.exported(operation.memberKey()), row);
        }
        Segment target = position > exported ? openSegment() : null;
        for (int m = 0; m < o.movements; m++) {
            movement(m, zone, target);
        }
        ledgerRow.clearOperation();
        eventRow.store = OperationNames.store(operation);
        eventRow.subject = OperationNames.subject(operation);
        events(operation.kind().name(), zone, target);
    }

    /** A claim is about a receipt, which is the member's from now on. */
    private void claimed(Operation operation, ZoneId zone) {
        ReceiptColumns r = row.receipt;
        r.store = r.addText(operation.details().get(0));
        r.till = r.addText(operation.details().get(1));
        r.series = Integer.parseInt(operation.details().get(2));
        r.number = Long.parseLong(operation.details().get(3));
        r.businessDate = Integer.parseInt(operation.details().get(4));
        row.memberKey = rekeying.exported(operation.memberKey());
        row.soldIn(zone);
        members.receipt(row);
        ledgerRow.identified = true;
    }

    private void events(String cause, ZoneId zone, @Nullable Segment target) throws IOException {
        ReceiptColumns r = row.receipt;
        OutcomeColumns o = row.outcome;
        for (int e = 0; e < o.events; e++) {
            long member = rekeying.exported(o.eventMember[e]);
            if (o.eventKind[e] == EventKind.TIER_REACHED || o.eventKind[e] == EventKind.TIER_LOST) {
                int version = o.programmeVersion;
                members.tier(
                        member,
                        o.eventKind[e],
                        (int) o.eventValue[e],
                        o.eventRule[e],
                        rule -> definitions.ruleId(version, rule),
                        row);
            }
            if (target == null) {
                continue;
            }
            eventRow.of(o, e);
            eventRow.cause = cause;
            eventRow.memberKey = member;
            eventRow.ruleId = o.programmeVersion == 0 ? "" : definitions.ruleId(o.programmeVersion, o.eventRule[e]);
            eventRow.purseId = o.eventPurse[e] < 0 ? "" : definitions.purseId(o.programmeVersion, o.eventPurse[e]);
            eventRow.posted(r.historical ? r.soldAtMillis : row.receivedAtMillis, zone);
            target.event(eventRow);
        }
    }

    private void movement(int movement, ZoneId zone, @Nullable Segment target) throws IOException {
        ReceiptColumns r = row.receipt;
        OutcomeColumns o = row.outcome;
        int version = o.movementVersion[movement];
        ledgerRow.movement = movement;
        ledgerRow.memberKey = rekeying.exported(o.movementMember[movement]);
        ledgerRow.purseId = definitions.purseId(version, o.movementPurse[movement]);
        ledgerRow.ruleId = definitions.ruleId(version, o.movementRule[movement]);
        ledgerRow.posted(r.historical ? r.soldAtMillis : row.receivedAtMillis, zone);
        if (o.movementPurse[movement] == POINTS_PURSE) {
            members.movement(ledgerRow.memberKey, o.movementMicro[movement], row);
        }
        if (target != null) {
            target.movement(ledgerRow);
        }
    }

    private Segment openSegment() {
        Segment open = segment;
        if (open == null) {
            open = new Segment(folder.state().position() + 1, folder.path());
            segment = open;
        }
        return open;
    }

    private boolean full(long position) {
        Segment open = segment;
        return open == null
                ? position - folder.state().position() >= config.segmentRecords()
                : open.full(position, config);
    }

    private void endSegment(long position) throws IOException {
        ExportState state = folder.state();
        Segment open = segment;
        long saleLines = open == null ? 0 : open.saleLines();
        long receipts = open == null ? 0 : open.receipts();
        long movements = open == null ? 0 : open.movements();
        if (open != null) {
            open.publish(position);
            segment = null;
            segments++;
        }
        folder.checkpoint(new ExportState(
                state.purpose(),
                state.keyCheck(),
                definitions.newestZone(),
                position,
                state.tablesPosition(),
                state.saleLines() + saleLines,
                state.receipts() + receipts,
                state.movements() + movements,
                definitions.positions()));
    }

    private void writeWholeTables(long position) throws IOException {
        LongFunction<@Nullable String> controls = controls();
        whole(Tables.MEMBERS, position, file -> members.writeTo(file, position, controls));
        whole(Tables.PRODUCTS, position, definitions::writeProducts);
        whole(Tables.STORES, position, definitions::writeStores);
        whole(Tables.PROGRAMME_VERSIONS, position, definitions::writeProgrammeVersions);
        ExportState state = folder.state();
        folder.checkpoint(new ExportState(
                state.purpose(),
                state.keyCheck(),
                state.zone(),
                state.position(),
                position,
                state.saleLines(),
                state.receipts(),
                state.movements(),
                state.definitions()));
        folder.removeLeftovers();
    }

    private LongFunction<@Nullable String> controls() {
        Map<String, ControlDraw> draws = definitions.controls();
        if (draws.isEmpty()) {
            return key -> null;
        }
        Long2LongHashMap journalKeys = rekeying.journalKeys();
        return key -> {
            long journalKey = journalKeys.get(key);
            String ids = draws.entrySet().stream()
                    .filter(draw -> draw.getValue().isControl(journalKey))
                    .map(Map.Entry::getKey)
                    .collect(Collectors.joining(","));
            return ids.isEmpty() ? null : ids;
        };
    }

    private interface RowSource<R> {
        void writeTo(TableFile<R> file) throws IOException;
    }

    private <R> void whole(Table<R> table, long position, RowSource<R> rows) throws IOException {
        try (TableFile<R> file =
                TableFile.create(table, folder.path().resolve(table.name()), Long.toString(position))) {
            rows.writeTo(file);
            file.publish(SegmentNames.whole(table, position));
        }
    }

    @Override
    public void close() throws IOException {
        Segment open = segment;
        if (open != null) {
            open.close();
        }
    }
}
