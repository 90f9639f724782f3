package org.assidu.accrual.grpc;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import com.code_intelligence.jazzer.mutation.annotation.NotNull;
import io.grpc.CallOptions;
import io.grpc.ClientCall;
import io.grpc.Metadata;
import io.grpc.MethodDescriptor;
import io.grpc.ServiceDescriptor;
import io.grpc.Status;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;
import org.assidu.accrual.pipeline.PipelineStatus;
import org.assidu.proto.v1.AccrualServiceGrpc;
import org.assidu.proto.v1.AdminServiceGrpc;
import org.assidu.proto.v1.EngagementServiceGrpc;
import org.assidu.proto.v1.MemberServiceGrpc;
import org.assidu.proto.v1.ProgrammeServiceGrpc;
import org.assidu.proto.v1.ReceiptStatus;
import org.assidu.proto.v1.RecordReceiptRequest;
import org.assidu.proto.v1.RewardServiceGrpc;
import org.assidu.proto.v1.StreamSalesRequest;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Bytes as the request of each call of each service, over a real connection. The first byte names the call, the others are the
 * message. Every call ends; one that is refused changes nothing; afterwards a till is still served.
 */
@Tag("instrumented")
final class RequestFuzzTest {
    private static final long SECONDS_TO_END = 20;
    private static final long MILLIS_OF_AN_ENDLESS_CALL = 50;

    /** Shared by all inputs: a fuzzer tries thousands a second. */
    private static TestServer server;

    private static Path folder;
    private static long receipts;

    private static final List<MethodDescriptor<?, ?>> CALLS = calls();

    private static List<MethodDescriptor<?, ?>> calls() {
        List<MethodDescriptor<?, ?>> calls = new ArrayList<>();
        for (ServiceDescriptor service : List.of(
                AccrualServiceGrpc.getServiceDescriptor(),
                MemberServiceGrpc.getServiceDescriptor(),
                RewardServiceGrpc.getServiceDescriptor(),
                ProgrammeServiceGrpc.getServiceDescriptor(),
                EngagementServiceGrpc.getServiceDescriptor(),
                AdminServiceGrpc.getServiceDescriptor())) {
            calls.addAll(service.getMethods());
        }
        // A server that was told to drain serves no till afterwards, as it should.
        calls.removeIf(call -> call.getFullMethodName().endsWith("/Drain"));
        calls.sort(Comparator.comparing(MethodDescriptor::getFullMethodName));
        return calls;
    }

    /** Each call with an empty message, with garbage, and with somebody else's message. */
    static Stream<byte[]> requests() {
        byte[] receipt = StreamSalesRequest.newBuilder()
                .addReceipts(TestServer.receipt(1, 1_000))
                .build()
                .toByteArray();
        List<byte[]> requests = new ArrayList<>();
        for (int call = 0; call < CALLS.size(); call++) {
            requests.add(new byte[] {(byte) call});
            requests.add(new byte[] {(byte) call, (byte) 0xff, (byte) 0xff, 0x7f});
            requests.add(message(call, receipt));
        }
        return requests.stream();
    }

    private static byte[] message(int call, byte[] message) {
        byte[] input = new byte[message.length + 1];
        input[0] = (byte) call;
        System.arraycopy(message, 0, input, 1, message.length);
        return input;
    }

    private static synchronized TestServer server() {
        if (server == null) {
            try {
                folder = Files.createTempDirectory("assidu-fuzz-");
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
            server = TestServer.start(folder);
            server.publish(TestProgrammes.POINTS);
        }
        return server;
    }

    @AfterAll
    static void close() throws IOException {
        if (server != null) {
            server.close();
            try (Stream<Path> files = Files.walk(folder)) {
                for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                    Files.delete(file);
                }
            }
            server = null;
        }
    }

    @MethodSource("requests")
    @FuzzTest
    void aCallEndsAndARefusedOneChangesNothing(byte @NotNull [] input) throws Exception {
        if (input.length == 0) {
            return;
        }
        MethodDescriptor<?, ?> call = CALLS.get((input[0] & 0xff) % CALLS.size());
        PipelineStatus before = server().pipeline.status().join();
        Status ended = call(call, Arrays.copyOfRange(input, 1, input.length));
        PipelineStatus after = server().pipeline.status().join();
        assertThat(ended.getCode())
                .as("%s answered %s", call.getFullMethodName(), ended)
                .isNotIn(Status.Code.INTERNAL, Status.Code.UNKNOWN, Status.Code.DATA_LOSS);
        if (!ended.isOk()) {
            assertThat(after.stateHash()).as(call.getFullMethodName()).isEqualTo(before.stateHash());
            assertThat(after.appliedPosition()).as(call.getFullMethodName()).isEqualTo(before.appliedPosition());
        }
        assertThat(server().failure).isNotDone();
        assertThat(server().accrual()
                        .recordReceipt(RecordReceiptRequest.newBuilder()
                                .setReceipt(TestServer.receipt(1_000_000 + ++receipts, 1_000))
                                .build())
                        .getResult()
                        .getStatus())
                .isEqualTo(ReceiptStatus.RECEIPT_STATUS_ACCRUED);
    }

    /** How a call with one message ended; one that streams answers for ever is ended by us. */
    private static Status call(MethodDescriptor<?, ?> method, byte[] message) throws Exception {
        MethodDescriptor<byte[], byte[]> raw = MethodDescriptor.<byte[], byte[]>newBuilder()
                .setType(method.getType())
                .setFullMethodName(method.getFullMethodName())
                .setRequestMarshaller(Bytes.MARSHALLER)
                .setResponseMarshaller(Bytes.MARSHALLER)
                .build();
        ClientCall<byte[], byte[]> call = server().channel.newCall(raw, CallOptions.DEFAULT);
        CompletableFuture<Status> ended = new CompletableFuture<>();
        call.start(
                new ClientCall.Listener<>() {
                    @Override
                    public void onClose(Status status, Metadata trailers) {
                        ended.complete(status);
                    }
                },
                new Metadata());
        call.request(1_000);
        call.sendMessage(message);
        call.halfClose();
        if (method.getType() == MethodDescriptor.MethodType.SERVER_STREAMING) {
            try {
                return ended.get(MILLIS_OF_AN_ENDLESS_CALL, TimeUnit.MILLISECONDS);
            } catch (TimeoutException endless) {
                call.cancel("seen enough", null);
                ended.get(SECONDS_TO_END, TimeUnit.SECONDS);
                return Status.OK;
            }
        }
        return ended.get(SECONDS_TO_END, TimeUnit.SECONDS);
    }

    private enum Bytes implements MethodDescriptor.Marshaller<byte[]> {
        MARSHALLER;

        @Override
        public InputStream stream(byte[] value) {
            return new ByteArrayInputStream(value);
        }

        @Override
        public byte[] parse(InputStream stream) {
            try {
                return stream.readAllBytes();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }
}
