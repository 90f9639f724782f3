package org.assidu.accrual.table;

/** {@code programme_versions}: one row a published version, with its document. */
final class ProgrammeVersionsTable extends Table<ProgrammeVersionRow> {
    ProgrammeVersionsTable() {
        super(
                "programme_versions",
                null,
                new SchemaBuilder()
                        .int32("version")
                        .text("programme_id", "sha256")
                        .timestamp("effective_from", "published_at")
                        .text("time_zone", "currency", "document")
                        .int64("position"));
    }

    @Override
    void write(ProgrammeVersionRow row, RowWriter out) {
        out.int32(row.version());
        out.text(row.programmeId());
        out.text(row.sha256());
        out.timestamp(row.effectiveFromMillis());
        out.timestamp(row.publishedAtMillis());
        out.text(row.timeZone());
        out.text(row.currency());
        out.text(row.document());
        out.int64(row.position());
    }
}
