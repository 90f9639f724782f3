package org.assidu.accrual.engine;

import java.util.Arrays;
import org.assidu.accrual.model.EventKind;
import org.assidu.accrual.model.LotKey;
import org.assidu.accrual.model.MovementKind;
import org.assidu.accrual.model.OutcomeColumns;
import org.assidu.accrual.model.ProgrammeDocument.NegativePolicy;
import org.assidu.accrual.model.ReceiptColumns;
import org.assidu.accrual.programme.Programme;
import org.assidu.accrual.programme.PurseRule;
import org.assidu.accrual.programme.TierLadder;

/**
 * An outcome being written: purses and counters read as they will be once what is written so far has been applied. Keeps
 * one counter change per member and counter. A member is settled up to the day before anything about it is read or written.
 */
final class Draft {
    /** What outcomes name as a member where counters of the programme itself change. */
    static final long PROGRAMME = 0;

    private static final int POINTS = 0;

    private final MemberPages members;
    private final ProgrammeCounters programmeCounters;
    private final CounterSlots counterSlots;
    private final Programmes programmes;
    private final MemberLots memberLots;
    private final Settlement settlement;
    private final Households households;
    private final LotMoves lotMoves;
    private final LotList lots = new LotList();
    private final OutcomeColumns nothing = new OutcomeColumns();
    private OutcomeColumns out = nothing;
    private NegativePolicy negative = NegativePolicy.ALLOW;
    /** What used rewards took, net of what was forgiven. */
    private long spentMicro;

    /** Members to whom points were restored, and how many, net of what paid a debt. */
    private long[] restoredMember = new long[2];

    private long[] restoredMicro = new long[2];
    private int restored;

    private boolean timed;
    private int today;
    /** Business day of what is credited; 0 = today. */
    private int businessDay;
    /** Members settled in this outcome. */
    private long[] settled = new long[4];

    private int settledCount;
    /** Whether everybody is read and written as they are: what is due for one member is being done. */
    private boolean asTheyAre;
    /** Member looked up last, and its row: no row comes or goes while an outcome is written. */
    private long rowMember;

    private int row = MemberPages.NONE;
    private long overdueMember;
    /** Member who is seen with purses of their own in this outcome; 0 = none. */
    private long apartMember;

    Draft(
            MemberPages members,
            ProgrammeCounters programmeCounters,
            CounterSlots counterSlots,
            Programmes programmes,
            MemberLots memberLots,
            Settlement settlement,
            Households households) {
        this.members = members;
        this.programmeCounters = programmeCounters;
        this.counterSlots = counterSlots;
        this.programmes = programmes;
        this.memberLots = memberLots;
        this.settlement = settlement;
        this.households = households;
        lotMoves = new LotMoves(programmes, this);
    }

    /** @param newNegative policy of the points purse; a money purse follows that of the version that moves it */
    void start(OutcomeColumns newOut, NegativePolicy newNegative) {
        out = newOut;
        negative = newNegative;
        spentMicro = 0;
        restored = 0;
        counterSlots.forgetUnpublished();
        timed = settlement.isActive();
        today = settlement.day();
        businessDay = 0;
        settledCount = 0;
        asTheyAre = false;
        rowMember = PROGRAMME;
        row = MemberPages.NONE;
        overdueMember = 0;
        apartMember = 0;
    }

    /** Whose purses a member uses: those of their household, or their own. */
    long purseOwner(long member) {
        return member == apartMember ? member : households.purseOwner(member);
    }

    /** Shows a member with purses of their own: who is joining or leaving a household. */
    void apart(long member) {
        apartMember = member;
    }

    private int row(long member) {
        if (member != rowMember) {
            row = members.find(member);
            rowMember = member;
        }
        return row;
    }

    /** Programme version that the outcome is decided under; 0 = none. */
    int version() {
        return out.programmeVersion;
    }

    /** Makes members readable as they are, before they are settled, with nothing written. */
    void look() {
        start(nothing, NegativePolicy.ALLOW);
        asTheyAre = true;
    }

    /** Reads and writes everybody as they are, of no business day: what is due for one member is all that the outcome does. */
    void leaveUnsettled() {
        asTheyAre = true;
        businessDay = 0;
    }

    /** Says for which business day the following credits are; the next start forgets it. */
    void creditFor(int day) {
        businessDay = day;
    }

    /** Day that it is for members: that of the newest tick, or the one being settled. */
    int today() {
        return today;
    }

    void today(int day) {
        today = day;
    }

    /** Day on which rewards are unlocked now: of a receipt that comes late, today. */
    int unlockDay() {
        return Math.max(today, businessDay);
    }

    private boolean isSettled(long member) {
        for (int i = 0; i < settledCount; i++) {
            if (settled[i] == member) {
                return true;
            }
        }
        return false;
    }

    private void settle(long member) {
        if (!timed || asTheyAre || member == PROGRAMME || isSettled(member)) {
            return;
        }
        int business = businessDay;
        businessDay = 0;
        long household = households.groupOf(member);
        if (household == 0) {
            markSettled(member);
            if (settlement.settle(member, settlement.day(), this)) {
                overdueMember = member;
            }
            settlement.touch(member, this);
        } else {
            settleGroup(household, households.persons(household));
        }
        businessDay = business;
    }

    /** Those who share purses are settled together, day by day: what a day brings one of them goes where the others look. */
    private void settleGroup(long household, long[] persons) {
        markSettled(household);
        for (long person : persons) {
            markSettled(person);
        }
        for (long due = firstDue(household, persons); due != 0; due = firstDue(household, persons)) {
            overdueMember = due;
            settlement.settle(due, dueDay(due), this);
        }
        settlement.touch(household, this);
        for (long person : persons) {
            settlement.touch(person, this);
        }
    }

    /** Who has something due first, of one day the household; 0 = nobody by the newest tick. */
    private long firstDue(long household, long[] persons) {
        long first = household;
        int day = dueDay(household);
        for (long person : persons) {
            int own = dueDay(person);
            if (own < day) {
                first = person;
                day = own;
            }
        }
        return day <= settlement.day() ? first : 0;
    }

    private int dueDay(long member) {
        return settlement.nextDue(member, row(member), this);
    }

    private void markSettled(long member) {
        if (settledCount == settled.length) {
            settled = Arrays.copyOf(settled, settledCount * 2);
        }
        settled[settledCount++] = member;
    }

    /** A member that had something due before what was decided; 0 = none. */
    long overdueMember() {
        return overdueMember;
    }

    /** Of the points purse. */
    long balanceMicro(long member) {
        return balanceMicro(member, POINTS);
    }

    /** Of whose purses the member uses. */
    long balanceMicro(long ofMember, int purse) {
        long member = purseOwner(ofMember);
        settle(member);
        int of = row(member);
        long balance = of == MemberPages.NONE ? 0 : members.balanceMicro(of, purse);
        for (int m = 0; m < out.movements; m++) {
            if (out.movementMember[m] == member && out.movementPurse[m] == purse) {
                balance += out.movementMicro[m];
            }
        }
        return balance;
    }

    /** Part of the points purse that can be spent: without what is pending. */
    long availableMicro(long member) {
        return availableMicro(member, POINTS);
    }

    long availableMicro(long member, int purse) {
        long balance = balanceMicro(member, purse);
        return programmes.keepsLots(purse) ? balance - lotMoves.pendingMicro(purseOwner(member), purse) : balance;
    }

    /** Lots of a member's own purse, or of a household's, copied into a list that is good until the next call. */
    LotList lots(long member, int purse) {
        settle(member);
        memberLots.read(row(member), purse, lots);
        for (int m = 0; m < out.movements; m++) {
            if (out.movementMember[m] == member && out.movementPurse[m] == purse) {
                lots.move(out.movementLot[m], out.movementKind[m], out.movementMicro[m]);
            }
        }
        // As it will be stored once the member is settled up to today.
        lots.unlock(today);
        return lots;
    }

    /** @param member {@link #PROGRAMME} for a counter of the programme itself */
    long counter(long member, int counter) {
        settle(member);
        int change = changeOf(member, counter);
        long value = value(member, counter);
        return change < 0 ? value : value + out.counterDelta[change];
    }

    /** As it is until the outcome is put into effect; 0 for no counter. */
    long counterBefore(long member, int counter) {
        return counter == Programmes.NO_COUNTER ? 0 : value(member, counter);
    }

    private long value(long member, int counter) {
        if (member == PROGRAMME) {
            return programmeCounters.value(counter);
        }
        int of = row(member);
        return of == MemberPages.NONE ? 0 : members.counter(of, counter);
    }

    void change(long member, int counter, long delta) {
        if (delta == 0) {
            return;
        }
        settle(member);
        int change = changeOf(member, counter);
        if (change < 0) {
            out.addCounterChange(member, counter, delta);
        } else {
            out.counterDelta[change] += delta;
        }
    }

    private int changeOf(long member, int counter) {
        for (int c = 0; c < out.counterChanges; c++) {
            if (out.counterSlot[c] == counter && out.counterMember[c] == member) {
                return c;
            }
        }
        return -1;
    }

    /** Moves the points purse; the lot of a credit is that of the sale or of the day. */
    void move(long member, MovementKind kind, long micro, int rule, int version) {
        move(member, POINTS, kind, micro, rule, version, LotKey.NONE);
    }

    /**
     * Moves the purse that a member uses by a credit, which pays a debt first, or by a debit under the negative-purse policy.
     *
     * @param purse slot
     * @param lot of a credit, or the lot that a debit takes from before any other; {@link LotKey#NONE} = of its own choice
     */
    void move(long ofMember, int purse, MovementKind kind, long micro, int rule, int version, long lot) {
        long member = purseOwner(ofMember);
        if (micro > 0) {
            credit(member, purse, kind, micro, rule, version, lot);
        } else if (micro < 0) {
            debit(member, purse, kind, micro, rule, version, lot);
        }
    }

    private void credit(long member, int purse, MovementKind kind, long micro, int rule, int version, long lot) {
        settle(member);
        if (kind == MovementKind.RESTORED && purse == POINTS) {
            long owed = counter(member, programmes.debtCounter(purse));
            creditLots(member, purse, kind, micro, rule, version, lot);
            noteRestored(member, micro - owed + counter(member, programmes.debtCounter(purse)));
        } else {
            creditLots(member, purse, kind, micro, rule, version, lot);
        }
    }

    private void noteRestored(long member, long micro) {
        if (restored == restoredMember.length) {
            restoredMember = Arrays.copyOf(restoredMember, restored * 2);
            restoredMicro = Arrays.copyOf(restoredMicro, restored * 2);
        }
        restoredMember[restored] = member;
        restoredMicro[restored++] = micro;
    }

    private void creditLots(long member, int purse, MovementKind kind, long micro, int rule, int version, long lot) {
        if (programmes.keepsLots(purse)) {
            // What is restored goes back where it came from, which may be no lot.
            boolean chosen = lot != LotKey.NONE || kind == MovementKind.RESTORED;
            lotMoves.credit(member, purse, kind, micro, rule, version, chosen ? lot : lotOfDay(purse, kind, version));
            return;
        }
        record(member, purse, kind, micro, rule, version, LotKey.NONE);
        int debt = programmes.debtCounter(purse);
        long paid = Math.min(counter(member, debt), micro);
        if (paid > 0) {
            record(member, purse, MovementKind.REVERSED, -paid, rule, version, LotKey.NONE);
            change(member, debt, -paid);
        }
    }

    /** Whether a credit of a purse is one movement whatever it is: no debt to pay, no lot to choose. */
    boolean creditsPlainly(long member, int purse) {
        return !programmes.keepsLots(purse) && counter(purseOwner(member), programmes.debtCounter(purse)) == 0;
    }

    private long lotOfDay(int purse, MovementKind kind, int version) {
        int day = businessDay == 0 ? today : businessDay;
        return programmes.purse(version, purse).lot(day, kind == MovementKind.EARNED);
    }

    private void debit(long member, int purse, MovementKind kind, long micro, int rule, int version, long lot) {
        settle(member);
        NegativePolicy policy = policy(purse, version);
        long taken;
        if (programmes.keepsLots(purse)) {
            long missing = lotMoves.debit(member, purse, kind, -micro, rule, version, lot);
            taken = micro + missing + lotMoves.missing(member, purse, kind, missing, rule, version, policy);
        } else {
            taken = debitWhole(member, purse, kind, micro, rule, version, policy);
        }
        if (kind == MovementKind.SPENT && purse == POINTS) {
            spentMicro += taken;
        }
    }

    /** Of a purse without lots. @return what was taken and not forgiven, below zero */
    private long debitWhole(
            long member, int purse, MovementKind kind, long micro, int rule, int version, NegativePolicy policy) {
        long after = balanceMicro(member, purse) + micro;
        // Never more than this debit: a purse may be below zero from a time of another policy.
        long missing = after < 0 ? Math.min(-after, -micro) : 0;
        long taken = policy == NegativePolicy.DEBT ? micro + missing : micro;
        if (taken != 0) {
            record(member, purse, kind, taken, rule, version, LotKey.NONE);
        }
        if (policy == NegativePolicy.DEBT) {
            change(member, programmes.debtCounter(purse), missing);
        }
        long forgiven = policy == NegativePolicy.FLOOR_AT_ZERO ? missing : 0;
        if (forgiven > 0) {
            record(member, purse, MovementKind.FORGIVEN, forgiven, rule, version, LotKey.NONE);
        }
        return taken + forgiven;
    }

    /** Adds a movement as it is. */
    void record(long member, int purse, MovementKind kind, long micro, int rule, int version, long lot) {
        out.addMovement(member, purse, kind, micro, rule, version, lot);
    }

    /** Adds an event that is about no purse. */
    void event(EventKind kind, long member, int rule, long value) {
        out.addEvent(kind, member, rule, value);
    }

    /** Index of a level among the rules of the outcome's programme, which names the rules of events. */
    int ruleOfTier(int level) {
        Programme programme = programmes.ofVersion(out.programmeVersion);
        TierLadder ladder = programme == null ? null : programme.tiers();
        return ladder == null ? Programme.NO_RULE : ladder.rule(level);
    }

    /** Index of a rule of any programme among those of the outcome's programme, by its id. */
    int ruleOf(String id) {
        Programme programme = programmes.ofVersion(out.programmeVersion);
        for (int rule = 0; programme != null && rule < programme.rules(); rule++) {
            if (programme.ruleId(rule).equals(id)) {
                return rule;
            }
        }
        return Programme.NO_RULE;
    }

    /** Index of a club among the rules of the outcome's programme. */
    int ruleOfClub(String id) {
        Programme programme = programmes.ofVersion(out.programmeVersion);
        for (int i = 0; programme != null && i < programme.clubs().size(); i++) {
            if (programme.clubs().get(i).id().equals(id)) {
                return programme.clubs().get(i).rule();
            }
        }
        return Programme.NO_RULE;
    }

    /** Adds an event about a purse. @param day that it announces or happened on */
    void event(EventKind kind, long member, int rule, long value, int purse, int day) {
        out.addEvent(kind, member, rule, value, purse, day);
    }

    /** A sale moves the expiry of all lots forward, in the purses that a version renews. */
    void renew(long ofMember, int version, int soldDay) {
        long member = purseOwner(ofMember);
        for (int purse = 0; purse < programmes.purseSlots(); purse++) {
            PurseRule rule = programmes.purseOf(version, purse);
            if (rule != null && rule.isRenewed()) {
                int counter = programmes.renewedCounter(purse);
                change(member, counter, Math.max(0, rule.expiryDay(soldDay) - counter(member, counter)));
            }
        }
    }

    /**
     * Notes that a threshold was reached so many times; what the same outcome takes back (negative) was not reached. Nothing
     * is noted of what earlier receipts reached.
     */
    void reached(long member, int rule, long times) {
        for (int e = 0; e < out.events; e++) {
            boolean same = out.eventKind[e] == EventKind.THRESHOLD_REACHED
                    && out.eventMember[e] == member
                    && out.eventRule[e] == rule;
            if (same) {
                out.eventValue[e] += times;
                if (out.eventValue[e] <= 0) {
                    out.removeEvent(e);
                }
                return;
            }
        }
        if (times > 0) {
            out.addEvent(EventKind.THRESHOLD_REACHED, member, rule, times);
        }
    }

    private NegativePolicy policy(int purse, int version) {
        return purse == POINTS ? negative : programmes.purse(version, purse).negative();
    }

    /**
     * Lot that a sale credits under a version: what a return of it takes back first. {@link LotKey#NONE} for a purse that
     * keeps no lots.
     */
    long lotOf(int purse, int version, ReceiptColumns sold) {
        Programme programme = programmes.ofVersion(version);
        return programme == null || !programmes.keepsLots(purse)
                ? LotKey.NONE
                : programmes.purse(version, purse).lot(programme.businessDay(sold), true);
    }

    /**
     * Ends the outcome: points and balance of the receipt's member, no counter change of zero. What rewards took or were given
     * back is no part of the points.
     */
    void finish(long member) {
        long owner = purseOwner(member);
        settle(member);
        long moved = 0;
        for (int m = 0; m < out.movements; m++) {
            // What time took is no part of what the receipt gave or took.
            boolean lapsed = out.movementKind[m] == MovementKind.EXPIRED && out.movementMicro[m] < 0;
            if (out.movementMember[m] == owner && out.movementPurse[m] == POINTS && !lapsed) {
                moved += out.movementMicro[m];
            }
        }
        for (int r = 0; r < restored; r++) {
            moved -= restoredMember[r] == owner ? restoredMicro[r] : 0;
        }
        out.pointsMicro = moved - spentMicro;
        out.balanceMicro = member == 0 ? 0 : balanceMicro(member);
        int kept = 0;
        for (int c = 0; c < out.counterChanges; c++) {
            if (out.counterDelta[c] != 0) {
                out.counterMember[kept] = out.counterMember[c];
                out.counterSlot[kept] = out.counterSlot[c];
                out.counterDelta[kept++] = out.counterDelta[c];
            }
        }
        out.counterChanges = kept;
    }
}
