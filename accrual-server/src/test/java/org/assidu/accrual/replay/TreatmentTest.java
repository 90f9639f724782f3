package org.assidu.accrual.replay;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.assidu.accrual.model.OperationKind;
import org.junit.jupiter.api.Test;

final class TreatmentTest {
    @Test
    void everyKindOfOperationIsAFactOrFollowsFromRulesOrTime() {
        List<OperationKind> missing = new ArrayList<>();
        for (OperationKind kind : OperationKind.values()) {
            try {
                Treatment.of(kind);
            } catch (IllegalStateException unknown) {
                missing.add(kind);
            }
        }
        assertThat(missing)
                .as(
                        "kinds without a row in Treatment: FACT when it happened whatever the rules say (a person at the desk,"
                                + " a reward handed out), RULE when rules gave it (points for an act), TIME when days brought it")
                .isEmpty();
    }
}
