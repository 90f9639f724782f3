package org.assidu.accrual.codec;

import static org.assidu.accrual.codec.RecordBytes.MAX_INT_BYTES;
import static org.assidu.accrual.codec.RecordBytes.MAX_LONG_BYTES;
import static org.assidu.accrual.codec.RecordBytes.putLong;
import static org.assidu.accrual.codec.RecordBytes.putSigned;
import static org.assidu.accrual.codec.RecordBytes.putText;
import static org.assidu.accrual.codec.RecordBytes.putVarint;
import static org.assidu.accrual.codec.RecordBytes.textBound;

import java.util.ArrayList;
import java.util.List;
import org.assidu.accrual.model.Operation;
import org.assidu.accrual.model.OperationKind;
import org.assidu.accrual.model.OutcomeColumns;

/** Payload of OPERATION records: semantics, previous position, input, outcome as {@link OutcomeLayout} has it. */
public final class OperationRecordCodec {
    static final int LAYOUT = 1;

    private OperationRecordCodec() {}

    /** Bytes that suffice for {@link #encode} of these. */
    public static int encodedSizeBound(Operation op, OutcomeColumns o) {
        long bound = 2L + 2 * MAX_INT_BYTES + 4 * MAX_LONG_BYTES + 2 * Long.BYTES;
        bound += textBound(op.subject()) + textBound(op.idempotencyKey());
        bound += textBound(op.author()) + textBound(op.reason());
        for (String detail : op.details()) {
            bound += textBound(detail);
        }
        return Math.toIntExact(bound + OutcomeLayout.bound(o));
    }

    /** Writes a payload; of the context, received-at is not kept. @return the number of bytes written */
    public static int encode(Operation op, OutcomeColumns o, RecordContext context, byte[] dest, int offset) {
        int at = offset;
        dest[at++] = LAYOUT;
        dest[at++] = op.kind().code();
        at = putSigned(dest, at, context.semanticsVersion);
        at = putVarint(dest, at, context.previousPosition);
        at = putLong(dest, at, op.memberKey());
        at = putLong(dest, at, op.otherMemberKey());
        at = putText(dest, at, op.subject());
        at = putText(dest, at, op.idempotencyKey());
        at = putSigned(dest, at, op.amount());
        at = putSigned(dest, at, op.atMillis());
        at = putText(dest, at, op.author());
        at = putText(dest, at, op.reason());
        at = putVarint(dest, at, op.details().size());
        for (String detail : op.details()) {
            at = putText(dest, at, detail);
        }
        return OutcomeLayout.put(o, op.memberKey(), dest, at) - offset;
    }

    /**
     * Reads a payload.
     *
     * @param o receives the outcome
     * @param context receives semantics version and previous position
     * @throws RecordFormatException when the bytes are not such a payload
     */
    public static Operation decode(byte[] source, int offset, int length, OutcomeColumns o, RecordContext context) {
        RecordReader in = new RecordReader().open(source, offset, length);
        try {
            in.layout(LAYOUT);
            OperationKind kind = OperationKind.ofCode(in.unsignedByte());
            context.set(0, 0, in.signedInt());
            context.previousPosition = in.varint();
            long memberKey = in.fixedLong();
            long otherMemberKey = in.fixedLong();
            String subject = in.text();
            String idempotencyKey = in.text();
            long amount = in.signed();
            long atMillis = in.signed();
            String author = in.text();
            String reason = in.text();
            int count = in.count(1);
            List<String> details = new ArrayList<>(count);
            for (int i = 0; i < count; i++) {
                details.add(in.text());
            }
            OutcomeLayout.read(in, memberKey, true, o);
            in.finish();
            return new Operation(
                    kind,
                    memberKey,
                    otherMemberKey,
                    subject,
                    idempotencyKey,
                    amount,
                    atMillis,
                    author,
                    reason,
                    List.copyOf(details));
        } catch (IllegalArgumentException unknownCode) {
            throw in.failure(String.valueOf(unknownCode.getMessage()));
        }
    }
}
