package org.assidu.accrual.directory;

import org.assidu.accrual.model.Ean13;

/** One way to find a member. Its text never shows the value, so that none ends in a log. */
public sealed interface Identifier {
    IdentifierKind kind();

    /** An EAN-13 card; refused with {@link IllegalArgumentException} when the check digit is wrong. */
    static Identifier card(long card) {
        return new Card(card);
    }

    /** A QR token, phone number or e-mail address; refused with {@link IllegalArgumentException} when not well formed. */
    static Identifier token(TokenKind kind, String value) {
        return new Token(kind, value);
    }

    /** An EAN-13 card. */
    record Card(long number) implements Identifier {
        public Card {
            if (!Ean13.isValid(number)) {
                throw new IllegalArgumentException("the card is not an EAN-13: check its length and its check digit");
            }
        }

        @Override
        public IdentifierKind kind() {
            return IdentifierKind.CARD;
        }

        @Override
        public String toString() {
            return "CARD";
        }
    }

    /** A text identifier, kept in its normalised form. */
    record Token(TokenKind tokenKind, String value) implements Identifier {
        public Token {
            String normalised = tokenKind.normalised(value);
            if (normalised == null) {
                throw new IllegalArgumentException("the " + tokenKind + " is not " + tokenKind.form());
            }
            value = normalised;
        }

        @Override
        public IdentifierKind kind() {
            return tokenKind.identifierKind();
        }

        @Override
        public String toString() {
            return tokenKind.name();
        }
    }
}
