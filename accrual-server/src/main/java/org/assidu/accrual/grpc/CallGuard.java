package org.assidu.accrual.grpc;

import io.grpc.Context;
import io.grpc.Contexts;
import io.grpc.Grpc;
import io.grpc.Metadata;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.ServerInterceptor;
import io.grpc.StatusRuntimeException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.cert.Certificate;
import java.security.cert.CertificateEncodingException;
import java.util.Base64;
import java.util.Locale;
import java.util.concurrent.ScheduledExecutorService;
import javax.net.ssl.SSLPeerUnverifiedException;
import javax.net.ssl.SSLSession;
import org.assidu.accrual.access.AccessRule;
import org.assidu.accrual.access.AccessTable;
import org.assidu.accrual.access.Caller;
import org.assidu.accrual.access.ClientQuota;
import org.assidu.accrual.access.Quotas;
import org.assidu.accrual.access.Role;
import org.assidu.accrual.access.Scope;
import org.assidu.accrual.access.TokenRefusedException;
import org.assidu.accrual.access.TokenVerifier;
import org.jspecify.annotations.Nullable;

/** Lets a call through when its token, the access table and the client's quota say so; refusals count against its connection. */
final class CallGuard implements ServerInterceptor {
    private static final Metadata.Key<String> AUTHORIZATION =
            Metadata.Key.of("authorization", Metadata.ASCII_STRING_MARSHALLER);
    private static final String BEARER = "bearer ";

    private final TokenVerifier tokens;
    private final Quotas quotas;
    private final ScheduledExecutorService timer;

    CallGuard(TokenVerifier tokens, Quotas quotas, ScheduledExecutorService timer) {
        this.tokens = tokens;
        this.quotas = quotas;
        this.timer = timer;
    }

    @Override
    public <Q, R> ServerCall.Listener<Q> interceptCall(
            ServerCall<Q, R> call, Metadata headers, ServerCallHandler<Q, R> next) {
        try {
            AccessRule rule = AccessTable.rule(call.getMethodDescriptor().getFullMethodName());
            if (rule != null && rule.open()) {
                return next.startCall(call, headers);
            }
            Caller caller = authenticated(call, headers);
            Session session = new Session(caller, scope(rule, caller), quotas.of(caller.subject()));
            GuardedCall<Q, R> guarded = new GuardedCall<>(call, session, tokens, timer);
            admit(guarded);
            Context context = Context.current().withValue(Session.CURRENT, session);
            return guarded.listen(rule, Contexts.interceptCall(context, guarded, headers, next));
        } catch (StatusRuntimeException refused) {
            ClientConnection connection = call.getAttributes().get(ClientConnection.ATTRIBUTE);
            if (connection != null) {
                connection.offended(String.valueOf(refused.getMessage()));
            }
            Metadata trailers = refused.getTrailers();
            call.close(refused.getStatus(), trailers == null ? new Metadata() : trailers);
            return new ServerCall.Listener<>() {};
        }
    }

    private Caller authenticated(ServerCall<?, ?> call, Metadata headers) {
        String authorization = headers.get(AUTHORIZATION);
        if (authorization == null || !authorization.toLowerCase(Locale.ROOT).startsWith(BEARER)) {
            throw GrpcErrors.unauthenticated(
                    "TOKEN_MISSING", "the call has no token: send the header authorization with Bearer and the token");
        }
        Caller caller;
        try {
            caller = tokens.verify(authorization.substring(BEARER.length()).strip());
        } catch (TokenRefusedException e) {
            throw GrpcErrors.unauthenticated(e.reason(), String.valueOf(e.getMessage()));
        }
        String bound = caller.certificateThumbprint();
        if (bound != null && !bound.equals(thumbprint(call.getAttributes().get(Grpc.TRANSPORT_ATTR_SSL_SESSION)))) {
            throw GrpcErrors.unauthenticated(
                    "TOKEN_OF_ANOTHER_CERTIFICATE",
                    "the token is bound to a client certificate, and this connection has another or none");
        }
        return caller;
    }

    private static Scope scope(@Nullable AccessRule rule, Caller caller) {
        if (rule == null) {
            throw GrpcErrors.permissionDenied("METHOD_CLOSED", "this method is open to nobody");
        }
        return rule.scopeOf(caller.roles())
                .orElseThrow(() -> GrpcErrors.permissionDenied(
                        "ROLE_NOT_ALLOWED",
                        "the token's roles (" + roles(caller) + ") may not call " + rule.method()
                                + "; ask your operator which token to use"));
    }

    private static String roles(Caller caller) {
        return String.join(
                ", ", caller.roles().stream().map(Role::text).sorted().toList());
    }

    private static void admit(GuardedCall<?, ?> call) {
        ClientQuota quota = call.session().quota();
        long now = System.nanoTime();
        if (!call.isStream()) {
            long debt = quota.debtNanos(now);
            if (debt != 0) {
                throw GrpcErrors.resourceExhausted(
                        "QUOTA_EXCEEDED",
                        "this client has used up its quota of " + quota.limits().requestsPerSecond()
                                + " requests and " + quota.limits().linesPerSecond()
                                + " lines per second; send less often",
                        (int) (debt / 1_000_000) + 1);
            }
            quota.spend(1, 0, now);
        } else if (!quota.tryStream()) {
            throw GrpcErrors.resourceExhausted(
                    "TOO_MANY_STREAMS",
                    "this client has " + quota.limits().streams()
                            + " streams open already, which is its quota; close some, and send more on each",
                    1_000);
        }
    }

    private static @Nullable String thumbprint(@Nullable SSLSession session) {
        if (session == null) {
            return null;
        }
        try {
            Certificate[] chain = session.getPeerCertificates();
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(chain[0].getEncoded());
            return Base64.getUrlEncoder().withoutPadding().encodeToString(hash);
        } catch (SSLPeerUnverifiedException e) {
            return null;
        } catch (CertificateEncodingException | NoSuchAlgorithmException e) {
            throw new IllegalStateException("a certificate that was read can be encoded and hashed", e);
        }
    }
}
