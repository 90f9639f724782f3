package org.assidu.analytics.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.nio.file.Path;
import java.util.List;
import org.apache.spark.sql.SparkSession;
import org.assidu.analytics.features.Features;
import org.assidu.analytics.fixture.OnlineRetail;
import org.assidu.analytics.fixture.TestSpark;
import org.assidu.analytics.ingest.ExportFolder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** UCI Online Retail, where purchase models collapse to NBD and the report has to say so. */
final class UciValueTest {

    @TempDir
    private Path folder;

    @Test
    void dropoutIsSaidNotToBeIdentifiableAndNoProbabilityIsShown() throws Exception {
        OnlineRetail.requireFile();
        OnlineRetail.write(folder).close();
        SparkSession spark = TestSpark.small();
        try (Features features = Features.of(ExportFolder.open(spark, folder.toString()), null, null)) {
            Section clv = new ClvReport().run(features);
            assertThat(clv.figures())
                    .filteredOn(figure -> figure.key().equals("model"))
                    .extracting(Figure::value)
                    .containsExactly("NBD");
            List<String> notes = clv.blocks().stream()
                    .filter(Note.class::isInstance)
                    .map(block -> ((Note) block).text().en())
                    .toList();
            assertThat(notes)
                    .anySatisfy(note ->
                            assertThat(note).contains("BG/NBD, MBG/NBD, Pareto/NBD: dropout is not identifiable"));
            assertThat(notes).anySatisfy(note -> assertThat(note).contains("probability of being alive is not shown"));
            assertThat(clv.blocks())
                    .noneMatch(
                            block -> block instanceof Chart chart && chart.key().equals("probability-alive"));
            Section personas = new PersonasReport().run(features);
            Table grid = personas.blocks().stream()
                    .filter(block -> block instanceof Chart chart && chart.key().equals("rfm-grid"))
                    .map(block -> ((Chart) block).table())
                    .findFirst()
                    .orElseThrow();
            assertThat(grid.rows()).hasSize(25);
            assertThat(grid.rows().stream().mapToLong(row -> (long) row.get(3)).sum())
                    .isEqualTo(4_338);
            assertThat(grid.rows().stream()
                            .mapToDouble(row -> (double) row.get(6))
                            .sum())
                    .isCloseTo(1, within(1e-9));
        }
    }
}
