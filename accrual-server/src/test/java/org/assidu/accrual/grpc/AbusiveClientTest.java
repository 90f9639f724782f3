package org.assidu.accrual.grpc;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.assidu.accrual.load.ClientSecurity;
import org.assidu.accrual.load.Connection;
import org.assidu.accrual.load.SalesSender;
import org.assidu.accrual.load.SendOptions;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Each kind of abuse, by frames written by hand on one connection, while a till streams on another. The offender must find its
 * connection closed; the till must get every answer.
 */
@Timeout(60)
class AbusiveClientTest {
    @TempDir
    Path folder;

    private TestServer server;
    private Connection connection;
    private Till till;

    @BeforeEach
    void start() {
        server = TestServer.start(folder);
        connection = Connection.to("127.0.0.1:" + server.endpoint.port(), ClientSecurity.NONE);
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

    private RawHttp2 offender() throws IOException {
        return RawHttp2.connect(server.endpoint.port());
    }

    @Test
    void rapidResetsEndTheConnection() throws Exception {
        try (RawHttp2 offender = offender()) {
            offender.until(stream -> {
                offender.headers(stream, RawHttp2.STREAM_SALES, 0);
                offender.reset(stream);
            });
        }
    }

    @Test
    void aFloodOfPingsEndsTheConnection() throws Exception {
        try (RawHttp2 offender = offender()) {
            offender.until(stream -> offender.ping());
        }
    }

    @Test
    void aFloodOfSettingsEndsTheConnection() throws Exception {
        try (RawHttp2 offender = offender()) {
            offender.until(stream -> offender.settings());
        }
    }

    @Test
    void emptyFramesWithoutEndEndTheConnection() throws Exception {
        try (RawHttp2 offender = offender()) {
            offender.headers(1, RawHttp2.STREAM_SALES, 0);
            offender.until(stream -> offender.data(1, new byte[0]));
        }
    }

    @Test
    void headersLargerThanAllowedEndTheConnection() throws Exception {
        try (RawHttp2 offender = offender()) {
            offender.until(stream -> offender.headers(stream, RawHttp2.STREAM_SALES, 64 << 10));
        }
    }

    @Test
    void headersThatNeverEndEndTheConnection() throws Exception {
        try (RawHttp2 offender = offender()) {
            offender.unfinishedHeaders(1);
            offender.until(stream -> offender.continuation(1, 64));
        }
    }

    @Test
    void messagesLargerThanAllowedEndTheConnection() throws Exception {
        try (RawHttp2 offender = offender()) {
            offender.until(stream -> {
                offender.headers(stream, RawHttp2.STREAM_SALES, 0);
                // Compressed: no. Length: 64 MiB, of which nothing more needs to follow.
                offender.data(stream, new byte[] {0, 4, 0, 0, 0, 1, 2, 3});
            });
        }
    }

    @Test
    void streamsBeyondTheNumberAllowedEndTheConnection() throws Exception {
        try (RawHttp2 offender = offender()) {
            offender.until(stream -> offender.headers(stream, RawHttp2.STREAM_SALES, 0));
        }
    }

    @Test
    void answersThatAreNotReadEndTheConnection() throws Exception {
        try (RawHttp2 offender = RawHttp2.connect(server.endpoint.port(), 0)) {
            offender.headers(1, RawHttp2.STREAM_SALES, 0);
            for (int message = 0; message < 10; message++) {
                offender.receipts(1, "slow", 1 + message * 500L, 500);
            }
            offender.until(stream -> {});
        }
    }

    @Test
    void aConnectionThatSaysNothingIsClosed() throws Exception {
        try (RawHttp2 offender = RawHttp2.silent(server.endpoint.port())) {
            offender.until(stream -> {});
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
