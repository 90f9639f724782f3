package org.assidu.accrual.journal;

import java.util.Arrays;
import java.util.HexFormat;
import java.util.UUID;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;

/**
 * The first document of a generation: repeats where the one before ended. It takes no position.
 *
 * <pre>
 *  0 int  magic              4 short version    6 short length
 *  8 int  generation        12 int   CRC32C of all the other bytes
 * 16 long previous position 24 long  time, epoch milliseconds   32 boot id, two longs
 * 48      previous hash, 32 bytes
 * </pre>
 */
final class GenerationHeader {
    static final int BYTES = 80;
    private static final int MAGIC = 0x4e475341; // "ASGN"
    private static final int VERSION = 1;

    private GenerationHeader() {}

    static byte[] encode(int generation, long previousPosition, byte[] previousHash, long timeMillis, UUID bootId) {
        byte[] bytes = new byte[BYTES];
        LittleEndian.putInt(bytes, 0, MAGIC);
        LittleEndian.putShort(bytes, 4, VERSION);
        LittleEndian.putShort(bytes, 6, BYTES);
        LittleEndian.putInt(bytes, 8, generation);
        LittleEndian.putLong(bytes, 16, previousPosition);
        LittleEndian.putLong(bytes, 24, timeMillis);
        LittleEndian.putLong(bytes, 32, bootId.getMostSignificantBits());
        LittleEndian.putLong(bytes, 40, bootId.getLeastSignificantBits());
        System.arraycopy(previousHash, 0, bytes, 48, BatchFrame.HASH_BYTES);
        LittleEndian.putInt(bytes, 12, checksum(bytes, 0));
        return bytes;
    }

    /** When the generation was started, epoch milliseconds. */
    static long timeMillis(byte[] bytes, int at) {
        return LittleEndian.longAt(bytes, at + 24);
    }

    static boolean isHeader(byte[] bytes, int at, int length) {
        return length == BYTES && LittleEndian.intAt(bytes, at) == MAGIC;
    }

    static @Nullable String problem(
            byte[] bytes, int at, int length, int generation, long previousPosition, byte[] previousHash) {
        if (!isHeader(bytes, at, length)) {
            return "a generation starts with a document of " + BYTES + " bytes and magic=" + Integer.toHexString(MAGIC)
                    + ", this one has length=" + length;
        }
        int expected = LittleEndian.intAt(bytes, at + 12);
        int actual = checksum(bytes, at);
        if (expected != actual || LittleEndian.intAt(bytes, at + 4) != (VERSION | BYTES << 16)) {
            return "generation header checksum expected=" + Integer.toHexString(expected) + " actual="
                    + Integer.toHexString(actual);
        }
        if (LittleEndian.intAt(bytes, at + 8) != generation) {
            return "generation expected=" + generation + " actual=" + LittleEndian.intAt(bytes, at + 8);
        }
        if (LittleEndian.longAt(bytes, at + 16) != previousPosition) {
            return "generation follows position expected=" + previousPosition + " actual="
                    + LittleEndian.longAt(bytes, at + 16);
        }
        if (!Arrays.equals(bytes, at + 48, at + BYTES, previousHash, 0, BatchFrame.HASH_BYTES)) {
            return "generation follows hash expected=" + HexFormat.of().formatHex(previousHash) + " actual="
                    + HexFormat.of().formatHex(bytes, at + 48, at + BYTES);
        }
        return null;
    }

    private static int checksum(byte[] bytes, int at) {
        CRC32C crc = new CRC32C();
        crc.update(bytes, at, 12);
        crc.update(bytes, at + 16, BYTES - 16);
        return (int) crc.getValue();
    }
}
