package org.assidu.analytics.clv;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Locale;
import org.assidu.analytics.model.BgBb;
import org.assidu.analytics.model.BgBbFit;
import org.assidu.analytics.model.DropoutDiagnosis;
import org.assidu.analytics.model.HoldOut;
import org.assidu.analytics.model.Interval;
import org.assidu.analytics.model.ModelChoice;
import org.assidu.analytics.model.PredictionError;
import org.assidu.analytics.model.PurchaseFit;
import org.assidu.analytics.model.SpendFit;
import org.jspecify.annotations.Nullable;

/** A study as JSON; what cannot be computed is null. */
public final class StudyJson {

    private static final ObjectMapper MAPPER = new ObjectMapper();
    private static final List<String> SPEND_NAMES = List.of("p", "q", "v");

    private StudyJson() {}

    /** Writes the file whole or not at all. */
    public static void write(ClvStudy study, Transactions transactions, Path file) throws IOException {
        Path folder = file.toAbsolutePath().getParent();
        Files.createDirectories(folder);
        Path part = Files.createTempFile(folder, ".clv", ".json");
        try {
            Files.writeString(
                    part, MAPPER.writerWithDefaultPrettyPrinter().writeValueAsString(of(study, transactions)) + "\n");
            Files.move(part, file, StandardCopyOption.REPLACE_EXISTING);
        } finally {
            Files.deleteIfExists(part);
        }
    }

    static ObjectNode of(ClvStudy study, Transactions transactions) {
        ObjectNode root = MAPPER.createObjectNode();
        data(root.putObject("data"), study, transactions);
        var models = root.putArray("models");
        for (ModelChoice.Candidate candidate : study.candidates()) {
            purchases(models.addObject(), candidate);
        }
        ClvStudy.Discrete discrete = study.discrete();
        if (discrete != null) {
            discrete(models.addObject(), study, discrete);
        }
        ClvStudy.Spend spend = study.spend();
        if (spend != null) {
            spend(models.addObject(), spend);
        }
        var baselines = root.putArray("baselines");
        for (HoldOut.Score score : study.baselines()) {
            ObjectNode one = baselines.addObject();
            one.put("name", score.name());
            error(one, score.error());
        }
        root.put("chosen", name(study.chosenName()));
        root.put("reason", study.explanation());
        interval(root, study);
        return root;
    }

    private static String name(String label) {
        return label.toLowerCase(Locale.ROOT);
    }

    private static void data(ObjectNode node, ClvStudy study, Transactions transactions) {
        ClvSplit split = study.split();
        node.put("rows", transactions.rows());
        node.put("rowsWithoutCustomer", transactions.anonymousRows());
        node.put("refundDays", transactions.refundDays());
        node.put("firstDay", transactions.firstDay().toString());
        node.put("lastDay", transactions.lastDay().toString());
        node.put("unit", split.unit().label());
        node.put("calibrationEnd", split.calibrationEnd().toString());
        if (split.holdOut() == null) {
            node.putNull("holdoutEnd");
        } else {
            node.put("holdoutEnd", split.holdOutEnd().toString());
        }
        node.put("customers", study.table().customers());
        node.put("repeatPurchases", study.table().repeats());
        node.put("repeaters", study.table().repeaters());
        node.put("customersAfterCalibration", split.laterCustomers());
        EarlyCustomers early = EarlyCustomers.in(study.table());
        node.put("customersFirstSeenInFirstTenth", early.customers());
        node.put("leftTruncated", early.isSuspicious());
    }

    private static void purchases(ObjectNode node, ModelChoice.Candidate candidate) {
        PurchaseFit fit = candidate.fit();
        node.put("name", name(fit.family().label()));
        node.put("counts", "purchase days");
        parameters(
                node, fit.family().parameterNames(), fit.model().parameters(), fit.standardErrors(), fit.intervals());
        number(node, "logLikelihood", fit.logLikelihood());
        number(node, "bic", fit.bayesianCriterion());
        DropoutDiagnosis diagnosis = candidate.diagnosis();
        ObjectNode boundary = boundary(node, diagnosis.verdict(), fit.curved(), diagnosis.explanation());
        number(boundary, "gainOverNoDropout", diagnosis.gain());
        error(node, candidate.error());
    }

    private static void discrete(ObjectNode node, ClvStudy study, ClvStudy.Discrete discrete) {
        BgBbFit fit = discrete.fit();
        node.put("name", "bg/bb");
        node.put("counts", "used " + study.split().unit().label());
        node.put("sameCountsAsPurchaseDays", study.split().opportunities().sameCounts());
        parameters(node, BgBb.PARAMETER_NAMES, fit.model().parameters(), fit.standardErrors(), fit.intervals());
        number(node, "logLikelihood", fit.logLikelihood());
        number(node, "bic", fit.bayesianCriterion());
        ObjectNode boundary = boundary(node, fit.verdict(), fit.curved(), fit.explanation());
        number(boundary, "gainOverNoDropout", fit.gain());
        error(node, discrete.error());
    }

    private static void spend(ObjectNode node, ClvStudy.Spend spend) {
        SpendFit fit = spend.fit();
        node.put("name", "gamma-gamma");
        node.put("counts", "mean spend a purchase");
        parameters(
                node,
                SPEND_NAMES,
                List.of(fit.model().p(), fit.model().q(), fit.model().v()),
                fit.standardErrors(),
                fit.intervals());
        number(node, "logLikelihood", fit.logLikelihood());
        node.put("customers", fit.customers());
        number(node, "meanSpend", fit.curved() ? fit.model().meanSpend() : Double.NaN);
        number(node, "countSpendCorrelation", fit.countSpendCorrelation());
        ObjectNode boundary = node.putObject("boundary");
        boundary.put("interior", fit.curved());
        boundary.put(
                "explanation",
                fit.curved()
                        ? "The optimum is an interior one."
                        : "The spend parameters are at the edge: the spread of mean spend over customers does not show."
                                + " Use each customer's own mean.");
        error(node, spend.error());
        if (spend.ownMean() != null) {
            holdout(node.putObject("ownMeanHoldout"), spend.ownMean());
        }
    }

    private static ObjectNode boundary(
            ObjectNode node, DropoutDiagnosis.Verdict verdict, boolean interior, String explanation) {
        ObjectNode boundary = node.putObject("boundary");
        boundary.put("verdict", verdict.name().toLowerCase(Locale.ROOT));
        boundary.put("dropoutIdentified", verdict == DropoutDiagnosis.Verdict.IDENTIFIED);
        boundary.put("interior", interior);
        boundary.put("explanation", explanation);
        return boundary;
    }

    private static void parameters(
            ObjectNode node, List<String> names, List<Double> values, List<Double> errors, List<Interval> intervals) {
        ObjectNode parameters = node.putObject("parameters");
        ObjectNode standardErrors = node.putObject("standardErrors");
        ObjectNode intervals95 = node.putObject("intervals95");
        for (int i = 0; i < names.size(); i++) {
            number(parameters, names.get(i), values.get(i));
            number(standardErrors, names.get(i), errors.get(i));
            ObjectNode ends = intervals95.putObject(names.get(i));
            number(ends, "low", intervals.get(i).low());
            number(ends, "high", intervals.get(i).high());
        }
    }

    private static void error(ObjectNode node, @Nullable PredictionError error) {
        if (error == null || Double.isNaN(error.meanAbsoluteError())) {
            node.putNull("holdout");
        } else {
            holdout(node.putObject("holdout"), error);
        }
    }

    private static void holdout(ObjectNode node, PredictionError error) {
        number(node, "predicted", error.predictedTotal());
        number(node, "actual", error.actualTotal());
        number(node, "mae", error.meanAbsoluteError());
        number(node, "rmse", error.rootMeanSquareError());
        number(node, "correlation", error.correlation());
    }

    private static void interval(ObjectNode root, ClvStudy study) {
        var interval = study.interval();
        if (interval == null) {
            root.putNull("chosenHoldoutInterval95");
        } else {
            ObjectNode node = root.putObject("chosenHoldoutInterval95");
            node.put("model", name(study.choice().chosen().fit().family().label()));
            number(node, "low", interval.low());
            number(node, "high", interval.high());
            node.put("draws", interval.draws());
        }
    }

    private static void number(ObjectNode node, String name, double value) {
        if (Double.isFinite(value)) {
            node.put(name, value);
        } else {
            node.putNull(name);
        }
    }
}
