package org.assidu.analytics.report;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import org.assidu.analytics.features.Features;
import org.assidu.analytics.features.Scope;
import org.assidu.analytics.model.ParametricBootstrap;
import org.assidu.analytics.model.SpendFit;

/** How much members are expected to buy, how sure that is, and whether the model earns its place beside plain baselines. */
public final class ClvReport implements Report {

    @Override
    public String key() {
        return "clv";
    }

    @Override
    public Section run(Features features, Settings settings) {
        List<Occasions> members = Occasions.of(features);
        Scope scope = features.scope();
        long without = features.profiled(features.memberHistory()).count() - members.size();
        List<LeftOut> leftOut = new ArrayList<>(Populations.notProfiled(features));
        leftOut.add(new LeftOut(
                Text.of(
                        "Members whose purchases were all taken back the same day (no day with a positive net purchase)",
                        "Membres dont tous les achats ont été repris le jour même (aucun jour d'achat net positif)"),
                without));
        LocalDate calibrationEnd = ClvModels.calibrationEnd(scope, settings.holdOutDays());
        long repeaters = ClvModels.repeatersBefore(members, calibrationEnd);
        if (scope.days() < ClvModels.FEWEST_DAYS || repeaters < ClvModels.FEWEST_REPEATERS) {
            return section(
                    List.of(),
                    List.of(tooLittle(scope, repeaters)),
                    definitions(scope, calibrationEnd),
                    limits(MarginRate.of(features)),
                    leftOut);
        }
        ClvModels models = ClvModels.fit(members, scope, calibrationEnd);
        ClvScores scores = ClvScores.of(members, models, scope.lastDate(), settings.replicates());
        ClvModelBlocks trust = new ClvModelBlocks(models);
        ClvValueBlocks value = new ClvValueBlocks(scores, trust.aliveIsAFinding());
        ClvTracking tracking = new ClvTracking(members, models, scope);
        List<Block> blocks = new ArrayList<>(trust.choice());
        blocks.add(trust.comparison());
        blocks.add(tracking.cumulative());
        blocks.add(tracking.weekly());
        blocks.add(trust.byFrequency());
        blocks.add(trust.byDecile());
        blocks.add(value.byMonth());
        blocks.add(value.purchases());
        blocks.add(value.probabilityAlive());
        blocks.addAll(value.matrices());
        blocks.add(trust.parameters());
        blocks.add(value.members());
        MarginRate margin = MarginRate.of(features);
        List<Figure> figures = figures(models, scores, margin);
        return section(figures, blocks, definitions(scope, calibrationEnd), limits(margin), leftOut);
    }

    private Section section(
            List<Figure> figures,
            List<Block> blocks,
            List<Text> definitions,
            List<Text> limits,
            List<LeftOut> leftOut) {
        return new Section(
                key(),
                Text.of("Customer value", "Valeur client"),
                Text.of(
                        "How much today's members are expected to buy in the next 12 months, and how far that can be trusted.",
                        "Combien les membres d'aujourd'hui devraient acheter sur les 12 prochains mois, et quel crédit y accorder."),
                Text.of(
                        "For finance and marketing, each quarter, when budgets are set.",
                        "Pour la finance et le marketing, chaque trimestre, au moment des budgets."),
                List.of(
                        Text.of(
                                "Look at the hold-out first: where a plain baseline does as well, quote the total, not single members.",
                                "Regarder d'abord le contrôle : si une référence simple fait aussi bien, citer le total, pas des membres isolés."),
                        Text.of(
                                "Spend on a member no more than what the member is expected to bring in margin; a member's value here is turnover.",
                                "Ne pas dépenser pour un membre plus que sa marge attendue ; la valeur d'un membre est ici du chiffre d'affaires.")),
                Text.of(
                        "Identified members with at least one day of positive net purchase. Amounts are net turnover, VAT included, returns of the same day taken off.",
                        "Membres identifiés ayant au moins un jour d'achat net positif. Montants : CA net TTC, retours du jour déduits."),
                figures,
                blocks,
                definitions,
                limits,
                leftOut);
    }

    private static Note tooLittle(Scope scope, long repeaters) {
        return new Note(Text.of(
                "No model is fitted: it needs " + ClvModels.FEWEST_DAYS + " days and " + ClvModels.FEWEST_REPEATERS
                        + " members with a repeat purchase before the hold-out; these data have " + scope.days()
                        + " days and " + repeaters + " such members.",
                "Aucun modèle n'est ajusté : il faut " + ClvModels.FEWEST_DAYS + " jours et "
                        + ClvModels.FEWEST_REPEATERS
                        + " membres ayant racheté avant la période de contrôle ; ces données comptent " + scope.days()
                        + " jours et " + repeaters + " tels membres."));
    }

    private static List<Figure> figures(ClvModels models, ClvScores scores, MarginRate margin) {
        double purchases = scores.purchases();
        var error = models.choice().chosen().error();
        var figures = new ArrayList<Figure>();
        figures.add(new Figure(
                "model",
                Text.of("Model", "Modèle"),
                Unit.TEXT,
                models.chosen().family().label(),
                Text.of("chosen among 4, see below", "retenu parmi 4, voir plus bas")));
        figures.add(new Figure(
                "members",
                Text.of("Members valued", "Membres évalués"),
                Unit.COUNT,
                (long) scores.members().size(),
                Text.of("with a net purchase", "avec un achat net")));
        figures.add(new Figure(
                "expected_purchases",
                Text.of("Expected purchases", "Achats attendus"),
                Unit.COUNT,
                purchases,
                ClvWords.PERIOD_12_MONTHS));
        figures.add(new Figure(
                "expected_value",
                Text.of("Expected value", "Valeur attendue"),
                Unit.MONEY,
                scores.discountedMinor(),
                Text.of("12 months, discounted at 10 % a year", "12 mois, actualisée à 10 % par an")));
        if (margin.isKnown()) {
            figures.add(new Figure(
                    "expected_margin",
                    Text.of("Expected margin", "Marge attendue"),
                    Unit.MONEY,
                    scores.discountedMinor() * margin.rate(),
                    Text.of(
                            "of that value, before VAT and after purchase costs",
                            "de cette valeur, hors TVA et après coûts d'achat")));
            figures.add(new Figure(
                    "margin_rate",
                    Text.of("Margin rate", "Taux de marge"),
                    Unit.SHARE,
                    margin.rate(),
                    Text.of(
                            "known costs: " + Math.round(100 * margin.covered()) + "% of members' sales",
                            "coûts connus : " + Math.round(100 * margin.covered()) + " % des ventes des membres")));
        }
        ParametricBootstrap interval = scores.interval();
        if (interval != null) {
            figures.add(new Figure(
                    "expected_value_low",
                    Text.of("95 % interval from", "Intervalle à 95 %, de"),
                    Unit.MONEY,
                    scores.discountedMinor() * interval.low() / purchases,
                    Text.of("parameters of the purchase model only", "paramètres du modèle d'achat seulement")));
            figures.add(new Figure(
                    "expected_value_high",
                    Text.of("95 % interval to", "Intervalle à 95 %, à"),
                    Unit.MONEY,
                    scores.discountedMinor() * interval.high() / purchases,
                    Text.of(
                            "parametric bootstrap, " + interval.draws() + " samples",
                            "bootstrap paramétrique, " + interval.draws() + " tirages")));
        }
        figures.add(new Figure(
                "value_per_member",
                Text.of("Value per member", "Valeur par membre"),
                Unit.MONEY,
                scores.discountedMinor() / scores.members().size(),
                Text.of("mean, discounted", "moyenne, actualisée")));
        figures.add(new Figure(
                "hold_out_ratio",
                Text.of("Hold-out: predicted ÷ actual", "Contrôle : prévu ÷ réel"),
                Unit.SHARE,
                error.predictedTotal() / error.actualTotal(),
                Text.of(
                        Math.round(error.predictedTotal()) + " predicted, " + Math.round(error.actualTotal())
                                + " actual",
                        Math.round(error.predictedTotal()) + " prévus, " + Math.round(error.actualTotal())
                                + " réels")));
        SpendFit spend = models.spend();
        if (spend != null) {
            figures.add(new Figure(
                    "count_spend_correlation",
                    Text.of("Correlation of count and spend", "Corrélation nombre–panier"),
                    Unit.COEFFICIENT,
                    spend.countSpendCorrelation(),
                    Text.of("the spend model assumes 0", "le modèle de panier suppose 0")));
        }
        return figures;
    }

    private static List<Text> definitions(Scope scope, LocalDate calibrationEnd) {
        return List.of(
                Text.of(
                        "Purchase (occasion): a day with a positive net purchase. Repeats: purchases after the first. Time in weeks, to "
                                + scope.lastDate() + ".",
                        "Achat (occasion) : un jour d'achat net positif. Réachats : achats après le premier. Temps en semaines, jusqu'au "
                                + scope.lastDate() + "."),
                Text.of(
                        "Calibration: up to " + calibrationEnd
                                + ", where models are fitted. Hold-out: the rest, where they are checked. The chosen model is then fitted on the whole period for the figures ahead.",
                        "Calage : jusqu'au " + calibrationEnd
                                + ", où les modèles sont ajustés. Contrôle : le reste, où ils sont vérifiés. Le modèle retenu est ensuite ajusté sur toute la période pour les chiffres à venir."),
                Text.of(
                        "Models: BG/NBD (Fader, Hardie & Lee 2005), MBG/NBD (Batislam et al. 2007), Pareto/NBD (Schmittlein, Morrison & Colombo 1987), NBD; spend per purchase by Gamma-Gamma (Fader & Hardie 2013), the first purchase left out. Maximum likelihood from 6 starts; standard errors from the curvature.",
                        "Modèles : BG/NBD (Fader, Hardie et Lee 2005), MBG/NBD (Batislam et al. 2007), Pareto/NBD (Schmittlein, Morrison et Colombo 1987), NBD ; panier par Gamma-Gamma (Fader et Hardie 2013), premier achat exclu. Maximum de vraisemblance depuis 6 départs ; erreurs types par la courbure."),
                Text.of(
                        "MAE: mean absolute error per member; RMSE: root mean square error. Baselines: own past rate (repeats ÷ time since the first purchase), and the same rate for all.",
                        "EAM : erreur absolue moyenne par membre ; REQM : racine de l'erreur quadratique moyenne. Références : rythme propre (réachats ÷ temps depuis le premier achat), et même rythme pour tous."),
                Text.of(
                        "Value: expected purchases of each month × expected spend a purchase, discounted at 10 % a year to today, over 12 months.",
                        "Valeur : achats attendus de chaque mois × panier attendu, actualisés à 10 % par an, sur 12 mois."));
    }

    private static List<Text> limits(MarginRate margin) {
        return List.of(
                margin.isKnown()
                        ? Text.of(
                                "Margin: one rate for all members, from the newest unit cost of each article; what a member buys may leave more or less.",
                                "Marge : un même taux pour tous les membres, d'après le dernier coût unitaire de chaque article ; ce qu'achète un membre peut laisser plus ou moins.")
                        : Text.of(
                                "No margin: the catalogue states no unit cost. Bring costs in with `assidu catalogue import` and export again.",
                                "Pas de marge : le catalogue n'indique aucun coût unitaire. Importer les coûts avec `assidu catalogue import`, puis refaire l'export."),
                Text.of(
                        "Members first seen at the start of the data may be older: their first purchases are not known (left truncation).",
                        "Les membres vus au début des données peuvent être plus anciens : leurs premiers achats ne sont pas connus (troncature à gauche)."),
                Text.of(
                        "The models know no season, promotion or trend. Future members are not counted.",
                        "Les modèles ignorent saisons, promotions et tendances. Les futurs membres ne sont pas comptés."),
                Text.of(
                        "An interval is worked out on request (--replicates 30). It covers the parameters of the purchase model, not the chance of single purchases nor spend; single members vary far more than the total.",
                        "Un intervalle est calculé à la demande (--replicates 30). Il couvre les paramètres du modèle d'achat, ni le hasard de chaque achat ni le panier ; un membre isolé varie bien plus que le total."));
    }
}
