package org.assidu.accrual.engagement;

import java.nio.charset.StandardCharsets;
import java.security.InvalidKeyException;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * {@code t=SECONDS,v1=HEX}: HMAC-SHA256 under the shared secret over the seconds, a full stop and the body. A receiver
 * computes it again, compares, and refuses what is older than it likes.
 */
final class WebhookSignature {
    /** Name of the header. */
    static final String HEADER = "Assidu-Signature";

    private static final String ALGORITHM = "HmacSHA256";

    private final SecretKeySpec key;

    /** @param secret at least 16 bytes */
    WebhookSignature(byte[] secret) {
        key = new SecretKeySpec(secret, ALGORITHM);
    }

    String of(long epochSeconds, String body) {
        try {
            Mac mac = Mac.getInstance(ALGORITHM);
            mac.init(key);
            byte[] signature = mac.doFinal((epochSeconds + "." + body).getBytes(StandardCharsets.UTF_8));
            return "t=" + epochSeconds + ",v1=" + HexFormat.of().formatHex(signature);
        } catch (NoSuchAlgorithmException | InvalidKeyException e) {
            throw new IllegalStateException("every Java platform has " + ALGORITHM, e);
        }
    }
}
