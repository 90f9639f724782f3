package org.assidu.accrual.engagement;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import java.nio.file.Path;
import java.util.Set;
import org.assidu.accrual.model.EventKind;
import org.junit.jupiter.api.Test;

final class ForwarderFileTest {
    private static final Path FOLDER = Path.of("/etc/assidu");

    @Test
    void webhooksAndFilesAreReadWithTheirDefaults() {
        assertThat(ForwarderFile.parse("""
                forwarders:
                  - name: crm
                    webhook: {url: "https://crm.example/events", secret_file: crm.secret}
                    kinds: [WELCOME, REWARD_AVAILABLE]
                  - name: archive
                    files: {folder: /var/events, rotate_mib: 2}
                    historical: true
                """, FOLDER))
                .containsExactly(
                        new ForwarderConfig(
                                "crm",
                                new EventFilter(Set.of(EventKind.WELCOME, EventKind.REWARD_AVAILABLE), false),
                                new ForwarderConfig.Webhook(
                                        URI.create("https://crm.example/events"),
                                        Path.of("/etc/assidu/crm.secret"),
                                        10,
                                        60)),
                        new ForwarderConfig(
                                "archive",
                                EventFilter.ALL,
                                new ForwarderConfig.Files(Path.of("/var/events"), 2 << 20)));
        assertThat(ForwarderFile.parse("{}", FOLDER)).isEmpty();
    }

    @Test
    void allProblemsAreToldAtOnce() {
        assertThatThrownBy(() -> ForwarderFile.parse("""
                forwarder: []
                forwarders:
                  - name: CRM
                    webhook: {url: "http://crm.example/events", timeout_seconds: 0}
                    kinds: [WELCOM]
                  - name: both
                    webhook: {url: "http://127.0.0.1:9/", secret_file: s}
                    files: {folder: f}
                  - name: twice
                    files: {folder: f, rotate_mb: 3}
                  - name: twice
                    files: {}
                    historical: perhaps
                """, FOLDER))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("has 11 problem(s)")
                .hasMessageContaining("forwarder: unknown; known are forwarders")
                .hasMessageContaining("forwarders[0].name: \"CRM\"; write 1 to 40 lower-case")
                .hasMessageContaining("forwarders[0].webhook.url: \"http://crm.example/events\"; write https://")
                .hasMessageContaining("forwarders[0].webhook.secret_file: missing")
                .hasMessageContaining("forwarders[0].webhook.timeout_seconds: 0; write a whole number, 1 to 300")
                .hasMessageContaining("forwarders[0].kinds: \"WELCOM\" is unknown; known are THRESHOLD_REACHED,")
                .hasMessageContaining("forwarders[1]: give either webhook or files")
                .hasMessageContaining("forwarders[2].files.rotate_mb: unknown; known are folder, rotate_mib")
                .hasMessageContaining("forwarders[3].files.folder: missing")
                .hasMessageContaining("forwarders[3].historical: \"perhaps\"; write true or false")
                .hasMessageContaining("forwarders[3].name: \"twice\" is taken");
    }
}
