package org.assidu.accrual.simulation;

import java.util.Arrays;
import java.util.SplittableRandom;

/** What becomes of bytes that no force covered when the power goes. */
final class Tearing {
    static final int SECTOR_BYTES = 512;

    private Tearing() {}

    /**
     * Zeroes some of the sectors of bytes {@code from} to {@code to}, never a byte before {@code from}.
     *
     * @return the length that the file is left with, at least {@code from}
     */
    static int tear(byte[] bytes, int from, int to, CrashKind kind, SplittableRandom random) {
        if (kind == CrashKind.KILL || to <= from) {
            return to;
        }
        if (kind == CrashKind.WORST_POWER_CUT) {
            return from;
        }
        int lossPercent = random.nextInt(101);
        for (int sector = from / SECTOR_BYTES; sector * SECTOR_BYTES < to; sector++) {
            if (random.nextInt(100) < lossPercent) {
                Arrays.fill(
                        bytes, Math.max(from, sector * SECTOR_BYTES), Math.min(to, (sector + 1) * SECTOR_BYTES), (byte)
                                0);
            }
        }
        return random.nextInt(3) == 0 ? from + random.nextInt(to - from + 1) : to;
    }
}
