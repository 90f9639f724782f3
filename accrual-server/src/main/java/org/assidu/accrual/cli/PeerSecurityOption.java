package org.assidu.accrual.cli;

import java.nio.file.Path;
import org.assidu.accrual.load.ClientSecurity;
import org.assidu.accrual.load.Connection;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** How a server shows another server of its chain who it is. */
final class PeerSecurityOption {
    @Option(
            names = "--tls-ca",
            paramLabel = "PEM",
            defaultValue = "${env:ASSIDU_TLS_CA}",
            description = "Speak TLS to the other server, whose certificate comes from these authorities.")
    private @Nullable Path ca;

    @Option(
            names = "--client-cert",
            paramLabel = "PEM",
            defaultValue = "${env:ASSIDU_CLIENT_CERT}",
            description = "Own certificate, for a server that asks for one.")
    private @Nullable Path certificate;

    @Option(
            names = "--client-key",
            paramLabel = "PEM",
            defaultValue = "${env:ASSIDU_CLIENT_KEY}",
            description = "Its private key, PKCS#8.")
    private @Nullable Path key;

    @Option(
            names = "--token-file",
            paramLabel = "FILE",
            defaultValue = "${env:ASSIDU_TOKEN_FILE}",
            description = "File with a token of role standby; read again for each call.")
    private @Nullable Path token;

    Connection connect(String address) {
        return Connection.to(address, new ClientSecurity(ca, certificate, key, token));
    }
}
