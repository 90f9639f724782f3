package org.assidu.accrual.grpc;

import java.io.IOException;
import java.net.InetAddress;

/** A kind of abuse of one connection, which ends when the server closes it. */
enum Abuse {
    RAPID_RESETS {
        @Override
        void on(RawHttp2 offender) throws InterruptedException {
            offender.until(stream -> {
                offender.headers(stream, RawHttp2.STREAM_SALES, 0);
                offender.reset(stream);
            });
        }
    },
    PING_FLOOD {
        @Override
        void on(RawHttp2 offender) throws InterruptedException {
            offender.until(stream -> offender.ping());
        }
    },
    SETTINGS_FLOOD {
        @Override
        void on(RawHttp2 offender) throws InterruptedException {
            offender.until(stream -> offender.settings());
        }
    },
    EMPTY_FRAMES {
        @Override
        void on(RawHttp2 offender) throws IOException, InterruptedException {
            offender.headers(1, RawHttp2.STREAM_SALES, 0);
            offender.until(stream -> offender.data(1, new byte[0]));
        }
    },
    LARGE_HEADERS {
        @Override
        void on(RawHttp2 offender) throws InterruptedException {
            offender.until(stream -> offender.headers(stream, RawHttp2.STREAM_SALES, 64 << 10));
        }
    },
    ENDLESS_HEADERS {
        @Override
        void on(RawHttp2 offender) throws IOException, InterruptedException {
            offender.unfinishedHeaders(1);
            offender.until(stream -> offender.continuation(1, 64));
        }
    },
    LARGE_MESSAGES {
        @Override
        void on(RawHttp2 offender) throws InterruptedException {
            offender.until(stream -> {
                offender.headers(stream, RawHttp2.STREAM_SALES, 0);
                // Compressed: no. Length: 64 MiB, of which nothing more needs to follow.
                offender.data(stream, new byte[] {0, 4, 0, 0, 0, 1, 2, 3});
            });
        }
    },
    IDLE_STREAMS {
        @Override
        void on(RawHttp2 offender) throws InterruptedException {
            offender.until(stream -> offender.headers(stream, RawHttp2.STREAM_SALES, 0));
        }
    },
    SLOW_READER {
        @Override
        RawHttp2 connect(InetAddress from, int port, int rate) throws IOException {
            return RawHttp2.connect(from, port, 0, rate);
        }

        @Override
        void on(RawHttp2 offender) throws IOException, InterruptedException {
            offender.headers(1, RawHttp2.STREAM_SALES, 0);
            for (int message = 0; message < 10; message++) {
                offender.receipts(1, "slow", 1 + message * 500L, 500);
            }
            offender.until(stream -> {});
        }
    },
    SILENCE {
        @Override
        RawHttp2 connect(InetAddress from, int port, int rate) throws IOException {
            return RawHttp2.silent(from, port, rate);
        }

        @Override
        void on(RawHttp2 offender) throws InterruptedException {
            offender.until(stream -> {});
        }
    };

    /** @param rate frames a second */
    RawHttp2 connect(InetAddress from, int port, int rate) throws IOException {
        return RawHttp2.connect(from, port, 65_535, rate);
    }

    /** Goes on until the server has closed the connection. */
    abstract void on(RawHttp2 offender) throws IOException, InterruptedException;
}
