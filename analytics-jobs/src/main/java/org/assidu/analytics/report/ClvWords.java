package org.assidu.analytics.report;

import java.util.List;
import java.util.Locale;
import org.assidu.analytics.model.DropoutDiagnosis;
import org.assidu.analytics.model.ModelChoice;
import org.assidu.analytics.model.PurchaseFamily;

/** What was found about models, in both languages. */
final class ClvWords {

    static final Text PERIOD_12_MONTHS = Text.of("next 12 months", "12 prochains mois");

    private ClvWords() {}

    /** One sentence for models that share a verdict. */
    static Text diagnosis(List<DropoutDiagnosis> alike) {
        String names = alike.stream()
                .map(one -> one.family().label())
                .reduce((left, right) -> left + ", " + right)
                .orElse("");
        double gain = Math.max(
                0, alike.stream().mapToDouble(DropoutDiagnosis::gain).max().orElse(0));
        return switch (alike.get(0).verdict()) {
            case ASSUMED_AWAY ->
                Text.of(
                        "NBD assumes that nobody stops for good; a probability of being alive of 1 would be that assumption, not a finding, and is not shown.",
                        "Le modèle NBD suppose que personne ne part définitivement ; une probabilité d'être actif de 1 serait cette hypothèse, pas un constat, et n'est pas montrée.");
            case NO_GAIN_OVER_NBD ->
                Text.of(
                        names
                                + ": dropout is not identifiable. It explains these purchases no better than NBD, where nobody stops (gain "
                                + fixed(Locale.ENGLISH, gain)
                                + " log-likelihood units, 2 needed): members who left cannot be told from members between two purchases.",
                        names
                                + " : le départ n'est pas identifiable. Il n'explique pas mieux ces achats que NBD, où personne ne part (gain de "
                                + fixed(Locale.FRENCH, gain)
                                + " unité de log-vraisemblance, il en faut 2) : on ne distingue pas un membre parti d'un membre entre deux achats.");
            case VANISHES ->
                Text.of(
                        names
                                + ": dropout is not identifiable. Its rate goes to zero, the edge of the model's parameters.",
                        names
                                + " : le départ n'est pas identifiable. Son taux tend vers zéro, au bord des paramètres du modèle.");
            case SPREAD_UNKNOWN ->
                Text.of(
                        names
                                + ": dropout is not identifiable per member. How it differs between members is at the edge of the model's parameters.",
                        names
                                + " : le départ n'est pas identifiable par membre. Sa dispersion entre membres est au bord des paramètres du modèle.");
            case IDENTIFIED ->
                Text.of(
                        names + ": dropout is identified (gain over NBD up to " + fixed(Locale.ENGLISH, gain)
                                + " log-likelihood units).",
                        names + " : le départ est identifié (gain sur NBD jusqu'à " + fixed(Locale.FRENCH, gain)
                                + " unités de log-vraisemblance).");
        };
    }

    /** Said when a plain baseline does better than the model on the hold-out. */
    static Text beaten(String model, double error, Text baseline, double baselineError) {
        return Text.of(
                "On the hold-out a baseline is closer than " + model + ": “" + baseline.en() + "”, mean absolute error "
                        + fixed(Locale.ENGLISH, baselineError) + " against " + fixed(Locale.ENGLISH, error)
                        + ". Trust the ranking of members more than single figures.",
                "Au contrôle, une référence est plus proche que " + model + " : « " + baseline.fr()
                        + " », erreur absolue moyenne " + fixed(Locale.FRENCH, baselineError) + " contre "
                        + fixed(Locale.FRENCH, error)
                        + ". Se fier au classement des membres plus qu'aux chiffres isolés.");
    }

    static Text verdict(DropoutDiagnosis.Verdict verdict) {
        return switch (verdict) {
            case ASSUMED_AWAY -> Text.of("assumed away", "exclu par hypothèse");
            case NO_GAIN_OVER_NBD -> Text.of("not identifiable", "non identifiable");
            case VANISHES -> Text.of("not identifiable", "non identifiable");
            case SPREAD_UNKNOWN -> Text.of("not identifiable per member", "non identifiable par membre");
            case IDENTIFIED -> Text.of("identified", "identifié");
        };
    }

    static Text choice(ModelChoice choice) {
        String name = choice.chosen().fit().family().label();
        return switch (choice.reason()) {
            case ONLY_NBD_IDENTIFIED ->
                Text.of(
                        "Chosen: NBD. No dropout model is identified on these data, so the 12 months ahead suppose that each member goes on at the rate seen so far.",
                        "Modèle retenu : NBD. Aucun modèle de départ n'est identifié sur ces données ; les 12 mois à venir supposent donc que chaque membre continue à son rythme.");
            case LIKELIHOOD_AND_HOLD_OUT ->
                Text.of(
                        "Chosen: " + name + ", both likeliest on calibration and closest to the hold-out.",
                        "Modèle retenu : " + name
                                + ", à la fois le plus vraisemblable au calage et le plus proche de la période de contrôle.");
            case HOLD_OUT_OVER_LIKELIHOOD ->
                Text.of(
                        "Chosen: " + name
                                + ", closest to the hold-out. Another model is likelier on calibration; the hold-out decides, because it measures what the model is used for.",
                        "Modèle retenu : " + name
                                + ", le plus proche de la période de contrôle. Un autre est plus vraisemblable au calage ; le contrôle tranche, car il mesure l'usage du modèle.");
            case LIKELIHOOD_OF_EQUALS ->
                Text.of(
                        "Chosen: " + name
                                + ", the likeliest; on the hold-out another is closer by less than 1 %, which decides nothing.",
                        "Modèle retenu : " + name
                                + ", le plus vraisemblable ; un autre est plus proche du contrôle de moins de 1 %, ce qui ne tranche rien.");
            case LIKELIHOOD_ALONE ->
                Text.of(
                        "Chosen: " + name + ", the likeliest; there is no hold-out.",
                        "Modèle retenu : " + name + ", le plus vraisemblable ; il n'y a pas de période de contrôle.");
        };
    }

    static Text name(PurchaseFamily family) {
        return Text.same(family.label());
    }

    private static String fixed(Locale locale, double value) {
        return String.format(locale, "%.2f", value);
    }
}
