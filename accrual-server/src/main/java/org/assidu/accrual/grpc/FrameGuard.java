package org.assidu.accrual.grpc;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.http2.Http2ConnectionAdapter;
import io.netty.handler.codec.http2.Http2ConnectionHandler;
import io.netty.handler.codec.http2.Http2Error;
import java.util.concurrent.TimeUnit;

/**
 * Counts HTTP/2 frames that cost the server work and bring it nothing: settings, priorities and frames unknown, empty data that
 * ends nothing, window updates by the ten thousand. A client needs a handful of them; one that floods is cut off. Stands before
 * the decoder, looks at frame headers only, and passes everything on.
 */
final class FrameGuard extends ChannelInboundHandlerAdapter {
    private static final int PREFACE_BYTES = 24;
    private static final byte[] PREFACE_BEGINS = {'P', 'R', 'I'};
    private static final int HEADER_BYTES = 9;
    private static final int DATA = 0;
    private static final int WINDOW_UPDATE = 8;
    private static final int END_STREAM = 1;
    /** By type from 0: data, headers, priority, reset, settings, push promise, ping, go away, window update, continuation. */
    private static final boolean[] IDLE = {false, false, true, false, true, true, false, true, false, false};

    private static final int MOST_IDLE = 500;
    private static final int MOST_WINDOW_UPDATES = 50_000;
    private static final long WINDOW_NANOS = TimeUnit.SECONDS.toNanos(10);

    private final ClientConnection connection;
    private final byte[] header = new byte[HEADER_BYTES];
    private boolean firstBytes = true;
    private boolean http2;
    private boolean listening;
    private int headerBytes;
    private int toSkip = PREFACE_BYTES;
    private long windowNanos = System.nanoTime();
    private int idle;
    private int windowUpdates;

    FrameGuard(ClientConnection connection) {
        this.connection = connection;
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) throws Exception {
        if (message instanceof ByteBuf bytes) {
            look(bytes);
            if (http2 && !listening) {
                listen(context);
            }
        }
        super.channelRead(context, message);
    }

    /** Hears of the transport's farewell to a client that broke the protocol, or flooded in a way that the transport counts. */
    private void listen(ChannelHandlerContext context) {
        Http2ConnectionHandler transport = context.pipeline().get(Http2ConnectionHandler.class);
        if (transport == null) {
            return;
        }
        listening = true;
        transport.connection().addListener(new Http2ConnectionAdapter() {
            @Override
            public void onGoAwaySent(int lastStream, long error, ByteBuf text) {
                if (error != Http2Error.NO_ERROR.code() && error != Http2Error.INTERNAL_ERROR.code()) {
                    // The text may quote what the client sent, which no log is to hold.
                    connection.ended("ended with HTTP/2 error " + Http2Error.valueOf(error));
                }
            }
        });
    }

    private void look(ByteBuf bytes) {
        int at = bytes.readerIndex();
        int end = bytes.writerIndex();
        if (firstBytes) {
            firstBytes = false;
            // Else it is a health check by HTTP/1, say: answered with an error, and no reason to turn anyone away.
            http2 = end - at >= PREFACE_BEGINS.length
                    && bytes.getByte(at) == PREFACE_BEGINS[0]
                    && bytes.getByte(at + 1) == PREFACE_BEGINS[1]
                    && bytes.getByte(at + 2) == PREFACE_BEGINS[2];
        }
        while (at < end) {
            if (toSkip > 0) {
                int skipped = Math.min(toSkip, end - at);
                toSkip -= skipped;
                at += skipped;
                continue;
            }
            int taken = Math.min(HEADER_BYTES - headerBytes, end - at);
            bytes.getBytes(at, header, headerBytes, taken);
            headerBytes += taken;
            at += taken;
            if (headerBytes == HEADER_BYTES) {
                headerBytes = 0;
                toSkip = (header[0] & 0xff) << 16 | (header[1] & 0xff) << 8 | (header[2] & 0xff);
                count(header[3] & 0xff, header[4] & 0xff, toSkip);
            }
        }
    }

    private void count(int type, int flags, int length) {
        boolean emptyData = type == DATA && length == 0 && (flags & END_STREAM) == 0;
        boolean updates = type == WINDOW_UPDATE;
        if (!updates && !emptyData && type < IDLE.length && !IDLE[type]) {
            return;
        }
        long now = System.nanoTime();
        if (now - windowNanos > WINDOW_NANOS) {
            windowNanos = now;
            idle = 0;
            windowUpdates = 0;
        }
        if (updates ? ++windowUpdates == MOST_WINDOW_UPDATES : ++idle == MOST_IDLE) {
            connection.flooded((updates ? windowUpdates + " window updates" : idle + " frames without content")
                    + " within " + TimeUnit.NANOSECONDS.toSeconds(WINDOW_NANOS) + " s");
        }
    }
}
