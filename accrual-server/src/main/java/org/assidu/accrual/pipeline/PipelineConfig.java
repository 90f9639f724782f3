package org.assidu.accrual.pipeline;

/**
 * Limits of the write path.
 *
 * @param ringSize items under way at once, from arrival to answer; a power of two
 * @param commitBytes a batch is committed when its records reach so many bytes, or when nothing more is waiting
 * @param idleTickMillis with nothing arriving, time-outs of open receipts are looked at this often
 */
public record PipelineConfig(int ringSize, int commitBytes, long idleTickMillis) {

    public PipelineConfig {
        require(Integer.bitCount(ringSize) == 1 && ringSize >= 2, "ringSize", ringSize, "a power of two, 2 or more");
        require(commitBytes >= 1 && commitBytes <= 4 << 20, "commitBytes", commitBytes, "1 to 4194304");
        require(idleTickMillis >= 1, "idleTickMillis", idleTickMillis, "1 or more");
    }

    /** 8,192 items, 256 KiB (reading one receipt back reads its batch), 1 s. */
    public static PipelineConfig defaults() {
        return new PipelineConfig(8192, 256 << 10, 1000);
    }

    public PipelineConfig withRingSize(int value) {
        return new PipelineConfig(value, commitBytes, idleTickMillis);
    }

    private static void require(boolean valid, String name, long value, String expected) {
        if (!valid) {
            throw new IllegalArgumentException("pipeline " + name + "=" + value + ", expected " + expected);
        }
    }
}
