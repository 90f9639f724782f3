package org.assidu.accrual.simulation;

import java.nio.file.Path;
import java.util.SplittableRandom;
import org.assidu.accrual.journal.Durability;

/**
 * One simulated world. Everything that happens in it follows from this record.
 *
 * @param seed of every choice
 * @param events after which tills, desk and faults stop; then everything under way comes to its end
 * @param fileJournal whether the real journal on plain files is run, instead of the one in memory
 * @param folder for the directory and, where it is one, the file journal; emptied afterwards
 */
public record SimulationConfig(long seed, int events, boolean fileJournal, Durability durability, Path folder) {

    /** The world of a seed: one in eight over the file journal, one in five in FAST. */
    public static SimulationConfig of(long seed, int events, Path folder) {
        SplittableRandom random = new SplittableRandom(seed ^ 0x776f726c64L);
        boolean fileJournal = random.nextInt(8) == 0;
        Durability durability = random.nextInt(5) == 0 ? Durability.FAST : Durability.DURABLE;
        return new SimulationConfig(seed, events, fileJournal, durability, folder);
    }

    public SimulationConfig withFileJournal(boolean value) {
        return new SimulationConfig(seed, events, value, durability, folder);
    }

    public SimulationConfig withDurability(Durability value) {
        return new SimulationConfig(seed, events, fileJournal, value, folder);
    }
}
