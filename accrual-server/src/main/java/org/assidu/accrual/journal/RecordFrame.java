package org.assidu.accrual.journal;

import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;

/**
 * One record as bytes, padded with zeros to a multiple of 8.
 *
 * <pre>
 *  0 int   CRC32C of everything behind it, padding left out
 *  4 short magic        6 byte version     7 byte 0
 *  8 int   type        12 int  payload length
 * 16 long  position    24 long time, epoch milliseconds
 * 32       payload
 * </pre>
 */
final class RecordFrame {
    static final int HEADER_BYTES = 32;
    private static final short MAGIC = (short) 0xA5D1;
    private static final byte VERSION = 1;

    private RecordFrame() {}

    static int frameBytes(int payloadBytes) {
        return (HEADER_BYTES + payloadBytes + 7) & ~7;
    }

    static int write(
            CRC32C crc,
            byte[] target,
            int at,
            int type,
            long position,
            long timeMillis,
            byte[] payload,
            int offset,
            int length) {
        LittleEndian.putShort(target, at + 4, MAGIC);
        target[at + 6] = VERSION;
        target[at + 7] = 0;
        LittleEndian.putInt(target, at + 8, type);
        LittleEndian.putInt(target, at + 12, length);
        LittleEndian.putLong(target, at + 16, position);
        LittleEndian.putLong(target, at + 24, timeMillis);
        System.arraycopy(payload, offset, target, at + HEADER_BYTES, length);
        int end = at + frameBytes(length);
        for (int i = at + HEADER_BYTES + length; i < end; i++) {
            target[i] = 0;
        }
        LittleEndian.putInt(target, at, checksum(crc, target, at, length));
        return end;
    }

    static int type(byte[] bytes, int at) {
        return LittleEndian.intAt(bytes, at + 8);
    }

    static int payloadBytes(byte[] bytes, int at) {
        return LittleEndian.intAt(bytes, at + 12);
    }

    static long position(byte[] bytes, int at) {
        return LittleEndian.longAt(bytes, at + 16);
    }

    static long timeMillis(byte[] bytes, int at) {
        return LittleEndian.longAt(bytes, at + 24);
    }

    /** What is wrong with the frame at {@code at}, which must be that of {@code position} and end by {@code end}; or null. */
    static @Nullable String problem(CRC32C crc, byte[] bytes, int at, int end, long position) {
        String lengthProblem = lengthProblem(bytes, at, end);
        if (lengthProblem != null) {
            return lengthProblem;
        }
        int length = payloadBytes(bytes, at);
        int expected = LittleEndian.intAt(bytes, at);
        int actual = checksum(crc, bytes, at, length);
        if (expected != actual) {
            return "record checksum expected=" + Integer.toHexString(expected) + " actual="
                    + Integer.toHexString(actual);
        }
        if (position(bytes, at) != position) {
            return "record position expected=" + position + " actual=" + position(bytes, at);
        }
        return null;
    }

    /** Why the frame at {@code at} cannot even be stepped over, or null. */
    static @Nullable String lengthProblem(byte[] bytes, int at, int end) {
        if (end - at < HEADER_BYTES) {
            return "record header needs " + HEADER_BYTES + " bytes, the batch has " + (end - at) + " left";
        }
        if (LittleEndian.shortAt(bytes, at + 4) != MAGIC || bytes[at + 6] != VERSION || bytes[at + 7] != 0) {
            return "record magic and version expected=" + Integer.toHexString((VERSION << 16) | (MAGIC & 0xffff))
                    + " actual=" + Integer.toHexString(LittleEndian.intAt(bytes, at + 4));
        }
        int length = payloadBytes(bytes, at);
        if (length < 0 || length > end - at - HEADER_BYTES) {
            return "record payload length=" + length + " but the batch has " + (end - at - HEADER_BYTES)
                    + " bytes left";
        }
        return null;
    }

    private static int checksum(CRC32C crc, byte[] bytes, int at, int payloadBytes) {
        crc.reset();
        crc.update(bytes, at + 4, HEADER_BYTES - 4 + payloadBytes);
        return (int) crc.getValue();
    }
}
