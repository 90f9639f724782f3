package org.assidu.accrual.journal;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import com.code_intelligence.jazzer.mutation.annotation.NotNull;
import java.util.Arrays;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.provider.MethodSource;

/** Whatever the bytes of a journal document are: a batch, or a word on what is wrong with it. */
@Tag("instrumented")
final class BatchFuzzTest {
    private static final int GENERATION = 3;
    private static final long LAST = 41;

    private final BatchFrame frame = new BatchFrame();

    static Stream<byte[]> batches() {
        Random random = new Random(7);
        return Stream.of(batch(1, random), batch(3, random), new byte[BatchFrame.HEADER_BYTES]);
    }

    private static byte[] batch(int records, Random random) {
        byte[] bytes = new byte[1_024];
        int at = BatchFrame.HEADER_BYTES;
        for (int i = 0; i < records; i++) {
            byte[] payload = new byte[random.nextInt(50)];
            random.nextBytes(payload);
            at = RecordFrame.write(
                    new java.util.zip.CRC32C(), bytes, at, 1, LAST + 1 + i, 1_000, payload, 0, payload.length);
        }
        byte[] sealed = Arrays.copyOf(bytes, at);
        new BatchFrame().finish(sealed, at, records, LAST + 1, LAST, GENERATION, new byte[BatchFrame.HASH_BYTES]);
        return sealed;
    }

    @MethodSource("batches")
    @FuzzTest
    void bytesAreABatchOrAreRefused(byte @NotNull [] bytes) {
        judge(bytes);
    }

    /** Header, checksum and hash are made sound, so that what the fuzzer writes reaches the frames behind them. */
    @MethodSource("batches")
    @FuzzTest
    void framesBehindASoundHeaderAreABatchOrAreRefused(byte @NotNull [] bytes) {
        if (bytes.length >= BatchFrame.HEADER_BYTES) {
            byte[] sealed = bytes.clone();
            frame.finish(
                    sealed,
                    sealed.length,
                    BatchFrame.count(bytes, 0),
                    LAST + 1,
                    LAST,
                    GENERATION,
                    new byte[BatchFrame.HASH_BYTES]);
            judge(sealed);
        }
    }

    private void judge(byte[] bytes) {
        String problem = frame.problem(bytes, 0, bytes.length, GENERATION, LAST, new byte[BatchFrame.HASH_BYTES]);
        if (problem != null) {
            assertThat(problem).isNotBlank();
            return;
        }
        int at = BatchFrame.HEADER_BYTES;
        for (int i = 0; i < BatchFrame.count(bytes, 0); i++) {
            assertThat(RecordFrame.position(bytes, at)).isEqualTo(LAST + 1 + i);
            at += RecordFrame.frameBytes(RecordFrame.payloadBytes(bytes, at));
        }
        assertThat(at).isEqualTo(bytes.length);
    }
}
