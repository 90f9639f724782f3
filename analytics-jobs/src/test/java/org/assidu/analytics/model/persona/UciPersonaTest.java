package org.assidu.analytics.model.persona;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.assidu.analytics.model.UciData;
import org.junit.jupiter.api.Test;

/** The reference silhouettes on UCI Online Retail (log1p RFM, z-scores), and personas fit to use on it. */
final class UciPersonaTest {

    private static final String SALES = "select customer, date_diff('day', max(day), date '2011-12-09'),"
            + " count(distinct invoice), sum(quantity * price), date_diff('day', min(day), date '2011-12-09') from lines"
            + " where customer is not null and quantity > 0 and price > 0 group by customer";

    @Test
    void silhouettesAreTheReferenceOnes() {
        FeatureMatrix matrix = matrix(List.of(
                new Feature(Feature.RECENCY, true, true),
                new Feature(Feature.FREQUENCY, true, true),
                new Feature(Feature.SPEND, true, true)));
        assertThat(matrix.size()).isEqualTo(4_338);
        Scaler scaler = Scaler.standard(matrix);
        double[][] points = new double[matrix.size()][];
        for (int i = 0; i < points.length; i++) {
            points[i] = scaler.point(matrix, i);
        }
        double[] reference = {0.434, 0.339, 0.337};
        for (int k = 2; k <= 4; k++) {
            Clusters clusters = Clusters.fit(points, k, 24, 7);
            double silhouette = ClusterQuality.silhouettes(points, List.of(clusters.assign(points)))[0];
            assertThat(silhouette).isCloseTo(reference[k - 2], within(0.001));
        }
    }

    @Test
    void personasAreStableNamedApartAndNoneIsASplinter() {
        FeatureMatrix matrix = matrix(List.of(
                new Feature(Feature.RECENCY, true, true),
                new Feature(Feature.FREQUENCY, true, true),
                new Feature(Feature.SPEND, true, true),
                new Feature(Feature.TENURE, true, true)));
        PersonaModel model = new PersonaSearch(matrix, 7).fit();
        assertThat(model.chosen().k()).isGreaterThanOrEqualTo(3);
        assertThat(model.chosen().acceptable()).isTrue();
        assertThat(model.personas())
                .extracting(Persona::name)
                .doesNotHaveDuplicates()
                .contains(PersonaName.CHAMPIONS);
        assertThat(model.personas().stream().mapToInt(Persona::size).sum()).isEqualTo(4_338);
    }

    private static FeatureMatrix matrix(List<Feature> features) {
        Map<String, double[]> rows = new LinkedHashMap<>();
        for (double[] row : UciData.query(SALES)) {
            double[] values = new double[features.size()];
            System.arraycopy(row, 1, values, 0, values.length);
            rows.put(Long.toString((long) row[0]), values);
        }
        return new FeatureMatrix(features, rows);
    }
}
