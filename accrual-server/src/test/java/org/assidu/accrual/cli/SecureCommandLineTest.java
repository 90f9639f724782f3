package org.assidu.accrual.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.pkitesting.CertificateBuilder;
import io.netty.pkitesting.X509Bundle;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import org.assidu.accrual.access.TokenSettings;
import org.assidu.accrual.grpc.ListenerSecurity;
import org.assidu.accrual.grpc.TlsFiles;
import org.assidu.accrual.server.ServerConfig;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Tokens as an operator makes them, and commands that show them, over TLS with client certificates. */
final class SecureCommandLineTest {
    @TempDir
    private Path folder;

    private String file(String name) {
        return folder.resolve(name).toString();
    }

    private void certificates() throws Exception {
        X509Bundle ca = new CertificateBuilder()
                .subject("CN=chain")
                .ecp256()
                .setIsCertificateAuthority(true)
                .buildSelfSigned();
        Files.writeString(folder.resolve("ca.pem"), ca.getCertificatePEM());
        for (String name : new String[] {"server", "client"}) {
            X509Bundle leaf = new CertificateBuilder()
                    .subject("CN=" + name)
                    .ecp256()
                    .addSanIpAddress(InetAddress.getByName("127.0.0.1"))
                    .buildIssuedBy(ca);
            Files.writeString(folder.resolve(name + ".pem"), leaf.getCertificatePathPEM());
            Files.writeString(folder.resolve(name + ".key"), leaf.getPrivateKeyPEM());
        }
    }

    private void token(String name, String... options) {
        String[] command = {"token", "issue", "--key", file("token.key"), "--subject", name, "--out", file(name)};
        String[] all = java.util.Arrays.copyOf(command, command.length + options.length);
        System.arraycopy(options, 0, all, command.length, options.length);
        Terminal issued = Terminal.type(all);
        assertThat(issued.code()).as(issued.out() + issued.err()).isZero();
    }

    @Test
    void commandsShowTokenAndCertificateAndRolesHold() throws Exception {
        certificates();
        assertThat(Terminal.type("token", "key", "--private", file("token.key"), "--public", file("keys.json"))
                        .code())
                .isZero();
        token("operator", "--role", "operator", "--valid", "1h");
        token("till", "--role", "till", "--store", "S1");
        ServerConfig config = ServerConfig.at(folder.resolve("data"))
                .withSecurity(ListenerSecurity.of(
                        new TlsFiles(
                                folder.resolve("server.pem"),
                                folder.resolve("server.key"),
                                folder.resolve("ca.pem"),
                                60),
                        new TokenSettings(folder.resolve("keys.json"), "assidu")));
        try (RunningServer server = new RunningServer(config)) {
            assertThat(status(server, "operator").out()).contains("state hash");
            Terminal till = status(server, "till");
            assertThat(till.code()).isEqualTo(Assidu.FAILED);
            assertThat(till.err()).contains("PERMISSION_DENIED").contains("(till) may not call");
            Terminal withoutToken = server.type("status", "--tls-ca", file("ca.pem"));
            assertThat(withoutToken.err()).contains("UNAVAILABLE");
        }
    }

    private Terminal status(RunningServer server, String token) {
        return server.type(
                "status",
                "--tls-ca",
                file("ca.pem"),
                "--client-cert",
                file("client.pem"),
                "--client-key",
                file("client.key"),
                "--token-file",
                file(token));
    }

    @Test
    void tokensThatCouldNotWorkAreNotIssued() {
        Terminal.type("token", "key", "--private", file("token.key"), "--public", file("keys.json"));
        String[] issue = {"token", "issue", "--key", file("token.key"), "--subject", "x", "--role"};
        assertThat(typed(issue, "till").err()).contains("--store CODE");
        assertThat(typed(issue, "cook").err()).contains("--role cook is unknown");
        assertThat(typed(issue, "member-self").err()).contains("--member KEY");
        assertThat(typed(issue, "operator", "--valid", "2y").err()).contains("--valid 2y");
        assertThat(Terminal.type("token", "issue", "--key", file("keys.json"), "--subject", "x", "--role", "operator")
                        .err())
                .contains("no private key for tokens");
    }

    private static Terminal typed(String[] first, String... rest) {
        String[] all = java.util.Arrays.copyOf(first, first.length + rest.length);
        System.arraycopy(rest, 0, all, first.length, rest.length);
        return Terminal.type(all);
    }
}
