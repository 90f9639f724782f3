package org.assidu.analytics.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.assidu.analytics.features.Features;
import org.assidu.analytics.report.TargetLists.Kind;
import org.assidu.analytics.report.TargetLists.Target;

/** Whom to invite, win back or warn: lists with the consent they need, ready to come back as tags. */
public final class TargetsReport implements Report {

    private static final int SHOWN = 10;

    @Override
    public String key() {
        return "targets";
    }

    @Override
    public Section run(Features features, Settings settings) {
        TargetLists lists = TargetLists.of(features, settings.targets());
        List<Block> blocks = new ArrayList<>();
        blocks.add(chart(lists));
        if (!features.hasDecisions() && settings.targets().contact() != TargetRules.Contact.TILL) {
            blocks.add(
                    new Note(
                            Text.of(
                                    "Every list is empty: the export does not say who consented to what (an older server wrote it). Export again, or make lists that need no message with --contact till.",
                                    "Toutes les listes sont vides : l'export ne dit pas qui a consenti à quoi (serveur plus ancien). Refaire l'export, ou faire des listes sans message avec --contact till.")));
        }
        for (Kind kind : Kind.values()) {
            List<Target> targets = lists.of(kind);
            blocks.add(new Listing(table(kind, targets), SHOWN));
        }
        return section(features, settings.targets(), figures(lists), blocks, lists.churnDays());
    }

    /** The columns are an interface: {@code assidu tags import} reads the first two, people the rest. */
    private static Table table(Kind kind, List<Target> targets) {
        Table table = new Table(
                kind.tag(),
                kind.label(),
                Field.of("member_key", Unit.TEXT, "Member key", "Clé membre"),
                Field.of("tag", Unit.TEXT, "Tag", "Étiquette"),
                Field.of("wave", Unit.COUNT, "Wave", "Vague"),
                Field.of("valid_until", Unit.DATE, "Valid until", "Valable jusqu'au"),
                Field.of("reason", Unit.TEXT, "Why", "Pourquoi"));
        for (Target target : targets) {
            table.row(
                    Long.toString(target.member()),
                    kind.tag(),
                    (long) target.wave(),
                    target.validUntil(),
                    target.reason());
        }
        return table;
    }

    private static Chart chart(TargetLists lists) {
        Table table = new Table(
                "lists",
                Text.of("Target lists", "Listes de ciblage"),
                Field.of("list", Unit.TEXT, "List", "Liste"),
                Field.of("who", Unit.TEXT, "Who", "Qui"),
                Field.of("candidates", Unit.COUNT, "Fit", "Correspondent"),
                Field.of("opposed", Unit.COUNT, "Oppose profiling", "Opposés au profilage"),
                Field.of("no_consent", Unit.COUNT, "No consent", "Sans consentement"),
                Field.of("earlier", Unit.COUNT, "On earlier lists", "Sur une liste précédente"),
                Field.of("listed", Unit.COUNT, "Listed", "Listés"),
                Field.of("waves", Unit.COUNT, "Waves", "Vagues"));
        List<Text> labels = new ArrayList<>();
        List<Long> listed = new ArrayList<>();
        List<Long> refused = new ArrayList<>();
        for (Kind kind : Kind.values()) {
            TargetLists.Counts counts = lists.counts(kind);
            List<Target> targets = lists.of(kind);
            labels.add(kind.label());
            listed.add((long) targets.size());
            refused.add(counts.candidates() - targets.size());
            table.row(
                    kind.label(),
                    lists.rule(kind),
                    counts.candidates(),
                    counts.opposed(),
                    counts.noConsent(),
                    counts.earlier(),
                    (long) targets.size(),
                    targets.isEmpty()
                            ? 0L
                            : (long) targets.get(targets.size() - 1).wave());
        }
        return new Chart(
                "lists",
                table.caption(),
                Text.of(
                        "Who fits a list but is not on it has opposed profiling, has not consented, or was on an earlier list.",
                        "Qui correspond sans être listé s'est opposé au profilage, n'a pas consenti, ou était sur une liste précédente."),
                new XyPlot(
                        Axis.of(Unit.TEXT, "List", "Liste"),
                        Axis.of(Unit.COUNT, "Members", "Membres"),
                        labels,
                        List.of(
                                XyPlot.Series.over(Text.of("Listed", "Listés"), XyPlot.Mark.STACKED_BAR, listed),
                                XyPlot.Series.over(Text.of("Left out", "Écartés"), XyPlot.Mark.STACKED_BAR, refused))),
                table);
    }

    private static List<Figure> figures(TargetLists lists) {
        List<Figure> figures = new ArrayList<>();
        for (Kind kind : Kind.values()) {
            long candidates = lists.counts(kind).candidates();
            figures.add(new Figure(
                    kind.tag().replace('-', '_'),
                    kind.label(),
                    Unit.COUNT,
                    (long) lists.of(kind).size(),
                    Text.of(
                            String.format(Locale.ENGLISH, "of %,d who fit", candidates),
                            String.format(Locale.FRENCH, "sur %,d qui correspondent", candidates))));
        }
        return figures;
    }

    private Section section(
            Features features, TargetRules rules, List<Figure> figures, List<Block> blocks, int churnDays) {
        return new Section(
                key(),
                Text.of("Target lists", "Listes de ciblage"),
                Text.of(
                        "Whom to invite, win back or warn now, and how many of them may be approached.",
                        "Qui inviter, reconquérir ou prévenir maintenant, et combien peuvent être approchés."),
                Text.of("For whoever runs campaigns, before each one.", "Pour qui mène les campagnes, avant chacune."),
                List.of(
                        Text.of(
                                "Take a list's CSV (csv/targets-….csv) and bring it back as tags: assidu tags import FILE. A bonus of the programme can then ask for the tag.",
                                "Prendre le CSV d'une liste (csv/targets-….csv) et le ramener comme étiquettes : assidu tags import FICHIER. Un bonus du programme peut alors demander l'étiquette."),
                        Text.of(
                                "Send in waves (--wave-size 500) and leave the last one out as a control group.",
                                "Envoyer par vagues (--wave-size 500) et garder la dernière comme groupe témoin."),
                        Text.of(
                                "Next time leave out who was on this list: --exclude FILE.",
                                "La fois suivante, écarter qui était sur cette liste : --exclude FICHIER.")),
                Text.of(
                        "Members who " + rules.contact().words().en()
                                + " and neither opposed nor refused profiling. --contact says how they will be reached (email, sms, push, or till, which needs no consent to messages).",
                        "Membres qui " + rules.contact().words().fr()
                                + " et ne sont ni opposés au profilage ni ne l'ont refusé. --contact dit comment ils seront joints (email, sms, push, ou till : en caisse, sans message)."),
                figures,
                blocks,
                List.of(
                        Text.of(
                                "Active: a purchase in the last " + churnDays
                                        + " days, nine gaps between purchases in ten are shorter. Dormant: silent for longer, but for less than a year more.",
                                "Actif : un achat dans les " + churnDays
                                        + " derniers jours ; neuf intervalles sur dix sont plus courts. Dormant : silencieux depuis plus longtemps, mais de moins d'un an."),
                        Text.of(
                                "Wave: members in the order of the list, cut at the size asked for; the best, most urgent or soonest first.",
                                "Vague : membres dans l'ordre de la liste, coupés à la taille demandée ; les meilleurs, plus urgents ou plus proches d'abord."),
                        Text.of(
                                "Member key: the pseudonym of this export. Contacts are resolved by the server's directory alone, which asks for the consent again.",
                                "Clé membre : le pseudonyme de cet export. Les contacts ne sont résolus que par l'annuaire du serveur, qui revérifie le consentement.")),
                List.of(
                        Text.of(
                                "A list is of the day of the data ("
                                        + features.scope().lastDate() + "): consent may be withdrawn since.",
                                "Une liste vaut au jour des données ("
                                        + features.scope().lastDate()
                                        + ") : un consentement peut avoir été retiré depuis."),
                        Text.of(
                                "Birthdays and tiers at risk come from the programme's events: without such rules these lists are empty.",
                                "Anniversaires et paliers menacés viennent des événements du programme : sans ces règles, ces listes sont vides.")),
                Populations.notProfiled(features));
    }
}
