package org.assidu.accrual.grpc;

import com.google.protobuf.Message;
import io.grpc.ForwardingServerCall;
import io.grpc.ForwardingServerCallListener;
import io.grpc.Metadata;
import io.grpc.MethodDescriptor;
import io.grpc.ServerCall;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.assidu.accrual.access.AccessRule;
import org.assidu.accrual.access.TokenVerifier;
import org.jspecify.annotations.Nullable;

/**
 * A call under guard: each request is held against the caller's scope, a stream ends when its token expires, and a client beyond
 * its quota is read from more slowly, so that it loses nothing.
 */
final class GuardedCall<Q, R> extends ForwardingServerCall.SimpleForwardingServerCall<Q, R> {
    private final Session session;
    private final TokenVerifier tokens;
    private final ScheduledExecutorService timer;
    private final boolean stream;
    private boolean ended;
    private @Nullable Future<?> expiry;
    private boolean released;

    GuardedCall(ServerCall<Q, R> call, Session session, TokenVerifier tokens, ScheduledExecutorService timer) {
        super(call);
        this.session = session;
        this.tokens = tokens;
        this.timer = timer;
        stream = call.getMethodDescriptor().getType() != MethodDescriptor.MethodType.UNARY;
    }

    Session session() {
        return session;
    }

    boolean isStream() {
        return stream;
    }

    /** Wraps the handler's listener and begins to watch the token. */
    ServerCall.Listener<Q> listen(@Nullable AccessRule rule, ServerCall.Listener<Q> handler) {
        Guarded listener = new Guarded(rule, handler);
        if (stream) {
            synchronized (this) {
                if (!released) {
                    expiry = timer.schedule(
                            () -> listener.cut(GrpcErrors.unauthenticated(
                                    org.assidu.accrual.access.TokenRefusedException.EXPIRED,
                                    "the token expired while the stream was open: open it again with a new one and"
                                            + " send what got no answer, which is safe")),
                            tokens.millisLeft(session.caller()),
                            TimeUnit.MILLISECONDS);
                }
            }
        }
        return listener;
    }

    @Override
    public void request(int messages) {
        long wait = stream ? session.quota().debtNanos(System.nanoTime()) : 0;
        if (wait == 0) {
            super.request(messages);
        } else {
            timer.schedule(() -> super.request(messages), wait, TimeUnit.NANOSECONDS);
        }
    }

    @Override
    public synchronized void sendHeaders(Metadata headers) {
        if (!ended) {
            super.sendHeaders(headers);
        }
    }

    @Override
    public synchronized void sendMessage(R message) {
        if (!ended) {
            super.sendMessage(message);
        }
    }

    @Override
    public synchronized void close(Status status, Metadata trailers) {
        if (ended) {
            return;
        }
        ended = true;
        ClientConnection connection = getAttributes().get(ClientConnection.ATTRIBUTE);
        if (status.getCode() == Status.Code.PERMISSION_DENIED && connection != null) {
            connection.offended(String.valueOf(status.getDescription()));
        }
        super.close(status, trailers);
    }

    /** Gives back what the call holds of its client's quota, once. */
    private synchronized void release() {
        if (!released && stream) {
            released = true;
            session.quota().streamEnded();
            if (expiry != null) {
                expiry.cancel(false);
            }
        }
    }

    private final class Guarded extends ForwardingServerCallListener.SimpleForwardingServerCallListener<Q> {
        private final @Nullable AccessRule rule;
        private volatile boolean cut;

        Guarded(@Nullable AccessRule rule, ServerCall.Listener<Q> handler) {
            super(handler);
            this.rule = rule;
        }

        @Override
        public void onMessage(Q message) {
            if (cut) {
                return;
            }
            if (stream) {
                session.quota().spend(1, 0, System.nanoTime());
            }
            if (rule != null && message instanceof Message request) {
                try {
                    RequestScope.check(rule, session, request);
                } catch (StatusRuntimeException refused) {
                    cut(refused);
                    return;
                }
            }
            super.onMessage(message);
        }

        @Override
        public void onHalfClose() {
            if (!cut) {
                super.onHalfClose();
            }
        }

        @Override
        public void onCancel() {
            release();
            if (!cut) {
                super.onCancel();
            }
        }

        @Override
        public void onComplete() {
            release();
            if (!cut) {
                super.onComplete();
            }
        }

        /** Ends the call in the handler's place; the handler sees it cancelled. */
        void cut(StatusRuntimeException why) {
            cut = true;
            Metadata trailers = why.getTrailers();
            close(why.getStatus(), trailers == null ? new Metadata() : trailers);
            release();
            super.onCancel();
        }
    }
}
