package org.assidu.accrual.export;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ExportSecretTest {
    @TempDir
    Path directory;

    @Test
    void theSecretIsCreatedOnceReadableByItsOwnerOnly() throws IOException {
        ExportSecret first = ExportSecret.ofDataDirectory(directory);
        ExportSecret second = ExportSecret.ofDataDirectory(directory);
        assertThat(second.bytes()).isEqualTo(first.bytes()).hasSize(32);
        Path file = directory.resolve(ExportSecret.FILE);
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-------");
        Path other = Files.createDirectory(directory.resolve("other"));
        assertThat(ExportSecret.ofDataDirectory(other).bytes()).isNotEqualTo(first.bytes());
    }

    @Test
    void aDamagedSecretIsRefused() throws IOException {
        Files.writeString(directory.resolve(ExportSecret.FILE), "abc\n");
        assertThatThrownBy(() -> ExportSecret.ofDataDirectory(directory))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("must hold 64 hexadecimal digits, it has 3 characters");
    }

    @Test
    void memberKeysAreStablePerPurposeAndUnlinkableAcrossPurposes() {
        MemberRekeying analytics = new MemberRekeying(ExportSecret.ofSeed(1), "analytics");
        MemberRekeying again = new MemberRekeying(ExportSecret.ofSeed(1), "analytics");
        MemberRekeying marketing = new MemberRekeying(ExportSecret.ofSeed(1), "marketing");
        MemberRekeying otherSecret = new MemberRekeying(ExportSecret.ofSeed(2), "analytics");
        Set<Long> keys = new HashSet<>();
        for (long member = 1; member <= 5_000; member++) {
            long exported = analytics.exported(member);
            assertThat(exported).isPositive();
            assertThat(analytics.exported(member)).isEqualTo(exported);
            assertThat(again.exported(member)).isEqualTo(exported);
            keys.add(exported);
            keys.add(marketing.exported(member));
            keys.add(otherSecret.exported(member));
        }
        assertThat(keys).hasSize(15_000);
        assertThat(analytics.exported(0)).isZero();
        assertThat(analytics.keyCheck()).isEqualTo(again.keyCheck()).isNotEqualTo(marketing.keyCheck());
        assertThat(otherSecret.keyCheck()).isNotEqualTo(analytics.keyCheck());
    }

    @Test
    void theKeyOfASeedIsTheDocumentedHmac() {
        MemberRekeying analytics = new MemberRekeying(ExportSecret.ofSeed(1), "analytics");
        assertThat(analytics.exported(42)).isEqualTo(5418081458387717041L);
    }
}
