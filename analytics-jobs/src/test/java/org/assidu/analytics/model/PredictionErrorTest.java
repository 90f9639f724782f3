package org.assidu.analytics.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

final class PredictionErrorTest {

    @Test
    void errorsAreAsComputedByHand() {
        PredictionError error = PredictionError.between(new double[] {1, 2, 3, 6}, new double[] {2, 2, 1, 7});
        assertThat(error.predictedTotal()).isEqualTo(12);
        assertThat(error.actualTotal()).isEqualTo(12);
        assertThat(error.meanAbsoluteError()).isEqualTo(1);
        assertThat(error.rootMeanSquareError()).isCloseTo(Math.sqrt(6 / 4.0), within(1e-12));
        // Deviations −2 −1 0 3 and −1 −1 −2 4.
        assertThat(error.correlation()).isCloseTo(15 / Math.sqrt(14.0 * 22), within(1e-12));
    }

    @Test
    void aConstantPredictionHasNoCorrelationHoweverManyCustomersThereAre() {
        double[] constant = new double[100_000];
        Arrays.fill(constant, 1 / 3.0);
        double[] actual =
                IntStream.range(0, constant.length).mapToDouble(i -> i % 7).toArray();
        assertThat(PredictionError.between(constant, actual).correlation()).isNaN();
        assertThat(PredictionError.between(actual, constant).correlation()).isNaN();
        assertThat(PredictionError.between(new double[3], new double[] {1, 2, 3})
                        .correlation())
                .isNaN();
    }
}
