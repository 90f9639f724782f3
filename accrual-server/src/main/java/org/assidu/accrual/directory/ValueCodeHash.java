package org.assidu.accrual.directory;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Value codes under the directory's secret: what the server keeps of a code, and codes that follow from a name, so that a
 * repeated request is answered with the same code though nobody kept it. HMAC-SHA-256 of a label for the purpose, a zero byte
 * and the text; no label begins as an identifier's hash does ({@link KeyedHash}). Safe for any thread.
 */
public final class ValueCodeHash {
    private static final String ALGORITHM = "HmacSHA256";
    private static final byte[] KEPT = "value code kept".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] DERIVED = "value code of ".getBytes(StandardCharsets.US_ASCII);

    private final byte[] secret;

    ValueCodeHash(byte[] secret) {
        this.secret = secret.clone();
    }

    /** 64 bits that stand for a code. */
    public long hash(ValueCode code) {
        return ByteBuffer.wrap(mac(KEPT, "", code.canonical())).getLong();
    }

    /** The code of a name, always the same; as hard to guess as the secret. @param purpose in letters */
    public ValueCode derive(String purpose, String name) {
        return ValueCode.of(Arrays.copyOf(mac(DERIVED, purpose, name), ValueCode.BYTES));
    }

    private byte[] mac(byte[] label, String purpose, String text) {
        try {
            Mac mac = Mac.getInstance(ALGORITHM);
            mac.init(new SecretKeySpec(secret, ALGORITHM));
            mac.update(label);
            mac.update(purpose.getBytes(StandardCharsets.US_ASCII));
            mac.update((byte) 0);
            return mac.doFinal(text.getBytes(StandardCharsets.UTF_8));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every JDK has " + ALGORITHM, e);
        }
    }
}
