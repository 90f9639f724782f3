package org.assidu.accrual.grpc;

import io.grpc.netty.GrpcSslContexts;
import io.grpc.util.AdvancedTlsX509KeyManager;
import io.grpc.util.AdvancedTlsX509TrustManager;
import io.grpc.util.CertificateUtils;
import io.netty.handler.ssl.ClientAuth;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.SslProvider;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.cert.X509Certificate;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The listener's identity and whom it trusts, followed as their files change. Files that cannot be used, such as a key that is
 * replaced before its certificate, change nothing until they can.
 */
final class TlsContext {
    private static final Logger LOG = LoggerFactory.getLogger(TlsContext.class);
    private static final byte[] SAMPLE = "assidu".getBytes(StandardCharsets.US_ASCII);

    private final TlsFiles files;
    private final AdvancedTlsX509KeyManager identity = new AdvancedTlsX509KeyManager();
    private final @Nullable AdvancedTlsX509TrustManager trust;
    private final SslContext context;
    private String identityStamp = "";
    private String trustStamp = "";

    /** @throws IOException saying which file is wrong */
    TlsContext(TlsFiles files, ScheduledExecutorService timer) throws IOException {
        this.files = files;
        trust = files.clientCa() == null ? null : trusting();
        loadIdentity();
        loadTrust();
        context = build();
        // A resumed session is not verified anew: it must not outlive a change of the authorities by more than this.
        context.sessionContext().setSessionTimeout(files.reloadSeconds());
        timer.scheduleWithFixedDelay(this::look, files.reloadSeconds(), files.reloadSeconds(), TimeUnit.SECONDS);
    }

    private static AdvancedTlsX509TrustManager trusting() {
        try {
            return AdvancedTlsX509TrustManager.newBuilder()
                    .setVerification(AdvancedTlsX509TrustManager.Verification.CERTIFICATE_ONLY_VERIFICATION)
                    .build();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every JDK verifies certificates", e);
        }
    }

    private SslContext build() throws IOException {
        SslContextBuilder builder = GrpcSslContexts.configure(
                SslContextBuilder.forServer(identity).protocols("TLSv1.3", "TLSv1.2"), SslProvider.JDK);
        if (trust != null) {
            builder.trustManager(trust).clientAuth(ClientAuth.REQUIRE);
        }
        return builder.build();
    }

    SslContext context() {
        return context;
    }

    private void look() {
        try {
            loadIdentity();
        } catch (IOException e) {
            LOG.warn("{}; the certificate before stays in force", e.getMessage());
        }
        try {
            loadTrust();
        } catch (IOException e) {
            LOG.warn("{}; the authorities before stay in force", e.getMessage());
        }
    }

    private void loadIdentity() throws IOException {
        try {
            String stamp = stamp(files.certificate()) + stamp(files.key());
            if (stamp.equals(identityStamp)) {
                return;
            }
            X509Certificate[] chain = certificates(files.certificate());
            PrivateKey key;
            try (InputStream in = Files.newInputStream(files.key())) {
                key = CertificateUtils.getPrivateKey(in);
            }
            checkPair(chain[0], key);
            identity.updateIdentityCredentials(chain, key);
            identityStamp = stamp;
            LOG.info(
                    "TLS certificate {} of {} is in force, valid until {}",
                    files.certificate(),
                    chain[0].getSubjectX500Principal(),
                    chain[0].getNotAfter().toInstant());
        } catch (IOException | GeneralSecurityException | RuntimeException e) {
            throw new IOException(
                    "the certificate " + files.certificate() + " with key " + files.key() + " cannot be used: "
                            + e.getMessage() + ". Both must be PEM, the key PKCS#8",
                    e);
        }
    }

    private void loadTrust() throws IOException {
        Path authorities = files.clientCa();
        if (authorities == null || trust == null) {
            return;
        }
        try {
            String stamp = stamp(authorities);
            if (!stamp.equals(trustStamp)) {
                X509Certificate[] certificates = certificates(authorities);
                trust.updateTrustCredentials(certificates);
                trustStamp = stamp;
                LOG.info("clients need a certificate from {} ({} authorities)", authorities, certificates.length);
            }
        } catch (IOException | GeneralSecurityException | RuntimeException e) {
            throw new IOException(
                    "the client authorities " + authorities + " cannot be used: " + e.getMessage()
                            + ". Give one or more certificates as PEM",
                    e);
        }
    }

    private static X509Certificate[] certificates(Path file) throws IOException, GeneralSecurityException {
        try (InputStream in = Files.newInputStream(file)) {
            X509Certificate[] certificates = CertificateUtils.getX509Certificates(in);
            if (certificates.length == 0) {
                throw new IOException(file + " holds no certificate");
            }
            return certificates;
        }
    }

    private static void checkPair(X509Certificate certificate, PrivateKey key) throws GeneralSecurityException {
        String algorithm = switch (key.getAlgorithm()) {
            case "EC" -> "SHA256withECDSA";
            case "RSA" -> "SHA256withRSA";
            default -> key.getAlgorithm();
        };
        Signature signature = Signature.getInstance(algorithm);
        signature.initSign(key);
        signature.update(SAMPLE);
        byte[] signed = signature.sign();
        signature.initVerify(certificate.getPublicKey());
        signature.update(SAMPLE);
        if (!signature.verify(signed)) {
            throw new GeneralSecurityException("the key is not the one of the certificate");
        }
    }

    /** Changes whenever the file is written or replaced. */
    private static String stamp(Path file) throws IOException {
        BasicFileAttributes now = Files.readAttributes(file, BasicFileAttributes.class);
        return now.lastModifiedTime() + "/" + now.size() + "/" + now.fileKey() + ";";
    }
}
