package org.assidu.accrual.grpc;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.EnumSet;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.assidu.accrual.load.ClientSecurity;
import org.assidu.accrual.load.Connection;
import org.assidu.accrual.load.SalesSender;
import org.assidu.accrual.load.SendOptions;
import org.assidu.proto.v1.AdminServiceGrpc;
import org.assidu.proto.v1.GetStatusRequest;
import org.assidu.proto.v1.ReceiptStatus;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Each kind of abuse, by frames written by hand on one connection, while a till streams on another. The offender must find its
 * connection closed; the till must get every answer.
 */
@Timeout(60)
class AbusiveClientTest {
    private static final int FRAMES_A_SECOND = 2_000;
    /** Longer than the test. */
    private static final int PAUSE_SECONDS = 600;
    /** What may be a slow network, or a till that was switched off. */
    private static final Set<Abuse> NO_FLOODS = EnumSet.of(Abuse.SLOW_READER, Abuse.SILENCE);

    @TempDir
    Path folder;

    private TestServer server;
    private Connection connection;
    private Till till;

    @BeforeEach
    void start() {
        server = TestServer.start(
                folder,
                GrpcServerConfig.loopback(0),
                ListenerSecurity.development().withAbusePause(PAUSE_SECONDS));
        connection = Connection.to("127.0.0.1:" + server.endpoint.port(), ClientSecurity.NONE);
        // Connected before anyone is turned away: both have one address.
        var unused =
                AdminServiceGrpc.newBlockingStub(connection.channel()).getStatus(GetStatusRequest.getDefaultInstance());
        till = new Till(
                new SalesSender(connection.channel(), new SendOptions(4, 64, Duration.ZERO), (receipt, result) -> {
                    throw new AssertionError("refused: " + result);
                }));
        till.start();
    }

    @AfterEach
    void tillLostNothing() throws Exception {
        long sent = till.finish();
        assertThat(sent).isPositive();
        assertThat(server.pipeline.status().join().receipts()).isGreaterThanOrEqualTo(sent);
        connection.close();
        server.close();
    }

    @ParameterizedTest
    @EnumSource
    void endsTheConnection(Abuse kind) throws Exception {
        try (RawHttp2 offender =
                kind.connect(InetAddress.getLoopbackAddress(), server.endpoint.port(), FRAMES_A_SECOND)) {
            kind.on(offender);
        }
        assertThat(mayConnect()).as("again after " + kind).isEqualTo(NO_FLOODS.contains(kind));
    }

    @Test
    void doesNotTurnAwayWhoAsksByAnotherProtocol() throws Exception {
        try (Socket health = new Socket(InetAddress.getLoopbackAddress(), server.endpoint.port())) {
            health.getOutputStream()
                    .write("GET /health HTTP/1.1\r\nHost: localhost\r\nAccept: */*\r\n\r\n"
                            .getBytes(StandardCharsets.US_ASCII));
            health.getInputStream().readAllBytes();
        }
        assertThat(mayConnect()).isTrue();
    }

    /** By frames of the same kind, in their order: it is their use that is turned away, not the client. */
    @Test
    void servesWhoConnectsAnewForEachReceipt() throws IOException {
        ProperClient client = new ProperClient(server.endpoint.port(), () -> TestServer.NOW);
        for (int receipt = 0; receipt < 20; receipt++) {
            assertThat(client.sell()).as("receipt " + receipt).isEqualTo(ReceiptStatus.RECEIPT_STATUS_NO_PROGRAMME);
        }
        assertThat(mayConnect()).isTrue();
    }

    /** The server greets first; whom it turns away it tells nothing. */
    private boolean mayConnect() throws IOException {
        try (Socket again = new Socket(InetAddress.getLoopbackAddress(), server.endpoint.port())) {
            again.getOutputStream().write(RawHttp2.preface());
            return again.getInputStream().read() >= 0;
        } catch (SocketException reset) {
            return false;
        }
    }

    /** A till that streams until it is told to end. */
    private static final class Till extends Thread {
        private final SalesSender sender;
        private volatile boolean ending;
        private long sent;
        private Throwable problem;

        Till(SalesSender sender) {
            super("till");
            this.sender = sender;
        }

        @Override
        public void run() {
            try {
                while (!ending) {
                    sender.send(TestServer.receipt(++sent, 1_000).build());
                    TimeUnit.MILLISECONDS.sleep(1);
                }
                assertThat(sender.finish().receipts()).isEqualTo(sent);
            } catch (Throwable e) {
                problem = e;
            }
        }

        /** @return receipts sent and answered */
        long finish() throws InterruptedException {
            ending = true;
            join();
            assertThat(problem).isNull();
            return sent;
        }
    }
}
