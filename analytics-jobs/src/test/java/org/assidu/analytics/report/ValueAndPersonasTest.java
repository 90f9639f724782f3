package org.assidu.analytics.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.apache.spark.sql.SparkSession;
import org.assidu.analytics.features.Features;
import org.assidu.analytics.fixture.ExportFixture;
import org.assidu.analytics.fixture.TestSpark;
import org.assidu.analytics.ingest.ExportFolder;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The reports on members of two kinds drawn with a seed: steady buyers, and buyers who stop after some purchases. */
final class ValueAndPersonasTest {

    private static final int MEMBERS = 600;
    private static final int DAYS = 360;

    @TempDir
    private static Path folder;

    private static Section clv;
    private static Section personas;

    @BeforeAll
    static void report() throws Exception {
        try (ExportFixture fixture = new ExportFixture()) {
            fixture.run(
                    "INSERT INTO entry (store, till, number, line, sold_local, member_key, currency, channel, sku, name,"
                            + " quantity_thousandths, amount_minor) VALUES " + String.join(", ", lines()));
            fixture.write(folder, "Europe/Paris", "1");
        }
        SparkSession spark = TestSpark.small();
        try (Features features = Features.of(ExportFolder.open(spark, folder.toString()), null, null)) {
            clv = new ClvReport().run(features, new Settings(null, 30, null, Map.of()));
            personas = new PersonasReport().run(features);
        }
    }

    @Test
    void dropoutIsFoundAndMembersGetAProbability() {
        assertThat(clv.blocks())
                .filteredOn(Note.class::isInstance)
                .anySatisfy(note -> assertThat(((Note) note).text().en()).contains("dropout is identified"));
        assertThat(figure(clv, "model")).isNotEqualTo("NBD");
        assertThat(table(clv, "probability-alive").rows()).hasSize(10);
        assertThat(members(clv).columns()).extracting(Field::key).contains("probability_alive");
    }

    @Test
    void everyMemberIsValuedOnceAndValuesAddUp() {
        assertThat(members(clv).rows()).hasSize(MEMBERS);
        double sum = 0;
        for (List<?> row : members(clv).rows()) {
            sum += ((Number) row.get(6)).doubleValue();
        }
        double total = (double) figure(clv, "expected_value");
        assertThat(sum).isCloseTo(total, within(MEMBERS * 0.5));
        assertThat((double) figure(clv, "expected_value_low")).isLessThan(total);
        assertThat((double) figure(clv, "expected_value_high")).isGreaterThan(total);
        List<?> last = table(clv, "value-by-month").rows().get(11);
        assertThat((double) last.get(4)).isCloseTo(total, within(1e-3));
    }

    @Test
    void theModelIsCloserToTheHoldOutThanTheOwnRate() {
        Table models = table(clv, "models");
        assertThat(models.rows()).hasSize(6);
        double chosen = models.rows().stream()
                .filter(row -> row.get(1) instanceof Text text && text.en().equals("chosen"))
                .mapToDouble(row -> (double) row.get(8))
                .findFirst()
                .orElseThrow();
        assertThat(chosen).isLessThan((double) models.rows().get(4).get(8));
    }

    @Test
    void trackingCountsEveryRepeatOfKnownMembersOnce() {
        Table tracking = table(clv, "tracking-weekly");
        Table cumulative = table(clv, "tracking-cumulative");
        long sum = tracking.rows().stream().mapToLong(row -> (long) row.get(3)).sum();
        assertThat(cumulative.rows().get(cumulative.rows().size() - 1).get(3)).isEqualTo(sum);
        assertThat(sum).isPositive();
    }

    @Test
    void everyMemberHasAPersonaAndASegment() {
        assertThat(members(personas).rows()).hasSize(MEMBERS);
        long counted = table(personas, "personas").rows().stream()
                .mapToLong(row -> (long) row.get(1))
                .sum();
        long segmented = table(personas, "rfm-segments").rows().stream()
                .mapToLong(row -> (long) row.get(1))
                .sum();
        assertThat(counted).isEqualTo(MEMBERS);
        assertThat(segmented).isEqualTo(MEMBERS);
        assertThat((long) figure(personas, "personas")).isBetween(3L, 8L);
        double shares = table(personas, "persona-shares").rows().stream()
                .mapToDouble(row -> (double) row.get(2))
                .sum();
        assertThat(shares).isCloseTo(1, within(1e-9));
    }

    private static List<String> lines() {
        var random = new SplittableRandom(5);
        var lines = new ArrayList<String>();
        for (int member = 1; member <= MEMBERS; member++) {
            double gap = 4 + 20 * random.nextDouble();
            double stop = member % 2 == 0 ? 0 : 0.25;
            double at = random.nextInt(120);
            for (boolean first = true; at < DAYS; first = false) {
                if (!first && random.nextDouble() < stop) {
                    break;
                }
                lines.add(String.format(
                        "('S1', '1', %d, 1, TIMESTAMP '2025-01-01 10:00:00' + to_days(%d), %d, 'EUR', 'STORE', 'A', 'Article',"
                                + " 1000, %d)",
                        lines.size() + 1, (int) at, member, 500 + random.nextInt(3_000)));
                at += Math.max(1, -Math.log(1 - random.nextDouble()) * gap);
            }
        }
        return lines;
    }

    private static Object figure(Section section, String key) {
        return section.figures().stream()
                .filter(figure -> figure.key().equals(key))
                .findFirst()
                .orElseThrow()
                .value();
    }

    private static Table members(Section section) {
        return section.blocks().stream()
                .filter(Listing.class::isInstance)
                .map(block -> ((Listing) block).table())
                .findFirst()
                .orElseThrow();
    }

    private static Table table(Section section, String key) {
        return section.blocks().stream()
                .map(block -> block instanceof Chart chart ? chart.table() : block)
                .filter(block -> block instanceof Table table && table.key().equals(key))
                .map(Table.class::cast)
                .findFirst()
                .orElseThrow(() -> new AssertionError("no table " + key));
    }
}
