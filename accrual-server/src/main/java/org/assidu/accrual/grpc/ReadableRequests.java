package org.assidu.accrual.grpc;

import io.grpc.BindableService;
import io.grpc.Metadata;
import io.grpc.MethodDescriptor;
import io.grpc.ServerCall;
import io.grpc.ServerMethodDefinition;
import io.grpc.ServerServiceDefinition;
import io.grpc.ServiceDescriptor;
import io.grpc.StatusRuntimeException;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;

/**
 * Services whose clients learn it when a request is no message of its type. Left to itself gRPC answers UNKNOWN
 * ("application error") and logs a stack trace for each, which would let any client fill the log.
 */
final class ReadableRequests {
    private ReadableRequests() {}

    /** Bytes that are not what they should be. */
    private record Unreadable(String reason) {}

    /** The same service, which answers INVALID_ARGUMENT to such requests. */
    static ServerServiceDefinition of(BindableService service) {
        ServerServiceDefinition bound = service.bindService();
        List<ServerMethodDefinition<?, ?>> methods = new ArrayList<>();
        ServiceDescriptor.Builder descriptor =
                ServiceDescriptor.newBuilder(bound.getServiceDescriptor().getName());
        descriptor.setSchemaDescriptor(bound.getServiceDescriptor().getSchemaDescriptor());
        for (ServerMethodDefinition<?, ?> method : bound.getMethods()) {
            ServerMethodDefinition<?, ?> readable = readable(method);
            methods.add(readable);
            descriptor.addMethod(readable.getMethodDescriptor());
        }
        ServerServiceDefinition.Builder all = ServerServiceDefinition.builder(descriptor.build());
        methods.forEach(all::addMethod);
        return all.build();
    }

    private static <Q, R> ServerMethodDefinition<Object, R> readable(ServerMethodDefinition<Q, R> method) {
        MethodDescriptor<Q, R> descriptor = method.getMethodDescriptor();
        MethodDescriptor<Object, R> tolerant = descriptor.toBuilder(
                        new Tolerant<>(descriptor.getRequestMarshaller()), descriptor.getResponseMarshaller())
                .build();
        return ServerMethodDefinition.create(tolerant, (call, headers) -> {
            // A handler only asks for messages and answers: the call's type of request is that of its listener.
            @SuppressWarnings("unchecked")
            ServerCall<Q, R> typed = (ServerCall<Q, R>) (ServerCall<?, R>) call;
            return new Reading<>(call, method.getServerCallHandler().startCall(typed, headers));
        });
    }

    /** A message, or what is wrong with it. */
    private record Tolerant<Q>(MethodDescriptor.Marshaller<Q> strict) implements MethodDescriptor.Marshaller<Object> {
        @Override
        public InputStream stream(Object value) {
            throw new UnsupportedOperationException("a server only reads requests");
        }

        @Override
        public Object parse(InputStream stream) {
            try {
                return strict.parse(stream);
            } catch (StatusRuntimeException refused) {
                if (refused.getCause() instanceof IOException reason) {
                    return new Unreadable(String.valueOf(reason.getMessage()));
                }
                throw refused;
            }
        }
    }

    private static final class Reading<Q> extends ServerCall.Listener<Object> {
        private final ServerCall<Object, ?> call;
        private final ServerCall.Listener<Q> handler;
        private boolean refused;

        Reading(ServerCall<Object, ?> call, ServerCall.Listener<Q> handler) {
            this.call = call;
            this.handler = handler;
        }

        @Override
        @SuppressWarnings("unchecked") // The marshaller that parsed it is the handler's own.
        public void onMessage(Object message) {
            if (message instanceof Unreadable unreadable) {
                refuse(unreadable);
            } else if (!refused) {
                handler.onMessage((Q) message);
            }
        }

        private void refuse(Unreadable unreadable) {
            if (refused) {
                return;
            }
            refused = true;
            StatusRuntimeException error = GrpcErrors.invalidArgument(
                    "",
                    "the bytes are no request of " + call.getMethodDescriptor().getFullMethodName() + ": "
                            + unreadable.reason()
                            + " Build the client from the .proto files of this server's version.");
            Metadata trailers = error.getTrailers();
            call.close(error.getStatus(), trailers == null ? new Metadata() : trailers);
            handler.onCancel();
        }

        @Override
        public void onHalfClose() {
            if (!refused) {
                handler.onHalfClose();
            }
        }

        @Override
        public void onCancel() {
            if (!refused) {
                handler.onCancel();
            }
        }

        @Override
        public void onComplete() {
            if (!refused) {
                handler.onComplete();
            }
        }

        @Override
        public void onReady() {
            if (!refused) {
                handler.onReady();
            }
        }
    }
}
