package org.assidu.accrual.directory;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class TokenKindTest {
    @Test
    void phonesAreComparedInE164() {
        for (String same : new String[] {
            "+33612345678", "+33 6 12 34 56 78", "0033612345678", "+33 (0)6.12.34.56.78", " +33-6-12-34-56-78 "
        }) {
            assertThat(TokenKind.PHONE.normalised(same)).isEqualTo("+33612345678");
        }
    }

    @Test
    void phonesWithoutCountryOrOfWrongLengthAreRefused() {
        for (String bad :
                new String[] {"0612345678", "+3361234", "+1234567890123456", "+0612345678", "+33x12345678", ""}) {
            assertThat(TokenKind.PHONE.normalised(bad)).isNull();
        }
    }

    @Test
    void emailsAreComparedWithoutCase() {
        assertThat(TokenKind.EMAIL.normalised(" Zoé.Martin@Example.FR ")).isEqualTo("zoé.martin@example.fr");
        assertThat(TokenKind.EMAIL.normalised("Zoe\u0301@example.fr")).isEqualTo("zoé@example.fr");
        for (String bad : new String[] {"zoe", "@example.fr", "zoe@", "a@b@c", "zoe martin@example.fr"}) {
            assertThat(TokenKind.EMAIL.normalised(bad)).isNull();
        }
    }

    @Test
    void qrTokensAreTakenAsTheyAre() {
        assertThat(TokenKind.QR_TOKEN.normalised("AbC")).isEqualTo("AbC");
        assertThat(TokenKind.QR_TOKEN.normalised("")).isNull();
        assertThat(TokenKind.QR_TOKEN.normalised("é".repeat(64))).isNotNull();
        assertThat(TokenKind.QR_TOKEN.normalised("é".repeat(65))).isNull();
    }

    @Test
    void identifiersDoNotShowTheirValue() {
        assertThat(Identifier.card(4006381333931L).toString()).doesNotContain("4006381333931");
        assertThat(Identifier.token(TokenKind.PHONE, "+33612345678").toString()).doesNotContain("612345678");
    }
}
