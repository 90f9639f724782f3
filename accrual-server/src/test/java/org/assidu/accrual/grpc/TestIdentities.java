package org.assidu.accrual.grpc;

import io.netty.pkitesting.CertificateBuilder;
import io.netty.pkitesting.X509Bundle;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import org.assidu.accrual.access.Caller;
import org.assidu.accrual.access.Role;
import org.assidu.accrual.access.TokenIssuer;
import org.assidu.accrual.access.TokenSettings;
import org.assidu.accrual.load.ClientSecurity;
import org.assidu.accrual.load.Connection;
import org.jspecify.annotations.Nullable;

/** Authorities, certificates and tokens of one test, as files in a folder. */
final class TestIdentities {
    final Path folder;
    final TokenIssuer issuer = TokenIssuer.create();
    final X509Bundle serverCa = authority("CN=server authority");
    final X509Bundle clientCa = authority("CN=client authority");

    TestIdentities(Path folder) {
        this.folder = folder;
        write("server-ca.pem", serverCa.getCertificatePEM());
        write("client-ca.pem", clientCa.getCertificatePEM());
        write("keys.json", issuer.publicText());
        server(leaf("CN=localhost", serverCa, Duration.ofDays(1)));
    }

    static X509Bundle authority(String name) {
        try {
            return new CertificateBuilder()
                    .subject(name)
                    .ecp256()
                    .setIsCertificateAuthority(true)
                    .buildSelfSigned();
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    /** A certificate for this machine; a negative duration makes one that has expired. */
    static X509Bundle leaf(String name, X509Bundle issuedBy, Duration validity) {
        try {
            Instant end = Instant.now().plus(validity);
            return new CertificateBuilder()
                    .subject(name)
                    .ecp256()
                    .notBefore(end.minus(Duration.ofDays(30)))
                    .notAfter(end)
                    .addSanDnsName("localhost")
                    .addSanIpAddress(InetAddress.getByAddress(new byte[] {127, 0, 0, 1}))
                    .buildIssuedBy(issuedBy);
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    /** Puts a certificate where the server looks for its own: the key first, as a renewal does. */
    void server(X509Bundle identity) {
        write("server-key.pem", identity.getPrivateKeyPEM());
        write("server.pem", identity.getCertificatePathPEM());
    }

    TlsFiles tls(boolean askClients) {
        return new TlsFiles(
                folder.resolve("server.pem"),
                folder.resolve("server-key.pem"),
                askClients ? folder.resolve("client-ca.pem") : null,
                1);
    }

    TokenSettings tokens() {
        return new TokenSettings(folder.resolve("keys.json"), "assidu");
    }

    ListenerSecurity security() {
        return ListenerSecurity.of(tls(false), tokens());
    }

    /** A token of a role that acts for the stores. */
    String token(Role role, String... stores) {
        return token(role, Duration.ofHours(1), stores);
    }

    String token(Role role, Duration validity, String... stores) {
        return issuer.issue(caller(role, validity, 0, null, stores), "assidu", System.currentTimeMillis());
    }

    static Caller caller(Role role, Duration validity, long memberKey, @Nullable String thumbprint, String... stores) {
        return new Caller(
                "test-" + role.text(),
                Set.of(role),
                Set.of(stores),
                memberKey,
                System.currentTimeMillis() + validity.toMillis(),
                thumbprint);
    }

    Connection connect(TestServer server, String token) {
        return connect(server, token, null);
    }

    /** @param client certificate to show; null = none */
    Connection connect(TestServer server, String token, @Nullable X509Bundle client) {
        Path certificate = null;
        Path key = null;
        if (client != null) {
            certificate = write("client.pem", client.getCertificatePathPEM());
            key = write("client-key.pem", client.getPrivateKeyPEM());
        }
        return Connection.to(
                "localhost:" + server.endpoint.port(),
                new ClientSecurity(folder.resolve("server-ca.pem"), certificate, key, write("token", token)));
    }

    /** Replaces a file at once. */
    Path write(String name, String text) {
        try {
            Path fresh = folder.resolve(name + ".new");
            Files.writeString(fresh, text);
            return Files.move(fresh, folder.resolve(name), StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
