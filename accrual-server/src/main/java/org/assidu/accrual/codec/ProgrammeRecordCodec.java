package org.assidu.accrual.codec;

import static org.assidu.accrual.codec.RecordBytes.putSigned;
import static org.assidu.accrual.codec.RecordBytes.putText;
import static org.assidu.accrual.codec.RecordBytes.textBound;

import java.util.ArrayList;
import java.util.List;

/** Payload of PROGRAMME records: version, effective from, texts, rule ids, purse ids. */
public final class ProgrammeRecordCodec {
    static final int LAYOUT = 1;

    private ProgrammeRecordCodec() {}

    /** Bytes that suffice for {@link #encode} of this. */
    public static int encodedSizeBound(ProgrammeRecord p) {
        int bound = 1 + RecordBytes.MAX_INT_BYTES + RecordBytes.MAX_LONG_BYTES;
        bound += textBound(p.sha256()) + textBound(p.canonicalText()) + textBound(p.sourceText());
        bound += textBound(p.programmeId()) + textBound(p.timeZone()) + textBound(p.currency());
        return bound + listBound(p.ruleIds()) + listBound(p.purseIds());
    }

    private static int listBound(List<String> texts) {
        int bound = RecordBytes.MAX_INT_BYTES;
        for (String text : texts) {
            bound += textBound(text);
        }
        return bound;
    }

    /** Writes a payload. @return the number of bytes written */
    public static int encode(ProgrammeRecord p, byte[] dest, int offset) {
        int at = offset;
        dest[at++] = LAYOUT;
        at = putSigned(dest, at, p.version());
        at = putSigned(dest, at, p.effectiveFromMillis());
        at = putText(dest, at, p.programmeId());
        at = putText(dest, at, p.timeZone());
        at = putText(dest, at, p.currency());
        at = putText(dest, at, p.sha256());
        at = putText(dest, at, p.canonicalText());
        at = putText(dest, at, p.sourceText());
        at = putList(p.ruleIds(), dest, at);
        return putList(p.purseIds(), dest, at) - offset;
    }

    private static int putList(List<String> texts, byte[] dest, int offset) {
        int at = RecordBytes.putVarint(dest, offset, texts.size());
        for (String text : texts) {
            at = putText(dest, at, text);
        }
        return at;
    }

    /** @throws RecordFormatException when the bytes are not such a payload */
    public static ProgrammeRecord decode(byte[] source, int offset, int length) {
        RecordReader in = new RecordReader().open(source, offset, length);
        in.layout(LAYOUT);
        int version = in.signedInt();
        long effectiveFromMillis = in.signed();
        String programmeId = in.text();
        String timeZone = in.text();
        String currency = in.text();
        String sha256 = in.text();
        String canonicalText = in.text();
        String sourceText = in.text();
        List<String> ruleIds = list(in);
        List<String> purseIds = list(in);
        in.finish();
        return new ProgrammeRecord(
                version,
                sha256,
                canonicalText,
                sourceText,
                programmeId,
                effectiveFromMillis,
                timeZone,
                currency,
                ruleIds,
                purseIds);
    }

    private static List<String> list(RecordReader in) {
        int count = in.count(1);
        List<String> texts = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            texts.add(in.text());
        }
        return texts;
    }
}
