package org.assidu.accrual.load;

import io.grpc.CallCredentials;
import io.grpc.Metadata;
import io.grpc.Status;
import io.grpc.netty.GrpcSslContexts;
import io.grpc.netty.NettyChannelBuilder;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.SslProvider;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Executor;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/**
 * How a client shows who it is and knows its server.
 *
 * @param ca PEM file of the authorities that the server's certificate must come from; null = plain text
 * @param certificate the client's own certificate chain, PEM; null = none
 * @param key its private key, PKCS#8 PEM
 * @param token file with a bearer token, read again for each call, so that a renewed one is used at once; null = none
 */
public record ClientSecurity(
        @Nullable Path ca,
        @Nullable Path certificate,
        @Nullable Path key,
        @Nullable Path token) {
    /** Plain text, no token. */
    public static final ClientSecurity NONE = new ClientSecurity(null, null, null, null);

    private static final Metadata.Key<String> AUTHORIZATION =
            Metadata.Key.of("authorization", Metadata.ASCII_STRING_MARSHALLER);

    public ClientSecurity {
        if ((certificate == null) != (key == null)) {
            throw new IllegalArgumentException("a client certificate and its key belong together: give both");
        }
        if (certificate != null && ca == null) {
            throw new IllegalArgumentException("a client certificate needs TLS: give the server's authority too");
        }
    }

    void applyTo(NettyChannelBuilder builder) {
        if (ca == null) {
            builder.usePlaintext();
        } else {
            SslContextBuilder tls = GrpcSslContexts.configure(SslContextBuilder.forClient(), SslProvider.JDK);
            try {
                tls.trustManager(ca.toFile());
                if (certificate != null && key != null) {
                    tls.keyManager(certificate.toFile(), key.toFile());
                }
                builder.sslContext(tls.build());
            } catch (IllegalArgumentException | SSLException e) {
                throw new IllegalArgumentException(
                        "the certificates (" + ca + (certificate == null ? "" : ", " + certificate + ", " + key)
                                + ") cannot be used: " + e.getMessage() + "; they must be PEM, the key PKCS#8",
                        e);
            }
        }
        if (token != null) {
            builder.intercept(new io.grpc.ClientInterceptor() {
                @Override
                public <Q, R> io.grpc.ClientCall<Q, R> interceptCall(
                        io.grpc.MethodDescriptor<Q, R> method, io.grpc.CallOptions options, io.grpc.Channel next) {
                    return next.newCall(method, options.withCallCredentials(new TokenFile(token)));
                }
            });
        }
    }

    /** The token as it is in its file when a call begins. */
    private static final class TokenFile extends CallCredentials {
        private final Path file;

        TokenFile(Path file) {
            this.file = file;
        }

        @Override
        public void applyRequestMetadata(RequestInfo request, Executor executor, MetadataApplier applier) {
            try {
                Metadata headers = new Metadata();
                headers.put(AUTHORIZATION, "Bearer " + Files.readString(file).strip());
                applier.apply(headers);
            } catch (IOException | IllegalArgumentException e) {
                applier.fail(Status.UNAUTHENTICATED.withDescription(
                        "the token in " + file + " cannot be read: " + e + "; `assidu token issue` makes one"));
            }
        }
    }
}
