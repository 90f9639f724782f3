package org.assidu.accrual.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class Ean13Test {
    @ParameterizedTest
    @CsvSource({
        // printed on articles and in the GS1 specification's examples
        "400638133393, 1", "501234567890, 0", "978030640615, 7", "590123412345, 7", "761234567890, 0",
        "629104150021, 3", "000000000001, 7", "999999999999, 4", "000000000000, 0", "871125300120, 2",
    })
    void checkDigitIsThatOfKnownNumbers(long first12, int digit) {
        assertThat(Ean13.checkDigit(first12)).isEqualTo(digit);
        assertThat(Ean13.withCheckDigit(first12)).isEqualTo(first12 * 10 + digit);
    }

    @Test
    void everyWrongDigitIsNoticed() {
        String good = "4006381333931";
        assertThat(Ean13.isValid(Long.parseLong(good))).isTrue();
        for (int at = 0; at < good.length(); at++) {
            for (char digit = '0'; digit <= '9'; digit++) {
                long other = Long.parseLong(good.substring(0, at) + digit + good.substring(at + 1));
                assertThat(Ean13.isValid(other)).isEqualTo(digit == good.charAt(at));
            }
        }
    }

    @Test
    void numbersOutOfRangeAreNotCards() {
        assertThat(Ean13.isValid(0)).isFalse();
        assertThat(Ean13.isValid(-4006381333931L)).isFalse();
        assertThat(Ean13.isValid(10_000_000_000_007L)).isFalse();
        assertThat(Ean13.isValid(Long.MAX_VALUE)).isFalse();
        assertThatThrownBy(() -> Ean13.checkDigit(1_000_000_000_000L)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void textHasThirteenDigits() {
        assertThat(Ean13.text(17)).isEqualTo("0000000000017");
        assertThat(Ean13.text(4006381333931L)).isEqualTo("4006381333931");
    }
}
