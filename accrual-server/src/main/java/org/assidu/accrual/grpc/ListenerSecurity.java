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
 * @param abusePauseSeconds an address whose connection was ended for flooding is turned away for so long; 0 = never, which is
 *     right behind a proxy that hides addresses
 */
public record ListenerSecurity(
        @Nullable TlsFiles tls,
        @Nullable TokenSettings tokens,
        QuotaLimits quotas,
        int stalledReaderSeconds,
        int abusePauseSeconds) {
    /** Where clients come in by TLS, and so by themselves. */
    public static final int ABUSE_PAUSE_SECONDS = 60;

    private static final int MOST_PAUSE_SECONDS = 3_600;
    private static final int STALLED_READER_SECONDS = 3;

    public ListenerSecurity {
        if (abusePauseSeconds < 0 || abusePauseSeconds > MOST_PAUSE_SECONDS) {
            throw new IllegalArgumentException(
                    "abuse pause: " + abusePauseSeconds + " is not in 0 to " + MOST_PAUSE_SECONDS + " seconds");
        }
    }

    /** Neither TLS nor tokens: for this machine only. */
    public static ListenerSecurity development() {
        return new ListenerSecurity(null, null, QuotaLimits.NONE, STALLED_READER_SECONDS, 0);
    }

    /** With the quotas of {@link QuotaLimits#defaults} where there are tokens, and a pause after abuse where there is TLS. */
    public static ListenerSecurity of(@Nullable TlsFiles tls, @Nullable TokenSettings tokens) {
        return new ListenerSecurity(
                tls,
                tokens,
                tokens == null ? QuotaLimits.NONE : QuotaLimits.defaults(),
                STALLED_READER_SECONDS,
                tls == null ? 0 : ABUSE_PAUSE_SECONDS);
    }

    public ListenerSecurity withQuotas(QuotaLimits value) {
        return new ListenerSecurity(tls, tokens, value, stalledReaderSeconds, abusePauseSeconds);
    }

    /** @param seconds see {@code abusePauseSeconds} */
    public ListenerSecurity withAbusePause(int seconds) {
        return new ListenerSecurity(tls, tokens, quotas, stalledReaderSeconds, seconds);
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
