package org.assidu.benchmarks.load;

import io.grpc.ManagedChannel;
import io.grpc.netty.NettyChannelBuilder;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/** A server under test, in a process of its own. */
record Target(String name, Process process, ManagedChannel channel) implements AutoCloseable {
    static ManagedChannel channel(int port) {
        return NettyChannelBuilder.forAddress("127.0.0.1", port)
                .usePlaintext()
                .directExecutor()
                .maxInboundMessageSize(4 << 20)
                .build();
    }

    int port() {
        String authority = channel.authority();
        return Integer.parseInt(authority.substring(authority.lastIndexOf(':') + 1));
    }

    /** Processor time its process has used so far, all threads. */
    long cpuNanos() {
        return process.info().totalCpuDuration().orElse(Duration.ZERO).toNanos();
    }

    @Override
    public void close() {
        channel.shutdownNow();
        process.destroy();
        try {
            if (!process.waitFor(30, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException interrupted) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }
}
