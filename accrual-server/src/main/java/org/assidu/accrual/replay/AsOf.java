package org.assidu.accrual.replay;

import java.time.LocalDate;
import org.jspecify.annotations.Nullable;

/**
 * A moment of a journal's past, after everything that time had in store by then.
 *
 * @param position last record that counts; 0 = not by position
 * @param day last day that counts, whole, in the programme's zone; null = not by day
 */
public record AsOf(long position, @Nullable LocalDate day) {
    /** The end of the journal. */
    public static final AsOf THE_END = new AsOf(0, null);

    /** @throws IllegalArgumentException when both are given, or the position is below 0 */
    public AsOf {
        if (position < 0 || position > 0 && day != null) {
            throw new IllegalArgumentException("position " + position + " and day " + day
                    + ": give one of them, a position of 1 or more or a day");
        }
    }
}
