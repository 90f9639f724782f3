package org.assidu.accrual.directory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.assidu.accrual.model.Ean13;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DirectorySecretTest {
    private static final String SECRET = "00112233445566778899aabbccddeeff00112233445566778899aabbccddeeff";

    @TempDir
    Path folder;

    @Test
    void secretFileIsCreatedForItsOwnerOnly() throws IOException {
        MemberDirectory.open(DirectoryConfig.at(folder)).close();
        Path secret = folder.resolve("secret.hex");
        assertThat(Files.readString(secret)).matches("[0-9a-f]{64}\n");
        assertThat(Files.getPosixFilePermissions(secret)).isEqualTo(PosixFilePermissions.fromString("rw-------"));
    }

    @Test
    void wrongSecretIsRefusedNamingWhereItCameFrom() throws IOException {
        MemberDirectory.open(DirectoryConfig.at(folder)).close();
        Path secret = folder.resolve("secret.hex");
        String good = Files.readString(secret);
        Files.writeString(secret, SECRET);
        assertThatThrownBy(() -> MemberDirectory.open(DirectoryConfig.at(folder)))
                .isInstanceOf(DirectoryException.class)
                .hasMessageContaining("file " + secret)
                .hasMessageNotContaining(SECRET);
        assertThatThrownBy(() -> MemberDirectory.open(DirectoryConfig.at(folder).withSecret(variable(SECRET))))
                .hasMessageContaining("environment variable ASSIDU_SECRET");
        Files.writeString(secret, good);
        MemberDirectory.open(DirectoryConfig.at(folder)).close();
    }

    @Test
    void lostSecretIsNotReplacedByANewOne() throws IOException {
        MemberDirectory.open(DirectoryConfig.at(folder)).close();
        Files.delete(folder.resolve("secret.hex"));
        assertThatThrownBy(() -> MemberDirectory.open(DirectoryConfig.at(folder)))
                .isInstanceOf(DirectoryException.class)
                .hasMessageContaining("secret is missing");
        assertThat(folder.resolve("secret.hex")).doesNotExist();
    }

    @Test
    void malformedOrMissingSecretIsRefusedWithoutQuotingIt() {
        for (String bad : List.of("", SECRET.substring(2), SECRET + "00", SECRET.replace('f', 'x'))) {
            assertThatThrownBy(() ->
                            MemberDirectory.open(DirectoryConfig.at(folder).withSecret(variable(bad))))
                    .isInstanceOf(DirectoryException.class)
                    .hasMessageContaining("64 hexadecimal digits")
                    .hasNoCause()
                    .message()
                    .matches(message -> bad.isEmpty() || !message.contains(bad));
        }
        assertThatThrownBy(() -> MemberDirectory.open(DirectoryConfig.at(folder)
                        .withSecret(SecretSource.environment("ASSIDU_VARIABLE_THAT_NOBODY_SETS"))))
                .hasMessageContaining("ASSIDU_VARIABLE_THAT_NOBODY_SETS is not set");
        assertThat(variable(SECRET).toString()).doesNotContain(SECRET);
    }

    @Test
    void stolenFilesShowNoIdentifier() throws IOException {
        DirectoryConfig config = DirectoryConfig.at(folder).withSecret(variable(SECRET));
        List<Long> cards = new ArrayList<>();
        try (MemberDirectory directory = MemberDirectory.open(config)) {
            for (int serial = 0; serial < 2_000; serial++) {
                long card = Ean13.withCheckDigit(298700010000L + serial * 3L);
                cards.add(card);
                directory.enrol(List.of(
                        Identifier.card(card),
                        Identifier.token(TokenKind.PHONE, "+336" + (12_000_000 + serial)),
                        Identifier.token(TokenKind.EMAIL, "Person" + serial + "@example.fr"),
                        Identifier.token(TokenKind.QR_TOKEN, "token/" + serial)));
                if (serial % 100 == 0) {
                    directory.force();
                }
            }
        }
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file : files.toList()) {
                String content = latin(Files.readAllBytes(file));
                assertThat(content).doesNotContain(SECRET);
                for (int serial = 0; serial < cards.size(); serial += 97) {
                    long card = cards.get(serial);
                    assertThat(content)
                            .doesNotContain(Long.toString(card))
                            .doesNotContain(Long.toString(card / 10))
                            .doesNotContain(bytes(card, ByteOrder.BIG_ENDIAN).substring(2))
                            .doesNotContain(bytes(card, ByteOrder.LITTLE_ENDIAN).substring(0, 6))
                            .doesNotContain("336" + (12_000_000 + serial))
                            .doesNotContainIgnoringCase("person" + serial)
                            .doesNotContain("token/" + serial);
                }
                assertThat(content).doesNotContainIgnoringCase("example.fr");
            }
        }
    }

    private static SecretSource variable(String text) {
        return new SecretSource.SecretVariable("ASSIDU_SECRET", text);
    }

    private static String bytes(long value, ByteOrder order) {
        return latin(ByteBuffer.allocate(Long.BYTES).order(order).putLong(value).array());
    }

    private static String latin(byte[] bytes) {
        return new String(bytes, StandardCharsets.ISO_8859_1);
    }
}
