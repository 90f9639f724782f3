package org.assidu.accrual.programme;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.assidu.accrual.model.Bonus;
import org.assidu.accrual.model.Bonus.Exclusion;

/**
 * Programmes of which no two reward the same line: sets of bonuses that run side by side, such as a paid card's and a
 * cagnotte's. Of a group the programme that the document names first has a line, if a bonus of it applies there.
 */
final class ExclusiveGroups {
    /** By group, then programme: its bonuses as a set. */
    private final long[][][] groups;

    /** @param words of a set of bonuses */
    ExclusiveGroups(List<Bonus> bonuses, int words) {
        Map<String, Map<String, long[]>> byName = new LinkedHashMap<>();
        for (int i = 0; i < bonuses.size(); i++) {
            Exclusion exclusion = bonuses.get(i).exclusion();
            if (exclusion != null) {
                byName.computeIfAbsent(exclusion.group(), any -> new LinkedHashMap<>())
                                .computeIfAbsent(exclusion.programme(), any -> new long[words])[i >>> 6] |=
                        1L << i;
            }
        }
        List<long[][]> sets = new ArrayList<>();
        byName.values().forEach(programmes -> sets.add(programmes.values().toArray(long[][]::new)));
        groups = sets.toArray(long[][][]::new);
    }

    /** Leaves each line to one programme of each group. @param active bonuses that apply to the receipt */
    void choose(long[] lineMask, int lines, int words, long[] active) {
        for (long[][] programmes : groups) {
            for (int line = 0; line < lines; line++) {
                boolean taken = false;
                for (long[] programme : programmes) {
                    if (taken) {
                        remove(lineMask, line * words, programme);
                    } else {
                        taken = meets(lineMask, line * words, programme, active);
                    }
                }
            }
        }
    }

    private static void remove(long[] lineMask, int from, long[] programme) {
        for (int w = 0; w < programme.length; w++) {
            lineMask[from + w] &= ~programme[w];
        }
    }

    private static boolean meets(long[] lineMask, int from, long[] programme, long[] active) {
        long common = 0;
        for (int w = 0; w < programme.length; w++) {
            common |= lineMask[from + w] & programme[w] & active[w];
        }
        return common != 0;
    }

    /** Whether a programme named before that of a bonus has a line. */
    boolean isTaken(int bonus, long[] lineMask, int line, int words, long[] active) {
        for (long[][] programmes : groups) {
            for (long[] programme : programmes) {
                if (bonus >>> 6 < programme.length && (programme[bonus >>> 6] & 1L << bonus) != 0) {
                    break;
                }
                if (belongs(bonus, programmes) && meets(lineMask, line * words, programme, active)) {
                    return true;
                }
            }
        }
        return false;
    }

    private static boolean belongs(int bonus, long[][] programmes) {
        for (long[] programme : programmes) {
            if ((programme[bonus >>> 6] & 1L << bonus) != 0) {
                return true;
            }
        }
        return false;
    }

    boolean isEmpty() {
        return groups.length == 0;
    }
}
