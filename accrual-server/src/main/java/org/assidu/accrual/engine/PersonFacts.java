package org.assidu.accrual.engine;

import org.assidu.accrual.model.Mechanics.ActKind;
import org.assidu.accrual.model.Operation;
import org.assidu.accrual.model.OperationStatus;
import org.assidu.accrual.programme.Anniversaries;
import org.assidu.accrual.programme.Programme;

/**
 * What rules need to know about a person, and nothing else of it, as the keeper of personal data passes it in. PERSON_FACT:
 * {@code subject} which, {@code amount} its value.
 *
 * <ul>
 *   <li>{@code birthday}: month × 100 + day; 0 = not known or no longer to be used
 *   <li>{@code profile}: 1 when the profile is complete, which rewards that act once; 0 otherwise
 * </ul>
 */
final class PersonFacts {
    /** 1 while the profile is complete. */
    static final String PROFILE = "member/profile";

    private static final String BIRTHDAY_FACT = "birthday";
    private static final String PROFILE_FACT = "profile";

    private final Draft draft;
    private final CounterSlots slots;
    private final Acts acts;

    PersonFacts(Draft draft, CounterSlots slots, Acts acts) {
        this.draft = draft;
        this.slots = slots;
        this.acts = acts;
    }

    OperationStatus decide(Operation operation, Programme programme, long nowMillis) {
        long value = operation.amount();
        boolean known = switch (operation.subject()) {
            case BIRTHDAY_FACT -> value == 0 || Anniversaries.isMonthAndDay(value);
            case PROFILE_FACT -> value == 0 || value == 1;
            default -> false;
        };
        if (!known) {
            return OperationStatus.MALFORMED;
        }
        long member = operation.memberKey();
        int slot = slots.slot(counter(operation));
        long before = draft.counter(member, slot);
        if (before == value) {
            return OperationStatus.NOTHING_TO_DO;
        }
        draft.change(member, slot, value - before);
        if (operation.subject().equals(PROFILE_FACT) && value == 1) {
            acts.giveAll(
                    member, programme, ActKind.PROFILE_COMPLETED, Math.max(programme.day(nowMillis), draft.today()));
        }
        return OperationStatus.DONE;
    }

    void apply(Operation operation) {
        slots.publish(counter(operation));
    }

    private static String counter(Operation operation) {
        return operation.subject().equals(PROFILE_FACT) ? PROFILE : BonusSlots.BIRTHDAY;
    }
}
