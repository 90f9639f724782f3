package org.assidu.benchmarks.load;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** Real processes, and a load so short that its figures mean nothing. */
class LoadCommandTest {
    @TempDir
    Path folder;

    @Test
    void aTinyLoadIsAccruedByAllServersAndReportedInTheAgreedForm() throws IOException {
        Path json = folder.resolve("load.json");

        int code = new CommandLine(new LoadCommand())
                .execute(
                        "--rounds=1",
                        "--seconds=0.3",
                        "--warmup=0.2",
                        "--warmup-lines=0",
                        "--shapes=16x5,1x5",
                        "--dir=" + folder.resolve("servers"),
                        "--json=" + json);

        // A stream that gets any answer but ACCRUED fails the command.
        assertThat(code).isZero();
        JsonNode root = new ObjectMapper().readTree(json.toFile());
        assertThat(root.path("machine").asText()).contains("cores");
        for (String shape : List.of("16x5", "1x5")) {
            JsonNode figures = root.at("/shapes/" + shape);
            for (String target : List.of("noop", "fast", "durable")) {
                assertThat(figures.at("/" + target + "/lines_per_second").asLong())
                        .as("%s %s", shape, target)
                        .isPositive();
                for (String percentile : List.of("p50_us", "p99_us", "p999_us")) {
                    assertThat(figures.at("/" + target + "/" + percentile).asLong())
                            .as("%s %s %s", shape, target, percentile)
                            .isPositive();
                }
            }
            assertThat(figures.at("/ratio/fast").asDouble()).isPositive();
            assertThat(figures.at("/ratio/durable").asDouble()).isPositive();
        }
        assertThat(root.path("rounds")).hasSize(2 * 2 * 3);
    }
}
