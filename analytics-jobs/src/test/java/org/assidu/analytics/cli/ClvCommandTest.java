package org.assidu.analytics.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.assidu.analytics.fixture.PublicData;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine;

final class ClvCommandTest {

    @TempDir
    Path folder;

    private final StringWriter out = new StringWriter();
    private final StringWriter errors = new StringWriter();

    @Test
    void cdnowGivesThePublishedFitsInJsonAndOnTheTerminal() throws Exception {
        Path cdnow = PublicData.require("cdnow_sample.csv.gz", "public CDNOW sample");
        JsonNode json = study(cdnow, "customer_id", "date", "sales");
        assertThat(names(json)).containsExactly("bg/nbd", "mbg/nbd", "pareto/nbd", "nbd", "bg/bb", "gamma-gamma");
        JsonNode pareto = model(json, "pareto/nbd");
        assertThat(pareto.at("/logLikelihood").asDouble()).isCloseTo(-9594.976, within(1e-3));
        assertThat(pareto.at("/parameters/beta").asDouble()).isCloseTo(11.669, within(0.012));
        assertThat(pareto.at("/standardErrors/alpha").asDouble()).isCloseTo(0.843, within(0.005));
        assertThat(pareto.at("/boundary/verdict").asText()).isEqualTo("identified");
        assertThat(pareto.at("/holdout/predicted").asDouble()).isCloseTo(1_666, within(0.5));
        assertThat(pareto.at("/holdout/actual").asDouble()).isEqualTo(1_882);
        assertThat(pareto.at("/holdout/mae").asDouble()).isCloseTo(0.755, within(0.001));
        assertThat(model(json, "gamma-gamma").at("/logLikelihood").asDouble()).isCloseTo(-4055.918, within(1e-3));
        assertThat(json.at("/chosen").asText()).isEqualTo("pareto/nbd");
        assertThat(json.at("/data/customers").asInt()).isEqualTo(2_357);
        assertThat(json.at("/data/leftTruncated").asBoolean()).isTrue();
        assertThat(out.toString())
                .contains("-9,594.976", "1,882", "own rate", "chosen  Pareto/NBD", "left-truncated", "written ");
    }

    @Test
    void aRunIsRepeatedByteForByte() throws Exception {
        Path sales = simulated();
        run(sales, "who,day", "2024-06-30", "--draws", "4");
        byte[] first = Files.readAllBytes(folder.resolve("clv.json"));
        run(sales, "who,day", "2024-06-30", "--draws", "4");
        assertThat(Files.readAllBytes(folder.resolve("clv.json"))).isEqualTo(first);
        JsonNode interval = new ObjectMapper().readTree(first).at("/chosenHoldoutInterval95");
        assertThat(interval.at("/draws").asInt()).isEqualTo(4);
        assertThat(interval.at("/low").asDouble())
                .isLessThan(interval.at("/high").asDouble());
    }

    @Test
    void withoutAHoldOutTheModelsAreStillFitted() throws Exception {
        assertThat(run(simulated(), "who,day", "2024-12-28"))
                .as(errors.toString())
                .isZero();
        JsonNode json = new ObjectMapper().readTree(folder.resolve("clv.json").toFile());
        assertThat(json.at("/data/holdoutEnd").isNull()).isTrue();
        assertThat(model(json, "nbd").at("/holdout").isNull()).isTrue();
        assertThat(json.at("/baselines")).isEmpty();
        assertThat(out.toString()).doesNotContain("hold-out to");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "who,date  | 2024-06-30 | 3 | no column 'date' in",
                "who,day   | 2031-01-01 | 3 | --calibration-end 2031-01-01 is outside the data",
                "who,day   | 2024-01-01 | 3 | choose a later --calibration-end",
                "who       | 2024-06-30 | 2 | --columns names 1 columns: give customer,date or",
                "who,day   | 30.6.2024  | 2 | Invalid value for option '--calibration-end'"
            })
    void faultsEndWithAMessageAndNoTrace(String columns, String calibrationEnd, int code, String message)
            throws Exception {
        assertThat(run(simulated(), columns, calibrationEnd)).isEqualTo(code);
        assertThat(errors.toString()).contains(message).doesNotContain("\tat ");
        assertThat(folder.resolve("clv.json")).doesNotExist();
    }

    @Test
    void anUnknownUnitNamesTheKnown() throws Exception {
        assertThat(run(simulated(), "who,day", "2024-06-30", "--unit", "years")).isEqualTo(2);
        assertThat(errors.toString()).contains("choose days, weeks or months");
    }

    @Test
    void anUnwritableResultIsToldApart() throws Exception {
        Files.writeString(folder.resolve("file"), "");
        assertThat(run(
                        simulated(),
                        "who,day",
                        "2024-06-30",
                        "--json",
                        folder.resolve("file/clv.json").toString()))
                .isEqualTo(4);
        assertThat(errors.toString()).contains("cannot write", "check --json");
    }

    @Test
    void onlyTheFirstArgumentCallsTheCommand() {
        assertThat(ClvCommand.called(new String[] {"clv", "--help"})).isTrue();
        assertThat(ClvCommand.called(new String[] {"--exports", "clv"})).isFalse();
        assertThat(ClvCommand.called(new String[0])).isFalse();
    }

    private JsonNode study(Path file, String... columns) throws IOException {
        int code = run(file, String.join(",", columns), "1997-09-30");
        assertThat(code).as(errors.toString()).isZero();
        return new ObjectMapper().readTree(folder.resolve("clv.json").toFile());
    }

    private int run(Path file, String columns, String calibrationEnd, String... more) {
        CommandLine command = ClvCommand.commandLine();
        command.setOut(new PrintWriter(out, true));
        command.setErr(new PrintWriter(errors, true));
        List<String> arguments = new ArrayList<>(
                List.of("--transactions", file.toString(), "--columns", columns, "--calibration-end", calibrationEnd));
        arguments.addAll(List.of(more));
        if (!arguments.contains("--json")) {
            arguments.addAll(List.of("--json", folder.resolve("clv.json").toString()));
        }
        return command.execute(arguments.toArray(String[]::new));
    }

    /** 300 customers from 1 January 2024; every third stops after a while. */
    private Path simulated() throws IOException {
        var random = new SplittableRandom(5);
        StringBuilder text = new StringBuilder("who,day\n");
        for (int who = 0; who < 300; who++) {
            double rate = 0.01 + 0.04 * random.nextDouble();
            int end = who % 3 == 0 ? 60 + random.nextInt(60) : 363;
            for (double at = 0; at < end; at -= Math.log(1 - random.nextDouble()) / rate) {
                text.append("c").append(who).append(',');
                text.append(LocalDate.of(2024, 1, 1).plusDays((long) at)).append('\n');
            }
        }
        text.append("c0,2024-12-28\n");
        return Files.writeString(folder.resolve("sales.csv"), text);
    }

    private static List<String> names(JsonNode json) {
        List<String> names = new ArrayList<>();
        json.at("/models").forEach(model -> names.add(model.at("/name").asText()));
        return names;
    }

    private static JsonNode model(JsonNode json, String name) {
        for (JsonNode model : json.at("/models")) {
            if (model.at("/name").asText().equals(name)) {
                return model;
            }
        }
        throw new AssertionError("no model " + name + " among " + names(json));
    }
}
