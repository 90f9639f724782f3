package org.assidu.accrual.cli;

import java.nio.file.Path;
import org.assidu.accrual.load.ClientSecurity;
import org.assidu.accrual.load.Connection;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** How this process shows the server that it calls who it is. */
final class CallerOption {
    @Option(
            names = "--tls-ca",
            paramLabel = "PEM",
            defaultValue = "${env:ASSIDU_TLS_CA}",
            description = "Speak TLS to a server whose certificate comes from these authorities (or ASSIDU_TLS_CA).")
    private @Nullable Path ca;

    @Option(
            names = "--client-cert",
            paramLabel = "PEM",
            defaultValue = "${env:ASSIDU_CLIENT_CERT}",
            description = "Own certificate, for a server that asks for one (or ASSIDU_CLIENT_CERT).")
    private @Nullable Path certificate;

    @Option(
            names = "--client-key",
            paramLabel = "PEM",
            defaultValue = "${env:ASSIDU_CLIENT_KEY}",
            description = "Its private key, PKCS#8 (or ASSIDU_CLIENT_KEY).")
    private @Nullable Path key;

    @Option(
            names = "--token-file",
            paramLabel = "FILE",
            defaultValue = "${env:ASSIDU_TOKEN_FILE}",
            description =
                    "File with a token, as `assidu token issue` writes it, read again for each call; of role standby"
                            + " for another server of the chain (or ASSIDU_TOKEN_FILE).")
    private @Nullable Path token;

    Connection connect(String address) {
        return Connection.to(address, new ClientSecurity(ca, certificate, key, token));
    }
}
