package org.assidu.analytics.report;

import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import org.assidu.analytics.features.Features;
import org.assidu.analytics.model.Histogram;
import org.assidu.analytics.model.KaplanMeier;

/** Who comes back: cohorts, second purchase, days between purchases, and members gained and lost. */
public final class RetentionReport implements Report {

    /** No purchase for longer than nine gaps in ten: the member counts as gone. */
    private static final double CHURN_QUANTILE = 0.9;

    @Override
    public String key() {
        return "retention";
    }

    @Override
    public Section run(Features features, Settings settings) {
        Histogram gaps = new Histogram(MemberHistograms.of(features).gapDays());
        int churnDays = (int) Math.max(1, gaps.quantile(CHURN_QUANTILE));
        CohortBlocks cohorts = CohortBlocks.of(features, churnDays);
        ActivityBlocks activity = new ActivityBlocks(features, churnDays);
        SortedMap<Integer, KaplanMeier.Exits> exits = PurchaseGaps.exits(features);
        List<Block> blocks = new ArrayList<>(cohorts.blocks());
        blocks.add(PurchaseGaps.secondPurchaseChart(exits));
        blocks.add(PurchaseGaps.gapsChart(gaps));
        blocks.add(activity.retention());
        blocks.add(activity.waterfall());
        return new Section(
                key(),
                Text.of("Retention", "Fidélité"),
                Text.of(
                        "Who comes back, how soon, and how many members are gained, lost and won back each month.",
                        "Qui revient, sous quel délai, et combien de membres sont gagnés, perdus et reconquis chaque mois."),
                Text.of(
                        "For whoever owns the loyalty programme, each month.",
                        "Pour le responsable du programme de fidélité, chaque mois."),
                List.of(
                        Text.of(
                                "Compare young cohorts with older ones at the same age: a column that pales downwards is a programme that recruits worse or keeps worse.",
                                "Comparer les cohortes récentes aux anciennes au même âge : une colonne qui pâlit vers le bas, c'est un programme qui recrute ou retient moins bien."),
                        Text.of(
                                "Time the second-purchase offer before the curve flattens, not after.",
                                "Placer l'offre de second achat avant que la courbe s'aplatisse, pas après."),
                        Text.of(
                                "Write to members shortly before they count as gone.",
                                "Écrire aux membres peu avant qu'ils comptent comme perdus.")),
                Populations.SALES,
                figures(gaps, cohorts, activity, exits, churnDays),
                blocks,
                definitions(features, gaps, churnDays),
                limits(features, churnDays),
                List.of());
    }

    private static List<Figure> figures(
            Histogram gaps,
            CohortBlocks cohorts,
            ActivityBlocks activity,
            SortedMap<Integer, KaplanMeier.Exits> exits,
            int churnDays) {
        long members = 0;
        long again = 0;
        for (KaplanMeier.Exits exit : exits.values()) {
            members += exit.events() + exit.censored();
            again += exit.events();
        }
        return List.of(
                new Figure(
                        "repeat_members",
                        Text.of("Members with 2 orders or more", "Membres à 2 achats ou plus"),
                        Unit.COUNT,
                        again,
                        Text.of("over the whole period", "sur toute la période")),
                new Figure(
                        "repeat_purchase_rate",
                        Text.of("Repeat-purchase rate", "Taux de réachat"),
                        Unit.SHARE,
                        MonthlyFacts.ratio(again, members),
                        Text.of("members with 2 orders or more ÷ members", "membres à 2 achats ou plus ÷ membres")),
                new Figure(
                        "second_within_90_days",
                        Text.of("Second purchase within 90 days", "Second achat sous 90 jours"),
                        Unit.SHARE,
                        PurchaseGaps.boughtAgainWithin(exits, 90),
                        Text.of("Kaplan–Meier", "Kaplan–Meier")),
                new Figure(
                        "retention_month_1",
                        Text.of("Active one month later", "Actifs un mois après"),
                        Unit.SHARE,
                        cohorts.retention(1),
                        Text.of("all cohorts, whole months", "toutes cohortes, mois entiers")),
                new Figure(
                        "retention_month_6",
                        Text.of("Active six months later", "Actifs six mois après"),
                        Unit.SHARE,
                        cohorts.retention(6),
                        Text.of("all cohorts, whole months", "toutes cohortes, mois entiers")),
                new Figure(
                        "median_gap",
                        Text.of("Median gap", "Intervalle médian"),
                        Unit.DAYS,
                        gaps.quantile(0.5),
                        Text.of("days between purchases", "jours entre achats")),
                new Figure(
                        "churn_days",
                        Text.of("Gone after", "Perdu après"),
                        Unit.DAYS,
                        (long) churnDays,
                        Text.of("90th percentile of gaps", "90ᵉ centile des intervalles")),
                new Figure(
                        "active_members",
                        Text.of("Active members at the end", "Membres actifs à la fin"),
                        Unit.COUNT,
                        activity.activeAtEnd(),
                        Text.of(
                                "bought in the last " + churnDays + " days",
                                "achat dans les " + churnDays + " derniers jours")));
    }

    private static List<Text> definitions(Features features, Histogram gaps, int churnDays) {
        return List.of(
                Populations.ORDER,
                Text.of(
                        "Cohort: calendar month (" + features.scope().zone()
                                + ") of a member's first purchase in the data. Month k is the k-th calendar month after it.",
                        "Cohorte : mois civil (" + features.scope().zone()
                                + ") du premier achat du membre dans les données. Le mois k est le k-ième mois civil qui suit."),
                Text.of(
                        "Classic retention of month k: share of the cohort with an order in month k. On-or-after: with an order in month k or any later month. Bracket: with an order in any month of the bracket.",
                        "Rétention classique du mois k : part de la cohorte ayant acheté au mois k. « Ou plus tard » : ayant acheté au mois k ou après. Tranche : ayant acheté dans l'un de ses mois."),
                Text.of(
                        "Gone (churn): no purchase for D = " + churnDays
                                + " days, the 90th percentile of the gaps between purchase days (80th: "
                                + gaps.quantile(0.8)
                                + " days, median: " + gaps.quantile(0.5)
                                + "). Nobody tells a shop that they leave: this is a convention, not an observation.",
                        "Perdu : aucun achat pendant D = " + churnDays
                                + " jours, 90ᵉ centile des intervalles entre jours d'achat (80ᵉ : " + gaps.quantile(0.8)
                                + " jours, médiane : " + gaps.quantile(0.5)
                                + "). Personne n'annonce son départ à un magasin : c'est une convention, pas un constat."),
                Text.of(
                        "Second purchase: the second order; on the day of the first it counts as day 0.",
                        "Second achat : le deuxième achat ; le jour même du premier, il compte au jour 0."));
    }

    private static List<Text> limits(Features features, int churnDays) {
        return List.of(
                Text.of(
                        "Left truncation: nothing is known before "
                                + features.scope().firstDate()
                                + ". Members first seen within " + churnDays
                                + " days of it may be older; their cohorts are marked ≤.",
                        "Troncature à gauche : rien n'est connu avant le "
                                + features.scope().firstDate()
                                + ". Les membres vus pour la première fois dans les " + churnDays
                                + " jours suivants peuvent être plus anciens ; leurs cohortes sont marquées ≤."),
                Text.of(
                        "On-or-after retention is biased low in the last columns: later months that would count are not in the data yet.",
                        "La rétention « ou plus tard » est biaisée vers le bas dans les dernières colonnes : les mois suivants ne sont pas encore dans les données."),
                Labels.PARTIAL_MONTH);
    }
}
