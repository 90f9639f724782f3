package org.assidu.accrual.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Path;
import org.assidu.accrual.journal.Durability;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Short forms of {@code bench kill}; {@code -Dkills=} sets how often, {@code -Dseed=} when. */
final class KillLoopTest {
    private static final int KILLS = Integer.getInteger("kills", 20);
    private static final int FEWER = KILLS / 4;
    private static final long RANDOM_SEED = Long.getLong("seed", System.nanoTime());

    @TempDir
    Path folder;

    @Test
    void nothingAcknowledgedIsLostByKillsOfADurableServer() throws Exception {
        assertKilled(KILLS, Durability.DURABLE, false);
    }

    @Test
    void nothingAcknowledgedIsLostByKillsOfAFastServer() throws Exception {
        assertKilled(FEWER, Durability.FAST, false);
    }

    @Test
    void nothingAcknowledgedIsLostByKillsOfAServerThatIsPidOne() throws Exception {
        boolean allowed = KillLoop.mayUseNamespaces();
        if (!allowed) {
            System.out.println("KillLoopTest: PID namespaces are forbidden here (unshare -rpf), skipped");
        }
        assumeTrue(allowed, "PID namespaces are forbidden here");
        assertKilled(FEWER, Durability.DURABLE, true);
    }

    private void assertKilled(int kills, Durability durability, boolean ownNamespace) throws Exception {
        System.out.println("KillLoopTest -Dseed=" + RANDOM_SEED);
        String told = KillLoop.run(folder, kills, durability, ownNamespace, RANDOM_SEED);
        System.out.println(told);
        assertThat(told).startsWith(kills + " kills");
    }
}
