package org.assidu.accrual.journal;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.HexFormat;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/**
 * The bytes on disk, computed apart from this code from the layouts that the frames document. A change here is a new
 * version of the format, and journals of the old one must still open.
 */
class FrameBytesTest {
    private static final byte[] PREVIOUS_HASH =
            HexFormat.of().parseHex("000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f");

    @Test
    void batchBytesAreAsDocumented() {
        BatchBuilder batch = new BatchBuilder();
        batch.add(7, 5, 1000, new byte[] {'z', 'a', 'b', 'c'}, 1, 3);
        batch.add(0, 6, 1001, new byte[0], 0, 0);
        byte[] chainHead = PREVIOUS_HASH.clone();
        batch.finish(4, 3, chainHead);
        assertThat(HexFormat.of().formatHex(batch.bytes(), 0, batch.length()))
                .isEqualTo("4153424801006800020000004800000005000000000000000400000000000000"
                        + "8add0440d382232fa3aa0d77fc3877c735af475f34140b57a26b72e8883164ca"
                        + "03000000847ce612000102030405060708090a0b0c0d0e0f1011121314151617"
                        + "18191a1b1c1d1e1f916b6512d1a5010007000000030000000500000000000000"
                        + "e803000000000000616263000000000039967ea3d1a501000000000000000000"
                        + "0600000000000000e903000000000000");
        assertThat(HexFormat.of().formatHex(chainHead))
                .isEqualTo("8add0440d382232fa3aa0d77fc3877c735af475f34140b57a26b72e8883164ca");
    }

    @Test
    void reusedBufferLeavesNothingOfTheBatchBefore() {
        BatchBuilder batch = new BatchBuilder();
        byte[] ones = new byte[1000];
        Arrays.fill(ones, (byte) 0xff);
        batch.add(1, 1, 1, ones, 0, ones.length);
        batch.finish(0, 3, new byte[32]);
        batch.clear();
        batch.add(7, 5, 1000, new byte[] {'a', 'b', 'c'}, 0, 3);
        batch.add(0, 6, 1001, new byte[0], 0, 0);
        byte[] chainHead = PREVIOUS_HASH.clone();
        batch.finish(4, 3, chainHead);
        assertThat(HexFormat.of().formatHex(chainHead))
                .isEqualTo("8add0440d382232fa3aa0d77fc3877c735af475f34140b57a26b72e8883164ca");
    }

    @Test
    void generationHeaderBytesAreAsDocumented() {
        UUID bootId = new UUID(0x0102030405060708L, 0x1112131415161718L);
        assertThat(HexFormat.of().formatHex(GenerationHeader.encode(3, 4, PREVIOUS_HASH, 1000, bootId)))
                .isEqualTo("4153474e0100500003000000fa1a87790400000000000000e803000000000000"
                        + "08070605040302011817161514131211000102030405060708090a0b0c0d0e0f"
                        + "101112131415161718191a1b1c1d1e1f");
    }
}
