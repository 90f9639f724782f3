package org.assidu.accrual.replay;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.assidu.accrual.engine.AccrualEngine;
import org.assidu.accrual.engine.FactMovement;
import org.assidu.accrual.engine.ReservationView;
import org.assidu.accrual.model.Mechanics.ActKind;
import org.assidu.accrual.model.Mechanics.ShopReward;
import org.assidu.accrual.model.MemberEnrolment;
import org.assidu.accrual.model.MovementKind;
import org.assidu.accrual.model.Operation;
import org.assidu.accrual.model.OperationKind;
import org.assidu.accrual.model.OperationStatus;
import org.assidu.accrual.model.OutcomeColumns;
import org.assidu.accrual.model.PublishedProgramme;
import org.assidu.accrual.model.ReceiptColumns;
import org.assidu.accrual.model.RecordType;
import org.jspecify.annotations.Nullable;

/** The members, purses and counters that other rules would have led to: every record is decided again, by them. */
final class AlternativeWorld {
    private static final int POINTS = 0;
    private static final int MICRO_DIGITS = 6;

    /** What the rules refuse of what happened. */
    record Refusal(OperationKind kind, OperationStatus status) implements Comparable<Refusal> {
        @Override
        public int compareTo(Refusal other) {
            int byKind = kind.compareTo(other.kind);
            return byKind == 0 ? status.compareTo(other.status) : byKind;
        }
    }

    final AccrualEngine engine = new AccrualEngine();
    final WorldFigures figures = new WorldFigures(engine);
    final DaySweep days = new DaySweep(engine, (operation, made) -> figures.operation(made));
    private final AccrualEngine history;
    private final ReturnedOutcomes originals;
    private final ReceiptColumns sent = new ReceiptColumns();
    private final OutcomeColumns outcome = new OutcomeColumns();
    private final Map<Refusal, long[]> refusals = new TreeMap<>();
    private long receiptsRefused;
    private long unfundedRewards;

    /** @param history the world as it was, up to the record before */
    AlternativeWorld(JournalSurvey survey, AccrualEngine history) {
        this.history = history;
        originals = new ReturnedOutcomes(survey, engine);
    }

    void publish(PublishedProgramme programme, long position) {
        engine.applyProgramme(programme, position);
    }

    /** @return what was decided; null when these rules would not have taken the receipt */
    @Nullable
    OutcomeColumns receipt(RecordType type, ReceiptColumns recorded, long position, long timeMillis) {
        OutcomeVerifier.asSent(recorded, sent);
        ReceiptColumns decided = engine.decide(sent, originals, timeMillis, outcome);
        if (!outcome.status.journalled()) {
            receiptsRefused += outcome.status.refused() ? 1 : 0;
            return null;
        }
        if (type == RecordType.RECEIPT) {
            originals.keep(decided, outcome, position, timeMillis);
        }
        figures.receipt(type, decided, outcome);
        engine.applyReceipt(decided, outcome, position, timeMillis);
        return outcome;
    }

    /** With the welcome of these rules, which need not be that of the rules of then. */
    void enrolment(MemberEnrolment enrolment, long position, long timeMillis) {
        engine.applyEnrolment(enrolment, position, timeMillis);
        Operation welcome = new Operation(
                OperationKind.ACT,
                enrolment.memberKey(),
                0,
                ActKind.WELCOME.name(),
                "",
                0,
                timeMillis,
                "",
                "",
                List.of());
        if (engine.decide(welcome, timeMillis, outcome).journalled()) {
            apply(welcome, position, timeMillis);
        }
    }

    void operation(Operation operation, OutcomeColumns recorded, long position, long timeMillis) {
        if (operation.kind() == OperationKind.ACT && operation.subject().equals(ActKind.WELCOME.name())) {
            return;
        }
        Treatment treatment = Treatment.of(operation.kind());
        if (treatment == Treatment.TIME) {
            if (operation.kind() == OperationKind.TICK) {
                days.untilDay((int) operation.amount(), operation.atMillis(), position);
            }
            return;
        }
        noteHandedOut(operation);
        OperationStatus status = engine.decide(operation, originals, timeMillis, outcome);
        if (status.journalled()) {
            apply(operation, position, timeMillis);
            return;
        }
        refusals.computeIfAbsent(new Refusal(operation.kind(), status), none -> new long[1])[0]++;
        if (treatment == Treatment.RULE) {
            return;
        }
        if (status == OperationStatus.INSUFFICIENT_POINTS) {
            unfundedRewards++;
        }
        if (engine.decideFact(operation, timeMillis, outcome).journalled()) {
            apply(operation, position, timeMillis);
        } else {
            transcribe(operation, recorded, position, timeMillis);
        }
    }

    private void apply(Operation operation, long position, long timeMillis) {
        figures.operation(outcome);
        engine.applyOperation(operation, outcome, position, timeMillis);
    }

    /** Does what was done, by the amounts that were recorded: these rules have none for it. */
    private void transcribe(Operation operation, OutcomeColumns recorded, long position, long timeMillis) {
        List<FactMovement> movements = new ArrayList<>();
        for (int m = 0; m < recorded.movements; m++) {
            int purse = purse(history.purseId(recorded.movementPurse[m]));
            // What time took from a member on the way is left to the ticks of this world.
            boolean byTime = recorded.movementKind[m] == MovementKind.EXPIRED;
            if (purse >= 0 && !byTime) {
                movements.add(new FactMovement(
                        recorded.movementMember[m], purse, recorded.movementKind[m], recorded.movementMicro[m]));
            }
        }
        engine.decideFacts(movements, operation.memberKey(), timeMillis, outcome);
        if (operation.kind() == OperationKind.RESERVE && outcome.movements > 0 && outcome.balanceMicro < 0) {
            unfundedRewards++;
        }
        apply(withoutKey(operation), position, timeMillis);
    }

    /** An operation that is nothing but its movements. */
    private static Operation withoutKey(Operation operation) {
        return new Operation(
                OperationKind.ADJUST,
                operation.memberKey(),
                operation.otherMemberKey(),
                operation.subject(),
                "",
                operation.amount(),
                operation.atMillis(),
                operation.author(),
                operation.reason(),
                operation.details());
    }

    private int purse(String id) {
        for (int purse = POINTS; purse < engine.purses(); purse++) {
            if (engine.purseId(purse).equals(id)) {
                return purse;
            }
        }
        return -1;
    }

    /** What a committed reservation costs: as these rules say or, when they do not know the reward, as it was. */
    private void noteHandedOut(Operation operation) {
        if (operation.kind() == OperationKind.COMMIT) {
            ReservationView here = engine.reservation(operation.idempotencyKey());
            ReservationView held = here == null ? history.reservation(operation.idempotencyKey()) : here;
            figures.handedOut(held == null ? 0 : costMicro(held.reward(), held.units(), history));
        }
    }

    /** Cost of units of a reward to the chain, millionths of a minor unit. */
    static long costMicro(ShopReward reward, long units, AccrualEngine currency) {
        return Worth.minor(reward.cost(), currency)
                .multiply(BigDecimal.valueOf(units))
                .movePointRight(MICRO_DIGITS)
                .longValue();
    }

    /** Operations that these rules refuse, how often. */
    Map<Refusal, long[]> refusals() {
        return refusals;
    }

    /** Receipts that these rules would have answered and not recorded. */
    long receiptsRefused() {
        return receiptsRefused;
    }

    /** Rewards of the shop and conversions that were had and that the purse would not have covered. */
    long unfundedRewards() {
        return unfundedRewards;
    }
}
