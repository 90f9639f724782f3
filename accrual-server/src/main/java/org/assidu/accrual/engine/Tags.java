package org.assidu.accrual.engine;

import java.util.ArrayList;
import java.util.List;
import org.assidu.accrual.model.EventKind;
import org.assidu.accrual.model.Operation;
import org.assidu.accrual.model.OperationStatus;
import org.assidu.accrual.programme.Programme;

/**
 * Segment tags that are brought in. TAG: {@code subject} the tag, {@code amount} its last day since 1970-01-01, 0 = without end.
 * UNTAG: {@code subject} the tag, or empty for all tags of the member, those given by bonuses among them.
 */
final class Tags {
    private static final long WITHOUT_END = Integer.MAX_VALUE;
    private static final String PREFIX = "tag/";
    private static final int MOST_CHARACTERS = 64;

    private final Draft draft;
    private final CounterSlots slots;

    Tags(Draft draft, CounterSlots slots) {
        this.draft = draft;
        this.slots = slots;
    }

    OperationStatus tag(Operation operation, Programme programme, long nowMillis) {
        String tag = operation.subject();
        if (tag.isEmpty() || tag.length() > MOST_CHARACTERS || operation.amount() < 0) {
            return OperationStatus.MALFORMED;
        }
        long until = operation.amount() == 0 ? WITHOUT_END : operation.amount();
        if (until < programme.day(nowMillis)) {
            return OperationStatus.TOO_LATE;
        }
        int slot = slots.slot(BonusSlots.tagUntil(tag));
        long before = draft.counter(operation.memberKey(), slot);
        if (before == until) {
            return OperationStatus.NOTHING_TO_DO;
        }
        draft.change(operation.memberKey(), slot, until - before);
        draft.event(EventKind.TAGGED, operation.memberKey(), Programme.NO_RULE, operation.amount(), -1, 0);
        return OperationStatus.DONE;
    }

    OperationStatus untag(Operation operation) {
        long member = operation.memberKey();
        boolean had = false;
        for (String name : names(operation.subject())) {
            int slot = slots.find(name);
            long value = slot < 0 ? 0 : draft.counter(member, slot);
            if (value > 0) {
                draft.change(member, slot, -value);
                had = true;
            }
        }
        return had ? OperationStatus.DONE : OperationStatus.NOTHING_TO_DO;
    }

    /** Counters of a tag, or of all. */
    private List<String> names(String tag) {
        if (!tag.isEmpty()) {
            return List.of(BonusSlots.tag(tag), BonusSlots.tagUntil(tag));
        }
        List<String> names = new ArrayList<>();
        for (int slot = CounterSlots.FIRST; slot < CounterSlots.FIRST + slots.size(); slot++) {
            if (slots.name(slot).startsWith(PREFIX)) {
                names.add(slots.name(slot));
            }
        }
        return names;
    }

    /** Gives the counter of a tag its place. */
    void apply(Operation operation) {
        slots.publish(BonusSlots.tagUntil(operation.subject()));
    }
}
