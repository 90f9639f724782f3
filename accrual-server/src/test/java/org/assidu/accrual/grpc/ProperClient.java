package org.assidu.accrual.grpc;

import com.google.protobuf.InvalidProtocolBufferException;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;
import org.assidu.proto.v1.ReceiptIdentity;
import org.assidu.proto.v1.ReceiptStatus;
import org.assidu.proto.v1.StreamSalesRequest;
import org.assidu.proto.v1.StreamSalesResponse;

/**
 * What an {@link Offender} is compared with: a client that connects as often, and each time greets, sends one receipt,
 * waits for its answer and closes. Argument: port. Says {@code ready}; each line of its input is a number of connections
 * a second and begins, the next line ends. Then says how many were answered.
 */
final class ProperClient {
    private static final int AT_ONCE = 4;

    private final InetAddress self = InetAddress.getLoopbackAddress();
    private final int port;
    private final LongSupplier epochMillis;
    private final AtomicLong number = new AtomicLong();

    ProperClient(int port, LongSupplier epochMillis) {
        this.port = port;
        this.epochMillis = epochMillis;
    }

    public static void main(String[] args) throws Exception {
        ProperClient client = new ProperClient(Integer.parseInt(args[0]), System::currentTimeMillis);
        BufferedReader told = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        ExecutorService workers = Executors.newFixedThreadPool(AT_ONCE);
        try {
            System.out.println("ready");
            for (String line = told.readLine(); line != null; line = told.readLine()) {
                System.out.println(client.connect(workers, Double.parseDouble(line), told));
            }
        } finally {
            // Else a failed connection would leave this process waiting, and with it whoever waits for its answer.
            workers.shutdownNow();
        }
    }

    /** Until the input has another line. */
    private long connect(ExecutorService workers, double rate, BufferedReader told)
            throws IOException, InterruptedException, ExecutionException {
        if (!(rate > 0)) {
            throw new IllegalArgumentException("connections a second=" + rate + ", expected more than 0");
        }
        long began = System.nanoTime();
        AtomicLong next = new AtomicLong();
        AtomicBoolean ended = new AtomicBoolean();
        List<Future<Long>> all = new ArrayList<>();
        for (int worker = 0; worker < AT_ONCE; worker++) {
            all.add(workers.submit(() -> {
                long answered = 0;
                while (!ended.get()) {
                    long due = began + (long) (next.getAndIncrement() / rate * TimeUnit.SECONDS.toNanos(1));
                    while (System.nanoTime() < due && !ended.get()) {
                        TimeUnit.NANOSECONDS.sleep(Math.min(due - System.nanoTime(), 1_000_000));
                    }
                    if (!ended.get()) {
                        ReceiptStatus status = sell();
                        if (status != ReceiptStatus.RECEIPT_STATUS_ACCRUED) {
                            throw new IllegalStateException("a proper receipt was answered with " + status);
                        }
                        answered++;
                    }
                }
                return answered;
            }));
        }
        told.readLine();
        ended.set(true);
        long answered = 0;
        for (Future<Long> worker : all) {
            answered += worker.get();
        }
        return answered;
    }

    /** One connection and a receipt never sent before. */
    ReceiptStatus sell() throws IOException {
        long receipt = number.incrementAndGet();
        try (RawHttp2 connection = RawHttp2.proper(self, port)) {
            connection.headers(1, RawHttp2.STREAM_SALES, 0);
            connection.message(
                    1,
                    StreamSalesRequest.newBuilder()
                            .addReceipts(TestServer.receipt(receipt, 1_000)
                                    .setSoldAtMillis(epochMillis.getAsLong())
                                    .setIdentity(ReceiptIdentity.newBuilder()
                                            .setStore("proper")
                                            .setTill(Long.toString(
                                                    ProcessHandle.current().pid()))
                                            .setNumber(receipt)))
                            .build());
            return answer(connection.finish(1)).getResults(0).getStatus();
        }
    }

    private static StreamSalesResponse answer(byte[] data) throws InvalidProtocolBufferException {
        ByteBuffer message = ByteBuffer.wrap(data);
        if (data.length < 5 || message.get() != 0 || message.getInt() != message.remaining()) {
            throw new IllegalStateException("not one plain message: " + data.length + " bytes");
        }
        return StreamSalesResponse.parseFrom(message);
    }
}
