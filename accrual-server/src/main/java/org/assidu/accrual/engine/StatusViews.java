package org.assidu.accrual.engine;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.assidu.accrual.model.MemberStatus;
import org.assidu.accrual.model.MemberStatus.Membership;
import org.assidu.accrual.model.MemberStatus.TierStatus;
import org.assidu.accrual.model.OutcomeColumns;
import org.assidu.accrual.model.ProgrammeDocument.NegativePolicy;
import org.assidu.accrual.model.ReceiptColumns;
import org.assidu.accrual.model.ReceiptStatus;
import org.assidu.accrual.programme.ClubRule;
import org.assidu.accrual.programme.Programme;
import org.assidu.accrual.programme.TierLadder;
import org.jspecify.annotations.Nullable;

/** Tells level and memberships: of a member as it is, and of a receipt's member as it will be when the outcome is applied. */
final class StatusViews {
    private final MemberPages members;
    private final Programmes programmes;
    private final Draft draft;
    private final Clubs clubs;
    private final OutcomeColumns unused = new OutcomeColumns();

    StatusViews(MemberPages members, Programmes programmes, Draft draft, Clubs clubs) {
        this.members = members;
        this.programmes = programmes;
        this.draft = draft;
        this.clubs = clubs;
    }

    /** @param programme in force at the moment that is asked for; null = none */
    MemberStatus of(long member, @Nullable Programme programme, int day) {
        if (programme == null) {
            return MemberStatus.NONE;
        }
        look();
        TierStatus tier = tier(member, programme, day);
        Set<String> perks = new LinkedHashSet<>();
        TierLadder ladder = programme.tiers();
        if (ladder != null && tier != null && tier.level() > 0) {
            perks.addAll(ladder.level(tier.level()).perks());
        }
        List<Membership> memberships = new ArrayList<>();
        ClubSlots slots = programmes.clubSlots(programme);
        for (ClubRule club : programme.clubs()) {
            if (clubs.isMember(slots, club.index(), member, day)) {
                memberships.add(new Membership(club.id(), (int) draft.counter(member, slots.since[club.index()]), (int)
                        draft.counter(member, slots.until[club.index()])));
                perks.addAll(club.source().perks());
            }
        }
        return new MemberStatus(tier, List.copyOf(memberships), List.copyOf(perks));
    }

    /**
     * Writes level and clubs of a receipt's member into its outcome, as they are once it is applied.
     *
     * @param programme in force now
     */
    void tell(ReceiptColumns receipt, OutcomeColumns out, @Nullable Programme programme, int day) {
        long member = Facts.participant(receipt);
        TierSlots slots = programmes.tierSlots();
        if (programme == null || member == 0 || out.status.refused()) {
            return;
        }
        boolean unknown = out.status == ReceiptStatus.PROVISIONAL && members.find(member) == MemberPages.NONE;
        if (unknown || (slots == null && programme.clubs().isEmpty())) {
            return;
        }
        if (out.status == ReceiptStatus.ALREADY_ACCRUED || out.status == ReceiptStatus.VOIDED) {
            // What this outcome did is in effect already.
            look();
        }
        out.statusVersion = programme.version();
        TierLadder ladder = programme.tiers();
        out.tierLevel = slots == null || ladder == null ? 0 : level(member, ladder, slots);
        ClubSlots clubSlots = programmes.clubSlots(programme);
        for (int club = 0; club < programme.clubs().size(); club++) {
            if (clubs.isMember(clubSlots, club, member, day)) {
                out.addMemberClub(club);
            }
        }
    }

    private void look() {
        unused.reset(ReceiptStatus.ACCRUED, 0);
        draft.start(unused, NegativePolicy.ALLOW);
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
