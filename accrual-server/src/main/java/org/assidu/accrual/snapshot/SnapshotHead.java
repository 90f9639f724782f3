package org.assidu.accrual.snapshot;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.zip.CRC32C;

/**
 * What a snapshot says about itself, in its first bytes.
 *
 * <pre>
 *  0 long  magic           8 int  format            12 int  image version
 * 16 int   semantics      20 int  CRC32C of all the others
 * 24 long  position       32 long state hash        40 long journal time   48 long time of writing
 * 56 chain hash, 64 hexadecimal digits
 * </pre>
 *
 * @param position of the journal that the state reflects: the last one of a batch
 * @param chainHash of that batch, 64 hexadecimal digits
 * @param stateHash of the engine
 * @param imageVersion how the state is written
 * @param semanticsVersion of the engine that wrote it
 * @param journalMillis latest journal time until then
 * @param takenAtMillis wall clock when it was written
 */
public record SnapshotHead(
        long position,
        String chainHash,
        long stateHash,
        int imageVersion,
        int semanticsVersion,
        long journalMillis,
        long takenAtMillis) {
    static final int BYTES = 120;
    static final long MAGIC = 0x54414e5355535341L; // "ASSUSNAT"
    static final int FORMAT = 1;
    private static final int CHECKSUM_AT = 20;
    private static final int CHAIN_AT = 56;
    private static final int CHAIN_DIGITS = 64;

    public SnapshotHead {
        if (!chainHash.matches("[0-9a-f]{" + CHAIN_DIGITS + "}")) {
            throw new IllegalArgumentException("chain hash \"" + chainHash + "\", expected 64 hexadecimal digits");
        }
    }

    ByteBuffer encode() {
        ByteBuffer bytes = ByteBuffer.allocate(BYTES).order(ByteOrder.LITTLE_ENDIAN);
        bytes.putLong(MAGIC).putInt(FORMAT).putInt(imageVersion).putInt(semanticsVersion);
        bytes.putInt(0);
        bytes.putLong(position).putLong(stateHash).putLong(journalMillis).putLong(takenAtMillis);
        bytes.put(chainHash.getBytes(StandardCharsets.US_ASCII));
        bytes.putInt(CHECKSUM_AT, checksum(bytes));
        return bytes.flip();
    }

    /** @throws SnapshotException when the bytes are not those of a head, or of a format that this version does not know */
    static SnapshotHead decode(ByteBuffer bytes) {
        if (bytes.remaining() < BYTES) {
            throw new SnapshotException("it has " + bytes.remaining() + " bytes, its head alone needs " + BYTES);
        }
        bytes.order(ByteOrder.LITTLE_ENDIAN);
        if (bytes.getLong(0) != MAGIC) {
            throw new SnapshotException("it does not begin like a snapshot");
        }
        if (bytes.getInt(8) != FORMAT) {
            throw new SnapshotException("format=" + bytes.getInt(8) + ", this version reads format=" + FORMAT);
        }
        int expected = bytes.getInt(CHECKSUM_AT);
        int actual = checksum(bytes);
        if (expected != actual) {
            throw new SnapshotException("checksum of the head expected=" + Integer.toHexString(expected) + " actual="
                    + Integer.toHexString(actual));
        }
        byte[] digits = new byte[CHAIN_DIGITS];
        bytes.get(CHAIN_AT, digits);
        return new SnapshotHead(
                bytes.getLong(24),
                new String(digits, StandardCharsets.US_ASCII),
                bytes.getLong(32),
                bytes.getInt(12),
                bytes.getInt(16),
                bytes.getLong(40),
                bytes.getLong(48));
    }

    private static int checksum(ByteBuffer bytes) {
        CRC32C crc = new CRC32C();
        byte[] all = new byte[BYTES];
        bytes.get(0, all);
        crc.update(all, 0, CHECKSUM_AT);
        crc.update(all, CHECKSUM_AT + Integer.BYTES, BYTES - CHECKSUM_AT - Integer.BYTES);
        return (int) crc.getValue();
    }
}
