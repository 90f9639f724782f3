package org.assidu.accrual.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.assidu.accrual.journal.file.FileJournal;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Batches of one journal, taken over into another. */
final class BatchRecordsTest {
    private static final JournalConfig CONFIG =
            JournalConfig.defaults().withDurability(Durability.FAST).withMinimumFreeBytes(0);

    @TempDir
    Path folder;

    /** Two generations; batches of 1 to 4 records of different lengths. */
    private List<byte[]> written(Path directory) {
        List<byte[]> batches = new ArrayList<>();
        for (int generation = 0; generation < 2; generation++) {
            try (Journal journal = FileJournal.open(directory, CONFIG, RecoveryProgress.silent())) {
                JournalAppender appender = journal.appender();
                for (int batch = 1; batch <= 4; batch++) {
                    for (int record = 0; record < batch; record++) {
                        byte[] payload = "x".repeat(7 * record + generation).getBytes(StandardCharsets.US_ASCII);
                        appender.append(record + 1, 1_000L * batch, payload, 0, payload.length);
                    }
                    appender.commit();
                    journal.barrier().advance();
                }
                try (JournalReader reader = journal.newReader()) {
                    reader.seek(journal.recoveredPosition() + 1);
                    while (reader.next()) {
                        batches.add(reader.copyBatch());
                        reader.seek(reader.batchEnd() + 1);
                    }
                }
            }
        }
        return batches;
    }

    @Test
    void batchesTakenOverHaveTheirPositionsRecordsAndHashesInAGenerationOfTheirOwn() throws Exception {
        List<byte[]> batches = written(folder.resolve("first"));
        assertThat(batches).hasSize(8);
        try (Journal copy = FileJournal.open(folder.resolve("second"), CONFIG, RecoveryProgress.silent())) {
            for (byte[] batch : batches) {
                JournalAppender appender = copy.appender();
                BatchRecords records = BatchRecords.checked(batch, appender.appendedPosition(), copy.chainHead());
                while (records.next()) {
                    assertThat(appender.append(
                                    records.type(),
                                    records.timeMillis(),
                                    records.buffer(),
                                    records.offset(),
                                    records.length()))
                            .isEqualTo(records.position());
                }
                appender.commit();
                assertThat(copy.chainHead()).isEqualTo(records.hash());
            }
            copy.barrier().advance();
        }
        JournalReport first = FileJournal.verify(folder.resolve("first"), RecoveryProgress.silent());
        JournalReport second = FileJournal.verify(folder.resolve("second"), RecoveryProgress.silent());
        assertThat(second.intact()).isTrue();
        assertThat(second.records()).isEqualTo(first.records()).isEqualTo(20);
        assertThat(second.chainHead()).isEqualTo(first.chainHead());
        assertThat(second.generations()).hasSize(1);
    }

    @Test
    void everyFlippedByteAndEveryTruncationIsRefused() throws Exception {
        byte[] whole = written(folder.resolve("first")).get(3);
        byte[] head = chainHeadBefore(whole);
        assertThat(BatchRecords.checked(whole, 6, head).count()).isEqualTo(4);
        for (int at = 0; at < whole.length; at++) {
            byte[] damaged = whole.clone();
            damaged[at] ^= 0x10;
            assertThatThrownBy(() -> BatchRecords.checked(damaged, 6, head))
                    .as("byte %d", at)
                    .isInstanceOf(BatchRefusedException.class);
            byte[] cut = Arrays.copyOf(whole, at);
            assertThatThrownBy(() -> BatchRecords.checked(cut, 6, head))
                    .as("cut to %d", at)
                    .isInstanceOf(BatchRefusedException.class);
        }
    }

    @Test
    void batchThatDoesNotFollowIsRefusedWithBothNumbers() {
        byte[] whole = written(folder.resolve("first")).get(3);
        byte[] head = chainHeadBefore(whole);
        assertThatThrownBy(() -> BatchRecords.checked(whole, 5, head))
                .isInstanceOf(BatchRefusedException.class)
                .hasMessageContaining("expected=6 actual=7");
        head[0]++;
        assertThatThrownBy(() -> BatchRecords.checked(whole, 6, head))
                .isInstanceOf(BatchRefusedException.class)
                .hasMessageContaining("previous hash of batch expected=");
    }

    private static byte[] chainHeadBefore(byte[] batch) {
        return Arrays.copyOfRange(batch, BatchFrame.CHECKED_BYTES, BatchFrame.HEADER_BYTES);
    }
}
