package org.assidu.accrual.journal;

import java.security.DigestException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;

/**
 * One batch as bytes: a header, the previous batch's hash, the record frames. The hash covers the last two, which lie
 * side by side so that hashing is one call; the checksum covers what precedes it.
 *
 * <pre>
 *  0 int   magic            4 short version     6 short header length
 *  8 int   record count    12 int   length of all frames
 * 16 long  first position  24 long  forced position when it was written
 * 32       hash, 32 bytes  64 int   generation 68 int CRC32C of the bytes before
 * 72       previous hash, 32 bytes            104 frames
 * </pre>
 */
final class BatchFrame {
    static final int HEADER_BYTES = 104;
    static final int HASH_BYTES = 32;
    static final int MAGIC = 0x48425341; // "ASBH"
    static final int CHECKED_BYTES = 72;
    private static final int VERSION = 1;
    private static final int HASH_AT = 32;
    private static final int CHECKSUM_AT = 68;
    private static final int PREVIOUS_AT = 72;

    private final CRC32C crc = new CRC32C();
    private final MessageDigest digest = sha256();

    /** Fills the header of a batch whose frames already lie in {@code bytes} and writes its hash to {@code chainHead}. */
    void finish(byte[] bytes, int end, int count, long firstPosition, long forced, int generation, byte[] chainHead) {
        LittleEndian.putInt(bytes, 0, MAGIC);
        LittleEndian.putShort(bytes, 4, VERSION);
        LittleEndian.putShort(bytes, 6, HEADER_BYTES);
        LittleEndian.putInt(bytes, 8, count);
        LittleEndian.putInt(bytes, 12, end - HEADER_BYTES);
        LittleEndian.putLong(bytes, 16, firstPosition);
        LittleEndian.putLong(bytes, 24, forced);
        LittleEndian.putInt(bytes, 64, generation);
        System.arraycopy(chainHead, 0, bytes, PREVIOUS_AT, HASH_BYTES);
        hash(bytes, PREVIOUS_AT, end - PREVIOUS_AT, chainHead);
        System.arraycopy(chainHead, 0, bytes, HASH_AT, HASH_BYTES);
        LittleEndian.putInt(bytes, CHECKSUM_AT, checksum(bytes, 0));
    }

    /** What is wrong with the batch header at {@code at} of a document of {@code length} bytes, or null. */
    @Nullable
    String headerProblem(byte[] bytes, int at, int length, int generation) {
        if (length < HEADER_BYTES) {
            return "document length=" + length + ", a batch has " + HEADER_BYTES + " or more";
        }
        if (LittleEndian.intAt(bytes, at) != MAGIC) {
            return "batch magic expected=" + Integer.toHexString(MAGIC) + " actual="
                    + Integer.toHexString(LittleEndian.intAt(bytes, at));
        }
        int expected = LittleEndian.intAt(bytes, at + CHECKSUM_AT);
        int actual = checksum(bytes, at);
        if (expected != actual) {
            return "batch header checksum expected=" + Integer.toHexString(expected) + " actual="
                    + Integer.toHexString(actual);
        }
        if (LittleEndian.shortAt(bytes, at + 4) != VERSION) {
            return "batch version expected=" + VERSION + " actual=" + LittleEndian.shortAt(bytes, at + 4);
        }
        if (LittleEndian.intAt(bytes, at + 64) != generation) {
            return "batch generation expected=" + generation + " actual=" + LittleEndian.intAt(bytes, at + 64);
        }
        if (LittleEndian.intAt(bytes, at + 12) != length - HEADER_BYTES) {
            return "batch length expected=" + (HEADER_BYTES + (long) LittleEndian.intAt(bytes, at + 12)) + " actual="
                    + length;
        }
        return null;
    }

    /** What is wrong with the whole batch, which must follow {@code lastPosition} and {@code chainHead}; or null. */
    @Nullable
    String problem(byte[] bytes, int at, int length, int generation, long lastPosition, byte[] chainHead) {
        String header = headerProblem(bytes, at, length, generation);
        if (header != null) {
            return header;
        }
        if (firstPosition(bytes, at) != lastPosition + 1) {
            return "first position of batch expected=" + (lastPosition + 1) + " actual=" + firstPosition(bytes, at);
        }
        if (!Arrays.equals(bytes, at + PREVIOUS_AT, at + PREVIOUS_AT + HASH_BYTES, chainHead, 0, HASH_BYTES)) {
            return "previous hash of batch expected=" + HexFormat.of().formatHex(chainHead) + " actual="
                    + HexFormat.of().formatHex(bytes, at + PREVIOUS_AT, at + PREVIOUS_AT + HASH_BYTES);
        }
        int frame = at + HEADER_BYTES;
        int end = at + length;
        int count = count(bytes, at);
        for (int i = 0; i < count; i++) {
            String record = RecordFrame.problem(crc, bytes, frame, end, lastPosition + 1 + i);
            if (record != null) {
                return record + " (position=" + (lastPosition + 1 + i) + ")";
            }
            frame += RecordFrame.frameBytes(RecordFrame.payloadBytes(bytes, frame));
        }
        if (frame != end) {
            return "batch of " + count + " records ends after " + (frame - at) + " bytes, expected=" + length;
        }
        return hashProblem(bytes, at, length);
    }

    /** Whether the frames are those that were hashed, or null. */
    @Nullable
    String hashProblem(byte[] bytes, int at, int length) {
        byte[] actual = new byte[HASH_BYTES];
        hash(bytes, at + PREVIOUS_AT, length - PREVIOUS_AT, actual);
        if (!Arrays.equals(bytes, at + HASH_AT, at + HASH_AT + HASH_BYTES, actual, 0, HASH_BYTES)) {
            return "batch hash expected=" + HexFormat.of().formatHex(bytes, at + HASH_AT, at + HASH_AT + HASH_BYTES)
                    + " actual=" + HexFormat.of().formatHex(actual);
        }
        return null;
    }

    static int count(byte[] bytes, int at) {
        return LittleEndian.intAt(bytes, at + 8);
    }

    static int generation(byte[] bytes, int at) {
        return LittleEndian.intAt(bytes, at + 64);
    }

    static long firstPosition(byte[] bytes, int at) {
        return LittleEndian.longAt(bytes, at + 16);
    }

    static long lastPosition(byte[] bytes, int at) {
        return firstPosition(bytes, at) + count(bytes, at) - 1;
    }

    static long forcedPosition(byte[] bytes, int at) {
        return LittleEndian.longAt(bytes, at + 24);
    }

    /** Whether the first bytes of a batch header, all that its checksum covers, are those of {@code generation}. */
    boolean isHeaderOf(byte[] bytes, int at, int generation) {
        return LittleEndian.intAt(bytes, at) == MAGIC
                && LittleEndian.intAt(bytes, at + 64) == generation
                && LittleEndian.intAt(bytes, at + CHECKSUM_AT) == checksum(bytes, at);
    }

    static void copyHash(byte[] bytes, int at, byte[] target) {
        System.arraycopy(bytes, at + HASH_AT, target, 0, HASH_BYTES);
    }

    private int checksum(byte[] bytes, int at) {
        crc.reset();
        crc.update(bytes, at, CHECKSUM_AT);
        return (int) crc.getValue();
    }

    private void hash(byte[] bytes, int offset, int length, byte[] target) {
        digest.update(bytes, offset, length);
        try {
            digest.digest(target, 0, HASH_BYTES);
        } catch (DigestException e) {
            throw new IllegalStateException(e);
        }
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
