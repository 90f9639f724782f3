package org.assidu.analytics.report;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.assidu.analytics.model.persona.Feature;
import org.assidu.analytics.model.persona.FeatureMatrix;
import org.assidu.analytics.model.persona.Persona;
import org.assidu.analytics.model.persona.PersonaModel;
import org.assidu.analytics.model.persona.PersonaName;
import org.assidu.analytics.model.persona.PersonaSearch;
import org.assidu.analytics.model.persona.RfmScore;

/** Personas: size, what marks them, how their number was chosen, and who is in which. */
final class PersonaBlocks {

    private static final int MARKS = 3;
    private static final int SHOWN = 20;

    private final FeatureMatrix members;
    private final PersonaModel model;
    private final Map<PersonaName, Text> favourites;
    private final Map<PersonaName, Double> netMinor = new EnumMap<>(PersonaName.class);
    private final double allMinor;

    PersonaBlocks(FeatureMatrix members, PersonaModel model, Map<PersonaName, Text> favourites) {
        this.favourites = favourites;
        this.members = members;
        this.model = model;
        int spend = members.indexOf(Feature.SPEND);
        double sum = 0;
        for (int i = 0; i < members.size(); i++) {
            netMinor.merge(model.nameOf(i), members.value(i, spend), Double::sum);
            sum += members.value(i, spend);
        }
        this.allMinor = sum;
    }

    /** Name, size, what marks it and what to do: the table a reader needs first. */
    Table summary() {
        Table table = new Table(
                "personas",
                Text.of("Personas", "Personas"),
                Field.of("persona", Unit.TEXT, "Persona", "Persona"),
                Field.of("members", Unit.COUNT, "Members", "Membres"),
                Field.of("net", Unit.MONEY, "Net turnover", "CA net"),
                Field.of("net_share", Unit.SHARE, "Share of turnover", "Part du CA"),
                Field.of("marks", Unit.TEXT, "Marked by", "Se distingue par"),
                Field.of("favourites", Unit.TEXT, "Buys more of", "Achète davantage de"),
                Field.of("action", Unit.TEXT, "Suggested action", "Action suggérée"));
        for (Persona persona : model.personas()) {
            table.row(
                    PersonaWords.name(persona.name()),
                    (long) persona.size(),
                    Math.round(net(persona)),
                    net(persona) / allMinor,
                    marks(persona),
                    favourites.getOrDefault(persona.name(), Text.same("–")),
                    PersonaWords.action(persona.name()));
        }
        return table;
    }

    Chart sizes() {
        Table table = new Table(
                "persona-shares",
                Text.of("Share of members and of turnover", "Part des membres et du CA"),
                Field.of("persona", Unit.TEXT, "Persona", "Persona"),
                Field.of("share", Unit.SHARE, "Share of members", "Part des membres"),
                Field.of("net_share", Unit.SHARE, "Share of turnover", "Part du CA"));
        List<Text> labels = new ArrayList<>();
        List<Double> shares = new ArrayList<>();
        List<Double> turnover = new ArrayList<>();
        for (Persona persona : model.personas()) {
            labels.add(PersonaWords.name(persona.name()));
            shares.add((double) persona.size() / members.size());
            turnover.add(net(persona) / allMinor);
            table.row(
                    PersonaWords.name(persona.name()),
                    (double) persona.size() / members.size(),
                    net(persona) / allMinor);
        }
        return new Chart(
                "persona-shares",
                table.caption(),
                Text.of(
                        "A persona whose turnover is taller than its membership carries the others.",
                        "Une persona dont le CA dépasse l'effectif porte les autres."),
                shares(labels, shares, turnover),
                table);
    }

    private double net(Persona persona) {
        return netMinor.getOrDefault(persona.name(), 0.0);
    }

    static XyPlot shares(List<Text> labels, List<Double> members, List<Double> turnover) {
        return new XyPlot(
                Axis.of(Unit.TEXT, "", ""),
                Axis.of(Unit.SHARE, "Share", "Part"),
                labels,
                List.of(
                        XyPlot.Series.over(Text.of("Members", "Membres"), XyPlot.Mark.BAR, members),
                        XyPlot.Series.over(Text.of("Net turnover", "CA net"), XyPlot.Mark.BAR, turnover)));
    }

    /** Such as "orders ↑, days since last purchase ↓". */
    private static Text marks(Persona persona) {
        List<String> en = new ArrayList<>();
        List<String> fr = new ArrayList<>();
        for (String key : persona.marks(MARKS)) {
            String arrow = persona.profile().getOrDefault(key, 0.0) > 0 ? " ↑" : " ↓";
            Text label = label(key);
            en.add(label.en() + arrow);
            fr.add(label.fr() + arrow);
        }
        return Text.of(String.join(", ", en), String.join(", ", fr));
    }

    static Text label(String key) {
        return MemberTraits.ALL.stream()
                .filter(trait -> trait.feature().key().equals(key))
                .findFirst()
                .orElseThrow()
                .label();
    }

    /** Personas × traits in standard deviations, and the means in their own units in the table. */
    Chart profile() {
        List<Field> fields = new ArrayList<>();
        fields.add(Field.of("persona", Unit.TEXT, "Persona", "Persona"));
        List<MemberTraits.Trait> traits = MemberTraits.ALL.stream()
                .filter(trait -> model.personas().stream()
                        .anyMatch(one -> Math.abs(one.profile()
                                        .getOrDefault(trait.feature().key(), 0.0))
                                > 1e-9))
                .toList();
        for (MemberTraits.Trait trait : traits) {
            fields.add(new Field(trait.feature().key(), trait.label(), trait.unit()));
        }
        Table table = new Table(
                "persona-profile", Text.of("What marks each persona", "Ce qui marque chaque persona"), fields);
        List<HeatmapPlot.Cell> cells = new ArrayList<>();
        for (int column = 0; column < model.personas().size(); column++) {
            Persona persona = model.personas().get(column);
            List<Object> values = new ArrayList<>();
            values.add(PersonaWords.name(persona.name()));
            for (int row = 0; row < traits.size(); row++) {
                String key = traits.get(row).feature().key();
                double z = persona.profile().getOrDefault(key, 0.0);
                cells.add(new HeatmapPlot.Cell(column, row, z, false));
                values.add(persona.means().getOrDefault(key, Double.NaN));
            }
            table.row(values.toArray());
        }
        return new Chart(
                "persona-profile",
                table.caption(),
                Text.of(
                        "Standard deviations from the average member (0 = average, ±1 = clearly different); means in their own units in the table.",
                        "Écarts types au membre moyen (0 = moyen, ±1 = nettement différent) ; moyennes dans leur unité au tableau."),
                new HeatmapPlot(
                        Axis.of(Unit.TEXT, "Persona", "Persona"),
                        Axis.of(Unit.TEXT, "", ""),
                        Unit.DECIMAL,
                        model.personas().stream()
                                .map(persona -> PersonaWords.name(persona.name()))
                                .toList(),
                        traits.stream().map(MemberTraits.Trait::label).toList(),
                        cells),
                table);
    }

    Note choice() {
        PersonaSearch.Trial chosen = model.chosen();
        int k = chosen.k();
        return chosen.acceptable()
                ? new Note(
                        Text.of(
                                k
                                        + " personas: the best separated number from 3 on whose groups come back in bootstrap samples (stability 0.75 or more) and hold at least 3 % of members each. 2 is not tried: it nearly always separates best and says nothing.",
                                k
                                        + " personas : le nombre le mieux séparé à partir de 3 dont les groupes se retrouvent dans des rééchantillonnages (stabilité d'au moins 0,75) et comptent chacun au moins 3 % des membres. 2 n'est pas essayé : il sépare presque toujours le mieux et n'apprend rien."))
                : new Note(Text.of(
                        "No number of personas is both stable and free of splinters; the most stable one (" + k
                                + ") is shown. Take these groups with care.",
                        "Aucun nombre de personas n'est à la fois stable et sans miettes ; le plus stable (" + k
                                + ") est montré. À prendre avec prudence."));
    }

    Table trials() {
        Table table = new Table(
                "persona-trials",
                Text.of("How the number of personas was chosen", "Comment le nombre de personas a été choisi"),
                Field.of("k", Unit.COUNT, "Personas", "Personas"),
                Field.of("silhouette", Unit.COEFFICIENT, "Silhouette", "Silhouette"),
                Field.of("stability", Unit.COEFFICIENT, "Stability", "Stabilité"),
                Field.of("smallest_share", Unit.SHARE, "Smallest persona", "Plus petite persona"),
                Field.of("chosen", Unit.TEXT, "Chosen", "Retenu"));
        for (PersonaSearch.Trial trial : model.trials()) {
            table.row(
                    (long) trial.k(),
                    trial.silhouette(),
                    trial.stability(),
                    trial.smallestShare(),
                    trial.equals(model.chosen()) ? Text.of("chosen", "retenu") : Text.same(""));
        }
        return table;
    }

    Listing members(List<RfmScore> scores) {
        List<Field> fields = new ArrayList<>(List.of(
                Field.of("member_key", Unit.TEXT, "Member key", "Clé membre"),
                Field.of("persona", Unit.TEXT, "Persona", "Persona"),
                Field.of("segment", Unit.TEXT, "RFM segment", "Segment RFM"),
                Field.of("recency_score", Unit.COUNT, "R", "R"),
                Field.of("frequency_score", Unit.COUNT, "F", "F"),
                Field.of("spend_score", Unit.COUNT, "M", "M")));
        for (MemberTraits.Trait trait : MemberTraits.ALL) {
            fields.add(new Field(trait.feature().key(), trait.label(), trait.unit()));
        }
        Table table = new Table(
                "members", Text.of("Persona and segment per member", "Persona et segment par membre"), fields);
        for (int i = 0; i < members.size(); i++) {
            RfmScore score = scores.get(i);
            List<Object> row = new ArrayList<>(List.of(
                    members.member(i),
                    PersonaWords.name(model.nameOf(i)),
                    PersonaWords.name(score.segment()),
                    (long) score.recency(),
                    (long) score.frequency(),
                    (long) score.spend()));
            for (int j = 0; j < MemberTraits.ALL.size(); j++) {
                double value = members.value(i, j);
                row.add(value == Math.rint(value) ? Long.valueOf(Math.round(value)) : (Object) value);
            }
            table.row(row.toArray());
        }
        return new Listing(table, SHOWN);
    }
}
