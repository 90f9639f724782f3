package org.assidu.analytics.report;

import static org.apache.spark.sql.functions.col;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.assidu.analytics.features.Features;
import org.assidu.analytics.features.Scope;
import org.assidu.analytics.report.GoalMeasures.Span;
import org.assidu.analytics.report.ProgrammeTerms.Objective;
import org.assidu.analytics.report.ProgrammeTerms.PointValue;
import org.jspecify.annotations.Nullable;

/** The programme's objectives and budget against what happened, and the same measures quarter by quarter. */
public final class GoalsReport implements Report {

    private static final int YEAR_DAYS = 365;

    /** As on the command line; in upper case with underscores, the metrics of a programme's objectives. */
    public static final List<String> NAMES =
            List.of("retention-percent", "repurchase-percent", "average-basket", "cost-ceiling");

    @Override
    public String key() {
        return "goals";
    }

    @Override
    public Section run(Features features, Settings settings) {
        Scope scope = features.scope();
        ProgrammeTerms terms = ProgrammeTerms.of(features);
        List<Objective> objectives = objectives(terms, settings, scope);
        List<Span> quarterSpans = quarters(scope);
        List<Span> spans = new ArrayList<>();
        spans.add(new Span(scope.firstDate(), scope.lastDate()));
        spans.addAll(quarterSpans);
        objectives.forEach(objective -> spans.add(seen(objective, scope)));
        List<GoalMeasures> measures = GoalMeasures.of(features, terms.purse(), spans);
        GoalMeasures whole = measures.get(0);
        List<GoalMeasures> quarters = measures.subList(1, 1 + quarterSpans.size());
        PointValue value = terms.pointValue(settings, whole.averageBasketMinor());
        List<HeldGoal> held = new ArrayList<>();
        for (int i = 0; i < objectives.size(); i++) {
            held.add(held(scope, objectives.get(i), measures.get(1 + quarterSpans.size() + i), value));
        }
        List<Block> blocks = new ArrayList<>();
        if (held.isEmpty()) {
            blocks.add(
                    new Note(
                            Text.of(
                                    "No target to compare with: the newest programme states no objectives. Add them to the programme (objectives: id, metric, target, first_day, last_day) and publish it, or give them to this run with --goal average-basket=45,repurchase-percent=60.",
                                    "Aucune cible à comparer : le programme le plus récent ne fixe pas d'objectifs. Les ajouter au programme (objectives : id, metric, target, first_day, last_day) et le publier, ou les donner à ce passage avec --goal average-basket=45,repurchase-percent=60.")));
        } else {
            blocks.add(table(held));
        }
        blocks.add(new CampaignEffects(features, value).block());
        blocks.add(quarterTable(quarters, value, scope));
        for (GoalMetric metric : GoalMetric.values()) {
            blocks.add(chart(metric, quarters, value, scope, held));
        }
        blocks.add(MatchedBaskets.of(features));
        blocks.addAll(TierFacts.of(features, terms));
        List<Figure> figures = new ArrayList<>(figures(whole, value, held));
        figures.addAll(programmeFigures(features, terms, whole));
        return section(scope, figures, blocks, value);
    }

    private static List<Objective> objectives(ProgrammeTerms terms, Settings settings, Scope scope) {
        List<Objective> objectives = new ArrayList<>(terms.objectives());
        for (String name : NAMES) {
            BigDecimal target = settings.goals().get(name);
            if (target != null) {
                objectives.add(new Objective(
                        "--goal " + name,
                        name.toUpperCase(Locale.ROOT).replace('-', '_'),
                        target,
                        scope.firstDate(),
                        scope.lastDate()));
            }
        }
        return objectives;
    }

    /** The days of an objective that the data hold. */
    private static Span seen(Objective objective, Scope scope) {
        return new Span(
                latest(objective.firstDay(), scope.firstDate()), earliest(objective.lastDay(), scope.lastDate()));
    }

    private static HeldGoal held(Scope scope, Objective objective, GoalMeasures measures, @Nullable PointValue value) {
        GoalMetric metric = GoalMetric.valueOf(objective.metric());
        long days = objective.lastDay().toEpochDay() - objective.firstDay().toEpochDay() + 1;
        long seen = seen(objective, scope).days();
        double actual = seen == 0 ? Double.NaN : metric.of(measures, value, scope.firstDate());
        int digits = Math.max(0, scope.currency().getDefaultFractionDigits());
        return new HeldGoal(objective, metric, metric.target(objective.target(), digits), actual, seen, days);
    }

    private static LocalDate latest(LocalDate one, LocalDate other) {
        return one.isAfter(other) ? one : other;
    }

    private static LocalDate earliest(LocalDate one, LocalDate other) {
        return one.isBefore(other) ? one : other;
    }

    private static Table table(List<HeldGoal> held) {
        Table table = new Table(
                "objectives",
                Text.of("Objectives and where they stand", "Les objectifs et où ils en sont"),
                Field.of("objective", Unit.TEXT, "Objective", "Objectif"),
                Field.of("measure", Unit.TEXT, "Measure", "Mesure"),
                Field.of("status", Unit.TEXT, "Status", "État"),
                Field.of("of_target", Unit.SHARE, "Actual ÷ target", "Réel ÷ cible"),
                Field.of("actual_rate", Unit.SHARE, "Actual (rate)", "Réel (taux)"),
                Field.of("target_rate", Unit.SHARE, "Target (rate)", "Cible (taux)"),
                Field.of("actual", Unit.MONEY, "Actual", "Réel"),
                Field.of("target", Unit.MONEY, "Target", "Cible"),
                Field.of("elapsed", Unit.SHARE, "Of its days seen", "De ses jours vus"),
                Field.of("from", Unit.DATE, "From", "Du"),
                Field.of("to", Unit.DATE, "To", "Au"));
        for (HeldGoal one : held) {
            boolean share = one.metric().unit == Unit.SHARE;
            table.row(
                    one.objective().id(),
                    one.metric().label,
                    one.status(),
                    one.ratio(),
                    share ? one.actual() : null,
                    share ? one.target() : null,
                    share ? null : one.actual(),
                    share ? null : one.target(),
                    MonthlyFacts.ratio(one.daysSeen(), one.days()),
                    one.objective().firstDay(),
                    one.objective().lastDay());
        }
        return table;
    }

    /** Calendar quarters, the first and the last cut at the data. */
    private static List<Span> quarters(Scope scope) {
        List<Span> quarters = new ArrayList<>();
        LocalDate start = scope.firstDate().withDayOfMonth(1);
        start = start.minusMonths((start.getMonthValue() - 1) % 3);
        for (LocalDate first = start; !first.isAfter(scope.lastDate()); first = first.plusMonths(3)) {
            quarters.add(new Span(
                    latest(first, scope.firstDate()),
                    earliest(first.plusMonths(3).minusDays(1), scope.lastDate())));
        }
        return quarters;
    }

    private static String name(GoalMeasures quarter) {
        return quarter.from().getYear() + "-Q" + ((quarter.from().getMonthValue() + 2) / 3);
    }

    private static boolean isPartial(GoalMeasures quarter) {
        return quarter.from().getDayOfMonth() != 1
                || (quarter.from().getMonthValue() - 1) % 3 != 0
                || !quarter.to().plusDays(1).equals(quarter.from().plusMonths(3));
    }

    private static Table quarterTable(List<GoalMeasures> quarters, @Nullable PointValue value, Scope scope) {
        Table table = new Table(
                "by-quarter",
                Text.of("The measures by calendar quarter", "Les mesures par trimestre civil"),
                Field.of("quarter", Unit.TEXT, "Quarter", "Trimestre"),
                Field.of("from", Unit.DATE, "From", "Du"),
                Field.of("to", Unit.DATE, "To", "Au"),
                Field.of("buyers", Unit.COUNT, "Buyers", "Acheteurs"),
                Field.of("retention", Unit.SHARE, "Retention", "Rétention"),
                Field.of("repurchase", Unit.SHARE, "Repurchase", "Réachat"),
                Field.of("average_basket", Unit.MONEY, "Average basket", "Panier moyen"),
                Field.of("points", Unit.POINTS, "Points issued", "Points émis"),
                Field.of("cost", Unit.MONEY, "Programme cost", "Coût du programme"),
                Field.of("cost_rate", Unit.SHARE, "Cost ÷ sales", "Coût ÷ ventes"));
        for (GoalMeasures quarter : quarters) {
            double cost = quarter.costMinor(value);
            table.row(
                    name(quarter),
                    quarter.from(),
                    quarter.to(),
                    quarter.buyers(),
                    quarter.retention(scope.firstDate()),
                    quarter.repurchase(),
                    quarter.averageBasketMinor(),
                    quarter.pointsMicro(),
                    cost,
                    cost / quarter.salesMinor());
        }
        return table;
    }

    private static Chart chart(
            GoalMetric metric,
            List<GoalMeasures> quarters,
            @Nullable PointValue value,
            Scope scope,
            List<HeldGoal> held) {
        String key = metric.name().toLowerCase(Locale.ROOT).replace('_', '-');
        Table table = new Table(
                key,
                Text.of(metric.label.en() + " by quarter", metric.label.fr() + " par trimestre"),
                Field.of("quarter", Unit.TEXT, "Quarter", "Trimestre"),
                new Field("actual", metric.label, metric.unit),
                Field.of("whole", Unit.TEXT, "Whole quarter", "Trimestre entier"));
        List<Text> labels = new ArrayList<>();
        List<XyPlot.Point> points = new ArrayList<>();
        for (GoalMeasures quarter : quarters) {
            double actual = metric.of(quarter, value, scope.firstDate());
            points.add(new XyPlot.Point(labels.size(), actual, isPartial(quarter)));
            labels.add(Text.same(name(quarter)));
            table.row(name(quarter), actual, isPartial(quarter) ? Text.of("no", "non") : Text.of("yes", "oui"));
        }
        List<XyPlot.Series> series = new ArrayList<>();
        series.add(new XyPlot.Series(metric.label, XyPlot.Mark.BAR, points, false));
        for (HeldGoal one : held) {
            if (one.metric() == metric && metric != GoalMetric.COST_CEILING) {
                List<Double> line =
                        quarters.stream().map(quarter -> one.target()).toList();
                series.add(XyPlot.Series.over(
                                Text.of(
                                        "Target " + one.objective().id(),
                                        "Cible " + one.objective().id()),
                                XyPlot.Mark.LINE,
                                line)
                        .asReference());
            }
        }
        return new Chart(
                key,
                table.caption(),
                Text.of(
                        "Hatched: a quarter of which only a part is in the data. Dashed: the target, where there is one.",
                        "Hachuré : trimestre dont seule une partie est dans les données. Tirets : la cible, s'il y en a une."),
                new XyPlot(
                        Axis.of(Unit.TEXT, "Quarter", "Trimestre"),
                        new Axis(metric.label, metric.unit),
                        labels,
                        series),
                table);
    }

    private static List<Figure> programmeFigures(Features features, ProgrammeTerms terms, GoalMeasures whole) {
        long members = features.members().count();
        long active = features.memberHistory()
                .filter("last_date > DATE'" + features.scope().lastDate().minusDays(YEAR_DAYS) + "'")
                .count();
        long burnt = -PointFlows.of(features.ledger()
                        .filter(col("purse_id").equalTo(terms.purse()))
                        .filter("posted_date >= DATE'" + features.scope().firstDate() + "'"))
                .total(PointFlows.Flow.SPENT);
        return List.of(
                new Figure(
                        "active_rate",
                        Text.of("Active members", "Membres actifs"),
                        Unit.SHARE,
                        members == 0 ? Double.NaN : MonthlyFacts.ratio(active, members),
                        Text.of(
                                "bought in the last 365 days, of all members",
                                "achat sous 365 jours, de tous les membres")),
                new Figure(
                        "burn_rate",
                        Text.of("Burn ÷ earn", "Utilisés ÷ gagnés"),
                        Unit.SHARE,
                        MonthlyFacts.ratio(burnt, whole.pointsMicro()),
                        Text.of("points spent over points issued", "points utilisés sur points émis")));
    }

    private static List<Figure> figures(GoalMeasures whole, @Nullable PointValue value, List<HeldGoal> held) {
        List<Figure> figures = new ArrayList<>();
        figures.add(new Figure(
                "objectives",
                Text.of("Objectives", "Objectifs"),
                Unit.COUNT,
                (long) held.size(),
                Text.of("of the programme or of this run", "du programme ou de ce passage")));
        figures.add(new Figure(
                "repurchase",
                GoalMetric.REPURCHASE_PERCENT.label,
                Unit.SHARE,
                whole.repurchase(),
                Text.of("buyers with 2 orders or more", "acheteurs à 2 achats ou plus")));
        figures.add(new Figure(
                "average_basket",
                GoalMetric.AVERAGE_BASKET.label,
                Unit.MONEY,
                whole.averageBasketMinor(),
                Text.of("over the whole period", "sur toute la période")));
        if (value != null) {
            figures.add(new Figure(
                    "cost", GoalMetric.COST_CEILING.label, Unit.MONEY, whole.costMinor(value), value.origin()));
            figures.add(new Figure(
                    "cost_rate",
                    Text.of("Cost ÷ members' sales", "Coût ÷ ventes aux membres"),
                    Unit.SHARE,
                    whole.costMinor(value) / whole.salesMinor(),
                    Text.of("points issued, valued", "points émis, valorisés")));
        }
        return figures;
    }

    private Section section(Scope scope, List<Figure> figures, List<Block> blocks, @Nullable PointValue value) {
        return new Section(
                key(),
                Text.of("Goals", "Objectifs"),
                Text.of(
                        "Whether the programme does what it was set up to do: retention, repurchase, basket and cost against their targets.",
                        "Si le programme fait ce pour quoi il a été créé : rétention, réachat, panier et coût face à leurs cibles."),
                Text.of(
                        "For the programme's owner and its budget holder, each quarter.",
                        "Pour le responsable du programme et celui de son budget, chaque trimestre."),
                List.of(
                        Text.of(
                                "An objective that is behind: open the report of its measure (retention, habits) and see which cohort or store drags it.",
                                "Un objectif en retard : ouvrir le rapport de sa mesure (fidélité, habitudes) et voir quelle cohorte ou quel magasin le tire vers le bas."),
                        Text.of(
                                "A budget spent ahead of time: look in the offers report at the rule that gives most.",
                                "Un budget dépensé en avance : regarder dans le rapport des offres la règle qui donne le plus.")),
                Populations.SALES,
                figures,
                blocks,
                List.of(
                        Text.of(
                                "Retention of a span: members who bought in the span of the same length just before and bought again in it, over the former. Repurchase: buyers of the span with two orders or more in it, over its buyers.",
                                "Rétention d'une période : membres ayant acheté dans la période précédente de même durée et de nouveau dans celle-ci, sur les premiers. Réachat : acheteurs de la période y ayant fait au moins deux achats, sur ses acheteurs."),
                        Text.of(
                                "Average basket: members' sales over their orders. Programme cost: points credited less points taken back, by day of posting, at the value of a point"
                                        + (value == null
                                                ? " (which nothing states)"
                                                : " (" + value.origin().en() + ")")
                                        + "; rewards used are the same points a second time and are not added.",
                                "Panier moyen : ventes aux membres sur leurs achats. Coût du programme : points crédités moins points repris, par jour de comptabilisation, à la valeur d'un point"
                                        + (value == null
                                                ? " (que rien ne donne)"
                                                : " (" + value.origin().fr() + ")")
                                        + " ; les récompenses utilisées sont les mêmes points une seconde fois et ne s'ajoutent pas.")),
                List.of(Text.of(
                        "Retention cannot be told where the span before begins ahead of the data (" + scope.firstDate()
                                + "); a quarter that is cut has a span before that is as short.",
                        "La rétention ne peut être dite quand la période précédente commence avant les données ("
                                + scope.firstDate()
                                + ") ; un trimestre coupé se compare à une période aussi courte.")),
                List.of());
    }
}
