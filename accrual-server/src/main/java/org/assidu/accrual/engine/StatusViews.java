package org.assidu.accrual.engine;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.assidu.accrual.model.MemberStatus;
import org.assidu.accrual.model.MemberStatus.Membership;
import org.assidu.accrual.model.MemberStatus.TierStatus;
import org.assidu.accrual.model.OutcomeColumns;
import org.assidu.accrual.model.ProgrammeDocument.NegativePolicy;
import org.assidu.accrual.model.ReceiptStatus;
import org.assidu.accrual.programme.Programme;
import org.assidu.accrual.programme.TierLadder;
import org.jspecify.annotations.Nullable;

/** Tells level and memberships: of a member as it is, and of a receipt's member as it will be when the outcome is applied. */
final class StatusViews {
    private final Programmes programmes;
    private final Draft draft;
    private final OutcomeColumns unused = new OutcomeColumns();

    StatusViews(Programmes programmes, Draft draft) {
        this.programmes = programmes;
        this.draft = draft;
    }

    /** @param programme in force at the moment that is asked for; null = none */
    MemberStatus of(long member, @Nullable Programme programme, int day) {
        if (programme == null) {
            return MemberStatus.NONE;
        }
        unused.reset(ReceiptStatus.ACCRUED, 0);
        draft.start(unused, NegativePolicy.ALLOW);
        TierStatus tier = tier(member, programme, day);
        Set<String> perks = new LinkedHashSet<>();
        TierLadder ladder = programme.tiers();
        if (ladder != null && tier != null && tier.level() > 0) {
            perks.addAll(ladder.level(tier.level()).perks());
        }
        List<Membership> clubs = List.of();
        return new MemberStatus(tier, clubs, List.copyOf(perks));
    }

    private @Nullable TierStatus tier(long member, Programme programme, int day) {
        TierSlots slots = programmes.tierSlots();
        TierLadder ladder = programme.tiers();
        if (slots == null || ladder == null) {
            return null;
        }
        int level = level(member, ladder, slots);
        int period = Math.max(ladder.period(day), (int) draft.counter(member, slots.newest));
        long units = Tiers.units(member, slots, period, ladder.periodsBefore(), draft);
        boolean highest = level == ladder.levels();
        return new TierStatus(
                level,
                level == 0 ? "" : ladder.level(level).id(),
                (int) draft.counter(member, slots.review),
                ladder.measure(),
                units,
                highest ? "" : ladder.level(level + 1).id(),
                highest ? 0 : Math.max(0, ladder.reachesUnits(level + 1) - units));
    }

    /** Level that a member holds, as far as the version knows it. */
    private int level(long member, TierLadder ladder, TierSlots slots) {
        return (int) Math.min(ladder.levels(), Math.max(0, draft.counter(member, slots.level)));
    }
}
