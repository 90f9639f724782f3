package org.assidu.accrual.codec;

import static org.assidu.accrual.codec.RecordBytes.putLong;
import static org.assidu.accrual.codec.RecordBytes.putSigned;
import static org.assidu.accrual.codec.RecordBytes.putText;
import static org.assidu.accrual.codec.RecordBytes.textBound;

import org.assidu.accrual.model.Channel;
import org.assidu.accrual.model.PrivacyEvent;

/** Payload of PRIVACY records. */
public final class PrivacyRecordCodec {
    static final int LAYOUT = 1;

    private PrivacyRecordCodec() {}

    /** Bytes that suffice for {@link #encode} of this. */
    public static int encodedSizeBound(PrivacyEvent event) {
        return 4
                + Long.BYTES
                + RecordBytes.MAX_INT_BYTES
                + textBound(event.wordingVersion())
                + RecordBytes.MAX_LONG_BYTES;
    }

    /** Writes a payload. @return the number of bytes written */
    public static int encode(PrivacyEvent event, byte[] dest, int offset) {
        int at = offset;
        dest[at++] = LAYOUT;
        at = putLong(dest, at, event.memberKey());
        dest[at++] = (byte) event.action().code();
        at = putSigned(dest, at, event.purpose());
        dest[at++] = (byte) (event.granted() ? 1 : 0);
        at = putText(dest, at, event.wordingVersion());
        dest[at++] = event.channel().code();
        at = putSigned(dest, at, event.givenAtMillis());
        return at - offset;
    }

    /** @throws RecordFormatException when the bytes are not such a payload */
    public static PrivacyEvent decode(byte[] source, int offset, int length) {
        RecordReader in = new RecordReader().open(source, offset, length);
        in.layout(LAYOUT);
        long memberKey = in.fixedLong();
        try {
            PrivacyEvent.Action action = PrivacyEvent.Action.ofCode(in.unsignedByte());
            int purpose = in.signedInt();
            int granted = in.unsignedByte();
            if (granted > 1) {
                throw in.failure("granted is " + granted + ", expected 0 or 1");
            }
            PrivacyEvent event = new PrivacyEvent(
                    memberKey,
                    action,
                    purpose,
                    granted == 1,
                    in.text(),
                    Channel.ofCode(in.unsignedByte()),
                    in.signed());
            in.finish();
            return event;
        } catch (IllegalArgumentException unknownCode) {
            throw in.failure(String.valueOf(unknownCode.getMessage()));
        }
    }
}
