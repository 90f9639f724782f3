package org.assidu.accrual.journal;

/**
 * How a journal is written.
 *
 * @param durability what the barrier waits for
 * @param rollBytes a file that would grow beyond this is followed by a new one
 * @param generationBytes a generation that would grow beyond this is sealed and followed by a new one, so that no start has
 *     more than this to verify of the one that was being written
 * @param minimumFreeBytes appends are refused while the disk has less than this; 0 never refuses
 * @param spaceCheckBytes free space is looked up again after this many appended bytes
 * @param spaceCheckMillis and again after this time
 * @param mapBlockBytes how much of a file Chronicle maps, and extends it by (sparsely), at a time
 * @param verifyFromPosition generations that end before it are checked by size and seal only; 1 verifies everything
 */
public record JournalConfig(
        Durability durability,
        long rollBytes,
        long generationBytes,
        long minimumFreeBytes,
        long spaceCheckBytes,
        long spaceCheckMillis,
        long mapBlockBytes,
        long verifyFromPosition) {

    private static final long MEBIBYTE = 1L << 20;

    public JournalConfig {
        require(rollBytes >= 1 << 16, "rollBytes", rollBytes, "65536 or more");
        require(generationBytes >= 4096, "generationBytes", generationBytes, "4096 or more");
        require(minimumFreeBytes >= 0, "minimumFreeBytes", minimumFreeBytes, "0 or more");
        require(spaceCheckBytes >= 1, "spaceCheckBytes", spaceCheckBytes, "1 or more");
        require(spaceCheckMillis >= 0, "spaceCheckMillis", spaceCheckMillis, "0 or more");
        require(
                mapBlockBytes >= 16 * MEBIBYTE && mapBlockBytes <= 1024 * MEBIBYTE,
                "mapBlockBytes",
                mapBlockBytes,
                "16 MiB to 1 GiB");
        require(verifyFromPosition >= 1, "verifyFromPosition", verifyFromPosition, "1 or more");
    }

    /**
     * Durable, generations of 1,000 MiB and files of 1 GiB, so that a generation is one file, a floor of 512 MiB looked up every 4
     * MiB or 100 ms, blocks of 64 MiB, all verified.
     */
    public static JournalConfig defaults() {
        return new JournalConfig(
                Durability.DURABLE,
                1024 * MEBIBYTE,
                1000 * MEBIBYTE,
                512 * MEBIBYTE,
                4 * MEBIBYTE,
                100,
                64 * MEBIBYTE,
                1);
    }

    public JournalConfig withDurability(Durability value) {
        return new JournalConfig(
                value,
                rollBytes,
                generationBytes,
                minimumFreeBytes,
                spaceCheckBytes,
                spaceCheckMillis,
                mapBlockBytes,
                verifyFromPosition);
    }

    public JournalConfig withRollBytes(long value) {
        return new JournalConfig(
                durability,
                value,
                generationBytes,
                minimumFreeBytes,
                spaceCheckBytes,
                spaceCheckMillis,
                mapBlockBytes,
                verifyFromPosition);
    }

    public JournalConfig withGenerationBytes(long value) {
        return new JournalConfig(
                durability,
                rollBytes,
                value,
                minimumFreeBytes,
                spaceCheckBytes,
                spaceCheckMillis,
                mapBlockBytes,
                verifyFromPosition);
    }

    public JournalConfig withMinimumFreeBytes(long value) {
        return new JournalConfig(
                durability,
                rollBytes,
                generationBytes,
                value,
                spaceCheckBytes,
                spaceCheckMillis,
                mapBlockBytes,
                verifyFromPosition);
    }

    public JournalConfig withSpaceCheck(long bytes, long millis) {
        return new JournalConfig(
                durability,
                rollBytes,
                generationBytes,
                minimumFreeBytes,
                bytes,
                millis,
                mapBlockBytes,
                verifyFromPosition);
    }

    public JournalConfig withMapBlockBytes(long value) {
        return new JournalConfig(
                durability,
                rollBytes,
                generationBytes,
                minimumFreeBytes,
                spaceCheckBytes,
                spaceCheckMillis,
                value,
                verifyFromPosition);
    }

    public JournalConfig withVerifyFromPosition(long value) {
        return new JournalConfig(
                durability,
                rollBytes,
                generationBytes,
                minimumFreeBytes,
                spaceCheckBytes,
                spaceCheckMillis,
                mapBlockBytes,
                value);
    }

    private static void require(boolean valid, String name, long value, String expected) {
        if (!valid) {
            throw new IllegalArgumentException("journal " + name + "=" + value + ", expected " + expected);
        }
    }
}
