package org.assidu.accrual.export;

/** Told now and then how far an export is. */
@FunctionalInterface
public interface ExportProgress {
    /** Tells nobody. */
    ExportProgress NONE = (position, target) -> {};

    /**
     * @param position last journal position read
     * @param target position at which the export will end
     */
    void at(long position, long target);
}
