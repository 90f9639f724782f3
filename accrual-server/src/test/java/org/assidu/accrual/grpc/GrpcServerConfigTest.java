package org.assidu.accrual.grpc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class GrpcServerConfigTest {
    @Test
    void defaultsAreThoseOfTheDocumentation() {
        assertThat(GrpcServerConfig.loopback(7000))
                .isEqualTo(new GrpcServerConfig(
                        "127.0.0.1",
                        7000,
                        4_096,
                        4,
                        1_048_576,
                        16_384,
                        256,
                        200,
                        10,
                        120,
                        20,
                        30,
                        21_600,
                        300,
                        0,
                        0,
                        256,
                        2,
                        32,
                        true));
    }

    @Test
    void allProblemsAreReportedAtOnce() {
        assertThatThrownBy(() -> new GrpcServerConfig(
                        "10.0.0.1",
                        70_000,
                        4_096,
                        4,
                        0,
                        16_384,
                        256,
                        200,
                        10,
                        120,
                        20,
                        30,
                        21_600,
                        300,
                        0,
                        0,
                        16,
                        2,
                        32,
                        true))
                .hasMessageContaining("port: 70000 is not in 0 to 65535")
                .hasMessageContaining("maxMessageBytes: 0");
    }
}
