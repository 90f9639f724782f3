package org.assidu.accrual.grpc;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;
import org.assidu.proto.v1.ReceiptIdentity;
import org.assidu.proto.v1.StreamSalesRequest;

/** HTTP/2 frames by hand, good and bad: what no proper client can be made to send, or not as often. */
final class RawHttp2 implements AutoCloseable {
    static final String STREAM_SALES = "/assidu.v1.AccrualService/StreamSales";

    private static final byte[] PREFACE = "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n".getBytes(StandardCharsets.US_ASCII);
    private static final int DATA = 0;
    private static final int HEADERS = 1;
    private static final int RST_STREAM = 3;
    private static final int SETTINGS = 4;
    private static final int PING = 6;
    private static final int CONTINUATION = 9;
    private static final int END_HEADERS = 4;
    private static final int END_STREAM = 1;
    private static final int ACKNOWLEDGED = 1;
    private static final int MOST_FRAME_BYTES = 16_384;
    private static final int CANCEL = 8;
    private static final short INITIAL_WINDOW = 4;
    private static final int ANSWER_MILLIS = 10_000;

    private final Socket socket;
    private final int rate;
    private final DataOutputStream out;
    private final Thread reader;

    /** Something bad to do. */
    @FunctionalInterface
    interface Frames {
        /** @param stream odd, larger each time */
        void once(int stream) throws IOException;
    }

    private RawHttp2(Socket socket, int rate) throws IOException {
        this.socket = socket;
        this.rate = rate;
        out = new DataOutputStream(new BufferedOutputStream(socket.getOutputStream()));
        reader = new Thread(this::discard, "raw-http2-reader");
        reader.setDaemon(true);
    }

    /**
     * Greets properly.
     *
     * @param from own address
     * @param window bytes of answers that it takes on each stream, and never more
     * @param rate frames a second at which abuse is tried
     */
    static RawHttp2 connect(InetAddress from, int port, int window, int rate) throws IOException {
        RawHttp2 client = silent(from, port, rate);
        client.greet(window);
        client.reader.start();
        return client;
    }

    /** Greets properly and reads nothing before {@link #finish}, which waits ten seconds for an answer. */
    static RawHttp2 proper(InetAddress from, int port) throws IOException {
        RawHttp2 client = silent(from, port, 0);
        client.socket.setSoTimeout(ANSWER_MILLIS);
        client.greet(65_535);
        return client;
    }

    private void greet(int window) throws IOException {
        out.write(PREFACE);
        frame(
                SETTINGS,
                0,
                0,
                ByteBuffer.allocate(6).putShort(INITIAL_WINDOW).putInt(window).array());
        out.flush();
    }

    /** What a client begins with, and empty settings. */
    static byte[] preface() {
        return ByteBuffer.allocate(PREFACE.length + 9)
                .put(PREFACE)
                .put(new byte[] {0, 0, 0, SETTINGS, 0, 0, 0, 0, 0})
                .array();
    }

    /** Connects and says nothing. */
    static RawHttp2 silent(InetAddress from, int port, int rate) throws IOException {
        return new RawHttp2(new Socket(InetAddress.getLoopbackAddress(), port, from, 0), rate);
    }

    /** Reads and forgets until the server closes. */
    private void discard() {
        byte[] buffer = new byte[8_192];
        try (InputStream in = socket.getInputStream()) {
            while (in.read(buffer) >= 0) {
                // What the server says does not matter.
            }
        } catch (IOException closed) {
            // Nor how it closes.
        }
    }

    /** Does it again and again, at a steady rate, until the server closes the connection; the test's time limit ends it. */
    void until(Frames abuse) throws InterruptedException {
        if (reader.getState() == Thread.State.NEW) {
            reader.start();
        }
        try {
            long began = System.nanoTime();
            int stream = 1;
            // On a busy machine sleeps are long: what is due by then is made up for, so that the rate holds.
            for (long done = 0; reader.isAlive(); TimeUnit.MILLISECONDS.sleep(1)) {
                long due = (System.nanoTime() - began) * rate / TimeUnit.SECONDS.toNanos(1);
                for (; done < due && reader.isAlive(); done++) {
                    abuse.once(stream);
                    stream += 2;
                }
                out.flush();
            }
        } catch (IOException closed) {
            // That is what the test waits for.
        }
        reader.join();
    }

    void headers(int stream, String path, int paddingBytes) throws IOException {
        ByteArrayOutputStream block = new ByteArrayOutputStream();
        // Indexed: method POST, scheme http.
        block.write(0x83);
        block.write(0x86);
        literal(block, ":path", path);
        literal(block, ":authority", "localhost");
        literal(block, "content-type", "application/grpc");
        literal(block, "te", "trailers");
        if (paddingBytes > 0) {
            literal(block, "padding", "x".repeat(paddingBytes));
        }
        byte[] bytes = block.toByteArray();
        int first = Math.min(bytes.length, MOST_FRAME_BYTES);
        frame(HEADERS, first == bytes.length ? END_HEADERS : 0, stream, java.util.Arrays.copyOf(bytes, first));
        for (int at = first; at < bytes.length; at += MOST_FRAME_BYTES) {
            int end = Math.min(bytes.length, at + MOST_FRAME_BYTES);
            frame(
                    CONTINUATION,
                    end == bytes.length ? END_HEADERS : 0,
                    stream,
                    java.util.Arrays.copyOfRange(bytes, at, end));
        }
    }

    void unfinishedHeaders(int stream) throws IOException {
        frame(HEADERS, 0, stream, new byte[] {(byte) 0x83, (byte) 0x86});
    }

    void continuation(int stream, int bytes) throws IOException {
        ByteArrayOutputStream block = new ByteArrayOutputStream();
        literal(block, "more", "x".repeat(bytes));
        frame(CONTINUATION, 0, stream, block.toByteArray());
    }

    void reset(int stream) throws IOException {
        frame(RST_STREAM, 0, stream, ByteBuffer.allocate(4).putInt(CANCEL).array());
    }

    void ping() throws IOException {
        frame(PING, 0, 0, new byte[8]);
    }

    void settings() throws IOException {
        frame(SETTINGS, 0, 0, new byte[0]);
    }

    void data(int stream, byte[] bytes) throws IOException {
        for (int at = 0; at < Math.max(1, bytes.length); at += MOST_FRAME_BYTES) {
            frame(
                    DATA,
                    0,
                    stream,
                    java.util.Arrays.copyOfRange(bytes, at, Math.min(bytes.length, at + MOST_FRAME_BYTES)));
        }
    }

    /** Receipts as a message of a stream. */
    void receipts(int stream, String store, long firstNumber, int count) throws IOException {
        StreamSalesRequest.Builder message = StreamSalesRequest.newBuilder();
        for (int i = 0; i < count; i++) {
            message.addReceipts(TestServer.receipt(firstNumber + i, 1_000)
                    .setIdentity(ReceiptIdentity.newBuilder()
                            .setStore(store)
                            .setTill("1")
                            .setNumber(firstNumber + i)));
        }
        message(stream, message.build());
    }

    void message(int stream, StreamSalesRequest message) throws IOException {
        byte[] bytes = message.toByteArray();
        data(
                stream,
                ByteBuffer.allocate(5 + bytes.length)
                        .put((byte) 0)
                        .putInt(bytes.length)
                        .put(bytes)
                        .array());
    }

    /**
     * Says that the stream ends, acknowledges the server's settings, and reads until the server has ended the stream too.
     *
     * @return the stream's data
     * @throws IOException when the connection ends first
     */
    byte[] finish(int stream) throws IOException {
        frame(DATA, END_STREAM, stream, new byte[0]);
        out.flush();
        ByteArrayOutputStream data = new ByteArrayOutputStream();
        DataInputStream in = new DataInputStream(new BufferedInputStream(socket.getInputStream()));
        while (true) {
            byte[] payload = new byte[in.readUnsignedByte() << 16 | in.readUnsignedShort()];
            int type = in.readUnsignedByte();
            int flags = in.readUnsignedByte();
            int of = in.readInt();
            in.readFully(payload);
            if (type == SETTINGS && (flags & ACKNOWLEDGED) == 0) {
                frame(SETTINGS, ACKNOWLEDGED, 0, new byte[0]);
                out.flush();
            } else if (of == stream && type == DATA) {
                data.writeBytes(payload);
            }
            if (of == stream && (flags & END_STREAM) != 0) {
                return data.toByteArray();
            }
        }
    }

    private void frame(int type, int flags, int stream, byte[] payload) throws IOException {
        out.writeByte(payload.length >>> 16);
        out.writeShort(payload.length);
        out.writeByte(type);
        out.writeByte(flags);
        out.writeInt(stream);
        out.write(payload);
    }

    /** A header that is not indexed, without Huffman coding. */
    private static void literal(ByteArrayOutputStream block, String name, String value) {
        block.write(0);
        text(block, name);
        text(block, value);
    }

    private static void text(ByteArrayOutputStream block, String text) {
        byte[] bytes = text.getBytes(StandardCharsets.US_ASCII);
        int length = bytes.length;
        if (length < 127) {
            block.write(length);
        } else {
            block.write(127);
            for (length -= 127; length >= 128; length >>>= 7) {
                block.write(length & 127 | 128);
            }
            block.write(length);
        }
        block.writeBytes(bytes);
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
