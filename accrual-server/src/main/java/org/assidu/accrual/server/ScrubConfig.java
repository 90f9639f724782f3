package org.assidu.accrual.server;

/**
 * How the journal is read again in the background.
 *
 * @param bytesPerSecond read at most; 0 = not at all
 * @param pauseSeconds between the end of a pass and the next
 */
public record ScrubConfig(long bytesPerSecond, long pauseSeconds) {
    private static final long MEBIBYTE = 1L << 20;
    private static final long DAY_SECONDS = 86_400;

    public ScrubConfig {
        if (bytesPerSecond < 0 || pauseSeconds < 0) {
            throw new IllegalArgumentException("scrub bytesPerSecond=" + bytesPerSecond + " pauseSeconds="
                    + pauseSeconds + ", expected 0 or more");
        }
    }

    /** 4 MiB a second, a day between passes. */
    public static ScrubConfig defaults() {
        return new ScrubConfig(4 * MEBIBYTE, DAY_SECONDS);
    }

    public ScrubConfig withBytesPerSecond(long value) {
        return new ScrubConfig(value, pauseSeconds);
    }

    public ScrubConfig withPauseSeconds(long value) {
        return new ScrubConfig(bytesPerSecond, value);
    }
}
