package org.assidu.accrual.grpc;

import io.grpc.MethodDescriptor;
import io.grpc.Status;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;

/**
 * How messages of sales pass through gRPC: as they are. A message of a stream is read where gRPC holds it, which is good
 * until the handler returns; a unary one is copied, since it is handled only at half-close.
 */
final class SalesMarshallers {
    static final MethodDescriptor.Marshaller<InputStream> STREAMED = new MethodDescriptor.Marshaller<>() {
        @Override
        public InputStream stream(InputStream value) {
            return value;
        }

        @Override
        public InputStream parse(InputStream stream) {
            return stream;
        }
    };

    static final MethodDescriptor.Marshaller<byte[]> BYTES = new MethodDescriptor.Marshaller<>() {
        @Override
        public InputStream stream(byte[] value) {
            return new ByteArrayInputStream(value);
        }

        @Override
        public byte[] parse(InputStream stream) {
            try {
                return stream.readAllBytes();
            } catch (IOException e) {
                throw Status.INTERNAL
                        .withDescription("the message cannot be read")
                        .withCause(e)
                        .asRuntimeException();
            }
        }
    };

    static final MethodDescriptor.Marshaller<WireWriter> RESULTS = new MethodDescriptor.Marshaller<>() {
        @Override
        public InputStream stream(WireWriter value) {
            return value.stream();
        }

        @Override
        public WireWriter parse(InputStream stream) {
            throw new UnsupportedOperationException("a server only writes results");
        }
    };

    private SalesMarshallers() {}
}
