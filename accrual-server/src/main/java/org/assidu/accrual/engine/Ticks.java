package org.assidu.accrual.engine;

import java.time.LocalDate;
import java.util.List;
import org.assidu.accrual.model.Bonus;
import org.assidu.accrual.model.EventKind;
import org.assidu.accrual.model.Operation;
import org.assidu.accrual.model.OperationKind;
import org.assidu.accrual.model.OperationStatus;
import org.assidu.accrual.programme.Programme;
import org.jspecify.annotations.Nullable;

/**
 * The passing of days, as operations. TICK: a day has begun in the programme's zone; {@code amount} is the day since
 * 1970-01-01, the one after the newest tick's. SETTLE: what is due for a member is done up to the day {@code amount},
 * the first on which something is; {@code details}: {@link Operation#OF_HISTORY} or nothing. Of both, {@code atMillis} is the start of the day.
 */
final class Ticks {
    private static final long NEVER_MILLIS = Long.MAX_VALUE;

    private final Programmes programmes;
    private final Settlement settlement;
    private final Draft draft;
    private final MemberPages members;
    private final Households households;
    private long nextMillis = NEVER_MILLIS;

    Ticks(Programmes programmes, Settlement settlement, Draft draft, MemberPages members, Households households) {
        this.programmes = programmes;
        this.settlement = settlement;
        this.draft = draft;
        this.members = members;
        this.households = households;
    }

    OperationStatus tick(Operation operation) {
        long day = operation.amount();
        if (day <= 0 || day > Integer.MAX_VALUE) {
            return OperationStatus.MALFORMED;
        }
        if (day <= settlement.day()) {
            return OperationStatus.NOTHING_TO_DO;
        }
        if (settlement.day() != 0 && day != settlement.day() + 1) {
            return OperationStatus.NOT_ALLOWED;
        }
        announce((int) day);
        return OperationStatus.DONE;
    }

    /** Dated bonuses that begin on a day. */
    private void announce(int day) {
        Programme programme = programmes.ofVersion(programmes.versionOn(day));
        List<Bonus> bonuses =
                programme == null ? List.of() : programme.document().mechanics().bonuses();
        for (Bonus bonus : bonuses) {
            LocalDate first = bonus.when().firstDay();
            LocalDate last = bonus.when().lastDay();
            if (first != null && first.toEpochDay() == day) {
                long lastDay = last == null ? 0 : last.toEpochDay();
                draft.event(EventKind.CAMPAIGN, Draft.PROGRAMME, draft.ruleOf(bonus.id()), lastDay, -1, 0);
            }
        }
    }

    OperationStatus settle(Operation operation) {
        if (!settlement.isActive()) {
            return OperationStatus.NOTHING_TO_DO;
        }
        draft.leaveUnsettled();
        int upTo = (int) Math.min(operation.amount(), settlement.day());
        return settlement.settle(operation.memberKey(), upTo, draft)
                ? OperationStatus.DONE
                : OperationStatus.NOTHING_TO_DO;
    }

    void applyTick(Operation operation) {
        settlement.tick((int) operation.amount());
        published();
    }

    /** A version was published: its zone may count. */
    void published() {
        boolean timed = programmes.settledCounter() != Programmes.NO_COUNTER;
        nextMillis = !timed ? NEVER_MILLIS : settlement.day() == 0 ? 0 : startMillis(settlement.day() + 1);
    }

    private long startMillis(int day) {
        Programme programme = programmes.ofVersion(programmes.versionOn(day));
        return programme == null ? NEVER_MILLIS : programme.startOfDayMillis(day);
    }

    /** Start of the day that the next tick begins; {@link Long#MAX_VALUE} while time changes nothing. */
    long nextMillis() {
        return nextMillis;
    }

    /** The tick of the next day, or of the day of a time when there was none yet; null while time changes nothing. */
    @Nullable
    Operation next(long atMillis) {
        if (nextMillis == NEVER_MILLIS) {
            return null;
        }
        int day = settlement.day() + 1;
        if (settlement.day() == 0) {
            Programme programme = programmes.at(atMillis);
            if (programme == null) {
                return null;
            }
            day = Math.max(1, programme.day(atMillis));
        }
        return operation(OperationKind.TICK, 0, day);
    }

    /**
     * What is due first for a member and those who share purses with it, as an operation; null when nothing is by the newest
     * tick. On one day the household's purses come before what the day brings its members.
     */
    @Nullable
    Operation settle(long member) {
        if (!settlement.isActive()) {
            return null;
        }
        draft.look();
        long household = households.groupOf(member);
        long first = household == 0 ? member : household;
        int due = due(first);
        long[] persons = households.persons(household);
        for (int i = 0; i < persons.length; i++) {
            int own = due(persons[i]);
            if (own < due) {
                first = persons[i];
                due = own;
            }
        }
        return due > settlement.day() ? null : operation(OperationKind.SETTLE, first, due);
    }

    private int due(long member) {
        return settlement.nextDue(member, members.find(member), draft);
    }

    private Operation operation(OperationKind kind, long member, int day) {
        return new Operation(kind, member, 0, "", "", day, startMillis(day), "", "", List.of());
    }
}
