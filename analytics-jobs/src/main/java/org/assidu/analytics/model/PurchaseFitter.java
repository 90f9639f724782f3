package org.assidu.analytics.model;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Fits a purchase model by maximum likelihood in log parameters, from several starts.
 *
 * <p>Starts are laid out around the purchase rate seen in the data, so that the unit of time does not matter. Searches
 * are independent and run in parallel; their order and result do not depend on it. On large data they look at an even part
 * of it; only the likeliest of their ends is then followed to the optimum of the whole.
 */
public final class PurchaseFitter {

    /** Shape r, and a, b (or s, β in mean ages) of each start. */
    private static final double[][] STARTS = {
        {0.5, 0.8, 2.5}, {1.0, 1.0, 1.0}, {0.2, 0.3, 5.0}, {2.0, 3.0, 10.0}, {0.4, 0.1, 0.5}, {0.8, 2.0, 3.0}
    };

    /** Distinct summaries up to which every search is of the whole table; of more, customers in the part looked at first. */
    private static final int WHOLE = 20_000;

    private PurchaseFitter() {}

    /** Fits from every built-in start. */
    public static PurchaseFit fit(PurchaseFamily family, SummaryTable table) {
        return fit(family, table, starts(family, table));
    }

    /** Fits from the given parameter values, as when refitting a model to slightly different data. */
    public static PurchaseFit refit(PurchaseModel model, SummaryTable table) {
        double[] start =
                model.parameters().stream().mapToDouble(Double::doubleValue).toArray();
        return fit(model.family(), table, List.of(start));
    }

    /** Fits from each of the given starts (parameter values, not logarithms) and keeps the likeliest. */
    static PurchaseFit fit(PurchaseFamily family, SummaryTable table, List<double[]> starts) {
        return fit(family, table, starts, WHOLE);
    }

    /** @param whole distinct summaries beyond which searches begin on a part of so many customers */
    static PurchaseFit fit(PurchaseFamily family, SummaryTable table, List<double[]> starts, int whole) {
        double unit = timeUnit(family, table);
        boolean thin = table.size() > whole;
        SummaryTable searched = thin ? table.thinned(whole) : table;
        List<LikelihoodSearch.Optimum> ends = IntStream.range(0, starts.size())
                .parallel()
                .mapToObj(i -> search(family, searched, unit, starts.get(i)))
                .map(end -> thin ? onWhole(end, family, table, unit) : end)
                .toList();
        LikelihoodSearch.Optimum likeliest = ends.stream()
                .max(Comparator.comparingDouble(LikelihoodSearch.Optimum::logLikelihood))
                .orElseThrow(() -> new IllegalArgumentException("no start given"));
        LikelihoodSearch.Optimum best = thin ? searchOf(family, table, unit).near(likeliest.point()) : likeliest;
        var report = new ArrayList<PurchaseFit.Start>();
        for (LikelihoodSearch.Optimum end : ends) {
            report.add(new PurchaseFit.Start(
                    boxed(values(family, unit, end.point())), end.logLikelihood(), end.curved(), end.calls()));
        }
        double[] parameters = values(family, unit, best.point());
        return new PurchaseFit(
                family.of(parameters),
                best.logLikelihood(),
                boxed(standardErrors(parameters, best.covariance())),
                best.curved(),
                List.copyOf(report),
                table.customers());
    }

    static List<double[]> starts(PurchaseFamily family, SummaryTable table) {
        if (table.repeats() == 0 || table.observedTime() <= 0) {
            throw new IllegalArgumentException("nothing to fit: " + table.customers() + " customers with "
                    + table.repeats() + " repeat purchases in a total time of " + table.observedTime()
                    + "; use a longer period");
        }
        double rate = table.repeats() / table.observedTime();
        double meanAge = table.observedTime() / table.customers();
        var starts = new ArrayList<double[]>();
        for (double[] shape : STARTS) {
            double r = shape[0];
            // A customer who may stop buys faster while active than the average over the whole period says.
            double alpha = r / rate / 2;
            starts.add(
                    switch (family) {
                        case NBD -> new double[] {r, alpha * 2};
                        case BG_NBD, MBG_NBD -> new double[] {r, alpha, shape[1], shape[2]};
                        case PARETO_NBD -> new double[] {r, alpha, shape[1], shape[2] * meanAge / 2};
                    });
        }
        return starts;
    }

    private static LikelihoodSearch.Optimum search(
            PurchaseFamily family, SummaryTable table, double unit, double[] start) {
        double[] logs = new double[start.length];
        for (int i = 0; i < logs.length; i++) {
            logs[i] = Math.log(isTime(family, i) ? start[i] / unit : start[i]);
        }
        return searchOf(family, table, unit).from(logs);
    }

    private static LikelihoodSearch searchOf(PurchaseFamily family, SummaryTable table, double unit) {
        return new LikelihoodSearch(
                point -> family.of(values(family, unit, point)).logLikelihood(table));
    }

    /** The end of a search of a part, with the likelihood that it has for all. */
    private static LikelihoodSearch.Optimum onWhole(
            LikelihoodSearch.Optimum end, PurchaseFamily family, SummaryTable table, double unit) {
        double value = searchOf(family, table, unit).valueAt(end.point());
        return new LikelihoodSearch.Optimum(end.point(), value, end.curved(), null, end.calls());
    }

    /** Mean age, so that the limits on log parameters bound the same shapes whatever the unit of time. */
    private static double timeUnit(PurchaseFamily family, SummaryTable table) {
        double mean = table.observedTime() / table.customers();
        if (!(mean > 0)) {
            throw new IllegalArgumentException(family.label() + " needs observed time; all " + table.customers()
                    + " customers were first seen at the very end of the period");
        }
        return mean;
    }

    private static boolean isTime(PurchaseFamily family, int index) {
        return index == 1 || (index == 3 && family == PurchaseFamily.PARETO_NBD);
    }

    private static double[] values(PurchaseFamily family, double unit, double[] logs) {
        double[] values = new double[logs.length];
        for (int i = 0; i < logs.length; i++) {
            double held = Math.max(-LikelihoodSearch.LIMIT, Math.min(LikelihoodSearch.LIMIT, logs[i]));
            values[i] = Math.exp(held) * (isTime(family, i) ? unit : 1);
        }
        return values;
    }

    private static double[] standardErrors(double[] parameters, double @Nullable [][] covariance) {
        double[] errors = new double[parameters.length];
        for (int i = 0; i < errors.length; i++) {
            errors[i] = covariance == null ? Double.NaN : parameters[i] * Math.sqrt(covariance[i][i]);
        }
        return errors;
    }

    private static List<Double> boxed(double[] values) {
        return Arrays.stream(values).boxed().toList();
    }
}
