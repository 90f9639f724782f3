package org.assidu.accrual.grpc;

import java.util.ArrayList;
import java.util.List;

/**
 * Where the endpoint listens and what it takes from one client at most.
 *
 * @param host address to bind
 * @param port 0 lets the system choose
 * @param maxConnections open at once; more are turned away
 * @param handshakeSeconds a connection that has not agreed on TLS and HTTP/2 after so long is closed
 * @param maxMessageBytes largest inbound message
 * @param maxMetadataBytes largest header list of a call
 * @param maxCallsPerConnection streams open at once on one connection
 * @param maxResetsPerWindow RST_STREAM frames that a client may cause in {@code resetWindowSeconds}; beyond, its connection
 *     is closed
 * @param resetWindowSeconds see {@code maxResetsPerWindow}
 * @param keepAliveSeconds an idle connection is asked for a sign of life after so long
 * @param keepAliveTimeoutSeconds and closed when none came after so long
 * @param permitKeepAliveSeconds clients may ask for one no more often than this
 * @param maxConnectionAgeSeconds connections are asked to reconnect after so long, so that clients spread over servers
 * @param connectionAgeGraceSeconds and cut when calls are still open after so long
 * @param flowControlWindowBytes fixed HTTP/2 window of a stream and a connection; 0 lets Netty tune it by itself
 * @param eventLoopThreads threads that read, map and write; 0 = one per processor
 * @param maxOutstandingMessages request messages of one stream that may be unanswered at once
 * @param blockingThreads threads for calls that read files or wait for a force
 * @param blockingQueue such calls that may wait for a thread; beyond, they get RESOURCE_EXHAUSTED
 * @param reflection whether clients may ask for the contract itself
 */
public record GrpcServerConfig(
        String host,
        int port,
        int maxConnections,
        int handshakeSeconds,
        int maxMessageBytes,
        int maxMetadataBytes,
        int maxCallsPerConnection,
        int maxResetsPerWindow,
        int resetWindowSeconds,
        int keepAliveSeconds,
        int keepAliveTimeoutSeconds,
        int permitKeepAliveSeconds,
        int maxConnectionAgeSeconds,
        int connectionAgeGraceSeconds,
        int flowControlWindowBytes,
        int eventLoopThreads,
        int maxOutstandingMessages,
        int blockingThreads,
        int blockingQueue,
        boolean reflection) {

    public GrpcServerConfig {
        List<String> problems = new ArrayList<>();
        check(problems, "port", port, 0, 65_535);
        check(problems, "maxConnections", maxConnections, 1, 1_000_000);
        check(problems, "handshakeSeconds", handshakeSeconds, 1, 3_600);
        check(problems, "maxMessageBytes", maxMessageBytes, 1_024, 16 << 20);
        check(problems, "maxMetadataBytes", maxMetadataBytes, 1_024, 1 << 20);
        check(problems, "maxCallsPerConnection", maxCallsPerConnection, 1, 100_000);
        check(problems, "maxResetsPerWindow", maxResetsPerWindow, 1, 1_000_000);
        check(problems, "resetWindowSeconds", resetWindowSeconds, 1, 3_600);
        check(problems, "keepAliveSeconds", keepAliveSeconds, 1, 86_400);
        check(problems, "keepAliveTimeoutSeconds", keepAliveTimeoutSeconds, 1, 3_600);
        check(problems, "permitKeepAliveSeconds", permitKeepAliveSeconds, 1, 86_400);
        check(problems, "maxConnectionAgeSeconds", maxConnectionAgeSeconds, 1, 30 * 86_400);
        check(problems, "connectionAgeGraceSeconds", connectionAgeGraceSeconds, 1, 86_400);
        check(problems, "flowControlWindowBytes", flowControlWindowBytes, 0, 64 << 20);
        check(problems, "eventLoopThreads", eventLoopThreads, 0, 256);
        check(problems, "maxOutstandingMessages", maxOutstandingMessages, 1, 1_024);
        check(problems, "blockingThreads", blockingThreads, 1, 64);
        check(problems, "blockingQueue", blockingQueue, 1, 10_000);
        if (!problems.isEmpty()) {
            throw new IllegalArgumentException(String.join("\n", problems));
        }
    }

    /** Loopback, with the limits that suit tills. */
    public static GrpcServerConfig loopback(int port) {
        return new GrpcServerConfig(
                "127.0.0.1",
                port,
                4_096,
                4,
                1 << 20,
                16 << 10,
                256,
                200,
                10,
                120,
                20,
                30,
                6 * 3_600,
                300,
                0,
                0,
                256,
                2,
                32,
                true);
    }

    public GrpcServerConfig withHost(String newHost) {
        return new GrpcServerConfig(
                newHost,
                port,
                maxConnections,
                handshakeSeconds,
                maxMessageBytes,
                maxMetadataBytes,
                maxCallsPerConnection,
                maxResetsPerWindow,
                resetWindowSeconds,
                keepAliveSeconds,
                keepAliveTimeoutSeconds,
                permitKeepAliveSeconds,
                maxConnectionAgeSeconds,
                connectionAgeGraceSeconds,
                flowControlWindowBytes,
                eventLoopThreads,
                maxOutstandingMessages,
                blockingThreads,
                blockingQueue,
                reflection);
    }

    private static void check(List<String> problems, String name, int value, int least, int most) {
        if (value < least || value > most) {
            problems.add(name + ": " + value + " is not in " + least + " to " + most);
        }
    }

    /** @param maxSeconds see {@code maxConnectionAgeSeconds}. @param graceSeconds see {@code connectionAgeGraceSeconds} */
    public GrpcServerConfig withConnectionAge(int maxSeconds, int graceSeconds) {
        return new GrpcServerConfig(
                host,
                port,
                maxConnections,
                handshakeSeconds,
                maxMessageBytes,
                maxMetadataBytes,
                maxCallsPerConnection,
                maxResetsPerWindow,
                resetWindowSeconds,
                keepAliveSeconds,
                keepAliveTimeoutSeconds,
                permitKeepAliveSeconds,
                maxSeconds,
                graceSeconds,
                flowControlWindowBytes,
                eventLoopThreads,
                maxOutstandingMessages,
                blockingThreads,
                blockingQueue,
                reflection);
    }
}
