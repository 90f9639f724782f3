package org.assidu.accrual.directory;

import java.nio.charset.StandardCharsets;
import java.text.Normalizer;
import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Kinds of identifiers that are text. */
public enum TokenKind {
    QR_TOKEN(IdentifierKind.QR_TOKEN, "1 to 128 bytes of UTF-8") {
        @Override
        public @Nullable String normalised(String value) {
            int bytes = value.getBytes(StandardCharsets.UTF_8).length;
            return bytes >= 1 && bytes <= 128 ? value : null;
        }
    },
    PHONE(IdentifierKind.PHONE, "a phone number in E.164 form: + (or 00), country code, 8 to 15 digits in all") {
        @Override
        public @Nullable String normalised(String value) {
            String international =
                    value.strip().startsWith("00") ? "+" + value.strip().substring(2) : value;
            String plain =
                    PHONE_SEPARATORS.matcher(international.replace("(0)", "")).replaceAll("");
            return E164.matcher(plain).matches() ? plain : null;
        }
    },
    EMAIL(IdentifierKind.EMAIL, "an e-mail address: one @ between two parts without blanks, at most 254 characters") {
        @Override
        public @Nullable String normalised(String value) {
            String plain =
                    Normalizer.normalize(value.strip(), Normalizer.Form.NFC).toLowerCase(Locale.ROOT);
            return plain.length() <= 254 && ADDRESS.matcher(plain).matches() ? plain : null;
        }
    };

    private static final Pattern PHONE_SEPARATORS = Pattern.compile("[\\s\\u00a0\\u202f./()-]");
    private static final Pattern E164 = Pattern.compile("\\+[1-9][0-9]{7,14}");
    private static final Pattern ADDRESS = Pattern.compile("[^\\s@]+@[^\\s@]+");

    private final IdentifierKind identifierKind;
    private final String form;

    TokenKind(IdentifierKind identifierKind, String form) {
        this.identifierKind = identifierKind;
        this.form = form;
    }

    public IdentifierKind identifierKind() {
        return identifierKind;
    }

    /** The form expected, for messages. */
    public String form() {
        return form;
    }

    /** The value in the one form that is compared; null when it is not well formed. */
    public abstract @Nullable String normalised(String value);
}
