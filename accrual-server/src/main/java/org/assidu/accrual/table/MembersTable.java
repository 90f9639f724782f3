package org.assidu.accrual.table;

import org.apache.parquet.io.api.Binary;
import org.assidu.accrual.model.Channel;

/** {@code members}: one row per member at the stated position. */
final class MembersTable extends Table<MemberRow> {
    private static final Binary[] CHANNEL = names(Channel.values());

    MembersTable() {
        super(
                "members",
                null,
                new SchemaBuilder()
                        .int64("member_key")
                        .timestamp("enrolled_at")
                        .text("enrol_channel")
                        .nullable()
                        .text("enrol_store")
                        .int64("balance_micro", "receipts")
                        .nullable()
                        .date("first_sold_date", "last_sold_date")
                        .int64("position")
                        .nullable()
                        .bool("consent_email", "consent_sms", "consent_push", "consent_profiling")
                        .bool("profiling_opposed", "erased")
                        .nullable()
                        .text("control_of")
                        .int32("tier_level")
                        .nullable()
                        .text("tier_id")
                        .nullable()
                        .int64("merged_into"));
    }

    @Override
    void write(MemberRow row, RowWriter out) {
        out.int64(row.memberKey);
        out.timestamp(row.enrolledAtMillis);
        out.text(CHANNEL[row.enrolChannel.ordinal()]);
        out.nullableText(row.enrolStore);
        out.int64(row.balanceMicro);
        out.int64(row.receipts);
        writeDay(row.firstSoldEpochDay, out);
        writeDay(row.lastSoldEpochDay, out);
        out.int64(row.position);
        for (int purpose = Decisions.EMAIL; purpose <= Decisions.PROFILING; purpose++) {
            if (Decisions.isAsked(row.decisions, purpose)) {
                out.bool(Decisions.isGiven(row.decisions, purpose));
            } else {
                out.absent();
            }
        }
        out.bool(Decisions.isOpposed(row.decisions));
        out.bool(Decisions.isErased(row.decisions));
        out.nullableText(row.controlOf);
        out.int32(row.tierLevel);
        out.nullableText(row.tierId);
        if (row.mergedInto == 0) {
            out.absent();
        } else {
            out.int64(row.mergedInto);
        }
    }

    private static void writeDay(int epochDay, RowWriter out) {
        if (epochDay == MemberRow.NO_DAY) {
            out.absent();
        } else {
            out.int32(epochDay);
        }
    }
}
