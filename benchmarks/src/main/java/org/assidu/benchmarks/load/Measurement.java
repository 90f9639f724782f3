package org.assidu.benchmarks.load;

/**
 * One measured interval of one target.
 *
 * @param mode closed or open
 * @param linesPerSecond answered within the interval
 * @param offeredLinesPerSecond the schedule's rate; 0 in a closed loop
 * @param serverCpuNanosPerLine processor time of the server's process, which other work on the machine distorts far less
 *     than throughput
 * @param clientCpuNanosPerLine the same of this process
 */
record Measurement(
        int round,
        Shape shape,
        String target,
        String mode,
        double linesPerSecond,
        double offeredLinesPerSecond,
        double serverCpuNanosPerLine,
        double clientCpuNanosPerLine,
        long p50Micros,
        long p99Micros,
        long p999Micros,
        long maxMicros) {}
