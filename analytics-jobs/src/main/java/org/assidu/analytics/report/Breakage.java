package org.assidu.analytics.report;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.expr;
import static org.apache.spark.sql.functions.sum;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.assidu.analytics.ingest.ExportTable;
import org.jspecify.annotations.Nullable;

/**
 * How points of one earning month are used as they age, and the share that never will be.
 *
 * <p>The estimate is a chain ladder over months since earning (Mack 1993, Distribution-free chain-ladder): what all cohorts old
 * enough had used by age k over what the same cohorts had used by k − 1, multiplied over the ages; the last age seen is taken
 * as the end.
 *
 * @param ages cumulative over the cohorts that are old enough
 * @param share of the points issued that will not be used; null where fewer than {@link #FEWEST_MONTHS} months were seen or
 *     nothing was used
 */
record Breakage(List<Age> ages, @Nullable Double share) {

    static final int FEWEST_MONTHS = 12;

    /** Nobody can tell: what every amount is worked out with then. */
    static final Breakage UNKNOWN = new Breakage(List.of(), null);

    /**
     * Cohorts seen for so many months or more.
     *
     * @param issuedMicro net of what returns took back
     */
    record Age(int months, long issuedMicro, long usedMicro, long expiredMicro) {}

    /** What happened to one cohort, by age. */
    private static final class Cohort {
        private long issued;
        private final long[] used;
        private final long[] expired;

        Cohort(int ages) {
            used = new long[ages];
            expired = new long[ages];
        }
    }

    /** From movements that name the month their lot was earned in; {@link #UNKNOWN} where none does. */
    static Breakage of(Dataset<Row> purse) {
        List<Row> rows = purse.filter(col(ExportTable.COHORT_MONTH).isNotNull())
                .groupBy(
                        expr(ExportTable.COHORT_MONTH + " div 100 * 12 + " + ExportTable.COHORT_MONTH + " % 100 - 1")
                                .cast("int")
                                .as("cohort"),
                        expr(Labels.monthSql("posted_date")).as("month"),
                        col("kind"))
                .agg(sum("points_micro").as("points_micro"))
                .collectAsList();
        if (rows.isEmpty()) {
            return UNKNOWN;
        }
        int end =
                rows.stream().mapToInt(row -> row.<Integer>getAs("month")).max().orElseThrow();
        Map<Integer, Cohort> cohorts = new TreeMap<>();
        for (Row row : rows) {
            int month = row.<Integer>getAs("cohort");
            Cohort cohort = cohorts.computeIfAbsent(month, key -> new Cohort(Math.max(1, end - month + 1)));
            int age = Math.max(0, Math.min(row.<Integer>getAs("month") - month, cohort.used.length - 1));
            long points = row.<Long>getAs("points_micro");
            switch (PointFlows.Flow.of(row.getAs("kind"))) {
                case SPENT, RESTORED -> cohort.used[age] -= points;
                case EXPIRED -> cohort.expired[age] -= points;
                case ISSUED, TAKEN_BACK, ADJUSTED, MIGRATED, FORGIVEN, TRANSFERRED, OTHER -> cohort.issued += points;
            }
        }
        return of(List.copyOf(cohorts.values()));
    }

    private static Breakage of(List<Cohort> cohorts) {
        int longest = cohorts.stream().mapToInt(one -> one.used.length).max().orElse(0);
        List<Age> ages = new ArrayList<>();
        double development = 1;
        double[] toEnd = new double[longest];
        for (int age = longest - 1; age >= 0; age--) {
            toEnd[age] = development;
            long now = 0;
            long before = 0;
            for (Cohort cohort : cohorts) {
                if (cohort.used.length > age) {
                    now += upTo(cohort.used, age);
                    before += upTo(cohort.used, age - 1);
                }
            }
            development *= age > 0 && before > 0 ? (double) now / before : 1;
        }
        double expected = 0;
        long issued = 0;
        for (Cohort cohort : cohorts) {
            int age = cohort.used.length - 1;
            expected += Math.min(Math.max(0, cohort.issued), upTo(cohort.used, age) * toEnd[age]);
            issued += Math.max(0, cohort.issued);
        }
        for (int age = 0; age < longest; age++) {
            int least = age;
            List<Cohort> old =
                    cohorts.stream().filter(one -> one.used.length > least).toList();
            ages.add(new Age(
                    age,
                    old.stream().mapToLong(one -> one.issued).sum(),
                    old.stream().mapToLong(one -> upTo(one.used, least)).sum(),
                    old.stream().mapToLong(one -> upTo(one.expired, least)).sum()));
        }
        boolean told = longest >= FEWEST_MONTHS && expected > 0 && issued > 0;
        return new Breakage(List.copyOf(ages), told ? 1 - expected / issued : null);
    }

    private static long upTo(long[] byAge, int age) {
        long total = 0;
        for (int i = 0; i <= age && i < byAge.length; i++) {
            total += byAge[i];
        }
        return total;
    }

    /** Share of points that will be used; 1 where nobody can tell. */
    double usedShare() {
        return share == null ? 1 : 1 - share;
    }

    Block chart() {
        if (ages.isEmpty()) {
            return new Note(
                    Text.of(
                            "No breakage curve: the export does not say of which month's points a movement is (column lot_cohort_month). Amounts below take every point to be used.",
                            "Pas de courbe de non-usage : l'export ne dit pas de quel mois sont les points d'un mouvement (colonne lot_cohort_month). Les montants ci-dessous supposent tous les points utilisés."));
        }
        Table table = new Table(
                "breakage-curve",
                Text.of(
                        "Points used and expired by months since they were earned",
                        "Points utilisés et expirés selon le nombre de mois depuis le gain"),
                Field.of("months", Unit.COUNT, "Months since", "Mois depuis"),
                Field.of("issued", Unit.POINTS, "Issued, of cohorts this old", "Émis, cohortes de cet âge"),
                Field.of("used", Unit.POINTS, "Used by then", "Utilisés alors"),
                Field.of("expired", Unit.POINTS, "Expired by then", "Expirés alors"),
                Field.of("used_share", Unit.SHARE, "Used", "Utilisés"),
                Field.of("expired_share", Unit.SHARE, "Expired", "Expirés"));
        List<Text> labels = new ArrayList<>();
        List<Double> used = new ArrayList<>();
        List<Double> expired = new ArrayList<>();
        for (Age age : ages) {
            double usedShare = MonthlyFacts.ratio(age.usedMicro(), age.issuedMicro());
            double expiredShare = MonthlyFacts.ratio(age.expiredMicro(), age.issuedMicro());
            labels.add(Text.same(Integer.toString(age.months())));
            used.add(usedShare);
            expired.add(expiredShare);
            table.row(
                    (long) age.months(),
                    age.issuedMicro(),
                    age.usedMicro(),
                    age.expiredMicro(),
                    usedShare,
                    expiredShare);
        }
        Double estimate = share;
        return new Chart(
                "breakage-curve",
                table.caption(),
                estimate == null
                        ? Text.of(
                                "Too early to estimate what will never be used: " + FEWEST_MONTHS
                                        + " months of lots and some use are needed. Amounts below take every point to be used.",
                                "Trop tôt pour estimer ce qui ne servira jamais : il faut " + FEWEST_MONTHS
                                        + " mois de lots et de l'usage. Les montants ci-dessous supposent tous les points utilisés.")
                        : Text.of(
                                "Estimate (chain ladder): " + Math.round(100 * estimate)
                                        + " % of the points issued will never be used. The last columns rest on few cohorts.",
                                "Estimation (chain ladder) : " + Math.round(100 * estimate)
                                        + " % des points émis ne serviront jamais. Les dernières colonnes reposent sur peu de cohortes."),
                new XyPlot(
                        Axis.of(Unit.TEXT, "Months since earning", "Mois depuis le gain"),
                        Axis.of(Unit.SHARE, "Share of points issued", "Part des points émis"),
                        labels,
                        List.of(
                                XyPlot.Series.over(Text.of("Used", "Utilisés"), XyPlot.Mark.LINE, used),
                                XyPlot.Series.over(Text.of("Expired", "Expirés"), XyPlot.Mark.LINE, expired))),
                table);
    }
}
