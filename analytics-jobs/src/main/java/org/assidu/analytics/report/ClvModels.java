package org.assidu.analytics.report;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.assidu.analytics.features.Scope;
import org.assidu.analytics.model.CustomerSummary;
import org.assidu.analytics.model.DropoutDiagnosis;
import org.assidu.analytics.model.HoldOut;
import org.assidu.analytics.model.ModelChoice;
import org.assidu.analytics.model.PurchaseFamily;
import org.assidu.analytics.model.PurchaseFit;
import org.assidu.analytics.model.PurchaseFitter;
import org.assidu.analytics.model.SpendFit;
import org.assidu.analytics.model.SpendSummary;
import org.assidu.analytics.model.SummaryTable;
import org.jspecify.annotations.Nullable;

/**
 * The purchase models of one run: all fitted on the calibration period and checked on the hold-out, the chosen one
 * fitted again on everything.
 *
 * @param calibrationEnd last day of calibration; the hold-out runs to the end of the data
 * @param baselines own rate and constant
 * @param chosen fitted on the whole period
 * @param chosenDiagnosis of that fit
 * @param spend null when too few members bought again to tell spend per purchase
 */
record ClvModels(
        LocalDate calibrationEnd,
        List<ModelChoice.Candidate> candidates,
        List<HoldOut.Score> baselines,
        HoldOut holdOut,
        ModelChoice choice,
        PurchaseFit chosen,
        DropoutDiagnosis chosenDiagnosis,
        SummaryTable calibration,
        SummaryTable whole,
        @Nullable SpendFit spend) {

    /** A third of the data is held out, at most half a year. */
    private static final int LONGEST_HOLD_OUT_DAYS = 182;

    static final int FEWEST_DAYS = 84;
    static final int FEWEST_REPEATERS = 50;

    /**
     * The last day of calibration.
     *
     * @param holdOutDays asked for; null = a third of the data, at most half a year
     */
    static LocalDate calibrationEnd(Scope scope, @Nullable Integer holdOutDays) {
        long days = holdOutDays == null ? Math.min(LONGEST_HOLD_OUT_DAYS, scope.days() / 3) : holdOutDays;
        return scope.lastDate().minusDays(days);
    }

    /** Members with a repeat in calibration; below {@link #FEWEST_REPEATERS} nothing is fitted. */
    static long repeatersBefore(List<Occasions> members, LocalDate calibrationEnd) {
        return members.stream()
                .filter(member -> member.until(calibrationEnd) > 1)
                .count();
    }

    static ClvModels fit(List<Occasions> members, Scope scope, LocalDate calibrationEnd) {
        var summaries = new ArrayList<CustomerSummary>();
        var after = new ArrayList<Integer>();
        for (Occasions member : members) {
            int known = member.until(calibrationEnd);
            if (known > 0) {
                summaries.add(member.summary(calibrationEnd));
                after.add(member.days().length - known);
            }
        }
        SummaryTable calibration = SummaryTable.of(summaries);
        double weeks = (scope.lastDate().toEpochDay() - calibrationEnd.toEpochDay()) / Occasions.DAYS_A_WEEK;
        HoldOut holdOut = new HoldOut(summaries, after, weeks);
        Map<PurchaseFamily, PurchaseFit> fits = new EnumMap<>(PurchaseFamily.class);
        for (PurchaseFamily family : PurchaseFamily.values()) {
            fits.put(family, PurchaseFitter.fit(family, calibration));
        }
        PurchaseFit nbd = Objects.requireNonNull(fits.get(PurchaseFamily.NBD));
        List<ModelChoice.Candidate> candidates = fits.values().stream()
                .map(fit -> new ModelChoice.Candidate(
                        fit,
                        DropoutDiagnosis.of(fit, nbd, calibration),
                        holdOut.score(fit.model()).error()))
                .toList();
        ModelChoice choice = ModelChoice.of(candidates);
        SummaryTable whole = SummaryTable.of(
                members.stream().map(member -> member.summary(scope.lastDate())).toList());
        PurchaseFit chosen = PurchaseFitter.fit(choice.chosen().fit().family(), whole);
        return new ClvModels(
                calibrationEnd,
                candidates,
                List.of(holdOut.scoreOwnRate(), holdOut.scoreConstant()),
                holdOut,
                choice,
                chosen,
                DropoutDiagnosis.of(chosen, PurchaseFitter.fit(PurchaseFamily.NBD, whole), whole),
                calibration,
                whole,
                spend(members));
    }

    /** The model as fitted on calibration, which is what the hold-out judges. */
    PurchaseFit calibrated() {
        return choice.chosen().fit();
    }

    PurchaseFit calibratedNbd() {
        return candidates.stream()
                .map(ModelChoice.Candidate::fit)
                .filter(fit -> fit.family() == PurchaseFamily.NBD)
                .findFirst()
                .orElseThrow();
    }

    private static @Nullable SpendFit spend(List<Occasions> members) {
        List<SpendSummary> repeaters = members.stream()
                .filter(member -> member.days().length > 1)
                .map(member -> new SpendSummary(member.days().length - 1, member.meanRepeatMinor()))
                .toList();
        return repeaters.size() < FEWEST_REPEATERS ? null : SpendFit.fit(repeaters);
    }
}
