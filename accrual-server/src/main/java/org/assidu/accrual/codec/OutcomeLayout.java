package org.assidu.accrual.codec;

import static org.assidu.accrual.codec.RecordBytes.MAX_INT_BYTES;
import static org.assidu.accrual.codec.RecordBytes.MAX_LONG_BYTES;
import static org.assidu.accrual.codec.RecordBytes.putLong;
import static org.assidu.accrual.codec.RecordBytes.putSigned;
import static org.assidu.accrual.codec.RecordBytes.putVarint;

import org.assidu.accrual.model.LineStatus;
import org.assidu.accrual.model.MovementKind;
import org.assidu.accrual.model.OutcomeColumns;
import org.assidu.accrual.model.ReceiptField;
import org.assidu.accrual.model.ReceiptStatus;

/**
 * The outcome's part of a receipt record. Movements and counter changes nearly always concern the receipt's own member and
 * the version that priced it, so another member's key is written only where it differs, and versions as differences. What
 * only programmes beyond the base have comes last, behind flags: {@link OutcomeExtras}.
 */
final class OutcomeLayout {
    /** Bit of a movement's kind, or of a counter's slot doubled: the receipt's own member. */
    private static final int OWN_MEMBER_KIND = 0x80;

    private static final int LEAST_LINE_BYTES = 3;
    private static final int LEAST_MOVEMENT_BYTES = 5;
    private static final int LEAST_COUNTER_BYTES = 2;
    private static final int LEAST_ALERT_BYTES = 2;

    private OutcomeLayout() {}

    static long bound(OutcomeColumns o) {
        return OutcomeExtras.bound(o)
                + 2L
                + 7 * MAX_INT_BYTES
                + 2 * MAX_LONG_BYTES
                + (long) o.lines * (1 + 2 * MAX_LONG_BYTES)
                + (long) o.movements * (1 + Long.BYTES + MAX_LONG_BYTES + 3 * MAX_INT_BYTES)
                + (long) o.counterChanges * (Long.BYTES + 2 * MAX_LONG_BYTES)
                + (long) o.alerts * (2 * MAX_INT_BYTES);
    }

    static int put(OutcomeColumns o, long ownMember, byte[] dest, int offset) {
        int at = offset;
        dest[at++] = o.status.code();
        dest[at++] = o.conflict.code();
        at = putSigned(dest, at, o.conflictLine);
        at = putSigned(dest, at, o.expectedChunk);
        at = putSigned(dest, at, o.programmeVersion);
        at = putSigned(dest, at, o.pointsMicro);
        at = putSigned(dest, at, o.balanceMicro);
        at = putVarint(dest, at, o.lines);
        for (int line = 0; line < o.lines; line++) {
            dest[at++] = o.lineStatus[line].code();
            at = putSigned(dest, at, o.eligible[line]);
            at = putSigned(dest, at, o.linePointsMicro[line]);
        }
        at = putMovements(o, ownMember, dest, at);
        at = putCounterChanges(o, ownMember, dest, at);
        at = putVarint(dest, at, o.alerts);
        for (int a = 0; a < o.alerts; a++) {
            at = putSigned(dest, at, o.alertReward[a]);
            at = putSigned(dest, at, o.alertCount[a]);
        }
        return OutcomeExtras.put(o, ownMember, dest, at);
    }

    private static int putMovements(OutcomeColumns o, long ownMember, byte[] dest, int offset) {
        int at = putVarint(dest, offset, o.movements);
        for (int m = 0; m < o.movements; m++) {
            boolean own = o.movementMember[m] == ownMember;
            int kind = o.movementKind[m].code();
            dest[at++] = (byte) (own ? kind | OWN_MEMBER_KIND : kind);
            if (!own) {
                at = putLong(dest, at, o.movementMember[m]);
            }
            at = putSigned(dest, at, o.movementPurse[m]);
            at = putSigned(dest, at, o.movementMicro[m]);
            at = putSigned(dest, at, o.movementRule[m]);
            at = putSigned(dest, at, o.movementVersion[m] - o.programmeVersion);
        }
        return at;
    }

    private static int putCounterChanges(OutcomeColumns o, long ownMember, byte[] dest, int offset) {
        int at = putVarint(dest, offset, o.counterChanges);
        for (int c = 0; c < o.counterChanges; c++) {
            boolean own = o.counterMember[c] == ownMember;
            at = putSigned(dest, at, (long) o.counterSlot[c] << 1 | (own ? 1 : 0));
            if (!own) {
                at = putLong(dest, at, o.counterMember[c]);
            }
            at = putSigned(dest, at, o.counterDelta[c]);
        }
        return at;
    }

    /** @param extras whether the layout has them */
    static void read(RecordReader in, long ownMember, boolean extras, OutcomeColumns o) {
        o.reset(ReceiptStatus.ofCode(in.unsignedByte()), 0);
        o.conflict = ReceiptField.ofCode(in.unsignedByte());
        o.conflictLine = in.signedInt();
        o.expectedChunk = in.signedInt();
        o.programmeVersion = in.signedInt();
        o.pointsMicro = in.signed();
        o.balanceMicro = in.signed();
        readLines(in, o);
        int movements = in.count(LEAST_MOVEMENT_BYTES);
        for (int m = 0; m < movements; m++) {
            int kind = in.unsignedByte();
            long member = (kind & OWN_MEMBER_KIND) != 0 ? ownMember : in.fixedLong();
            MovementKind movementKind = MovementKind.ofCode(kind & ~OWN_MEMBER_KIND);
            int purse = in.signedInt();
            long micro = in.signed();
            int rule = in.signedInt();
            int version = in.signedInt() + o.programmeVersion;
            o.addMovement(member, purse, movementKind, micro, rule, version);
        }
        int changes = in.count(LEAST_COUNTER_BYTES);
        for (int c = 0; c < changes; c++) {
            long slot = in.signed();
            if (slot >> 1 != (int) (slot >> 1)) {
                throw in.failure("counter slot " + (slot >> 1) + " where at most 32 bits were expected");
            }
            long member = (slot & 1) != 0 ? ownMember : in.fixedLong();
            o.addCounterChange(member, (int) (slot >> 1), in.signed());
        }
        int alerts = in.count(LEAST_ALERT_BYTES);
        for (int a = 0; a < alerts; a++) {
            int reward = in.signedInt();
            o.addAlert(reward, in.signedInt());
        }
        if (extras) {
            OutcomeExtras.read(in, ownMember, o);
        }
    }

    private static void readLines(RecordReader in, OutcomeColumns o) {
        int lines = in.count(LEAST_LINE_BYTES);
        if (lines > o.lineStatus.length) {
            int size = Math.max(lines, o.lineStatus.length * 2);
            o.lineStatus = new LineStatus[size];
            o.eligible = new long[size];
            o.linePointsMicro = new long[size];
        }
        o.lines = lines;
        for (int line = 0; line < lines; line++) {
            o.lineStatus[line] = LineStatus.ofCode(in.unsignedByte());
            o.eligible[line] = in.signed();
            o.linePointsMicro[line] = in.signed();
        }
    }
}
