package org.assidu.accrual.replay;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.Locale;
import org.assidu.accrual.codec.EnrolmentRecordCodec;
import org.assidu.accrual.codec.EpochRecordCodec;
import org.assidu.accrual.codec.OperationRecordCodec;
import org.assidu.accrual.codec.PrivacyRecordCodec;
import org.assidu.accrual.codec.ProductsRecordCodec;
import org.assidu.accrual.codec.ProgrammeRecord;
import org.assidu.accrual.codec.ProgrammeRecordCodec;
import org.assidu.accrual.codec.ReceiptRecordCodec;
import org.assidu.accrual.codec.RecordContext;
import org.assidu.accrual.codec.StoresRecordCodec;
import org.assidu.accrual.journal.JournalReader;
import org.assidu.accrual.model.MemberEnrolment;
import org.assidu.accrual.model.Operation;
import org.assidu.accrual.model.OutcomeColumns;
import org.assidu.accrual.model.Points;
import org.assidu.accrual.model.PrivacyEvent;
import org.assidu.accrual.model.ReceiptColumns;
import org.assidu.accrual.model.RecordType;

/** Writes records for people, as one line each: plain text, or JSON for scripts. */
public final class JournalDump {
    private final JsonFactory factory = new JsonFactory();
    private final ReceiptRecordCodec codec = new ReceiptRecordCodec();
    private final ReceiptColumns receipt = new ReceiptColumns();
    private final OutcomeColumns outcome = new OutcomeColumns();
    private final RecordContext context = new RecordContext();

    /** The record under the cursor as a line of text. */
    public String text(JournalReader record) {
        RecordType type = RecordType.ofCode(record.type());
        String what = switch (type) {
            case RECEIPT, CHUNK, VOID -> receiptText(record);
            case PROGRAMME -> {
                ProgrammeRecord programme = programme(record);
                yield programme.programmeId() + " version " + programme.version() + " from "
                        + Instant.ofEpochMilli(programme.effectiveFromMillis());
            }
            case ENROLMENT -> "member " + key(enrolment(record).memberKey());
            case PRIVACY -> {
                PrivacyEvent event = privacy(record);
                yield event.action() + " of member " + key(event.memberKey());
            }
            case EPOCH -> "epoch " + epoch(record);
            case PRODUCTS ->
                ProductsRecordCodec.decode(record.buffer(), record.offset(), record.length())
                                .size()
                        + " products";
            case STORES ->
                StoresRecordCodec.decode(record.buffer(), record.offset(), record.length())
                                .size()
                        + " stores";
            case OPERATION -> {
                Operation operation = operation(record);
                yield operation.kind() + " member " + key(operation.memberKey()) + " " + operation.subject() + " "
                        + operation.amount() + ": " + outcome.movements + " movements, " + outcome.events + " events";
            }
        };
        return String.format(
                Locale.ROOT, "%d %s %s %s", record.position(), Instant.ofEpochMilli(record.timeMillis()), type, what);
    }

    private String receiptText(JournalReader record) {
        decode(record);
        return String.format(
                Locale.ROOT,
                "%s sold %s member %s %s, %d lines, %s %s: %s, %s points, balance %s",
                OutcomeVerifier.nameOf(receipt),
                Instant.ofEpochMilli(receipt.soldAtMillis),
                key(receipt.memberKey),
                receipt.memberFact,
                receipt.lines,
                amount(receipt.totalMinor()),
                ReceiptColumns.currencyCode(receipt.currency),
                outcome.status,
                Points.format(outcome.pointsMicro),
                Points.format(outcome.balanceMicro));
    }

    /** The record under the cursor as one JSON object without line breaks. */
    public String json(JournalReader record) {
        StringWriter text = new StringWriter();
        try (JsonGenerator json = factory.createGenerator(text)) {
            RecordType type = RecordType.ofCode(record.type());
            json.writeStartObject();
            json.writeNumberField("position", record.position());
            json.writeStringField("type", type.name());
            json.writeNumberField("time_millis", record.timeMillis());
            json.writeNumberField("bytes", record.length());
            switch (type) {
                case RECEIPT, CHUNK, VOID -> writeReceipt(json, record);
                case PROGRAMME -> writeProgramme(json, programme(record));
                case ENROLMENT -> writeEnrolment(json, enrolment(record));
                case OPERATION -> writeOperation(json, operation(record));
                case PRIVACY -> {
                    json.writeStringField("member_key", key(privacy(record).memberKey()));
                    json.writeStringField("action", privacy(record).action().name());
                }
                case EPOCH -> json.writeNumberField("epoch", epoch(record));
                case PRODUCTS ->
                    json.writeNumberField(
                            "products",
                            ProductsRecordCodec.decode(record.buffer(), record.offset(), record.length())
                                    .size());
                case STORES ->
                    json.writeNumberField(
                            "stores",
                            StoresRecordCodec.decode(record.buffer(), record.offset(), record.length())
                                    .size());
            }
            json.writeEndObject();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return text.toString();
    }

    private void writeReceipt(JsonGenerator json, JournalReader record) throws IOException {
        decode(record);
        json.writeNumberField("semantics_version", context.semanticsVersion);
        json.writeNumberField("previous_position", context.previousPosition);
        json.writeStringField("store", receipt.string(receipt.store));
        json.writeStringField("till", receipt.string(receipt.till));
        json.writeNumberField("series", receipt.series);
        json.writeNumberField("number", receipt.number);
        json.writeNumberField("business_date", receipt.businessDate);
        json.writeNumberField("sold_at_millis", receipt.soldAtMillis);
        json.writeStringField("currency", ReceiptColumns.currencyCode(receipt.currency));
        json.writeStringField("member_key", key(receipt.memberKey));
        json.writeStringField("member_fact", receipt.memberFact.name());
        json.writeStringField("phase", receipt.phase.name());
        json.writeNumberField("chunk", receipt.chunk);
        json.writeStringField("status", outcome.status.name());
        json.writeNumberField("programme_version", outcome.programmeVersion);
        json.writeNumberField("points_micro", outcome.pointsMicro);
        json.writeNumberField("balance_micro", outcome.balanceMicro);
        writeLines(json);
        writeMovements(json);
        writeEvents(json);
    }

    private void writeOperation(JsonGenerator json, Operation operation) throws IOException {
        json.writeNumberField("semantics_version", context.semanticsVersion);
        json.writeNumberField("previous_position", context.previousPosition);
        json.writeStringField("kind", operation.kind().name());
        json.writeStringField("member_key", key(operation.memberKey()));
        json.writeStringField("other_member_key", key(operation.otherMemberKey()));
        json.writeStringField("subject", operation.subject());
        json.writeStringField("idempotency_key", operation.idempotencyKey());
        json.writeNumberField("amount", operation.amount());
        json.writeNumberField("at_millis", operation.atMillis());
        json.writeStringField("author", operation.author());
        json.writeStringField("reason", operation.reason());
        json.writeArrayFieldStart("details");
        for (String detail : operation.details()) {
            json.writeString(detail);
        }
        json.writeEndArray();
        json.writeNumberField("programme_version", outcome.programmeVersion);
        writeMovements(json);
        writeEvents(json);
    }

    private void writeEvents(JsonGenerator json) throws IOException {
        json.writeArrayFieldStart("events");
        for (int e = 0; e < outcome.events; e++) {
            json.writeStartObject();
            json.writeStringField("kind", outcome.eventKind[e].name());
            json.writeStringField("member_key", key(outcome.eventMember[e]));
            json.writeNumberField("rule", outcome.eventRule[e]);
            json.writeNumberField("value", outcome.eventValue[e]);
            if (outcome.eventPurse[e] >= 0) {
                json.writeNumberField("purse", outcome.eventPurse[e]);
                json.writeNumberField("epoch_day", outcome.eventDay[e]);
            }
            json.writeEndObject();
        }
        json.writeEndArray();
    }

    private void writeMovements(JsonGenerator json) throws IOException {
        json.writeArrayFieldStart("movements");
        for (int m = 0; m < outcome.movements; m++) {
            json.writeStartObject();
            json.writeStringField("member_key", key(outcome.movementMember[m]));
            json.writeNumberField("purse", outcome.movementPurse[m]);
            json.writeStringField("kind", outcome.movementKind[m].name());
            json.writeNumberField("points_micro", outcome.movementMicro[m]);
            json.writeNumberField("rule", outcome.movementRule[m]);
            json.writeNumberField("programme_version", outcome.movementVersion[m]);
            json.writeNumberField("lot", outcome.movementLot[m]);
            json.writeEndObject();
        }
        json.writeEndArray();
    }

    private void writeLines(JsonGenerator json) throws IOException {
        json.writeArrayFieldStart("lines");
        for (int line = 0; line < receipt.lines; line++) {
            json.writeStartObject();
            json.writeStringField("sku", receipt.string(receipt.sku[line]));
            json.writeNumberField("quantity_thousandths", receipt.quantityThousandths[line]);
            json.writeNumberField("amount_minor", receipt.amountMinor[line]);
            if (line < outcome.lines) {
                json.writeStringField("status", outcome.lineStatus[line].name());
                json.writeNumberField("points_micro", outcome.linePointsMicro[line]);
            }
            json.writeEndObject();
        }
        json.writeEndArray();
    }

    private static void writeProgramme(JsonGenerator json, ProgrammeRecord programme) throws IOException {
        json.writeStringField("programme_id", programme.programmeId());
        json.writeNumberField("version", programme.version());
        json.writeNumberField("effective_from_millis", programme.effectiveFromMillis());
        json.writeStringField("sha256", programme.sha256());
        json.writeFieldName("document");
        json.writeRawValue(programme.canonicalText());
    }

    private static void writeEnrolment(JsonGenerator json, MemberEnrolment enrolment) throws IOException {
        json.writeStringField("member_key", key(enrolment.memberKey()));
        json.writeStringField("channel", enrolment.channel().name());
        json.writeStringField("terms_version", enrolment.termsVersion());
        json.writeNumberField("consents", enrolment.consents().size());
    }

    private Operation operation(JournalReader record) {
        return OperationRecordCodec.decode(record.buffer(), record.offset(), record.length(), outcome, context);
    }

    private void decode(JournalReader record) {
        codec.decode(record.buffer(), record.offset(), record.length(), receipt, outcome, context);
    }

    private static ProgrammeRecord programme(JournalReader record) {
        return ProgrammeRecordCodec.decode(record.buffer(), record.offset(), record.length());
    }

    private static MemberEnrolment enrolment(JournalReader record) {
        return EnrolmentRecordCodec.decode(record.buffer(), record.offset(), record.length());
    }

    private static long epoch(JournalReader record) {
        return EpochRecordCodec.decode(record.buffer(), record.offset(), record.length());
    }

    private static PrivacyEvent privacy(JournalReader record) {
        return PrivacyRecordCodec.decode(record.buffer(), record.offset(), record.length());
    }

    private static String key(long memberKey) {
        return memberKey == 0 ? "-" : String.format(Locale.ROOT, "%016x", memberKey);
    }

    private static String amount(long minor) {
        return String.format(
                Locale.ROOT, "%s%d.%02d", minor < 0 ? "-" : "", Math.abs(minor / 100), Math.abs(minor % 100));
    }
}
