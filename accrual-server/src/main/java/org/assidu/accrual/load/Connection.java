package org.assidu.accrual.load;

import io.grpc.ManagedChannel;
import io.grpc.netty.NettyChannelBuilder;
import java.util.concurrent.TimeUnit;

/** A client's channel to a server given as {@code host:port}. */
public final class Connection implements AutoCloseable {
    private final ManagedChannel channel;

    private Connection(ManagedChannel channel) {
        this.channel = channel;
    }

    /** Without TLS and token. @throws IllegalArgumentException when the address is not {@code host:port} */
    public static Connection to(String address) {
        return to(address, ClientSecurity.NONE);
    }

    /** @throws IllegalArgumentException when the address is not {@code host:port}, or a file cannot be used */
    public static Connection to(String address, ClientSecurity security) {
        int colon = address.lastIndexOf(':');
        if (colon <= 0 || !address.substring(colon + 1).matches("[0-9]{1,5}")) {
            throw new IllegalArgumentException(
                    "server address '" + address + "' is not host:port, such as 127.0.0.1:7070");
        }
        NettyChannelBuilder builder = NettyChannelBuilder.forAddress(
                        address.substring(0, colon), Integer.parseInt(address.substring(colon + 1)))
                .directExecutor()
                .flowControlWindow(4 << 20)
                .maxInboundMessageSize(16 << 20);
        security.applyTo(builder);
        return new Connection(builder.build());
    }

    public ManagedChannel channel() {
        return channel;
    }

    @Override
    public void close() {
        channel.shutdown();
        try {
            if (!channel.awaitTermination(5, TimeUnit.SECONDS)) {
                channel.shutdownNow();
            }
        } catch (InterruptedException interrupted) {
            channel.shutdownNow();
            Thread.currentThread().interrupt();
        }
    }
}
