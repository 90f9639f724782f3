package org.assidu.analytics.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.GZIPInputStream;
import org.assidu.analytics.fixture.ExamplePurchases;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Types the {@code sh} block of the module's README that calls {@code clv}, at the project's root. */
final class ClvReadmeTest {

    private static final Path ROOT = Path.of("..").toAbsolutePath().normalize();
    private static final String LAUNCHER = "analytics-jobs/bin/assidu-reports";
    private static final Pattern BLOCK = Pattern.compile("(?ms)^```sh\\n([^`]*assidu-reports clv[^`]*)^```$");

    @TempDir
    Path folder;

    @Test
    void theExampleOfTheReadmeWorks() throws Exception {
        Matcher block = BLOCK.matcher(Files.readString(Path.of("README.md")));
        assertThat(block.find()).as("a sh block with the clv command").isTrue();
        Path json = folder.resolve("clv.json");
        // The launcher wants the module's jar, which a test runs before; what it starts is the same.
        String typed = block.group(1)
                .replace(LAUNCHER, "\"$JAVA\" " + ReportsCommand.class.getName())
                .replace("target/clv.json", json.toString());
        assertThat(typed).contains(json.toString());
        ProcessBuilder shell = new ProcessBuilder("sh", "-euc", typed)
                .directory(ROOT.toFile())
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("log").toFile());
        shell.environment()
                .put(
                        "JAVA",
                        Path.of(System.getProperty("java.home"), "bin", "java").toString());
        shell.environment().put("CLASSPATH", System.getProperty("java.class.path"));
        Process process = shell.start();
        boolean ended = process.waitFor(2, TimeUnit.MINUTES);
        if (!ended) {
            process.destroyForcibly();
        }
        String said = Files.readString(folder.resolve("log"));
        assertThat(ended && process.exitValue() == 0).as(said).isTrue();
        JsonNode study = new ObjectMapper().readTree(json.toFile());
        assertThat(study.at("/models")).hasSize(6);
        String chosen = study.at("/chosen").asText();
        assertThat(said).containsIgnoringCase("chosen  " + chosen);
    }

    @Test
    void theExampleFileIsTheGeneratedOne() throws Exception {
        try (var in = new GZIPInputStream(Files.newInputStream(ExamplePurchases.FILE))) {
            assertThat(new String(in.readAllBytes(), StandardCharsets.US_ASCII)).isEqualTo(ExamplePurchases.csv());
        }
    }
}
