package org.assidu.accrual.grpc;

import io.grpc.BindableService;
import io.grpc.Server;
import io.grpc.netty.NettyServerBuilder;
import io.grpc.protobuf.services.ChannelzService;
import io.grpc.protobuf.services.ProtoReflectionServiceV1;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.util.concurrent.DefaultThreadFactory;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The listening server: Netty with every limit set, and all calls handled on its event loops. */
public final class GrpcEndpoint implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(GrpcEndpoint.class);
    private static final int CHANNELZ_PAGE = 100;
    private static final int STOP_SECONDS = 10;

    private final Server server;
    private final EventLoopGroup accepting;
    private final EventLoopGroup working;

    private GrpcEndpoint(Server server, EventLoopGroup accepting, EventLoopGroup working) {
        this.server = server;
        this.accepting = accepting;
        this.working = working;
    }

    /** Binds and serves. @throws IOException when the address cannot be bound */
    public static GrpcEndpoint start(GrpcServerConfig config, List<? extends BindableService> services)
            throws IOException {
        EventLoopGroup accepting = eventLoops("grpc-accept", 1);
        EventLoopGroup working = eventLoops(
                "grpc-loop",
                config.eventLoopThreads() == 0
                        ? Runtime.getRuntime().availableProcessors()
                        : config.eventLoopThreads());
        NettyServerBuilder builder = NettyServerBuilder.forAddress(new InetSocketAddress(config.host(), config.port()))
                .directExecutor()
                .channelType(NioServerSocketChannel.class)
                .bossEventLoopGroup(accepting)
                .workerEventLoopGroup(working)
                .maxInboundMessageSize(config.maxMessageBytes())
                .maxInboundMetadataSize(config.maxMetadataBytes())
                .maxConcurrentCallsPerConnection(config.maxCallsPerConnection())
                .maxRstFramesPerWindow(config.maxResetsPerWindow(), config.resetWindowSeconds())
                .keepAliveTime(config.keepAliveSeconds(), TimeUnit.SECONDS)
                .keepAliveTimeout(config.keepAliveTimeoutSeconds(), TimeUnit.SECONDS)
                .permitKeepAliveTime(config.permitKeepAliveSeconds(), TimeUnit.SECONDS)
                .permitKeepAliveWithoutCalls(true)
                .maxConnectionAge(config.maxConnectionAgeSeconds(), TimeUnit.SECONDS)
                .maxConnectionAgeGrace(config.connectionAgeGraceSeconds(), TimeUnit.SECONDS);
        if (config.flowControlWindowBytes() != 0) {
            builder.flowControlWindow(config.flowControlWindowBytes());
        }
        services.forEach(builder::addService);
        builder.addService(ChannelzService.newInstance(CHANNELZ_PAGE));
        if (config.reflection()) {
            builder.addService(ProtoReflectionServiceV1.newInstance());
        }
        GrpcEndpoint endpoint = new GrpcEndpoint(builder.build(), accepting, working);
        try {
            endpoint.server.start();
        } catch (IOException e) {
            endpoint.stopLoops();
            throw new IOException(
                    "cannot listen on " + config.host() + ":" + config.port() + ": " + e.getMessage()
                            + "; choose another port, or 0 for any",
                    e);
        }
        LOG.info(
                "listening on {}:{} without TLS: a development mode, reachable from this machine only",
                config.host(),
                endpoint.port());
        return endpoint;
    }

    /** The port in use. */
    public int port() {
        return server.getPort();
    }

    /** Takes no new calls; the open ones may end. */
    public void drain() {
        server.shutdown();
    }

    /** Ends open calls with UNAVAILABLE after {@code graceMillis}, then stops. */
    public void close(long graceMillis) {
        server.shutdown();
        try {
            if (!server.awaitTermination(graceMillis, TimeUnit.MILLISECONDS)) {
                server.shutdownNow();
                server.awaitTermination(STOP_SECONDS, TimeUnit.SECONDS);
            }
        } catch (InterruptedException e) {
            server.shutdownNow();
            Thread.currentThread().interrupt();
        }
        stopLoops();
    }

    @Override
    public void close() {
        close(0);
    }

    private void stopLoops() {
        var unusedAccepting = accepting.shutdownGracefully(0, STOP_SECONDS, TimeUnit.SECONDS);
        var unusedWorking = working.shutdownGracefully(0, STOP_SECONDS, TimeUnit.SECONDS);
    }

    private static EventLoopGroup eventLoops(String name, int threads) {
        return new MultiThreadIoEventLoopGroup(
                threads, new DefaultThreadFactory(name, true), NioIoHandler.newFactory());
    }
}
