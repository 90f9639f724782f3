package org.assidu.accrual.model;

import java.nio.charset.StandardCharsets;

/**
 * Which members a bonus leaves out, so that its effect can be measured: drawn by the hash of the member's key and the bonus's
 * id, the same for ever. The engine draws so too; this is for whoever only knows the document, and a test holds both equal.
 */
public final class ControlDraw {
    /** Hundredths of a percent in the whole. */
    private static final int WHOLE = 10_000;

    private final long idHash;
    private final int hundredths;

    /** @param hundredths hundredths of a percent of members who are left out */
    public ControlDraw(String bonusId, int hundredths) {
        long hash = bonusId.getBytes(StandardCharsets.UTF_8).length;
        for (byte each : bonusId.getBytes(StandardCharsets.UTF_8)) {
            hash = (hash ^ each) * 0x100000001B3L;
        }
        this.idHash = mixed(hash);
        this.hundredths = hundredths;
    }

    public boolean isControl(long memberKey) {
        return hundredths > 0 && Long.remainderUnsigned(mixed(mixed(memberKey) ^ idHash), WHOLE) < hundredths;
    }

    /** The finaliser of SplittableRandom (Steele, Lea & Flood 2014). */
    private static long mixed(long value) {
        long z = value + 0x9E3779B97F4A7C15L;
        z = (z ^ z >>> 30) * 0xBF58476D1CE4E5B9L;
        z = (z ^ z >>> 27) * 0x94D049BB133111EBL;
        return z ^ z >>> 31;
    }
}
