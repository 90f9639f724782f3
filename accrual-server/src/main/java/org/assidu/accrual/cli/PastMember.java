package org.assidu.accrual.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import org.assidu.accrual.directory.DirectoryConfig;
import org.assidu.accrual.directory.MemberDirectory;
import org.assidu.accrual.directory.SecretSource;
import org.assidu.accrual.directory.TokenKind;
import org.assidu.accrual.server.DataDirectory;
import org.assidu.proto.v1.Identifier;

/** Finds the key of a member without a server: in a copy of the directory, which nobody then disturbs. */
final class PastMember {
    private static final List<String> FILES = List.of("directory.mv", "directory.forced");

    private PastMember() {}

    /** @throws IllegalArgumentException when nobody has the identifier */
    static long key(Identifier identifier, DataDirectory data) throws IOException {
        if (identifier.getKindCase() == Identifier.KindCase.MEMBER_KEY) {
            return identifier.getMemberKey();
        }
        Path copy = Files.createTempDirectory("assidu-directory-");
        try {
            for (String file : FILES) {
                Path source = data.directory().resolve(file);
                if (Files.exists(source)) {
                    Files.copy(source, copy.resolve(file), StandardCopyOption.COPY_ATTRIBUTES);
                }
            }
            DirectoryConfig config = DirectoryConfig.at(copy)
                    .withSecret(SecretSource.file(data.directory().resolve("secret.hex")));
            try (MemberDirectory directory = MemberDirectory.open(config)) {
                long key = Math.abs(directory.find(wanted(identifier)));
                if (key == 0) {
                    throw new IllegalArgumentException(
                            "nobody has this identifier; check it, or give the member's --key");
                }
                return key;
            }
        } finally {
            for (String file : FILES) {
                Files.deleteIfExists(copy.resolve(file));
            }
            Files.deleteIfExists(copy);
        }
    }

    private static org.assidu.accrual.directory.Identifier wanted(Identifier identifier) {
        return switch (identifier.getKindCase()) {
            case CARD -> org.assidu.accrual.directory.Identifier.card(identifier.getCard());
            case QR_TOKEN -> org.assidu.accrual.directory.Identifier.token(TokenKind.QR_TOKEN, identifier.getQrToken());
            case PHONE -> org.assidu.accrual.directory.Identifier.token(TokenKind.PHONE, identifier.getPhone());
            case EMAIL -> org.assidu.accrual.directory.Identifier.token(TokenKind.EMAIL, identifier.getEmail());
            case MEMBER_KEY, KIND_NOT_SET -> throw new IllegalArgumentException("name the member");
        };
    }
}
