package org.assidu.accrual.directory;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * HMAC-SHA-256 of kind and normalised value, cut to 128 bits, of which the low four hold the kind. One instance a thread;
 * the last hash is left in {@code high} and {@code low}.
 */
final class KeyedHash {
    static final int KIND_BITS = 4;
    private static final long KIND_MASK = (1L << KIND_BITS) - 1;
    private static final String ALGORITHM = "HmacSHA256";
    private static final byte[] VERIFIER = "assidu directory 1".getBytes(StandardCharsets.US_ASCII);

    private final Mac mac;
    private final byte[] cardBytes = new byte[1 + Long.BYTES];
    private final ByteBuffer card = ByteBuffer.wrap(cardBytes);
    private final byte[] resultBytes;
    private final ByteBuffer result;

    private long high;
    private long low;

    KeyedHash(byte[] secret) {
        try {
            mac = Mac.getInstance(ALGORITHM);
            mac.init(new SecretKeySpec(secret, ALGORITHM));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every JDK has " + ALGORITHM, e);
        }
        resultBytes = new byte[mac.getMacLength()];
        result = ByteBuffer.wrap(resultBytes);
    }

    long high() {
        return high;
    }

    long low() {
        return low;
    }

    static IdentifierKind kindOf(long low) {
        return IdentifierKind.ofCode((int) (low & KIND_MASK));
    }

    void hash(Identifier identifier) {
        if (identifier instanceof Identifier.Card plastic) {
            hashCard(plastic.number());
        } else if (identifier instanceof Identifier.Token token) {
            hashToken(token.tokenKind(), token.value());
        }
    }

    void hashCard(long number) {
        card.put(0, (byte) IdentifierKind.CARD.code()).putLong(1, number);
        mac.update(cardBytes);
        finish(IdentifierKind.CARD);
    }

    void hashToken(TokenKind kind, String normalised) {
        mac.update((byte) kind.identifierKind().code());
        mac.update(normalised.getBytes(StandardCharsets.UTF_8));
        finish(kind.identifierKind());
    }

    /** Tells one secret from another; no identifier has its first byte. */
    byte[] verifier() {
        mac.update((byte) 0);
        return Arrays.copyOf(mac.doFinal(VERIFIER), resultBytes.length);
    }

    private void finish(IdentifierKind kind) {
        try {
            mac.doFinal(resultBytes, 0);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("the result array holds a whole hash", e);
        }
        high = result.getLong(0);
        low = (result.getLong(Long.BYTES) & ~KIND_MASK) | kind.code();
    }
}
