package org.assidu.analytics.report;

import java.util.ArrayList;
import java.util.List;
import org.assidu.analytics.features.Features;
import org.assidu.analytics.features.Scope;
import org.assidu.analytics.model.persona.Feature;
import org.assidu.analytics.model.persona.FeatureMatrix;
import org.assidu.analytics.model.persona.PersonaModel;
import org.assidu.analytics.model.persona.PersonaSearch;
import org.assidu.analytics.model.persona.RfmScore;

/** Groups of members a person can name: the RFM grid, and personas found in the data. */
public final class PersonasReport implements Report {

    private static final int FEWEST_MEMBERS = 100;

    @Override
    public String key() {
        return "personas";
    }

    @Override
    public Section run(Features features, Settings settings) {
        FeatureMatrix members = MemberTraits.of(features);
        if (members.size() < FEWEST_MEMBERS) {
            return section(features, List.of(), List.of(tooFew(members.size())));
        }
        List<RfmScore> scores = RfmScore.of(
                column(members, Feature.RECENCY), column(members, Feature.FREQUENCY), column(members, Feature.SPEND));
        PersonaRun run = features.once(PersonaRun.class, of -> PersonaRun.of(of, members, settings.personas()));
        PersonaModel model = run.model();
        RfmBlocks rfm = new RfmBlocks(members, scores);
        PersonaMoves moves = new PersonaMoves(features, run);
        PersonaBlocks personas = new PersonaBlocks(members, model, moves.favourites());
        List<Block> blocks = new ArrayList<>();
        blocks.add(personas.summary());
        blocks.addAll(moves.origin());
        blocks.add(personas.sizes());
        blocks.add(moves.rules());
        blocks.add(personas.profile());
        blocks.add(moves.flows());
        blocks.add(personas.choice());
        blocks.add(personas.trials());
        blocks.add(rfm.grid());
        blocks.add(rfm.segments());
        blocks.add(rfm.shares());
        blocks.add(personas.members(scores));
        return section(features, figures(members, model, rfm), blocks);
    }

    private static double[] column(FeatureMatrix members, String feature) {
        int index = members.indexOf(feature);
        double[] column = new double[members.size()];
        for (int i = 0; i < column.length; i++) {
            column[i] = members.value(i, index);
        }
        return column;
    }

    private static List<Figure> figures(FeatureMatrix members, PersonaModel model, RfmBlocks rfm) {
        return List.of(
                new Figure(
                        "members",
                        Text.of("Members", "Membres"),
                        Unit.COUNT,
                        (long) members.size(),
                        Text.of("with an order", "ayant acheté")),
                new Figure(
                        "personas",
                        Text.of("Personas", "Personas"),
                        Unit.COUNT,
                        (long) model.chosen().k(),
                        Text.of("exceptional accounts apart", "comptes hors norme à part")),
                new Figure(
                        "silhouette",
                        Text.of("Silhouette", "Silhouette"),
                        Unit.COEFFICIENT,
                        model.chosen().silhouette(),
                        Text.of("separation, 1 is perfect", "séparation, 1 est parfait")),
                new Figure(
                        "stability",
                        Text.of("Stability", "Stabilité"),
                        Unit.COEFFICIENT,
                        model.chosen().stability(),
                        Text.of("adjusted Rand over 20 bootstraps", "Rand ajusté sur 20 bootstraps")),
                new Figure(
                        "champions_share",
                        Text.of("RFM champions", "Champions RFM"),
                        Unit.SHARE,
                        rfm.championsShare(),
                        Text.of("of members", "des membres")),
                new Figure(
                        "champions_turnover_share",
                        Text.of("Their turnover", "Leur CA"),
                        Unit.SHARE,
                        rfm.championsTurnoverShare(),
                        Text.of("of net turnover", "du CA net")));
    }

    private static Note tooFew(int members) {
        return new Note(Text.of(
                "No groups: " + members + " members with an order, " + FEWEST_MEMBERS + " needed.",
                "Pas de groupes : " + members + " membres ayant acheté, il en faut " + FEWEST_MEMBERS + "."));
    }

    private Section section(Features features, List<Figure> figures, List<Block> blocks) {
        return new Section(
                key(),
                Text.of("Personas", "Personas"),
                Text.of(
                        "Who the members are, in groups with a name, a size, what marks them and what to do.",
                        "Qui sont les membres, en groupes avec un nom, une taille, ce qui les marque et que faire."),
                Text.of(
                        "For campaign and content teams, when a campaign is planned.",
                        "Pour les équipes de campagne et de contenu, au moment de préparer une campagne."),
                List.of(
                        Text.of(
                                "Choose one persona and one action of its row; the member list in the CSV says who is in it.",
                                "Choisir une persona et une action de sa ligne ; la liste des membres, dans le CSV, dit qui en est."),
                        Text.of(
                                "Keep a tenth of it out of the campaign, so that its effect can be told.",
                                "En laisser un dixième hors campagne, pour pouvoir en mesurer l'effet.")),
                Populations.SALES,
                figures,
                blocks,
                definitions(features.scope()),
                limits(),
                Populations.notProfiled(features));
    }

    private static List<Text> definitions(Scope scope) {
        return List.of(
                Text.of(
                        "RFM scores: quintiles of days since the last purchase (to " + scope.lastDate()
                                + "), orders and net turnover; 5 is best. Members with the same value share a score, so groups are not exactly fifths.",
                        "Scores RFM : quintiles des jours depuis le dernier achat (au " + scope.lastDate()
                                + "), des achats et du CA net ; 5 est le meilleur. À valeur égale, score égal : les groupes ne sont pas exactement des cinquièmes."),
                Text.of(
                        "Personas: k-means on days since last and first purchase, orders and net turnover, logged and scaled by median and quartiles; 24 starts, fixed seed. The other traits describe, they do not shape.",
                        "Personas : k-moyennes sur les jours depuis le dernier et le premier achat, les achats et le CA net, en log, centrés-réduits par médiane et quartiles ; 24 départs, graine fixe. Les autres traits décrivent sans former les groupes."),
                Text.of(
                        "Exceptional accounts: more than " + (int) PersonaSearch.EXTREME
                                + " robust deviations above the median on one of these; set apart first, so that they do not bend the groups.",
                        "Comptes hors norme : plus de " + (int) PersonaSearch.EXTREME
                                + " écarts robustes au-dessus de la médiane sur l'un d'eux ; mis à part d'abord pour ne pas déformer les groupes."),
                Text.of(
                        "Names come from a fixed list: each persona takes the name whose direction it goes furthest in, in standard deviations from the average member. A refit keeps names as long as the groups mean the same.",
                        "Les noms viennent d'une liste fixe : chaque persona prend celui dont elle suit le plus la direction, en écarts types à la moyenne. Un recalcul garde les noms tant que les groupes ont le même sens."),
                Populations.ORDER,
                Populations.NET);
    }

    private static List<Text> limits() {
        return List.of(
                Text.of(
                        "Days since the first purchase are cut at the start of the data.",
                        "Les jours depuis le premier achat sont coupés au début des données."),
                Text.of(
                        "A persona describes behaviour over the period; it is no judgement on a person, and members move.",
                        "Une persona décrit un comportement sur la période ; ce n'est pas un jugement sur une personne, et les membres évoluent."));
    }
}
