package org.assidu.accrual.codec;

import static org.assidu.accrual.codec.RecordBytes.MAX_INT_BYTES;
import static org.assidu.accrual.codec.RecordBytes.MAX_LONG_BYTES;
import static org.assidu.accrual.codec.RecordBytes.putLong;
import static org.assidu.accrual.codec.RecordBytes.putSigned;
import static org.assidu.accrual.codec.RecordBytes.putVarint;

import org.assidu.accrual.model.EventKind;
import org.assidu.accrual.model.LotKey;
import org.assidu.accrual.model.OutcomeColumns;

/** Lots, shares, context, member prices and events of an outcome: one flags byte where there are none of them. */
final class OutcomeExtras {
    private static final int LOTS = 1;
    private static final int SHARES = 2;
    private static final int CONTEXT = 4;
    private static final int PRICES = 8;
    private static final int EVENTS = 16;
    private static final int ALL = LOTS | SHARES | CONTEXT | PRICES | EVENTS;

    /** Bit of an event's kind: the receipt's own member. */
    private static final int OWN_MEMBER_KIND = 0x80;
    /** Bit of an event's kind: it is about a purse. */
    private static final int PURSE_KIND = 0x40;

    private static final int LEAST_TRIPLE_BYTES = 3;
    private static final int LEAST_CONTEXT_BYTES = 2;

    private OutcomeExtras() {}

    static long bound(OutcomeColumns o) {
        return 1L
                + 4 * MAX_INT_BYTES
                + (long) o.movements * MAX_LONG_BYTES
                + (long) (o.shares + o.prices) * (2 * MAX_INT_BYTES + MAX_LONG_BYTES)
                + (long) o.contexts * (MAX_INT_BYTES + MAX_LONG_BYTES)
                + (long) o.events * (1 + Long.BYTES + 3 * MAX_INT_BYTES + MAX_LONG_BYTES);
    }

    static int put(OutcomeColumns o, long ownMember, byte[] dest, int offset) {
        boolean lots = false;
        for (int m = 0; m < o.movements; m++) {
            lots |= o.movementLot[m] != LotKey.NONE;
        }
        int at = offset;
        dest[at++] = (byte) ((lots ? LOTS : 0)
                | (o.shares > 0 ? SHARES : 0)
                | (o.contexts > 0 ? CONTEXT : 0)
                | (o.prices > 0 ? PRICES : 0)
                | (o.events > 0 ? EVENTS : 0));
        if (lots) {
            for (int m = 0; m < o.movements; m++) {
                at = putVarint(dest, at, o.movementLot[m]);
            }
        }
        if (o.shares > 0) {
            at = putTriples(o.shares, o.shareLine, o.shareRule, o.shareMicro, dest, at);
        }
        if (o.contexts > 0) {
            at = putVarint(dest, at, o.contexts);
            for (int c = 0; c < o.contexts; c++) {
                at = putSigned(dest, at, o.contextRule[c]);
                // No limit is the usual headroom: as -1 it is one byte.
                at = putSigned(dest, at, o.contextHeadroom[c] == Long.MAX_VALUE ? -1 : o.contextHeadroom[c]);
            }
        }
        if (o.prices > 0) {
            at = putTriples(o.prices, o.priceLine, o.priceRule, o.priceMinor, dest, at);
        }
        return o.events > 0 ? putEvents(o, ownMember, dest, at) : at;
    }

    private static int putTriples(int count, int[] line, int[] rule, long[] value, byte[] dest, int offset) {
        int at = putVarint(dest, offset, count);
        for (int i = 0; i < count; i++) {
            at = putVarint(dest, at, line[i]);
            at = putSigned(dest, at, rule[i]);
            at = putSigned(dest, at, value[i]);
        }
        return at;
    }

    private static int putEvents(OutcomeColumns o, long ownMember, byte[] dest, int offset) {
        int at = putVarint(dest, offset, o.events);
        for (int e = 0; e < o.events; e++) {
            boolean own = o.eventMember[e] == ownMember;
            boolean purse = o.eventPurse[e] >= 0;
            int kind = o.eventKind[e].code() | (purse ? PURSE_KIND : 0);
            dest[at++] = (byte) (own ? kind | OWN_MEMBER_KIND : kind);
            if (!own) {
                at = putLong(dest, at, o.eventMember[e]);
            }
            at = putSigned(dest, at, o.eventRule[e]);
            at = putSigned(dest, at, o.eventValue[e]);
            if (purse) {
                at = putSigned(dest, at, o.eventPurse[e]);
                at = putSigned(dest, at, o.eventDay[e]);
            }
        }
        return at;
    }

    static void read(RecordReader in, long ownMember, OutcomeColumns o) {
        int flags = in.unsignedByte();
        if ((flags & ~ALL) != 0) {
            throw in.failure("outcome flags " + flags + " are unknown to this version");
        }
        if ((flags & LOTS) != 0) {
            for (int m = 0; m < o.movements; m++) {
                o.movementLot[m] = in.varint();
            }
        }
        int shares = (flags & SHARES) == 0 ? 0 : in.count(LEAST_TRIPLE_BYTES);
        for (int s = 0; s < shares; s++) {
            int line = line(in, o);
            int rule = in.signedInt();
            o.addShare(line, rule, in.signed());
        }
        int contexts = (flags & CONTEXT) == 0 ? 0 : in.count(LEAST_CONTEXT_BYTES);
        for (int c = 0; c < contexts; c++) {
            int rule = in.signedInt();
            long headroom = in.signed();
            o.addContext(rule, headroom < 0 ? Long.MAX_VALUE : headroom);
        }
        int prices = (flags & PRICES) == 0 ? 0 : in.count(LEAST_TRIPLE_BYTES);
        for (int p = 0; p < prices; p++) {
            int line = receiptLine(in);
            int rule = in.signedInt();
            o.addPrice(line, rule, in.signed());
        }
        int events = (flags & EVENTS) == 0 ? 0 : in.count(LEAST_TRIPLE_BYTES);
        for (int e = 0; e < events; e++) {
            int kind = in.unsignedByte();
            long member = (kind & OWN_MEMBER_KIND) != 0 ? ownMember : in.fixedLong();
            int rule = in.signedInt();
            long value = in.signed();
            boolean hasPurse = (kind & PURSE_KIND) != 0;
            int purse = hasPurse ? purse(in) : -1;
            int day = hasPurse ? in.signedInt() : 0;
            o.addEvent(EventKind.ofCode(kind & ~(OWN_MEMBER_KIND | PURSE_KIND)), member, rule, value, purse, day);
        }
    }

    private static int purse(RecordReader in) {
        int purse = in.signedInt();
        if (purse < 0) {
            throw in.failure("purse slot " + purse + " of an event");
        }
        return purse;
    }

    /** A line of the receipt, of which a chunk's outcome has only the last ones. */
    private static int receiptLine(RecordReader in) {
        long line = in.varint();
        if (line < 0 || line > Integer.MAX_VALUE) {
            throw in.failure("line index " + line + " of a member price");
        }
        return (int) line;
    }

    private static int line(RecordReader in, OutcomeColumns o) {
        long line = in.varint();
        if (line < 0 || line >= o.lines) {
            throw in.failure("line index " + line + " in an outcome of " + o.lines + " lines");
        }
        return (int) line;
    }
}
