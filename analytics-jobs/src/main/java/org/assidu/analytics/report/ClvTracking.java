package org.assidu.analytics.report;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntToDoubleFunction;
import org.assidu.analytics.features.Scope;
import org.assidu.analytics.model.PurchaseFamily;
import org.assidu.analytics.model.PurchaseModel;
import org.jspecify.annotations.Nullable;

/** Repeat purchases week by week, as they happened and as the model expected them of members known at calibration's end. */
final class ClvTracking {

    private final LocalDate start;
    private final LocalDate calibrationEnd;
    private final int weeks;
    private final double[] actual;
    private final double[] expected;
    private final double @Nullable [] nbd;
    private final Text model;

    ClvTracking(List<Occasions> members, ClvModels models, Scope scope) {
        this.calibrationEnd = models.calibrationEnd();
        this.start = scope.firstDate();
        this.weeks = (int) (scope.days() / 7);
        int days = (int) scope.days();
        int origin = (int) start.toEpochDay();
        long[] births = new long[days];
        long[] repeats = new long[days];
        for (Occasions member : members) {
            if (member.until(calibrationEnd) > 0) {
                births[member.first() - origin]++;
                for (int i = 1; i < member.days().length; i++) {
                    repeats[member.days()[i] - origin]++;
                }
            }
        }
        PurchaseModel chosen = models.calibrated().model();
        this.model = ClvWords.name(chosen.family());
        this.actual = cumulative(week -> sum(repeats, week));
        this.expected = expectation(births, chosen);
        this.nbd = chosen.family() == PurchaseFamily.NBD
                ? null
                : expectation(births, models.calibratedNbd().model());
    }

    private double[] cumulative(IntToDoubleFunction untilWeek) {
        double[] values = new double[weeks + 1];
        for (int week = 1; week <= weeks; week++) {
            values[week] = untilWeek.applyAsDouble(week);
        }
        return values;
    }

    private static double sum(long[] byDay, int weeks) {
        double sum = 0;
        for (int day = 0; day < weeks * 7; day++) {
            sum += byDay[day];
        }
        return sum;
    }

    /** Σ E[X(t − birth)] over members born before t, from one expectation a whole number of days. */
    private double[] expectation(long[] births, PurchaseModel model) {
        double[] byAge = new double[births.length + 1];
        for (int age = 0; age < byAge.length; age++) {
            byAge[age] = model.expectedPurchases(age / Occasions.DAYS_A_WEEK);
        }
        return cumulative(week -> {
            double sum = 0;
            for (int day = 0; day < week * 7; day++) {
                sum += births[day] * byAge[week * 7 - 1 - day];
            }
            return sum;
        });
    }

    Chart cumulative() {
        return chart(
                "tracking-cumulative",
                Text.of("Cumulative repeat purchases, actual and expected", "Réachats cumulés, réels et prévus"),
                Text.of(
                        "The model saw the data up to " + calibrationEnd
                                + "; from there on (hold-out) it is on its own. Members are those known by then.",
                        "Le modèle a vu les données jusqu'au " + calibrationEnd
                                + " ; ensuite (contrôle) il est livré à lui-même. Membres connus à cette date."),
                false);
    }

    Chart weekly() {
        return chart(
                "tracking-weekly",
                Text.of("Weekly repeat purchases, actual and expected", "Réachats hebdomadaires, réels et prévus"),
                Text.of(
                        "The same by week. A model without seasons cannot follow Christmas; it should follow the level.",
                        "Les mêmes par semaine. Un modèle sans saisons ne peut suivre Noël ; il doit suivre le niveau."),
                true);
    }

    private Chart chart(String key, Text title, Text reading, boolean weekly) {
        Table table = new Table(
                key,
                title,
                Field.of("week", Unit.COUNT, "Week", "Semaine"),
                Field.of("ending", Unit.DATE, "Ending", "Se terminant le"),
                Field.of("part", Unit.TEXT, "Part", "Partie"),
                Field.of("actual", Unit.COUNT, "Actual", "Réels"),
                Field.of("expected", Unit.DECIMAL, "Expected", "Prévus"),
                Field.of("expected_nbd", Unit.DECIMAL, "Expected by NBD", "Prévus par NBD"));
        List<XyPlot.Point> seen = new ArrayList<>();
        List<XyPlot.Point> heldOut = new ArrayList<>();
        List<XyPlot.Point> model = new ArrayList<>();
        List<XyPlot.Point> baseline = new ArrayList<>();
        for (int week = 1; week <= weeks; week++) {
            LocalDate end = start.plusDays(7L * week - 1);
            boolean known = !end.isAfter(calibrationEnd);
            double real = value(actual, week, weekly);
            double foreseen = value(expected, week, weekly);
            Double plain = nbd == null ? null : (Double) value(nbd, week, weekly);
            boolean last = known && end.plusDays(7).isAfter(calibrationEnd);
            seen.add(new XyPlot.Point(week, known ? (Double) real : null, false));
            heldOut.add(new XyPlot.Point(week, !known || last ? (Double) real : null, false));
            model.add(new XyPlot.Point(week, foreseen, false));
            baseline.add(new XyPlot.Point(week, plain, false));
            Text part = known ? Text.of("calibration", "calage") : Text.of("hold-out", "contrôle");
            table.row((long) week, end, part, Math.round(real), foreseen, plain == null ? foreseen : plain);
        }
        List<XyPlot.Series> series = new ArrayList<>();
        series.add(line(Text.of("Actual, calibration", "Réels, calage"), seen));
        series.add(line(Text.of("Actual, hold-out", "Réels, contrôle"), heldOut));
        series.add(line(Text.of("Expected, " + this.model.en(), "Prévus, " + this.model.fr()), model));
        if (nbd != null) {
            series.add(
                    line(Text.of("NBD (baseline)", "NBD (référence)"), baseline).asReference());
        }
        return new Chart(
                key,
                title,
                reading,
                new XyPlot(
                        Axis.of(
                                Unit.COUNT,
                                "Weeks since the first day of the data",
                                "Semaines depuis le premier jour des données"),
                        Axis.of(Unit.COUNT, "Repeat purchases", "Réachats"),
                        List.of(),
                        series),
                table);
    }

    private static double value(double[] cumulative, int week, boolean weekly) {
        return weekly ? cumulative[week] - cumulative[week - 1] : cumulative[week];
    }

    private static XyPlot.Series line(Text name, List<XyPlot.Point> points) {
        return new XyPlot.Series(name, XyPlot.Mark.LINE, points, false);
    }
}
