package org.assidu.accrual.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.assidu.accrual.journal.Durability;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Worlds of random seeds for some seconds; {@code -Dseed=} runs those from a given one on. */
final class SimulationTest {
    private static final long SECONDS = Long.getLong("simulation.seconds", 20);

    @Test
    void nothingToldIsLostAndNothingCountsTwice() throws InterruptedException {
        long seed = Long.getLong("seed", System.nanoTime());
        System.out.println("SimulationTest -Dseed=" + seed);
        SimulationReport report = Simulate.runFor(TimeUnit.SECONDS.toNanos(SECONDS), seed, 2, false);
        System.out.println(report.summary());
        assertThat(report.restarts()).isPositive();
        assertThat(report.powerCuts()).isPositive();
        assertThat(report.generations()).isPositive();
        assertThat(report.failures()).isPositive();
        assertThat(report.lost()).as("records lost that nobody was told of").isPositive();
        assertThat(report.programmes()).isGreaterThan(report.worlds());
        assertThat(report.snapshotStarts()).as("starts from a snapshot").isPositive();
        assertThat(report.passedOver()).as("snapshots that were no good").isPositive();
    }

    @ParameterizedTest
    @CsvSource({"false,DURABLE", "true,DURABLE", "false,FAST", "true,FAST"})
    void sameSeedGivesTheSameWorld(boolean fileJournal, Durability durability) {
        List<SimulationReport> reports = new ArrayList<>();
        for (int run = 0; run < 2; run++) {
            Simulate.inFolder((folder, directory) -> reports.add(
                    Simulation.run(new SimulationConfig(20261122, 3_000, fileJournal, durability, folder), directory)));
        }
        assertThat(reports.get(0)).isEqualTo(reports.get(1));
        assertThat(reports.get(0).restarts()).isPositive();
    }
}
