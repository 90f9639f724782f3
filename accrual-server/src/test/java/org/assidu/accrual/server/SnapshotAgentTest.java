package org.assidu.accrual.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardWatchEventKinds;
import java.nio.file.WatchKey;
import java.nio.file.WatchService;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Collectors;
import org.assidu.accrual.cli.SnapshotProcess;
import org.assidu.accrual.snapshot.SnapshotHead;
import org.assidu.accrual.snapshot.SnapshotStore;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Snapshots by a process that stays beside a real server. */
@Timeout(180)
class SnapshotAgentTest {
    private final AtomicLong clock = new AtomicLong(RunningShop.NOW);

    @TempDir
    private Path data;

    @Test
    void oneProcessMakesThemAllAndEndsWithItsInput() throws Exception {
        try (RunningShop shop = new RunningShop(data, clock).published().earn(1, 30)) {
            Process process = new ProcessBuilder(command())
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
            try (BufferedReader said = process.inputReader(StandardCharsets.UTF_8)) {
                assertThat(asked(process, said))
                        .contains("position " + appliedBy(shop) + "  state hash " + hashOf(shop));
                shop.earn(2, 20);
                assertThat(asked(process, said))
                        .contains("position " + appliedBy(shop) + "  state hash " + hashOf(shop));
                assertThat(asked(process, said)).isEqualTo("nothing came since the newest snapshot");
                process.getOutputStream().close();
                assertThat(process.waitFor()).isZero();
            } finally {
                process.destroyForcibly();
            }
        }
    }

    @Test
    void serverHasThemMadeStartsAProcessThatWasLostAgainAndLeavesNoneBehind() throws Exception {
        Path folder = Files.createDirectories(new DataDirectory(data).snapshots());
        List<ProcessHandle> others = ProcessHandle.current().children().toList();
        try (WatchService watch = FileSystems.getDefault().newWatchService()) {
            folder.register(watch, StandardWatchEventKinds.ENTRY_CREATE);
            try (RunningShop shop = new RunningShop(data, clock).published().earn(1, 30)) {
                shop.server().snapshotEvery(Duration.ofMillis(500), command());
                awaitSnapshot(watch, folder, appliedBy(shop));
                ProcessHandle lost = snapshotProcess(others);
                assertThat(lost.destroyForcibly()).isTrue();
                lost.onExit().get(60, TimeUnit.SECONDS);
                shop.earn(2, 20);
                awaitSnapshot(watch, folder, appliedBy(shop));
                assertThat(String.format("%016x", newest().stateHash())).isEqualTo(hashOf(shop));
                lost = snapshotProcess(others);
                shop.close();
                lost.onExit().get(60, TimeUnit.SECONDS);
            }
        }
    }

    @Test
    void stopDoesNotWaitForTheFirstStartOfTheProcess() throws Exception {
        Set<Thread> before = agentThreads();
        RunningShop shop = new RunningShop(data, clock).published();
        shop.server().snapshotEvery(Duration.ofHours(6), command());
        Set<Thread> started = agentThreads();
        started.removeAll(before);
        shop.close();
        assertThat(started).hasSize(1).allSatisfy(thread -> {
            thread.join(10_000);
            assertThat(thread.isAlive()).isFalse();
        });
    }

    private static Set<Thread> agentThreads() {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.getName().equals("assidu-snapshot"))
                .collect(Collectors.toCollection(HashSet::new));
    }

    private static String asked(Process process, BufferedReader said) throws IOException {
        process.getOutputStream().write('\n');
        process.getOutputStream().flush();
        return said.readLine();
    }

    private List<String> command() {
        List<String> options = ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
                .filter(argument -> argument.startsWith("--add-"))
                .toList();
        return SnapshotProcess.command(data, options, 0);
    }

    private static long appliedBy(RunningShop shop) {
        return shop.status().getAppliedPosition();
    }

    private static String hashOf(RunningShop shop) {
        return shop.status().getStateHash();
    }

    private static ProcessHandle snapshotProcess(List<ProcessHandle> others) {
        return ProcessHandle.current()
                .children()
                .filter(child -> !others.contains(child))
                .findFirst()
                .orElseThrow();
    }

    private SnapshotHead newest() throws IOException {
        DataDirectory directory = new DataDirectory(data);
        SnapshotHead head = new ServerSnapshots(directory, new SnapshotStore(directory.snapshots())).newest();
        if (head == null) {
            throw new AssertionError("no snapshot in " + directory.snapshots());
        }
        return head;
    }

    private void awaitSnapshot(WatchService watch, Path folder, long position)
            throws IOException, InterruptedException {
        Path wanted = folder.resolve(String.format("%012d.snapshot", position));
        while (!Files.exists(wanted)) {
            WatchKey key = watch.poll(120, TimeUnit.SECONDS);
            assertThat(key).as("a new file in %s", folder).isNotNull();
            key.pollEvents();
            key.reset();
        }
        assertThat(newest().position()).isEqualTo(position);
    }
}
