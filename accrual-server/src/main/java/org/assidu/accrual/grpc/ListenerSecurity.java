package org.assidu.accrual.grpc;

import java.net.InetAddress;
import java.net.UnknownHostException;
import org.assidu.accrual.access.QuotaLimits;
import org.assidu.accrual.access.TokenSettings;
import org.jspecify.annotations.Nullable;

/**
 * How callers are kept apart.
 *
 * @param tls null = plain text
 * @param tokens null = whoever reaches the port may do everything
 * @param quotas of each client
 * @param stalledReaderSeconds a client that has not read an answer for so long is cut off; what was answered stays true
 */
public record ListenerSecurity(
        @Nullable TlsFiles tls, @Nullable TokenSettings tokens, QuotaLimits quotas, int stalledReaderSeconds) {
    private static final int STALLED_READER_SECONDS = 3;

    /** Neither TLS nor tokens: for this machine only. */
    public static ListenerSecurity development() {
        return new ListenerSecurity(null, null, QuotaLimits.NONE, STALLED_READER_SECONDS);
    }

    /** With the quotas of {@link QuotaLimits#defaults} where there are tokens. */
    public static ListenerSecurity of(@Nullable TlsFiles tls, @Nullable TokenSettings tokens) {
        return new ListenerSecurity(
                tls, tokens, tokens == null ? QuotaLimits.NONE : QuotaLimits.defaults(), STALLED_READER_SECONDS);
    }

    public ListenerSecurity withQuotas(QuotaLimits value) {
        return new ListenerSecurity(tls, tokens, value, stalledReaderSeconds);
    }

    /** @throws IllegalArgumentException when others than this machine could reach a listener that does not know its callers */
    public void checkHost(String host) {
        if ((tls != null && tokens != null) || isLoopback(host)) {
            return;
        }
        String missing = tls != null
                ? "tokens: give their public keys (--token-keys)"
                : tokens != null
                        ? "TLS: give --tls-cert and --tls-key"
                        : "TLS and tokens: give --tls-cert, --tls-key and --token-keys";
        throw new IllegalArgumentException("host: \"" + host
                + "\" is not a loopback address, and the server has no " + missing
                + ", or bind 127.0.0.1 or ::1");
    }

    /** How safe this is, for the log. */
    String description() {
        if (tokens == null) {
            return (tls == null ? "without TLS" : "with TLS")
                    + " and without tokens: a development mode, reachable from"
                    + " this machine only, where every process may do everything";
        }
        if (tls == null) {
            return "with tokens, without TLS: reachable from this machine only; put a TLS proxy in front";
        }
        return tls.clientCa() == null ? "with TLS and tokens" : "with TLS, client certificates and tokens";
    }

    private static boolean isLoopback(String host) {
        try {
            return InetAddress.getByName(host).isLoopbackAddress();
        } catch (UnknownHostException e) {
            return false;
        }
    }
}
