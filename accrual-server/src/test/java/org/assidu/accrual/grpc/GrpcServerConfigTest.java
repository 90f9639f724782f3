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
    void anAddressThatOthersCanReachIsRefusedWithoutTls() {
        assertThatThrownBy(() -> GrpcServerConfig.loopback(0).withHost("0.0.0.0"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("\"0.0.0.0\" is not a loopback address")
                .hasMessageContaining("put a TLS proxy in front");
        assertThat(GrpcServerConfig.loopback(0).withHost("::1").host()).isEqualTo("::1");
    }

    @Test
    void allProblemsAreReportedAtOnce() {
        assertThatThrownBy(() -> new GrpcServerConfig(
                        "10.0.0.1", 70_000, 0, 16_384, 256, 200, 10, 120, 20, 30, 21_600, 300, 0, 0, 16, 2, 32, true))
                .hasMessageContaining("port: 70000 is not in 0 to 65535")
                .hasMessageContaining("maxMessageBytes: 0")
                .hasMessageContaining("host: \"10.0.0.1\"");
    }
}
