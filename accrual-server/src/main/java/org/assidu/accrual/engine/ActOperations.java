package org.assidu.accrual.engine;

import org.assidu.accrual.model.EventKind;
import org.assidu.accrual.model.Mechanics.ActKind;
import org.assidu.accrual.model.Operation;
import org.assidu.accrual.model.OperationStatus;
import org.assidu.accrual.programme.ActRule;
import org.assidu.accrual.programme.Programme;

/**
 * What somebody tells of members besides their receipts: {@link Referrals}, {@link PersonFacts}, {@link Tags}, and acts. ACT: {@code subject} its kind: WELCOME (a person's enrolment), REVIEW, SURVEY or CUSTOM; {@code
 * amount} the score of a survey, 0 to 10; {@code details} the code of a CUSTOM act, then the store, either may be empty. All but
 * WELCOME need an idempotency key. A survey or review is recorded even when nothing is given for it.
 */
final class ActOperations {
    private static final int BEST_SCORE = 10;

    private final MemberPages members;
    private final Draft draft;
    private final Acts acts;
    private final Referrals referrals;
    private final PersonFacts facts;
    private final Tags tags;

    ActOperations(MemberPages members, Draft draft, CounterSlots slots, Acts acts) {
        this.members = members;
        this.draft = draft;
        this.acts = acts;
        referrals = new Referrals(members, draft, slots);
        facts = new PersonFacts(draft, slots, acts);
        tags = new Tags(draft, slots);
    }

    /** @param operation of a known member */
    OperationStatus decide(Operation operation, Programme programme, long nowMillis) {
        return switch (operation.kind()) {
            case ACT -> act(operation, programme, nowMillis);
            case REFER -> referrals.refer(operation);
            case PERSON_FACT -> facts.decide(operation, programme, nowMillis);
            case TAG -> tags.tag(operation, programme, nowMillis);
            case UNTAG -> tags.untag(operation);
            default -> throw new IllegalArgumentException(operation.kind() + " is decided elsewhere");
        };
    }

    /** Gives the counters that a done operation uses their place. */
    void apply(Operation operation) {
        switch (operation.kind()) {
            case REFER -> referrals.apply();
            case PERSON_FACT -> facts.apply(operation);
            case TAG -> tags.apply(operation);
            default -> {}
        }
    }

    private OperationStatus act(Operation operation, Programme programme, long nowMillis) {
        // Days may have been let pass ahead of the clock.
        int day = Math.max(programme.day(nowMillis), draft.today());
        if (operation.subject().equals(ActKind.WELCOME.name())) {
            return welcome(operation.memberKey(), programme, programme.day(nowMillis), day);
        }
        if (operation.idempotencyKey().isEmpty()) {
            return OperationStatus.MALFORMED;
        }
        if (operation.subject().equals(ActKind.SURVEY.name())) {
            return survey(operation, programme, day);
        }
        if (operation.subject().equals(ActKind.REVIEW.name())) {
            acts.giveAll(operation.memberKey(), programme, ActKind.REVIEW, day);
            return OperationStatus.DONE;
        }
        return operation.subject().equals(ActKind.CUSTOM.name())
                ? custom(operation, programme, day)
                : OperationStatus.MALFORMED;
    }

    private OperationStatus welcome(long member, Programme programme, int today, int day) {
        int row = members.find(member);
        boolean joined = programme.day(members.enrolledAtMillis(row)) == today;
        return joined && acts.giveAll(member, programme, ActKind.WELCOME, day) > 0
                ? OperationStatus.DONE
                : OperationStatus.NOTHING_TO_DO;
    }

    private OperationStatus survey(Operation operation, Programme programme, int day) {
        if (operation.amount() < 0 || operation.amount() > BEST_SCORE) {
            return OperationStatus.MALFORMED;
        }
        draft.event(EventKind.SURVEY_ANSWERED, operation.memberKey(), Programme.NO_RULE, operation.amount(), -1, 0);
        acts.giveAll(operation.memberKey(), programme, ActKind.SURVEY, day);
        return OperationStatus.DONE;
    }

    private OperationStatus custom(Operation operation, Programme programme, int day) {
        String code = operation.details().isEmpty() ? "" : operation.details().get(0);
        boolean known = false;
        boolean given = false;
        for (ActRule act : acts.tables().of(programme).acts) {
            if (act.kind() == ActKind.CUSTOM && code.equals(act.code())) {
                known = true;
                given |= acts.give(operation.memberKey(), programme, act, day);
            }
        }
        if (!known) {
            return OperationStatus.SUBJECT_UNKNOWN;
        }
        if (given) {
            return OperationStatus.DONE;
        }
        return Acts.isOver(programme, day) ? OperationStatus.TOO_LATE : OperationStatus.LIMIT_EXCEEDED;
    }
}
