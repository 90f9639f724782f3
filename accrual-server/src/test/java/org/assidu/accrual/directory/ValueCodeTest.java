package org.assidu.accrual.directory;

import static org.assertj.core.api.Assertions.assertThat;

import java.security.SecureRandom;
import java.util.HashSet;
import java.util.Locale;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class ValueCodeTest {
    private static final String SYMBOLS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ*~$=U";

    private final ValueCodeHash hash = new ValueCodeHash(new byte[32]);

    /** Check characters worked out apart: the number modulo 37. */
    @ParameterizedTest
    @CsvSource({"0,0000-0000-0000-0000-0", "1,0000-0000-0000-0001-1", "36,0000-0000-0000-0014-U"})
    void theCheckCharacterIsTheNumberModulo37(int number, String printed) {
        byte[] bits = new byte[ValueCode.BYTES];
        bits[ValueCode.BYTES - 1] = (byte) number;
        assertThat(ValueCode.of(bits).printed()).isEqualTo(printed);
    }

    @Test
    void allBitsSetIsTheLargestNumber() {
        byte[] bits = new byte[ValueCode.BYTES];
        java.util.Arrays.fill(bits, (byte) 0xff);
        int remainder = java.math.BigInteger.TWO
                .pow(80)
                .subtract(java.math.BigInteger.ONE)
                .mod(java.math.BigInteger.valueOf(37))
                .intValue();
        assertThat(ValueCode.of(bits).printed()).isEqualTo("ZZZZ-ZZZZ-ZZZZ-ZZZZ-" + SYMBOLS.charAt(remainder));
    }

    @Test
    void aCodeIsReadHoweverItIsWritten() {
        ValueCode code = hash.derive("test", "1");
        String printed = code.printed();
        assertThat(ValueCode.parse(printed)).isEqualTo(code);
        assertThat(ValueCode.parse(" " + printed.replace("-", " ").toLowerCase(Locale.ROOT)))
                .isEqualTo(code);
        assertThat(ValueCode.parse(printed.replace('0', 'o').replace('1', 'l'))).isEqualTo(code);
    }

    @Test
    void anyWrongCharacterAndAnyTwoNeighboursChangedOverAreFound() {
        String printed = hash.derive("test", "2").printed().replace("-", "");
        int found = 0;
        for (int at = 0; at < printed.length(); at++) {
            for (char other : SYMBOLS.toCharArray()) {
                if (other != printed.charAt(at)) {
                    String wrong = printed.substring(0, at) + other + printed.substring(at + 1);
                    assertThat(ValueCode.parse(wrong)).as(wrong).isNull();
                    found++;
                }
            }
            if (at > 0 && printed.charAt(at) != printed.charAt(at - 1)) {
                String swapped = printed.substring(0, at - 1)
                        + printed.charAt(at)
                        + printed.charAt(at - 1)
                        + printed.substring(at + 1);
                assertThat(ValueCode.parse(swapped)).as(swapped).isNull();
            }
        }
        assertThat(found).isEqualTo(17 * 36);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "0", "0000-0000-0000-0000", "0000-0000-0000-0000-00", "0000-0000-0000-000é-0"})
    void whatIsNoCodeIsNone(String written) {
        assertThat(ValueCode.parse(written)).isNull();
    }

    @Test
    void codesAndHashesFollowFromSecretPurposeAndNameAndNothingElse() {
        byte[] other = new byte[32];
        other[0] = 1;
        Set<Object> different = new HashSet<>();
        for (ValueCodeHash keyed : new ValueCodeHash[] {hash, new ValueCodeHash(other)}) {
            for (String purpose : new String[] {"a", "b"}) {
                for (String name : new String[] {"1", "2"}) {
                    ValueCode code = keyed.derive(purpose, name);
                    assertThat(keyed.derive(purpose, name)).isEqualTo(code);
                    assertThat(different.add(code)).isTrue();
                    assertThat(different.add(keyed.hash(code))).isTrue();
                }
            }
        }
        ValueCode code = hash.derive("a", "1");
        assertThat(different.add(new ValueCodeHash(other).hash(code)))
                .as("the hash of a code depends on the secret")
                .isTrue();
    }

    @Test
    void randomCodesDifferAndNoneSaysItselfInPassing() {
        SecureRandom random = new SecureRandom();
        Set<ValueCode> codes = new HashSet<>();
        for (int i = 0; i < 1_000; i++) {
            codes.add(ValueCode.random(random));
        }
        assertThat(codes).hasSize(1_000);
        ValueCode code = hash.derive("test", "3");
        assertThat(code.toString()).doesNotContain(code.printed()).doesNotContain(code.canonical());
    }
}
