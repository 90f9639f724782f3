package org.assidu.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class MicroCommandTest {
    @TempDir
    Path folder;

    @Test
    void aQuickRunYieldsAScore() throws IOException {
        Path json = folder.resolve("micro.json");

        int code = new CommandLine(new MicroCommand())
                .execute("--quick", "--forks", "0", "--json", json.toString(), "ProgrammeBenchmark.*");

        assertThat(code).isZero();
        JsonNode results = new ObjectMapper().readTree(json.toFile());
        assertThat(results).hasSize(3);
        for (JsonNode result : results) {
            assertThat(result.at("/primaryMetric/score").asDouble()).isBetween(1.0, 1_000_000.0);
            assertThat(result.at("/primaryMetric/scoreUnit").asText()).isEqualTo("ns/op");
        }
    }
}
