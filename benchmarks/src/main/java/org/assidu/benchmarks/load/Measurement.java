package org.assidu.benchmarks.load;

import org.HdrHistogram.Histogram;

/**
 * One measured interval of one target.
 *
 * @param mode closed or open
 * @param linesPerSecond answered within the interval
 * @param offeredLinesPerSecond the schedule's rate; 0 in a closed loop
 */
record Measurement(
        int round,
        Shape shape,
        String target,
        String mode,
        double linesPerSecond,
        double offeredLinesPerSecond,
        long p50Micros,
        long p99Micros,
        long p999Micros,
        long maxMicros) {
    static Measurement of(
            int round,
            Shape shape,
            String target,
            String mode,
            double linesPerSecond,
            double offered,
            Histogram latency) {
        return new Measurement(
                round,
                shape,
                target,
                mode,
                linesPerSecond,
                offered,
                latency.getValueAtPercentile(50),
                latency.getValueAtPercentile(99),
                latency.getValueAtPercentile(99.9),
                latency.getMaxValue());
    }
}
