package org.assidu.accrual.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.util.Arrays;
import java.util.List;
import org.assidu.accrual.model.Mechanics.MoneyPurse;
import org.assidu.accrual.model.MovementKind;
import org.assidu.accrual.model.Operation;
import org.assidu.accrual.model.OperationKind;
import org.assidu.accrual.model.OperationStatus;
import org.assidu.accrual.model.OutcomeColumns;
import org.assidu.accrual.model.Points;
import org.assidu.accrual.model.ProgrammeDocument.NegativePolicy;
import org.assidu.accrual.model.ProgrammeDocument.Purse;
import org.assidu.accrual.model.ProgrammeDocument.Rounding;
import org.assidu.accrual.model.PublishedProgramme;
import org.junit.jupiter.api.Test;

class PursesTest {
    private static final String POINTS = "earning: {basis: AMOUNT, points: 1}";

    private static MoneyPurse money(String id, NegativePolicy negative) {
        return new MoneyPurse(Purse.everlasting(id, Rounding.CARRY, negative), BigDecimal.ZERO);
    }

    private static PublishedProgramme with(int version, MoneyPurse... purses) {
        return ProgrammeParts.of(TestProgrammes.published(version, POINTS))
                .moneyPurses(Arrays.asList(purses))
                .published();
    }

    private static OperationStatus adjust(RecordingEngine recording, String purse, String points) {
        long micro = new BigDecimal(points).movePointRight(6).longValueExact();
        return recording.operate(new Operation(
                OperationKind.ADJUST, 7, 0, purse, "", micro, RecordingEngine.NOW, "anna", "test", List.of("boris")));
    }

    private static String balances(RecordingEngine recording) {
        StringBuilder text = new StringBuilder();
        for (MemberView.PurseView purse : recording.engine.member(7).purses()) {
            text.append(text.isEmpty() ? "" : " ")
                    .append(purse.purseId())
                    .append('=')
                    .append(Points.format(purse.balanceMicro()))
                    .append(purse.debtMicro() == 0 ? "" : "-" + Points.format(purse.debtMicro()));
        }
        return text.toString();
    }

    @Test
    void eachPurseHasItsBalanceItsSumAndItsNegativePolicy() {
        RecordingEngine recording = new RecordingEngine(with(
                1,
                money("cagnotte", NegativePolicy.ALLOW),
                money("floor", NegativePolicy.FLOOR_AT_ZERO),
                money("debt", NegativePolicy.DEBT)));
        recording.submit("#1 m7 10.00");
        assertThat(adjust(recording, "cagnotte", "-300")).isEqualTo(OperationStatus.DONE);
        assertThat(adjust(recording, "floor", "-20")).isEqualTo(OperationStatus.DONE);
        assertThat(adjust(recording, "debt", "-20")).isEqualTo(OperationStatus.DONE);
        assertThat(balances(recording)).isEqualTo("points=10 cagnotte=-300 floor=0 debt=0-20");
        assertThat(adjust(recording, "debt", "50")).isEqualTo(OperationStatus.DONE);
        assertThat(balances(recording)).isEqualTo("points=10 cagnotte=-300 floor=0 debt=30");
        assertThat(recording.engine.totals().outstandingMicro()).isEqualTo(10_000_000);
        assertThat(recording.engine.totals().outstandingMicro(1)).isEqualTo(-300_000_000);
        assertThat(recording.engine.balanceMicro(7, 3)).isEqualTo(30_000_000);
        assertThat(recording.replayed().stateHash()).isEqualTo(recording.engine.stateHash());
    }

    @Test
    void limitsOfTheDeskCountCurrencyUnitsInAMoneyPurse() {
        RecordingEngine recording = new RecordingEngine(with(1, money("cagnotte", NegativePolicy.ALLOW)));
        recording.submit("#1 m7 10.00");
        assertThat(adjust(recording, "cagnotte", "100000")).isEqualTo(OperationStatus.DONE);
        assertThat(adjust(recording, "cagnotte", "100001")).isEqualTo(OperationStatus.APPROVAL_REQUIRED);
        assertThat(adjust(recording, "cagnotte", "1000000")).isEqualTo(OperationStatus.APPROVAL_REQUIRED);
        assertThat(adjust(recording, "cagnotte", "1000001")).isEqualTo(OperationStatus.LIMIT_EXCEEDED);
    }

    @Test
    void pursesKeepTheirSlotOverVersions() {
        RecordingEngine recording = new RecordingEngine(
                with(1, money("a", NegativePolicy.ALLOW)),
                with(2, money("b", NegativePolicy.ALLOW), money("a", NegativePolicy.DEBT)));
        assertThat(recording.engine.purses()).isEqualTo(3);
        assertThat(recording.engine.purseId(0)).isEqualTo("points");
        assertThat(recording.engine.purseId(1)).isEqualTo("a");
        assertThat(recording.engine.purseId(2)).isEqualTo("b");
    }

    @Test
    void countersOfTheProgrammeItselfAreNoMember() {
        AccrualEngine engine = new AccrualEngine();
        engine.applyProgramme(TestProgrammes.published(POINTS), 1);
        long before = engine.stateHash();
        OutcomeColumns out = new OutcomeColumns();
        out.addCounterChange(0, CounterSlots.FIRST, 5);
        Operation operation = new Operation(
                OperationKind.ADJUST, 7, 0, "points", "", 1, RecordingEngine.NOW, "anna", "test", List.of());
        engine.applyOperation(operation, out, 2, 3);
        assertThat(engine.totals().members()).isZero();
        assertThat(engine.stateHash()).isNotEqualTo(before).isEqualTo(engine.recomputedStateHash());
        out.counterDelta[0] = -5;
        engine.applyOperation(operation, out, 3, 3);
        assertThat(engine.stateHash()).isEqualTo(before).isEqualTo(engine.recomputedStateHash());
    }

    @Test
    void aNameOfADecisionThatWasNeverAppliedLeavesNoSlot() {
        CounterSlots slots = new CounterSlots();
        assertThat(slots.publish("a")).isEqualTo(4_096);
        assertThat(slots.slot("b")).isEqualTo(4_097);
        assertThat(slots.slot("c")).isEqualTo(4_098);
        assertThat(slots.publish("b")).isEqualTo(4_097);
        assertThat(slots.publish("c")).isEqualTo(4_098);
        assertThat(slots.slot("d")).isEqualTo(4_099);
        slots.forgetUnpublished();
        assertThat(slots.slot("e")).isEqualTo(4_099);
        assertThat(slots.publish("d")).isEqualTo(4_099);
        assertThat(slots.publish("a")).isEqualTo(4_096);
        assertThat(slots.slot("e")).isEqualTo(4_100);
        assertThat(slots.size()).isEqualTo(4);
        assertThat(slots.name(4_098)).isEqualTo("c");
    }

    @Test
    void movementKindsOfOneMemberMoveOnlyTheirPurse() {
        RecordingEngine recording = new RecordingEngine(with(1, money("cagnotte", NegativePolicy.ALLOW)));
        recording.submit("#1 m7 10.00");
        adjust(recording, "cagnotte", "3");
        OutcomeColumns out = recording.submit("#2 m7 2.00");
        assertThat(recording.movements(out)).containsExactly("m7 " + MovementKind.EARNED + " 2 base v1");
        assertThat(out.balanceMicro).isEqualTo(12_000_000);
    }
}
