package org.assidu.accrual.admin;

/**
 * How far the background reading of the journal is.
 *
 * @param passes times that everything was read
 * @param position last position read in the pass at hand
 * @param damage what was found; empty = nothing
 */
public record ScrubProgress(long passes, long position, String damage) {
    public static final ScrubProgress NONE = new ScrubProgress(0, 0, "");
}
