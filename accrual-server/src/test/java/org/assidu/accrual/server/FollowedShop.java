package org.assidu.accrual.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.grpc.Channel;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;
import org.assidu.accrual.journal.Durability;
import org.assidu.accrual.journal.JournalConfig;
import org.assidu.accrual.journal.JournalEnvironment;
import org.assidu.accrual.journal.RecoveryProgress;
import org.assidu.accrual.replication.FollowSettings;

/** What tests of standbys do again and again. */
final class FollowedShop {
    private static final int PATIENCE_SECONDS = 60;

    private FollowedShop() {}

    static Standby follow(Path data, Channel primary) {
        try {
            return Standby.start(
                    StandbyConfig.at(
                                    data, FollowSettings.of("second", "PRIMARY").withRetryMillis(1, 20))
                            .withJournal(JournalConfig.defaults()
                                    .withDurability(Durability.FAST)
                                    .withMinimumFreeBytes(0)),
                    primary);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static Promotion promote(Path data, AtomicLong clock) throws IOException {
        JournalEnvironment system = JournalEnvironment.system();
        return Promotion.of(
                new DataDirectory(data),
                new JournalEnvironment(
                        system.bootId(), system.forcer(), system.spaceProbe(), system.nanoTime(), clock::get));
    }

    /** As an operator does once: the secrets are never sent. */
    static void copySecrets(Path from, Path to) throws IOException {
        Files.createDirectories(to.resolve("directory"));
        for (String secret : new String[] {"secret.hex", "master.hex"}) {
            Files.copy(
                    from.resolve("directory").resolve(secret),
                    to.resolve("directory").resolve(secret),
                    StandardCopyOption.REPLACE_EXISTING);
        }
    }

    /** As a backup of a stopped server. */
    static void copy(Path from, Path to) throws IOException {
        try (Stream<Path> files = Files.walk(from)) {
            for (Path file : files.toList()) {
                Path target = to.resolve(from.relativize(file).toString());
                if (Files.isDirectory(file)) {
                    Files.createDirectories(target);
                } else {
                    Files.copy(file, target);
                }
            }
        } catch (FileAlreadyExistsException e) {
            throw new AssertionError(e);
        }
    }

    static void await(BooleanSupplier condition, Standby standby) {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
        while (!condition.getAsBoolean()) {
            assertThat(System.nanoTime()).as("in time: %s", standby.status()).isLessThan(deadline);
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(2));
        }
    }

    /** Until the standby has everything and its state was compared there. */
    static void awaitSame(Standby standby, RunningShop shop) {
        long durable = shop.status().getDurablePosition();
        await(() -> standby.status().position() == durable, standby);
        await(() -> standby.status().comparedPosition() == durable, standby);
        assertThat(String.format("%016x", standby.status().stateHash()))
                .isEqualTo(shop.status().getStateHash());
    }

    static String chainHead(Path data) {
        var report = new DataDirectory(data).verifyStructure(RecoveryProgress.silent());
        assertThat(report.damage()).isNull();
        return report.chainHead();
    }
}
