package org.assidu.accrual.replication;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.assidu.accrual.codec.EpochRecordCodec;
import org.assidu.accrual.journal.Durability;
import org.assidu.accrual.journal.Journal;
import org.assidu.accrual.journal.JournalConfig;
import org.assidu.accrual.journal.RecoveryProgress;
import org.assidu.accrual.journal.file.FileJournal;
import org.assidu.accrual.model.RecordType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Epochs, and what a data directory is. */
final class EpochGuardTest {
    @TempDir
    Path folder;

    @Test
    void serverStopsOnceWhenItIsToldOfAHigherEpochAndNeverServesAgain() {
        RoleFiles roles = new RoleFiles(folder);
        List<String> reasons = new ArrayList<>();
        EpochGuard guard = new EpochGuard(roles, new Epoch(2, 40), reasons::add);
        assertThat(guard.told(1, "an old server")).isTrue();
        assertThat(guard.told(2, "a standby")).isTrue();
        assertThatCode(roles::requireServing).doesNotThrowAnyException();
        assertThat(guard.told(3, "the server B")).isFalse();
        assertThat(guard.told(4, "the server C")).isFalse();
        assertThat(guard.told(1, "an old server")).as("once replaced").isFalse();
        assertThat(reasons).containsExactly("the server B is in epoch 3, this directory is in epoch 2");
        assertThatThrownBy(() -> new RoleFiles(folder).requireServing())
                .hasMessageContaining("was replaced: the server B is in epoch 3")
                .hasMessageContaining("assidu follow HOST:PORT --data " + folder);
    }

    @Test
    void epochWithoutItsTextIsReadFromTheJournalAndKept() throws Exception {
        try (Journal journal = FileJournal.open(
                folder.resolve("journal"),
                JournalConfig.defaults().withDurability(Durability.FAST).withMinimumFreeBytes(0),
                RecoveryProgress.silent())) {
            RoleFiles roles = new RoleFiles(folder);
            assertThat(roles.epoch(journal::newReader)).isEqualTo(Epoch.FIRST);
            Files.delete(folder.resolve("epoch"));
            for (long epoch = 2; epoch <= 3; epoch++) {
                byte[] payload = new byte[EpochRecordCodec.SIZE_BOUND];
                int length = EpochRecordCodec.encode(epoch, payload, 0);
                journal.appender().append(RecordType.EPOCH.code(), 1, payload, 0, length);
                journal.appender().commit();
            }
            assertThat(roles.epoch(journal::newReader)).isEqualTo(new Epoch(3, 2));
            assertThat(Files.readString(folder.resolve("epoch"))).isEqualTo("3 from position 2\n");
            Files.writeString(folder.resolve("epoch"), "three\n");
            assertThatThrownBy(() -> roles.epoch(journal::newReader)).hasMessageContaining("says \"three\"");
        }
    }

    @Test
    void promotedDirectoryFollowsNobodyUntilItIsReplaced() {
        RoleFiles roles = new RoleFiles(folder);
        roles.follow("A");
        assertThat(roles.standbyOf()).contains("A");
        assertThatCode(roles::requireFollowing).doesNotThrowAnyException();
        roles.promoted(new Epoch(2, 7));
        assertThat(roles.standbyOf()).isEmpty();
        assertThatCode(roles::requireServing).doesNotThrowAnyException();
        assertThatThrownBy(roles::requireFollowing).hasMessageContaining("was promoted (epoch 2 from position 7)");
        roles.fence("B is in epoch 3");
        assertThatCode(roles::requireFollowing).doesNotThrowAnyException();
        roles.follow("B");
        assertThat(roles.standbyOf()).contains("B");
        assertThatThrownBy(roles::requireServing).hasMessageContaining("is a standby of B");
    }
}
