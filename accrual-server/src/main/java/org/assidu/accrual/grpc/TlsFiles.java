package org.assidu.accrual.grpc;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * PEM files of the listener. They are looked at again every {@code reloadSeconds}: a renewed certificate serves the connections
 * made from then on, without a restart.
 *
 * @param certificate chain, leaf first
 * @param key private key, PKCS#8
 * @param clientCa authorities of client certificates; when given, a client without such a certificate cannot connect
 */
public record TlsFiles(Path certificate, Path key, @Nullable Path clientCa, int reloadSeconds) {
    public static final int DEFAULT_RELOAD_SECONDS = 60;

    public TlsFiles {
        if (reloadSeconds < 1 || reloadSeconds > 86_400) {
            throw new IllegalArgumentException("reloadSeconds: " + reloadSeconds + " is not in 1 to 86400");
        }
    }
}
