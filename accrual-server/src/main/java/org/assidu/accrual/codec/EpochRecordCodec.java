package org.assidu.accrual.codec;

/** Payload of EPOCH records: the epoch of the chain from that record on, 2 or more; a chain begins in epoch 1. */
public final class EpochRecordCodec {
    /** Bytes that suffice for {@link #encode}. */
    public static final int SIZE_BOUND = 1 + RecordBytes.MAX_LONG_BYTES;

    static final int LAYOUT = 1;

    private EpochRecordCodec() {}

    /** Writes a payload. @return the number of bytes written */
    public static int encode(long epoch, byte[] dest, int offset) {
        if (epoch < 2) {
            throw new IllegalArgumentException("epoch=" + epoch + ", a record is written from 2 on");
        }
        dest[offset] = LAYOUT;
        return RecordBytes.putVarint(dest, offset + 1, epoch) - offset;
    }

    /** @throws RecordFormatException when the bytes are not such a payload */
    public static long decode(byte[] source, int offset, int length) {
        RecordReader in = new RecordReader().open(source, offset, length);
        in.layout(LAYOUT);
        long epoch = in.varint();
        if (epoch < 2) {
            throw in.failure("epoch is " + epoch + ", expected 2 or more");
        }
        in.finish();
        return epoch;
    }
}
