package org.assidu.accrual.cli;

import org.assidu.proto.v1.Identifier;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Names a member; used as an exclusive group. */
final class IdentifierOption {
    @Option(names = "--card", paramLabel = "EAN13", required = true, description = "Card number, 13 digits.")
    private @Nullable String card;

    @Option(names = "--phone", required = true, description = "Phone number, such as +33612345678.")
    private @Nullable String phone;

    @Option(names = "--email", required = true, description = "E-mail address.")
    private @Nullable String email;

    @Option(names = "--qr", paramLabel = "TOKEN", required = true, description = "Token of a QR code.")
    private @Nullable String qrToken;

    @Option(names = "--key", paramLabel = "KEY", required = true, description = "Member key, as a server printed it.")
    private @Nullable String memberKey;

    Identifier identifier() {
        Identifier.Builder identifier = Identifier.newBuilder();
        if (card != null) {
            return identifier.setCard(number("--card", card, 10)).build();
        }
        if (phone != null) {
            return identifier.setPhone(phone).build();
        }
        if (email != null) {
            return identifier.setEmail(email).build();
        }
        if (qrToken != null) {
            return identifier.setQrToken(qrToken).build();
        }
        return identifier
                .setMemberKey(number("--key", String.valueOf(memberKey), 16))
                .build();
    }

    private static long number(String option, String text, int radix) {
        try {
            return Long.parseUnsignedLong(text, radix);
        } catch (NumberFormatException bad) {
            throw new IllegalArgumentException(
                    option + " '" + text + "' is not a " + (radix == 16 ? "hexadecimal key" : "number"), bad);
        }
    }

    /** The form in which commands print and take member keys. */
    static String format(long memberKey) {
        return String.format("%016x", memberKey);
    }
}
