package org.assidu.analytics.clv;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.assidu.analytics.model.BgBb;
import org.assidu.analytics.model.HoldOut;
import org.assidu.analytics.model.ModelChoice;
import org.assidu.analytics.model.PredictionError;
import org.assidu.analytics.model.PurchaseFit;
import org.assidu.analytics.model.SpendFit;
import org.jspecify.annotations.Nullable;

/** A study for a terminal: what was read, one table of parameters, one of the hold-out, the choice. */
public final class StudyText {

    private StudyText() {}

    public static String of(ClvStudy study, Transactions transactions) {
        StringBuilder text = new StringBuilder();
        head(text, study, transactions);
        text.append('\n');
        parameters(text, study);
        if (study.split().holdOut() != null) {
            text.append('\n');
            holdOut(text, study);
        }
        text.append('\n').append("chosen  ").append(study.explanation()).append('\n');
        for (ModelChoice.Candidate candidate : study.candidates()) {
            if (candidate.fit().family().hasDropout() && !candidate.diagnosis().identified()) {
                note(
                        text,
                        candidate.fit().family().label(),
                        candidate.diagnosis().explanation());
            }
        }
        ClvStudy.Discrete discrete = study.discrete();
        if (discrete != null) {
            note(text, "BG/BB", discreteNote(study, discrete));
        }
        EarlyCustomers early = EarlyCustomers.in(study.table());
        if (early.isSuspicious()) {
            note(
                    text,
                    "left-truncated",
                    String.format(
                            Locale.ROOT,
                            "%,d of %,d customers are first seen in the first tenth of the calibration. Unless the file holds a"
                                    + " cohort of new customers, they are older and take part as if new: begin the file earlier.",
                            early.customers(),
                            early.of()));
        }
        if (study.table().repeaters() < ClvStudy.FEWEST_REPEATERS) {
            note(
                    text,
                    "few",
                    "only " + study.table().repeaters() + " customers bought again in the calibration; below "
                            + ClvStudy.FEWEST_REPEATERS + " take no decision on these figures.");
        }
        return text.toString();
    }

    private static void head(StringBuilder text, ClvStudy study, Transactions transactions) {
        ClvSplit split = study.split();
        text.append(String.format(
                Locale.ROOT,
                "%,d rows, %s to %s; %,d customers by %s, %,d of them bought again, %,d repeat purchases%n",
                transactions.rows(),
                transactions.firstDay(),
                transactions.lastDay(),
                study.table().customers(),
                split.calibrationEnd(),
                study.table().repeaters(),
                study.table().repeats()));
        if (transactions.anonymousRows() > 0) {
            text.append(String.format(
                    Locale.ROOT, "left out: %,d rows without a customer%n", transactions.anonymousRows()));
        }
        if (transactions.refundDays() > 0) {
            text.append(String.format(
                    Locale.ROOT, "left out: %,d customer-days with a spend below zero%n", transactions.refundDays()));
        }
        if (split.laterCustomers() > 0) {
            text.append(String.format(
                    Locale.ROOT, "left out: %,d customers first seen after calibration%n", split.laterCustomers()));
        }
    }

    private static void parameters(StringBuilder text, ClvStudy study) {
        List<List<String>> rows = new ArrayList<>();
        rows.add(List.of("model", "log-likelihood", "parameters (standard error)"));
        for (ModelChoice.Candidate candidate : study.candidates()) {
            PurchaseFit fit = candidate.fit();
            rows.add(List.of(
                    fit.family().label(),
                    fixed(fit.logLikelihood(), 3),
                    list(fit.family().parameterNames(), fit.model().parameters(), fit.standardErrors())));
        }
        ClvStudy.Discrete discrete = study.discrete();
        if (discrete != null) {
            rows.add(List.of(
                    "BG/BB",
                    fixed(discrete.fit().logLikelihood(), 3),
                    list(
                            BgBb.PARAMETER_NAMES,
                            discrete.fit().model().parameters(),
                            discrete.fit().standardErrors())));
        }
        ClvStudy.Spend spend = study.spend();
        if (spend != null) {
            SpendFit fit = spend.fit();
            rows.add(List.of(
                    "Gamma-Gamma",
                    fixed(fit.logLikelihood(), 3),
                    list(
                            List.of("p", "q", "v"),
                            List.of(
                                    fit.model().p(),
                                    fit.model().q(),
                                    fit.model().v()),
                            fit.standardErrors())));
        }
        table(text, rows, 1);
    }

    private static void holdOut(StringBuilder text, ClvStudy study) {
        List<List<String>> rows = new ArrayList<>();
        rows.add(List.of(
                "hold-out to " + study.split().holdOutEnd(), "predicted", "actual", "MAE", "RMSE", "correlation", ""));
        for (ModelChoice.Candidate candidate : study.candidates()) {
            rows.add(row(candidate.fit().family().label(), candidate.error(), 0, ""));
        }
        for (HoldOut.Score score : study.baselines()) {
            rows.add(row(score.name(), score.error(), 0, "baseline"));
        }
        ClvStudy.Discrete discrete = study.discrete();
        if (discrete != null) {
            rows.add(row(
                    "BG/BB",
                    discrete.error(),
                    0,
                    "counts used " + study.split().unit().label()));
        }
        ClvStudy.Spend spend = study.spend();
        if (spend != null) {
            rows.add(row("Gamma-Gamma", spend.error(), 0, "mean spend, summed over buyers"));
            rows.add(row("own mean", spend.ownMean(), 0, "baseline of it"));
        }
        table(text, rows, 6);
    }

    private static String discreteNote(ClvStudy study, ClvStudy.Discrete discrete) {
        String counts = study.split().opportunities().sameCounts()
                ? ""
                : " It counts used " + study.split().unit().label()
                        + ", not purchases, so its hold-out does not compare with the others'.";
        return discrete.fit().explanation() + counts;
    }

    private static List<String> row(String name, @Nullable PredictionError error, int decimals, String remark) {
        return error == null
                ? List.of(name, "-", "-", "-", "-", "-", remark)
                : List.of(
                        name,
                        fixed(error.predictedTotal(), decimals),
                        fixed(error.actualTotal(), decimals),
                        fixed(error.meanAbsoluteError(), 3),
                        fixed(error.rootMeanSquareError(), 3),
                        fixed(error.correlation(), 3),
                        remark);
    }

    private static String list(List<String> names, List<Double> values, List<Double> errors) {
        List<String> parts = new ArrayList<>();
        for (int i = 0; i < names.size(); i++) {
            parts.add(names.get(i) + " " + short4(values.get(i)) + " (" + short4(errors.get(i)) + ")");
        }
        return String.join("  ", parts);
    }

    private static String short4(double value) {
        return Double.isFinite(value) ? String.format(Locale.ROOT, "%.4g", value) : "-";
    }

    private static String fixed(double value, int decimals) {
        return Double.isFinite(value) ? String.format(Locale.ROOT, "%,." + decimals + "f", value) : "-";
    }

    /** Left column and those from {@code flushLeft} on are flush left, numbers flush right. */
    private static void table(StringBuilder text, List<List<String>> rows, int numbers) {
        int columns = rows.get(0).size();
        int[] widths = new int[columns];
        for (List<String> row : rows) {
            for (int i = 0; i < columns; i++) {
                widths[i] = Math.max(widths[i], row.get(i).length());
            }
        }
        for (List<String> row : rows) {
            StringBuilder line = new StringBuilder();
            for (int i = 0; i < columns; i++) {
                String padding = " ".repeat(widths[i] - row.get(i).length());
                boolean number = i > 0 && i < 1 + Math.min(numbers, 5);
                line.append(i > 0 ? "  " : "").append(number ? padding + row.get(i) : row.get(i) + padding);
            }
            text.append(line.toString().stripTrailing()).append('\n');
        }
    }

    private static void note(StringBuilder text, String name, String words) {
        text.append("note    ").append(name).append(": ").append(words).append('\n');
    }
}
