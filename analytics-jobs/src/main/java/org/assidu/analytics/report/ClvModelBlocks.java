package org.assidu.analytics.report;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.assidu.analytics.model.DropoutDiagnosis;
import org.assidu.analytics.model.HoldOut;
import org.assidu.analytics.model.ModelChoice;
import org.assidu.analytics.model.PredictionError;
import org.assidu.analytics.model.PurchaseFamily;
import org.assidu.analytics.model.PurchaseFit;
import org.assidu.analytics.model.PurchaseModel;
import org.assidu.analytics.model.SpendFit;

/** Whether the models may be believed: parameters, likelihoods, and the hold-out with the baselines beside. */
final class ClvModelBlocks {

    private static final int LAST_FREQUENCY = 10;

    /** In the order of {@link ClvModels#baselines()}. */
    private static final List<Text> BASELINES =
            List.of(Text.of("Own past rate", "Rythme propre"), Text.of("Same rate for all", "Même rythme pour tous"));

    private final ClvModels models;

    ClvModelBlocks(ClvModels models) {
        this.models = models;
    }

    List<Block> choice() {
        List<Block> blocks = new ArrayList<>();
        blocks.add(new Note(ClvWords.choice(models.choice())));
        Map<DropoutDiagnosis.Verdict, List<DropoutDiagnosis>> byVerdict = new LinkedHashMap<>();
        for (ModelChoice.Candidate candidate : models.candidates()) {
            if (candidate.fit().family().hasDropout() || models.choice().chosen() == candidate) {
                byVerdict
                        .computeIfAbsent(candidate.diagnosis().verdict(), verdict -> new ArrayList<>())
                        .add(candidate.diagnosis());
            }
        }
        byVerdict.values().forEach(alike -> blocks.add(new Note(ClvWords.diagnosis(alike))));
        if (models.choice().chosen().diagnosis().identified()
                && !models.chosenDiagnosis().identified()) {
            blocks.add(new Note(ClvWords.diagnosis(List.of(models.chosenDiagnosis()))));
        }
        ModelChoice.Candidate chosen = models.choice().chosen();
        for (int i = 0; i < BASELINES.size(); i++) {
            double error = models.baselines().get(i).error().meanAbsoluteError();
            double own = chosen.error().meanAbsoluteError();
            if (error < own) {
                blocks.add(new Note(ClvWords.beaten(chosen.fit().family().label(), own, BASELINES.get(i), error)));
            }
        }
        return blocks;
    }

    Table comparison() {
        Table table = new Table(
                "models",
                Text.of(
                        "Models and baselines: likelihood on calibration, purchases predicted for the hold-out",
                        "Modèles et références : vraisemblance au calage, achats prévus au contrôle"),
                Field.of("model", Unit.TEXT, "Model", "Modèle"),
                Field.of("chosen", Unit.TEXT, "Chosen", "Retenu"),
                Field.of("log_likelihood", Unit.DECIMAL, "Log-likelihood", "Log-vraisemblance"),
                Field.of("bic", Unit.DECIMAL, "BIC", "BIC"),
                Field.of("dropout", Unit.TEXT, "Dropout", "Départ"),
                Field.of("predicted", Unit.COUNT, "Predicted", "Prévus"),
                Field.of("actual", Unit.COUNT, "Actual", "Réels"),
                Field.of("mean_absolute_error", Unit.COEFFICIENT, "MAE", "EAM"),
                Field.of("root_mean_square_error", Unit.COEFFICIENT, "RMSE", "REQM"),
                Field.of("correlation", Unit.COEFFICIENT, "Correlation", "Corrélation"));
        for (ModelChoice.Candidate candidate : models.candidates()) {
            PurchaseFit fit = candidate.fit();
            boolean chosen = candidate == models.choice().chosen();
            PredictionError error = candidate.error();
            table.row(
                    fit.family().label(),
                    chosen ? Text.of("chosen", "retenu") : Text.same(""),
                    fit.logLikelihood(),
                    fit.bayesianCriterion(),
                    ClvWords.verdict(candidate.diagnosis().verdict()),
                    error.predictedTotal(),
                    error.actualTotal(),
                    error.meanAbsoluteError(),
                    error.rootMeanSquareError(),
                    error.correlation());
        }
        for (int i = 0; i < BASELINES.size(); i++) {
            HoldOut.Score score = models.baselines().get(i);
            table.row(
                    BASELINES.get(i),
                    Text.same(""),
                    null,
                    null,
                    null,
                    score.error().predictedTotal(),
                    score.error().actualTotal(),
                    score.error().meanAbsoluteError(),
                    score.error().rootMeanSquareError(),
                    i == 0 ? score.error().correlation() : null);
        }
        return table;
    }

    Table parameters() {
        Table table = new Table(
                "parameters",
                Text.of(
                        "Parameters (time in weeks, amounts in minor units)",
                        "Paramètres (temps en semaines, montants en centimes)"),
                Field.of("model", Unit.TEXT, "Model", "Modèle"),
                Field.of("fitted_on", Unit.TEXT, "Fitted on", "Ajusté sur"),
                Field.of("parameter", Unit.TEXT, "Parameter", "Paramètre"),
                Field.of("estimate", Unit.COEFFICIENT, "Estimate", "Estimation"),
                Field.of("standard_error", Unit.COEFFICIENT, "Standard error", "Erreur type"));
        Text calibration = Text.of("calibration", "calage");
        Text whole = Text.of("whole period", "période entière");
        for (ModelChoice.Candidate candidate : models.candidates()) {
            rows(table, candidate.fit(), calibration);
        }
        rows(table, models.chosen(), whole);
        SpendFit spend = models.spend();
        if (spend != null) {
            List<String> names = List.of("p", "q", "v");
            List<Double> values =
                    List.of(spend.model().p(), spend.model().q(), spend.model().v());
            for (int i = 0; i < names.size(); i++) {
                table.row(
                        "Gamma-Gamma",
                        whole,
                        names.get(i),
                        values.get(i),
                        spend.standardErrors().get(i));
            }
        }
        return table;
    }

    private static void rows(Table table, PurchaseFit fit, Text period) {
        List<String> names = fit.family().parameterNames();
        for (int i = 0; i < names.size(); i++) {
            table.row(
                    fit.family().label(),
                    period,
                    names.get(i),
                    fit.model().parameters().get(i),
                    fit.standardErrors().get(i));
        }
    }

    Chart byFrequency() {
        PurchaseModel model = models.calibrated().model();
        PurchaseModel nbd = models.calibratedNbd().model();
        boolean isNbd = model.family() == PurchaseFamily.NBD;
        List<HoldOut.FrequencyBin> bins =
                models.holdOut().byFrequency(model::conditionalExpectedPurchases, LAST_FREQUENCY);
        List<HoldOut.FrequencyBin> plain =
                models.holdOut().byFrequency(nbd::conditionalExpectedPurchases, LAST_FREQUENCY);
        Table table = new Table(
                "hold-out-by-frequency",
                Text.of(
                        "Purchases in the hold-out by repeats in calibration",
                        "Achats pendant le contrôle selon les réachats au calage"),
                Field.of("repeats", Unit.TEXT, "Repeats before", "Réachats avant"),
                Field.of("members", Unit.COUNT, "Members", "Membres"),
                Field.of("actual", Unit.DECIMAL, "Actual per member", "Réels par membre"),
                Field.of("predicted", Unit.DECIMAL, "Predicted per member", "Prévus par membre"),
                Field.of("predicted_nbd", Unit.DECIMAL, "Predicted by NBD", "Prévus par NBD"));
        List<Text> labels = new ArrayList<>();
        List<Double> actual = new ArrayList<>();
        List<Double> predicted = new ArrayList<>();
        List<Double> baseline = new ArrayList<>();
        for (int i = 0; i < bins.size(); i++) {
            HoldOut.FrequencyBin bin = bins.get(i);
            String label = bin.repeats() + (bin.andMore() ? "+" : "");
            labels.add(Text.same(label));
            actual.add(bin.actual());
            predicted.add(bin.predicted());
            baseline.add(plain.get(i).predicted());
            table.row(
                    label,
                    bin.customers(),
                    bin.actual(),
                    bin.predicted(),
                    plain.get(i).predicted());
        }
        List<XyPlot.Series> series = new ArrayList<>();
        series.add(XyPlot.Series.over(Text.of("Actual", "Réels"), XyPlot.Mark.BAR, actual));
        series.add(XyPlot.Series.over(ClvWords.name(model.family()), XyPlot.Mark.LINE, predicted));
        if (!isNbd) {
            series.add(XyPlot.Series.over(Text.of("NBD (baseline)", "NBD (référence)"), XyPlot.Mark.LINE, baseline)
                    .asReference());
        }
        return new Chart(
                "hold-out-by-frequency",
                table.caption(),
                Text.of(
                        "Calibrated well means that the line meets the bars: mean purchases in the hold-out, for members with the same number of repeats before it.",
                        "Bien calé, la courbe rejoint les barres : moyenne d'achats pendant le contrôle, pour les membres ayant le même nombre de réachats avant."),
                new XyPlot(
                        Axis.of(Unit.TEXT, "Repeat purchases in calibration", "Réachats pendant le calage"),
                        Axis.of(Unit.DECIMAL, "Purchases per member", "Achats par membre"),
                        labels,
                        series),
                table);
    }

    Chart byDecile() {
        List<HoldOut.Decile> deciles =
                models.holdOut().byDecile(models.calibrated().model()::conditionalExpectedPurchases);
        Table table = new Table(
                "hold-out-by-decile",
                Text.of(
                        "Purchases in the hold-out by rank of prediction",
                        "Achats pendant le contrôle selon le rang de la prévision"),
                Field.of("tenth", Unit.COUNT, "Tenth of members", "Dixième des membres"),
                Field.of("members", Unit.COUNT, "Members", "Membres"),
                Field.of("predicted", Unit.DECIMAL, "Predicted per member", "Prévus par membre"),
                Field.of("actual", Unit.DECIMAL, "Actual per member", "Réels par membre"),
                Field.of(
                        "cumulative_share",
                        Unit.SHARE,
                        "Gain: share of all purchases so far",
                        "Gain : part cumulée des achats"),
                Field.of("lift", Unit.DECIMAL, "Lift: actual ÷ mean", "Lift : réels ÷ moyenne"));
        long customers = deciles.stream().mapToLong(HoldOut.Decile::customers).sum();
        double mean = deciles.stream()
                        .mapToDouble(decile -> decile.actual() * decile.customers())
                        .sum()
                / customers;
        List<Text> labels = new ArrayList<>();
        List<Double> actual = new ArrayList<>();
        List<Double> predicted = new ArrayList<>();
        for (HoldOut.Decile decile : deciles) {
            labels.add(Text.same(Integer.toString(decile.rank())));
            actual.add(decile.actual());
            predicted.add(decile.predicted());
            table.row(
                    (long) decile.rank(),
                    decile.customers(),
                    decile.predicted(),
                    decile.actual(),
                    decile.share(),
                    decile.actual() / mean);
        }
        return new Chart(
                "hold-out-by-decile",
                table.caption(),
                Text.of(
                        "Members in ten groups from the highest prediction (1) to the lowest. Gain: share of all hold-out purchases that the best groups made. Lift: purchases of a group over those of the average member.",
                        "Membres en dix groupes, de la prévision la plus haute (1) à la plus basse. Gain : part des achats du contrôle faite par les meilleurs groupes. Lift : achats d'un groupe sur ceux du membre moyen."),
                new XyPlot(
                        Axis.of(Unit.TEXT, "Tenth of members by prediction", "Dixième des membres par prévision"),
                        Axis.of(Unit.DECIMAL, "Purchases per member", "Achats par membre"),
                        labels,
                        List.of(
                                XyPlot.Series.over(Text.of("Actual", "Réels"), XyPlot.Mark.BAR, actual),
                                XyPlot.Series.over(Text.of("Predicted", "Prévus"), XyPlot.Mark.LINE, predicted))),
                table);
    }

    /** Whether P(alive) of the chosen model means something on the whole period and was believed on calibration. */
    boolean aliveIsAFinding() {
        return models.chosenDiagnosis().verdict() == DropoutDiagnosis.Verdict.IDENTIFIED
                && models.choice().chosen().diagnosis().identified();
    }
}
