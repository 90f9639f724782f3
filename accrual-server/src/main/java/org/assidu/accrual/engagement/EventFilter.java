package org.assidu.accrual.engagement;

import java.util.Collection;
import java.util.EnumSet;
import java.util.Set;
import org.assidu.accrual.model.EventKind;

/**
 * Which events are wanted.
 *
 * @param kinds empty = all
 * @param historical whether those of receipts marked historical are wanted too
 */
public record EventFilter(Set<EventKind> kinds, boolean historical) {
    /** Everything that the journal tells. */
    public static final EventFilter ALL = new EventFilter(Set.of(), true);

    public EventFilter {
        kinds = Set.copyOf(kinds);
    }

    public static EventFilter of(Collection<EventKind> kinds, boolean historical) {
        return new EventFilter(kinds.isEmpty() ? Set.of() : EnumSet.copyOf(kinds), historical);
    }

    boolean wants(EventKind kind, boolean ofHistoricalReceipt) {
        return (historical || !ofHistoricalReceipt) && (kinds.isEmpty() || kinds.contains(kind));
    }
}
