package org.assidu.accrual.engine;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.assidu.accrual.model.StateSink;
import org.assidu.accrual.model.StateSource;

/**
 * Slots of the counters that are known by a name, such as {@code bonus/gold-tuesday/day} or {@code tag/vip}: in order of first
 * publication. What publishes a name is a programme version or an applied operation, so that every replay gives the same
 * slots.
 *
 * <p>A decision may use names that its own application will publish first. They get the slots that they will have: in order
 * of first use, which must be the order of publication.
 */
final class CounterSlots implements KeptState {
    /** Slots below are given by arithmetic: see {@link Counters}. */
    static final int FIRST = 4_096;

    private final Map<String, Integer> slots = new HashMap<>();
    private final List<String> names = new ArrayList<>();
    private int published;

    /** Slot of a name that is published, or will be when the outcome being decided is applied. */
    int slot(String name) {
        Integer known = slots.get(name);
        if (known != null) {
            return known;
        }
        int slot = FIRST + names.size();
        slots.put(name, slot);
        names.add(name);
        return slot;
    }

    /** Slot of a published name; -1 for any other. */
    int find(String name) {
        Integer known = slots.get(name);
        return known == null || known >= FIRST + published ? -1 : known;
    }

    /** Gives a name its slot for good. */
    int publish(String name) {
        Integer known = slots.get(name);
        if (known != null && known < FIRST + published) {
            return known;
        }
        if (known == null || known != FIRST + published) {
            forgetUnpublished();
        }
        int slot = slot(name);
        published++;
        return slot;
    }

    /** A new decision begins: what the last one would have published may never be. */
    void forgetUnpublished() {
        while (names.size() > published) {
            slots.remove(names.remove(names.size() - 1));
        }
    }

    /** Name of a published slot. */
    String name(int slot) {
        return names.get(slot - FIRST);
    }

    /** Number of published names. */
    int size() {
        return published;
    }

    @Override
    public void write(StateSink sink) {
        sink.begin("counter-names");
        sink.putInt(published);
        for (int name = 0; name < published; name++) {
            sink.putText(names.get(name));
        }
    }

    @Override
    public void read(StateSource source) {
        source.begin("counter-names");
        for (int left = source.takeCount(); left > 0; left--) {
            publish(source.takeText());
        }
    }
}
