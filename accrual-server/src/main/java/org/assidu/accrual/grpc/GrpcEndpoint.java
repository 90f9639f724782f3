package org.assidu.accrual.grpc;

import io.grpc.BindableService;
import io.grpc.Server;
import io.grpc.netty.NettyServerBuilder;
import io.grpc.protobuf.services.ChannelzService;
import io.grpc.protobuf.services.ProtoReflectionServiceV1;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.util.concurrent.DefaultThreadFactory;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.assidu.accrual.access.Quotas;
import org.assidu.accrual.access.TokenVerifier;
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
    private final ScheduledExecutorService timer;

    private GrpcEndpoint(GrpcServerConfig config, ListenerSecurity security, List<? extends BindableService> services)
            throws IOException {
        timer = Executors.newSingleThreadScheduledExecutor(new DefaultThreadFactory("grpc-timer", true));
        accepting = eventLoops("grpc-accept", 1);
        working = eventLoops(
                "grpc-loop",
                config.eventLoopThreads() == 0
                        ? Runtime.getRuntime().availableProcessors()
                        : config.eventLoopThreads());
        try {
            NettyServerBuilder builder = limited(config);
            guard(builder, config, security);
            services.forEach(service -> builder.addService(ReadableRequests.of(service)));
            builder.addService(ChannelzService.newInstance(CHANNELZ_PAGE));
            if (config.reflection()) {
                builder.addService(ProtoReflectionServiceV1.newInstance());
            }
            server = builder.build();
            listen(config);
        } catch (IOException | RuntimeException e) {
            stopLoops();
            throw e;
        }
    }

    /** Binds and serves this machine only, without TLS and tokens. @throws IOException when the address cannot be bound */
    public static GrpcEndpoint start(GrpcServerConfig config, List<? extends BindableService> services)
            throws IOException {
        return start(config, ListenerSecurity.development(), services);
    }

    /**
     * Binds and serves.
     *
     * @throws IllegalArgumentException when the host may be reached from elsewhere and the security does not suffice for it
     * @throws IOException when the address cannot be bound or a file of the security cannot be used
     */
    public static GrpcEndpoint start(
            GrpcServerConfig config, ListenerSecurity security, List<? extends BindableService> services)
            throws IOException {
        security.checkHost(config.host());
        GrpcEndpoint endpoint = new GrpcEndpoint(config, security, services);
        LOG.info("listening on {}:{} {}", config.host(), endpoint.port(), security.description());
        return endpoint;
    }

    private NettyServerBuilder limited(GrpcServerConfig config) {
        NettyServerBuilder builder = NettyServerBuilder.forAddress(new InetSocketAddress(config.host(), config.port()))
                .directExecutor()
                .bossEventLoopGroup(accepting)
                .workerEventLoopGroup(working)
                .handshakeTimeout(config.handshakeSeconds(), TimeUnit.SECONDS)
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
        return builder;
    }

    private void guard(NettyServerBuilder builder, GrpcServerConfig config, ListenerSecurity security)
            throws IOException {
        ConnectionGuard connections = new ConnectionGuard(config.maxConnections(), security, timer);
        builder.channelFactory(connections::listeningChannel)
                .addTransportFilter(connections.transportFilter())
                .addStreamTracerFactory(connections.tracers());
        if (security.tls() != null) {
            builder.sslContext(new TlsContext(security.tls(), timer).context());
        }
        if (security.tokens() != null) {
            TokenVerifier tokens = new TokenVerifier(security.tokens(), System::currentTimeMillis);
            builder.intercept(new CallGuard(tokens, new Quotas(security.quotas()), timer));
        }
        // The last one added sees a call first.
        builder.intercept(ConnectionGuard.interceptor());
    }

    private void listen(GrpcServerConfig config) throws IOException {
        try {
            server.start();
        } catch (IOException e) {
            throw new IOException(
                    "cannot listen on " + config.host() + ":" + config.port() + ": " + e.getMessage()
                            + "; choose another port, or 0 for any",
                    e);
        }
    }

    /** Full names of all methods served. */
    public List<String> methods() {
        return server.getServices().stream()
                .flatMap(service -> service.getMethods().stream())
                .map(method -> method.getMethodDescriptor().getFullMethodName())
                .sorted()
                .toList();
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
        timer.shutdownNow();
        var unusedAccepting = accepting.shutdownGracefully(0, STOP_SECONDS, TimeUnit.SECONDS);
        var unusedWorking = working.shutdownGracefully(0, STOP_SECONDS, TimeUnit.SECONDS);
    }

    private static EventLoopGroup eventLoops(String name, int threads) {
        return new MultiThreadIoEventLoopGroup(
                threads, new DefaultThreadFactory(name, true), NioIoHandler.newFactory());
    }
}
