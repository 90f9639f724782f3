package org.assidu.accrual.export;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Names of levels, learned from events: levels are rules in a row, lowest first, and keep their place over versions, so that
 * whoever reaches one names all below it too.
 */
final class TierFold {
    /** Names a rule of the event's programme version. */
    interface Rules {
        String id(int rule);
    }

    private final List<@Nullable String> names = new ArrayList<>();

    /** A level and its name, as known so far. */
    void know(int level, @Nullable String name) {
        while (names.size() < level) {
            names.add(null);
        }
        if (level > 0 && name != null && !name.isEmpty()) {
            names.set(level - 1, name);
        }
    }

    /** Somebody reached a level. @param rule its index; negative = the version does not name it */
    void reached(int level, int rule, Rules rules) {
        for (int below = level; below > 0 && rule >= 0; below--) {
            know(below, rules.id(rule - (level - below)));
        }
    }

    /** @return null for no level, or one that nothing named yet */
    @Nullable
    String name(int level) {
        return level < 1 || level > names.size() ? null : names.get(level - 1);
    }
}
