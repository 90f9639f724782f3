package org.assidu.accrual.access;

import java.nio.file.Path;

/**
 * Which tokens are taken.
 *
 * @param keys JWK set with the public keys of whoever issues tokens; read again when it changes
 * @param audience what a token must name as its audience: this server, and not another that trusts the same issuer
 */
public record TokenSettings(Path keys, String audience) {
    public static final String DEFAULT_AUDIENCE = "assidu";

    public TokenSettings {
        if (audience.isBlank()) {
            throw new IllegalArgumentException(
                    "the audience of tokens is empty; give a name such as " + DEFAULT_AUDIENCE);
        }
    }
}
