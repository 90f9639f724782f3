package org.assidu.accrual.cli;

import java.nio.file.Path;
import org.assidu.accrual.access.QuotaLimits;
import org.assidu.accrual.access.TokenSettings;
import org.assidu.accrual.grpc.ListenerSecurity;
import org.assidu.accrual.grpc.TlsFiles;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Whom a server lets in. */
final class SecurityOption {
    @Option(names = "--tls-cert", paramLabel = "PEM", description = "Certificate chain of the server, leaf first.")
    private @Nullable Path certificate;

    @Option(names = "--tls-key", paramLabel = "PEM", description = "Its private key, PKCS#8.")
    private @Nullable Path key;

    @Option(
            names = "--tls-client-ca",
            paramLabel = "PEM",
            description = "Let in only clients with a certificate from these authorities.")
    private @Nullable Path clientCa;

    @Option(
            names = "--tls-reload-seconds",
            defaultValue = "60",
            description = "Look at these files so often; a change needs no restart (default: ${DEFAULT-VALUE}).")
    private int reloadSeconds;

    @Option(
            names = "--token-keys",
            paramLabel = "JWKS",
            description = "Public keys of whoever issues tokens; every call then needs a token.")
    private @Nullable Path tokenKeys;

    @Option(
            names = "--token-audience",
            defaultValue = TokenSettings.DEFAULT_AUDIENCE,
            description = "What tokens must name as their audience (default: ${DEFAULT-VALUE}).")
    private String audience = TokenSettings.DEFAULT_AUDIENCE;

    @Option(
            names = "--quota-requests",
            defaultValue = "2000",
            description = "Requests per second of one client; 0 = no limit (default: ${DEFAULT-VALUE}).")
    private int requests;

    @Option(
            names = "--quota-lines",
            defaultValue = "200000",
            description = "Sale lines per second of one client; 0 = no limit (default: ${DEFAULT-VALUE}).")
    private int lines;

    @Option(
            names = "--quota-streams",
            defaultValue = "64",
            description = "Streams open at once of one client; 0 = no limit (default: ${DEFAULT-VALUE}).")
    private int streams;

    @Option(
            names = "--abuse-pause",
            paramLabel = "SECONDS",
            description = {
                "Turn an address away for so long after a connection from it was ended for flooding; 0 = never",
                "(default: " + ListenerSecurity.ABUSE_PAUSE_SECONDS + " with --tls-cert, else 0, as behind a proxy)."
            })
    private @Nullable Integer abusePause;

    ListenerSecurity security() {
        if ((certificate == null) != (key == null)) {
            throw new IllegalArgumentException("--tls-cert and --tls-key belong together: give both");
        }
        if (clientCa != null && certificate == null) {
            throw new IllegalArgumentException("--tls-client-ca needs --tls-cert and --tls-key");
        }
        TlsFiles tls =
                certificate == null || key == null ? null : new TlsFiles(certificate, key, clientCa, reloadSeconds);
        TokenSettings tokens = tokenKeys == null ? null : new TokenSettings(tokenKeys, audience);
        ListenerSecurity security = ListenerSecurity.of(tls, tokens);
        if (abusePause != null) {
            security = security.withAbusePause(abusePause);
        }
        return tokens == null ? security : security.withQuotas(new QuotaLimits(requests, lines, streams));
    }
}
