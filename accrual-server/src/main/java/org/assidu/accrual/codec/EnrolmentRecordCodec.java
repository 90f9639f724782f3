package org.assidu.accrual.codec;

import static org.assidu.accrual.codec.RecordBytes.putLong;
import static org.assidu.accrual.codec.RecordBytes.putNullableText;
import static org.assidu.accrual.codec.RecordBytes.putSigned;
import static org.assidu.accrual.codec.RecordBytes.putText;
import static org.assidu.accrual.codec.RecordBytes.textBound;

import java.util.ArrayList;
import java.util.List;
import org.assidu.accrual.model.Channel;
import org.assidu.accrual.model.MemberEnrolment;
import org.assidu.accrual.model.MemberEnrolment.Consent;
import org.jspecify.annotations.Nullable;

/**
 * Payload of ENROLMENT records: key, channel, store, terms, consents with their proof, whether the member is new. Version 1 did
 * not say the last: an enrolment of it counts as a new member's.
 */
public final class EnrolmentRecordCodec {
    static final int LAYOUT = 2;

    private static final int LEAST_CONSENT_BYTES = 5;

    private EnrolmentRecordCodec() {}

    /** Bytes that suffice for {@link #encode} of this. */
    public static int encodedSizeBound(MemberEnrolment e) {
        int bound = 3 + Long.BYTES + textBound(e.store()) + textBound(e.termsVersion()) + RecordBytes.MAX_INT_BYTES;
        for (Consent consent : e.consents()) {
            bound += 2 + RecordBytes.MAX_INT_BYTES + textBound(consent.wordingVersion()) + RecordBytes.MAX_LONG_BYTES;
        }
        return bound;
    }

    /** Writes a payload. @return the number of bytes written */
    public static int encode(MemberEnrolment e, byte[] dest, int offset) {
        int at = offset;
        dest[at++] = LAYOUT;
        at = putLong(dest, at, e.memberKey());
        dest[at++] = e.channel().code();
        at = putNullableText(dest, at, e.store());
        at = putText(dest, at, e.termsVersion());
        at = RecordBytes.putVarint(dest, at, e.consents().size());
        for (Consent consent : e.consents()) {
            at = putSigned(dest, at, consent.purpose());
            dest[at++] = (byte) (consent.granted() ? 1 : 0);
            at = putText(dest, at, consent.wordingVersion());
            dest[at++] = consent.channel().code();
            at = putSigned(dest, at, consent.givenAtMillis());
        }
        dest[at++] = (byte) (e.created() ? 1 : 0);
        return at - offset;
    }

    /** @throws RecordFormatException when the bytes are not such a payload */
    public static MemberEnrolment decode(byte[] source, int offset, int length) {
        RecordReader in = new RecordReader().open(source, offset, length);
        int version = in.layout(LAYOUT);
        long memberKey = in.fixedLong();
        Channel channel = channel(in);
        @Nullable String store = in.nullableText();
        String termsVersion = in.text();
        int count = in.count(LEAST_CONSENT_BYTES);
        List<Consent> consents = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            consents.add(consent(in));
        }
        boolean created = version == 1 || flag(in, "created");
        in.finish();
        return new MemberEnrolment(memberKey, channel, store, termsVersion, List.copyOf(consents), created);
    }

    private static Consent consent(RecordReader in) {
        int purpose = in.signedInt();
        boolean granted = flag(in, "consent granted");
        String wordingVersion = in.text();
        Channel channel = channel(in);
        return new Consent(purpose, granted, wordingVersion, channel, in.signed());
    }

    private static boolean flag(RecordReader in, String what) {
        int flag = in.unsignedByte();
        if (flag > 1) {
            throw in.failure(what + " is " + flag + ", expected 0 or 1");
        }
        return flag == 1;
    }

    private static Channel channel(RecordReader in) {
        try {
            return Channel.ofCode(in.unsignedByte());
        } catch (IllegalArgumentException unknownCode) {
            throw in.failure(String.valueOf(unknownCode.getMessage()));
        }
    }
}
