package org.assidu.accrual.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Random;
import org.assidu.accrual.model.ControlDraw;
import org.junit.jupiter.api.Test;

/** The export tells as control group exactly those whom the engine leaves out. */
final class ControlDrawTest {

    @Test
    void theDrawIsTheEngines() {
        Random random = new Random(4);
        for (String id : new String[] {"gold-tuesday", "b", "été-à-la-mer"}) {
            byte[] bytes = id.getBytes(StandardCharsets.UTF_8);
            long idHash = Mix.text(bytes, 0, bytes.length);
            for (int hundredths : new int[] {0, 1, 1_000, 5_000}) {
                ControlDraw draw = new ControlDraw(id, hundredths);
                int drawn = 0;
                for (int i = 0; i < 20_000; i++) {
                    long member = random.nextLong();
                    assertThat(draw.isControl(member))
                            .isEqualTo(MemberConditions.isControl(member, idHash, hundredths));
                    drawn += draw.isControl(member) ? 1 : 0;
                }
                assertThat(drawn / 20_000.0).isBetween(hundredths / 10_000.0 - 0.02, hundredths / 10_000.0 + 0.02);
            }
        }
    }
}
