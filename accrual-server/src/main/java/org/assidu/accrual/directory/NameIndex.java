package org.assidu.accrual.directory;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.text.Normalizer;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Words of names as keyed hashes (a blind index): without the key, an entry tells no name, and only a name that is known can be
 * looked for.
 */
final class NameIndex {
    private static final int HASH_BYTES = 16;

    private final byte[] key;

    NameIndex(byte[] key) {
        this.key = key.clone();
    }

    /** Hashes of the words of a person's names. */
    Set<String> of(Map<PersonalField, String> person) {
        return of(person.getOrDefault(PersonalField.GIVEN_NAME, "") + " "
                + person.getOrDefault(PersonalField.FAMILY_NAME, ""));
    }

    /** Hashes of words; accents, case and punctuation do not matter. */
    Set<String> of(String names) {
        Set<String> hashes = new TreeSet<>();
        String plain = Normalizer.normalize(names, Normalizer.Form.NFD)
                .replaceAll("\\p{M}", "")
                .toLowerCase(Locale.ROOT);
        for (String word : plain.split("[^\\p{L}\\p{N}]+")) {
            if (!word.isEmpty()) {
                hashes.add(hash(word));
            }
        }
        return hashes;
    }

    private String hash(String word) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(key, "HmacSHA256"));
            return HexFormat.of()
                    .formatHex(Arrays.copyOf(mac.doFinal(word.getBytes(StandardCharsets.UTF_8)), HASH_BYTES));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every JDK has HmacSHA256", e);
        }
    }
}
