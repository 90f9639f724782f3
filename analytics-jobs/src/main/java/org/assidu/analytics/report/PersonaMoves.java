package org.assidu.analytics.report;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.sum;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.assidu.analytics.features.Features;
import org.assidu.analytics.features.Scope;
import org.assidu.analytics.model.persona.ExplanationTree;
import org.assidu.analytics.model.persona.ExplanationTree.Condition;
import org.assidu.analytics.model.persona.FeatureMatrix;
import org.assidu.analytics.model.persona.PersonaAssignment;
import org.assidu.analytics.model.persona.PersonaFlows;
import org.assidu.analytics.model.persona.PersonaName;
import org.assidu.analytics.model.persona.PopulationDrift;
import org.assidu.analytics.model.persona.SavedPersonas;
import org.jspecify.annotations.Nullable;

/** What personas are made of in a sentence, what they buy more of, and how members moved between them. */
final class PersonaMoves {

    private static final int LONGEST_DAYS = 91;
    private static final int FEWEST_BEFORE = 30;
    private static final int CATEGORIES = 3;

    private final Features features;
    private final PersonaRun run;

    PersonaMoves(Features features, PersonaRun run) {
        this.features = features;
        this.run = run;
    }

    /** One rule a leaf of a small tree, in the units of the features. */
    Table rules() {
        ExplanationTree tree = run.model().explanation();
        Table table = new Table(
                "persona-rules",
                Text.of(
                        "Each persona in a rule a person can say (together they tell "
                                + Math.round(100 * tree.fidelity()) + " % of members right)",
                        "Chaque persona en une règle qui se dit (ensemble, elles classent bien "
                                + Math.round(100 * tree.fidelity()) + " % des membres)"),
                Field.of("persona", Unit.TEXT, "Persona", "Persona"),
                Field.of("rule", Unit.TEXT, "Who", "Qui"),
                Field.of("members", Unit.COUNT, "Members caught", "Membres concernés"),
                Field.of("purity", Unit.SHARE, "Of whom in it", "Dont dans la persona"),
                Field.of("coverage", Unit.SHARE, "Of the persona", "De la persona"));
        for (ExplanationTree.Rule rule : tree.rules()) {
            table.row(
                    PersonaWords.name(rule.persona()),
                    words(rule.conditions()),
                    (long) rule.members(),
                    rule.purity(),
                    rule.coverage());
        }
        return table;
    }

    private Text words(List<Condition> conditions) {
        List<String> en = new ArrayList<>();
        List<String> fr = new ArrayList<>();
        for (Condition condition : conditions) {
            MemberTraits.Trait trait = MemberTraits.ALL.stream()
                    .filter(one -> one.feature().key().equals(condition.feature()))
                    .findFirst()
                    .orElseThrow();
            en.add(trait.label().en().toLowerCase(java.util.Locale.ENGLISH)
                    + (condition.atLeast() ? " ≥ " : " < ")
                    + threshold(trait, condition, '.'));
            fr.add(trait.label().fr().toLowerCase(java.util.Locale.FRENCH)
                    + (condition.atLeast() ? " ≥ " : " < ")
                    + threshold(trait, condition, ','));
        }
        return conditions.isEmpty()
                ? Text.of("everyone", "tout le monde")
                : Text.of(String.join(" and ", en), String.join(" et ", fr));
    }

    private String threshold(MemberTraits.Trait trait, Condition condition, char point) {
        int digits = trait.unit() == Unit.MONEY
                ? Math.max(0, features.scope().currency().getDefaultFractionDigits())
                : 0;
        String number = java.math.BigDecimal.valueOf(condition.threshold())
                .movePointLeft(digits)
                .stripTrailingZeros()
                .toPlainString()
                .replace('.', point);
        return trait.unit() == Unit.MONEY
                ? number + " " + features.scope().currency().getCurrencyCode()
                : number;
    }

    /** Members between two days by the same personas; a note where there was too little on the first. */
    Block flows() {
        Scope scope = features.scope();
        LocalDate before = scope.lastDate().minusDays(Math.min(LONGEST_DAYS, scope.days() / 3));
        FeatureMatrix then = MemberTraits.of(features, before);
        if (then.size() < FEWEST_BEFORE) {
            return new Note(Text.of(
                    "No moves between personas: on " + before + " only " + then.size() + " members had an order.",
                    "Pas de passages entre personas : au " + before + ", seuls " + then.size()
                            + " membres avaient acheté."));
        }
        PersonaFlows flows =
                PersonaFlows.between(run.saved().assign(then), run.model().assignment());
        Table table = new Table(
                "persona-moves",
                Text.of(
                        "Members' moves between personas from " + before + " to " + scope.lastDate(),
                        "Passages des membres entre personas du " + before + " au " + scope.lastDate()),
                Field.of("before", Unit.TEXT, "Then", "Avant"),
                Field.of("now", Unit.TEXT, "Now", "Maintenant"),
                Field.of("members", Unit.COUNT, "Members", "Membres"),
                Field.of("share", Unit.SHARE, "Of those then", "De ceux d'avant"));
        return new Chart(
                "persona-moves",
                table.caption(),
                Text.of(
                        "Both days by the same rules, so a band is a change of behaviour: "
                                + Math.round(100 * flows.moved()) + " % of members there on both days changed persona.",
                        "Les deux jours selon les mêmes règles : une bande est un changement de comportement. "
                                + Math.round(100 * flows.moved())
                                + " % des membres présents aux deux dates ont changé de persona."),
                sankey(flows, table),
                table);
    }

    private static SankeyPlot sankey(PersonaFlows flows, Table table) {
        Map<String, Integer> nodes = new LinkedHashMap<>();
        List<Text> labels = new ArrayList<>();
        List<SankeyPlot.Link> links = new ArrayList<>();
        Map<String, Integer> of = new TreeMap<>();
        flows.flows().forEach(flow -> of.merge(String.valueOf(flow.from()), flow.members(), Integer::sum));
        for (PersonaFlows.Flow flow : flows.flows()) {
            int from = node(nodes, labels, flow.from(), true);
            int to = node(nodes, labels, flow.to(), false);
            links.add(new SankeyPlot.Link(from, to, flow.members()));
            table.row(
                    name(flow.from(), true),
                    name(flow.to(), false),
                    (long) flow.members(),
                    (double) flow.members() / of.getOrDefault(String.valueOf(flow.from()), 1));
        }
        return new SankeyPlot(Unit.COUNT, labels, links);
    }

    private static int node(Map<String, Integer> nodes, List<Text> labels, @Nullable PersonaName name, boolean before) {
        return nodes.computeIfAbsent(before + " " + name, key -> {
            Text plain = name(name, before);
            labels.add(
                    name == null
                            ? plain
                            : before
                                    ? Text.of(plain.en() + ", then", plain.fr() + ", avant")
                                    : Text.of(plain.en() + ", now", plain.fr() + ", maintenant"));
            return labels.size() - 1;
        });
    }

    private static Text name(@Nullable PersonaName name, boolean before) {
        if (name != null) {
            return PersonaWords.name(name);
        }
        return before ? Text.of("not yet a buyer", "pas encore acheteur") : Text.of("gone", "disparu");
    }

    /** Where the personas come from; with those of an earlier run, how far members have drifted from it. */
    List<Block> origin() {
        SavedPersonas earlier = run.earlier();
        if (earlier == null) {
            return List.of();
        }
        PopulationDrift drift = PopulationDrift.of(earlier, run.members());
        List<Block> blocks = new ArrayList<>();
        if (run.refitted()) {
            blocks.add(new Note(Text.of(
                    "Found anew in this run; " + run.model().keptNames().size()
                            + " names are kept from the personas of " + earlier.asOf()
                            + ", because they hold the same members. The table below says who moved.",
                    "Recalculées dans ce passage ; " + run.model().keptNames().size()
                            + " noms sont repris des personas du " + earlier.asOf()
                            + ", car elles comptent les mêmes membres. Le tableau ci-dessous dit qui a changé.")));
            blocks.add(refitMoves(earlier));
        } else {
            blocks.add(new Note(
                    drift.refitAdvised()
                            ? Text.of(
                                    "The personas of " + earlier.asOf()
                                            + " no longer fit: members have drifted (index "
                                            + rounded(drift.largest(), '.')
                                            + ", 0.25 is the limit). Run again with --refit-personas.",
                                    "Les personas du " + earlier.asOf()
                                            + " ne conviennent plus : les membres ont dérivé (indice "
                                            + rounded(drift.largest(), ',')
                                            + ", limite 0,25). Relancer avec --refit-personas.")
                            : Text.of(
                                    "Members are in the personas found on " + earlier.asOf()
                                            + ", so names mean the same as then (drift "
                                            + rounded(drift.largest(), '.')
                                            + ", below 0.25). --refit-personas finds them anew.",
                                    "Les membres sont dans les personas trouvées le " + earlier.asOf()
                                            + " : les noms ont le même sens qu'alors (dérive "
                                            + rounded(drift.largest(), ',')
                                            + ", sous 0,25). --refit-personas les recalcule.")));
        }
        blocks.add(driftTable(earlier, drift));
        return blocks;
    }

    private Table refitMoves(SavedPersonas earlier) {
        PersonaAssignment old = earlier.assign(run.members());
        Table table = new Table(
                "persona-refit",
                Text.of(
                        "The same members by the old personas and by the new",
                        "Les mêmes membres selon les anciennes personas et les nouvelles"),
                Field.of("old", Unit.TEXT, "Old persona", "Ancienne persona"),
                Field.of("new", Unit.TEXT, "New persona", "Nouvelle persona"),
                Field.of("members", Unit.COUNT, "Members", "Membres"));
        for (PersonaFlows.Flow flow :
                PersonaFlows.between(old, run.model().assignment()).flows()) {
            table.row(name(flow.from(), true), name(flow.to(), false), (long) flow.members());
        }
        return table;
    }

    private static String rounded(double value, char point) {
        return String.format(java.util.Locale.ROOT, "%.2f", value).replace('.', point);
    }

    private static Table driftTable(SavedPersonas earlier, PopulationDrift drift) {
        Table table = new Table(
                "persona-drift",
                Text.of("Drift since " + earlier.asOf(), "Dérive depuis le " + earlier.asOf()),
                Field.of("of", Unit.TEXT, "Of", "De"),
                Field.of("index", Unit.COEFFICIENT, "Population stability index", "Indice de stabilité"),
                Field.of("reading", Unit.TEXT, "Reading", "Lecture"));
        table.row(
                Text.of("Shares of the personas", "Parts des personas"), drift.ofPersonas(), words(drift.ofPersonas()));
        drift.ofFeatures().forEach((key, index) -> table.row(PersonaBlocks.label(key), index, words(index)));
        return table;
    }

    private static Text words(double index) {
        if (index < PopulationDrift.MOVED) {
            return Text.of("as then", "comme alors");
        }
        return index < PopulationDrift.SHIFTED
                ? Text.of("has moved", "a bougé")
                : Text.of("another population", "une autre population");
    }

    /** By persona, the categories it spends more on than members do on average; empty where tills send none. */
    Map<PersonaName, Text> favourites() {
        Dataset<Row> spent = features.categoryMembers();
        if (spent.isEmpty()) {
            return Map.of();
        }
        Map<PersonaName, Map<String, Long>> byPersona = new EnumMap<>(PersonaName.class);
        Map<String, Long> all = new TreeMap<>();
        for (Row row : spent.join(personas(spent.sparkSession()), "member_key")
                .groupBy("key", "persona")
                .agg(sum("sales_minor").as("sales_minor"))
                .orderBy(col("key"), col("persona"))
                .collectAsList()) {
            PersonaName name = PersonaName.values()[row.<Integer>getAs("persona")];
            byPersona
                    .computeIfAbsent(name, key -> new TreeMap<>())
                    .put(row.getAs("key"), row.<Long>getAs("sales_minor"));
            all.merge(row.getAs("key"), row.<Long>getAs("sales_minor"), Long::sum);
        }
        Map<PersonaName, Text> favourites = new EnumMap<>(PersonaName.class);
        byPersona.forEach((name, sales) -> favourites.put(name, Text.same(favourites(sales, all))));
        return favourites;
    }

    private Dataset<Row> personas(SparkSession spark) {
        List<scala.Tuple2<Long, Integer>> rows = new ArrayList<>();
        for (int i = 0; i < run.members().size(); i++) {
            rows.add(new scala.Tuple2<>(
                    Long.valueOf(run.members().member(i)), run.model().nameOf(i).ordinal()));
        }
        return spark.createDataset(rows, Encoders.tuple(Encoders.LONG(), Encoders.INT()))
                .toDF("member_key", "persona");
    }

    /** Such as "fresh/fish ×1.8, wine ×1.4"; only what is a hundredth of the persona's sales or more. */
    private static String favourites(Map<String, Long> sales, Map<String, Long> all) {
        double own = sales.values().stream().mapToLong(Long::longValue).sum();
        double every = all.values().stream().mapToLong(Long::longValue).sum();
        record Over(String category, double index) {}
        return sales.entrySet().stream()
                .filter(entry -> entry.getValue() >= own / 100)
                .map(entry -> new Over(
                        entry.getKey(), entry.getValue() / own / (all.getOrDefault(entry.getKey(), 1L) / every)))
                .filter(over -> over.index() >= 1.1)
                .sorted(Comparator.comparingDouble(Over::index).reversed().thenComparing(Over::category))
                .limit(CATEGORIES)
                .map(over -> over.category() + " ×" + String.format(java.util.Locale.ROOT, "%.1f", over.index()))
                .reduce((one, next) -> one + ", " + next)
                .orElse("–");
    }
}
