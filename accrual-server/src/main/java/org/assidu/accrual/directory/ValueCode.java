package org.assidu.accrual.directory;

import java.security.SecureRandom;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Code of a voucher or gift card: 80 bits in 16 characters of Crockford's base 32 and his check character (the remainder
 * modulo 37), which finds any one wrong character and any two neighbours changed over. Whoever has the code has the money:
 * {@link #toString} hides it.
 */
public final class ValueCode {
    static final int BYTES = 10;

    private static final String SYMBOLS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ*~$=U";
    private static final int BASE = 32;
    private static final int CHECK = 37;
    private static final int DIGITS = 16;
    private static final int GROUP = 4;

    private final String text;

    private ValueCode(String text) {
        this.text = text;
    }

    /** A new one that nobody can guess. */
    public static ValueCode random(SecureRandom source) {
        byte[] bits = new byte[BYTES];
        source.nextBytes(bits);
        return of(bits);
    }

    static ValueCode of(byte[] bits) {
        StringBuilder digits = new StringBuilder(DIGITS + 1);
        int pending = 0;
        int pendingBits = 0;
        for (int i = 0; i < BYTES; i++) {
            pending = pending << 8 | bits[i] & 0xff;
            pendingBits += 8;
            while (pendingBits >= 5) {
                pendingBits -= 5;
                digits.append(SYMBOLS.charAt(pending >>> pendingBits & BASE - 1));
            }
        }
        return new ValueCode(digits.append(SYMBOLS.charAt(remainder(digits))).toString());
    }

    /** A code as people write it: case, spaces and hyphens do not count, O is 0, I and L are 1. @return null when it is none */
    public static @Nullable ValueCode parse(String written) {
        String text = written.replaceAll("[-\\s]", "").toUpperCase(Locale.ROOT);
        text = text.replace('O', '0').replace('I', '1').replace('L', '1');
        if (text.length() != DIGITS + 1) {
            return null;
        }
        String digits = text.substring(0, DIGITS);
        for (int i = 0; i < DIGITS; i++) {
            int value = SYMBOLS.indexOf(digits.charAt(i));
            if (value < 0 || value >= BASE) {
                return null;
            }
        }
        return SYMBOLS.charAt(remainder(digits)) == text.charAt(DIGITS) ? new ValueCode(text) : null;
    }

    private static int remainder(CharSequence digits) {
        int remainder = 0;
        for (int i = 0; i < digits.length(); i++) {
            remainder = (remainder * BASE + SYMBOLS.indexOf(digits.charAt(i))) % CHECK;
        }
        return remainder;
    }

    /** For printing: groups of four and the check character. */
    public String printed() {
        StringBuilder grouped = new StringBuilder();
        for (int at = 0; at < text.length(); at += GROUP) {
            grouped.append(at == 0 ? "" : "-").append(text, at, Math.min(text.length(), at + GROUP));
        }
        return grouped.toString();
    }

    String canonical() {
        return text;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof ValueCode code && code.text.equals(text);
    }

    @Override
    public int hashCode() {
        return text.hashCode();
    }

    @Override
    public String toString() {
        return "value code ****";
    }
}
