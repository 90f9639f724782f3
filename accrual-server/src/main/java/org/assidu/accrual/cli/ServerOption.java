package org.assidu.accrual.cli;

import java.io.IOException;
import java.nio.file.Path;
import org.assidu.accrual.load.ClientSecurity;
import org.assidu.accrual.load.Connection;
import org.assidu.accrual.server.DataDirectory;
import org.assidu.accrual.server.ServerFile;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Which server a client command talks to, and how it shows who it is. */
final class ServerOption {
    private static final String DEFAULT = "127.0.0.1:7070";

    @Option(
            names = "--server",
            paramLabel = "HOST:PORT",
            defaultValue = "${env:ASSIDU_SERVER:-127.0.0.1:7070}",
            description = "Server to talk to (default: ${DEFAULT-VALUE}; or set ASSIDU_SERVER).")
    private String address = DEFAULT;

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
            description = "File with a token, as `assidu token issue` writes it (or ASSIDU_TOKEN_FILE).")
    private @Nullable Path token;

    Connection connect() {
        return Connection.to(address, new ClientSecurity(ca, certificate, key, token));
    }

    /** To the server of a data directory: where its own file says, unless another address is given. */
    Connection connect(DataDirectory data) throws IOException {
        ServerFile file = ServerFile.read(data.serverFile());
        String local = file == null || !address.equals(DEFAULT) ? address : file.host() + ":" + file.port();
        return Connection.to(local, new ClientSecurity(ca, certificate, key, token));
    }

    String address() {
        return address;
    }
}
