package org.assidu.accrual.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/**
 * What a snapshot keeps of the engine. {@link RecordingEngine} restores one again and again in every test that uses it, and the
 * agreement with the reference ledger goes through restarts.
 */
class EngineImageTest {
    private static final int HISTORIES = Integer.getInteger("histories", 60);
    private static final int STEPS = 150;

    @Test
    void historyGoesOnFromAnImageAsIfNothingHadHappened() {
        long seed = Long.getLong("seed", 20261201L);
        System.out.println("seed " + seed);
        for (long one = seed; one < seed + HISTORIES; one++) {
            JournalTill straight = RandomTill.restoring(new SplittableRandom(one), STEPS, 0).till;
            JournalTill restored = RandomTill.restoring(new SplittableRandom(one), STEPS, 3).till;
            assertThat(restored.wroteTheSameAs(straight))
                    .as("records of seed %s, %s of them", one, straight.position())
                    .isTrue();
            assertThat(restored.engine.stateHash()).isEqualTo(straight.engine.stateHash());
            assertThat(restored.engine.recomputedStateHash()).isEqualTo(straight.engine.stateHash());
            assertThat(restored.engine.totals().books())
                    .isEqualTo(straight.engine.totals().books());
            straight.engine
                    .totals()
                    .memberKeys()
                    .forEach(member ->
                            assertThat(restored.engine.member(member)).isEqualTo(straight.engine.member(member)));
        }
    }
}
