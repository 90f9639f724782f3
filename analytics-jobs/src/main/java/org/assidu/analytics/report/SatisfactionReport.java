package org.assidu.analytics.report;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.countDistinct;
import static org.apache.spark.sql.functions.expr;
import static org.apache.spark.sql.functions.lit;
import static org.assidu.analytics.report.MonthlyFacts.ratio;

import java.time.YearMonth;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.assidu.analytics.features.Features;
import org.assidu.analytics.features.Scope;

/** What members said in surveys, and what they do after something went wrong. */
public final class SatisfactionReport implements Report {

    private static final int RETURN_DAYS = 90;
    private static final int FEWEST_ANSWERS = 10;

    /** Answers added up; the score runs from −1 to 1. */
    private static final class Answers {
        private final long[] byScore = new long[11];

        void add(int score, long answers) {
            byScore[score] += answers;
        }

        long total() {
            return between(0, 10);
        }

        long between(int from, int to) {
            long sum = 0;
            for (int score = from; score <= to; score++) {
                sum += byScore[score];
            }
            return sum;
        }

        double netPromoterScore() {
            return ratio(between(9, 10) - between(0, 6), total());
        }

        double mean() {
            double sum = 0;
            for (int score = 0; score <= 10; score++) {
                sum += (double) score * byScore[score];
            }
            return ratio(sum, total());
        }
    }

    @Override
    public String key() {
        return "satisfaction";
    }

    @Override
    public Section run(Features features, Settings settings) {
        List<Figure> figures = new ArrayList<>();
        List<Block> blocks = new ArrayList<>();
        Dataset<Row> answers = features.events().filter("score BETWEEN 0 AND 10");
        Answers all = new Answers();
        List<Row> rows = features.hasScores()
                ? answers.groupBy(expr(Labels.monthSql("occurred_date")).as("month"), col("store"), col("score"))
                        .agg(count(lit(1)).as("answers"))
                        .collectAsList()
                : List.of();
        rows.forEach(row -> all.add(row.<Integer>getAs("score"), row.<Long>getAs("answers")));
        if (all.total() == 0) {
            blocks.add(noAnswers(features));
        } else {
            long members = answers.agg(countDistinct("member_key")).first().getLong(0);
            figures.addAll(answerFigures(all, members));
            blocks.add(scores(all));
            blocks.add(byMonth(rows, features.scope()));
            blocks.add(byStore(rows));
            blocks.add(byTier(features, answers));
            answerRate(features, all).ifPresent(figures::add);
        }
        AfterReturn after = AfterReturn.of(features, RETURN_DAYS);
        figures.addAll(after.figures());
        blocks.add(after.chart());
        return section(figures, blocks);
    }

    private static Note noAnswers(Features features) {
        boolean table = features.hasScores();
        return new Note(
                Text.of(
                        "No score to show: "
                                + (table
                                        ? "the events of this period hold no survey answer with a score from 0 to 10."
                                        : "the export has no survey answers (column score of the table events).")
                                + " Until it does, this page shows only what members do after a return, which is behaviour and not opinion.",
                        "Aucune note à montrer : "
                                + (table
                                        ? "les événements de la période ne portent aucune réponse notée de 0 à 10."
                                        : "l'export n'a pas de réponses aux enquêtes (colonne score de la table events).")
                                + " D'ici là, cette page ne montre que ce que font les membres après un retour, un comportement et non une opinion."));
    }

    private static List<Figure> answerFigures(Answers all, long members) {
        return List.of(
                new Figure(
                        "net_promoter_score",
                        Text.of("Net promoter score", "Net promoter score"),
                        Unit.COUNT,
                        Math.round(100 * all.netPromoterScore()),
                        Text.of("9–10 less 0–6, in points", "9–10 moins 0–6, en points")),
                new Figure(
                        "mean_score",
                        Text.of("Mean score", "Note moyenne"),
                        Unit.DECIMAL,
                        all.mean(),
                        Text.of("from 0 to 10", "de 0 à 10")),
                new Figure(
                        "answers",
                        Text.of("Answers", "Réponses"),
                        Unit.COUNT,
                        all.total(),
                        Text.of("with a score", "notées")),
                new Figure(
                        "respondents",
                        Text.of("Members who answered", "Membres ayant répondu"),
                        Unit.COUNT,
                        members,
                        Text.of("at least once", "au moins une fois")));
    }

    private static Chart scores(Answers all) {
        Table table = new Table(
                "scores",
                Text.of("Answers by score", "Réponses par note"),
                Field.of("score", Unit.COUNT, "Score", "Note"),
                Field.of("answers", Unit.COUNT, "Answers", "Réponses"),
                Field.of("share", Unit.SHARE, "Share", "Part"));
        List<Text> labels = new ArrayList<>();
        List<Long> answers = new ArrayList<>();
        for (int score = 0; score <= 10; score++) {
            labels.add(Text.same(Integer.toString(score)));
            answers.add(all.byScore[score]);
            table.row((long) score, all.byScore[score], ratio(all.byScore[score], all.total()));
        }
        return new Chart(
                "scores",
                table.caption(),
                Text.of(
                        "0 to 6: detractors; 7 and 8: passives; 9 and 10: promoters.",
                        "0 à 6 : détracteurs ; 7 et 8 : passifs ; 9 et 10 : promoteurs."),
                new XyPlot(
                        Axis.of(Unit.TEXT, "Score", "Note"),
                        Axis.of(Unit.COUNT, "Answers", "Réponses"),
                        labels,
                        List.of(XyPlot.Series.over(Text.of("Answers", "Réponses"), XyPlot.Mark.BAR, answers))),
                table);
    }

    private static Chart byMonth(List<Row> rows, Scope scope) {
        Map<Integer, Answers> months = new TreeMap<>();
        rows.forEach(row -> months.computeIfAbsent(row.<Integer>getAs("month"), month -> new Answers())
                .add(row.<Integer>getAs("score"), row.<Long>getAs("answers")));
        Table table = new Table(
                "score-by-month",
                Text.of("Net promoter score by month", "Net promoter score par mois"),
                Field.of("month", Unit.TEXT, "Month", "Mois"),
                Field.of("answers", Unit.COUNT, "Answers", "Réponses"),
                Field.of("net_promoter_score", Unit.DECIMAL, "Score (points)", "Score (points)"),
                Field.of("mean", Unit.DECIMAL, "Mean", "Moyenne"));
        List<Text> labels = new ArrayList<>();
        List<XyPlot.Point> points = new ArrayList<>();
        months.forEach((index, answers) -> {
            YearMonth month = Labels.month(index);
            boolean thin = answers.total() < FEWEST_ANSWERS || scope.isPartial(month);
            points.add(new XyPlot.Point(labels.size(), 100 * answers.netPromoterScore(), thin));
            labels.add(Text.same(month.toString()));
            table.row(month.toString(), answers.total(), 100 * answers.netPromoterScore(), answers.mean());
        });
        return new Chart(
                "score-by-month",
                table.caption(),
                Text.of(
                        "Dashed: a month that is not whole or has fewer than " + FEWEST_ANSWERS + " answers.",
                        "Tirets : mois incomplet ou de moins de " + FEWEST_ANSWERS + " réponses."),
                new XyPlot(
                        Axis.of(Unit.TEXT, "Month", "Mois"),
                        Axis.of(Unit.DECIMAL, "Score (points)", "Score (points)"),
                        labels,
                        List.of(new XyPlot.Series(
                                Text.of("Net promoter score", "Net promoter score"), XyPlot.Mark.LINE, points, false))),
                table);
    }

    private static Table byStore(List<Row> rows) {
        Map<String, Answers> stores = new TreeMap<>();
        for (Row row : rows) {
            String store = row.getAs("store");
            stores.computeIfAbsent(store == null ? "–" : store, key -> new Answers())
                    .add(row.<Integer>getAs("score"), row.<Long>getAs("answers"));
        }
        Table table = new Table(
                "score-by-store",
                Text.of("Net promoter score by store", "Net promoter score par magasin"),
                Field.of("store", Unit.TEXT, "Store", "Magasin"),
                Field.of("answers", Unit.COUNT, "Answers", "Réponses"),
                Field.of("net_promoter_score", Unit.DECIMAL, "Score (points)", "Score (points)"),
                Field.of("detractors", Unit.SHARE, "Detractors", "Détracteurs"));
        stores.forEach((store, answers) -> table.row(
                store,
                answers.total(),
                answers.total() < FEWEST_ANSWERS ? null : (Object) (100 * answers.netPromoterScore()),
                answers.total() < FEWEST_ANSWERS ? null : (Object) ratio(answers.between(0, 6), answers.total())));
        return table;
    }

    private static Table byTier(Features features, Dataset<Row> answers) {
        ProgrammeTerms terms = ProgrammeTerms.of(features);
        Map<Integer, Answers> tiers = new TreeMap<>();
        for (Row row : answers.join(
                        TierFacts.levels(features), col("member_key").equalTo(col("of_member")), "left")
                .groupBy(expr("coalesce(level, 0)").as("level"), col("score"))
                .agg(count(lit(1)).as("answers"))
                .collectAsList()) {
            tiers.computeIfAbsent(row.<Integer>getAs("level"), key -> new Answers())
                    .add(row.<Integer>getAs("score"), row.<Long>getAs("answers"));
        }
        Table table = new Table(
                "score-by-tier",
                Text.of("Net promoter score by tier", "Net promoter score par palier"),
                Field.of("tier", Unit.TEXT, "Tier at the end", "Palier à la fin"),
                Field.of("answers", Unit.COUNT, "Answers", "Réponses"),
                Field.of("net_promoter_score", Unit.DECIMAL, "Score (points)", "Score (points)"),
                Field.of("detractors", Unit.SHARE, "Detractors", "Détracteurs"));
        tiers.forEach((level, of) -> table.row(
                TierFacts.name(terms, level),
                of.total(),
                of.total() < FEWEST_ANSWERS ? null : (Object) (100 * of.netPromoterScore()),
                of.total() < FEWEST_ANSWERS ? null : (Object) ratio(of.between(0, 6), of.total())));
        return table;
    }

    /** Answers over questions asked, where the programme's events tell of questions. */
    private static Optional<Figure> answerRate(Features features, Answers all) {
        long asked =
                features.events().filter(col("kind").equalTo("REVIEW_ASKED")).count();
        return asked == 0
                ? Optional.empty()
                : Optional.of(new Figure(
                        "answer_rate",
                        Text.of("Answer rate", "Taux de réponse"),
                        Unit.SHARE,
                        ratio(all.total(), asked),
                        Text.of("answers over " + asked + " asked", "réponses sur " + asked + " demandes")));
    }

    private Section section(List<Figure> figures, List<Block> blocks) {
        return new Section(
                key(),
                Text.of("Satisfaction", "Satisfaction"),
                Text.of(
                        "What members say when asked, and what they do after something went wrong.",
                        "Ce que disent les membres quand on leur demande, et ce qu'ils font après un incident."),
                Text.of(
                        "For customer service and store managers, each month.",
                        "Pour le service client et les directeurs de magasin, chaque mois."),
                List.of(
                        Text.of(
                                "Call back detractors while the visit is fresh; look at stores with many of them.",
                                "Rappeler les détracteurs tant que la visite est récente ; regarder les magasins qui en ont beaucoup."),
                        Text.of(
                                "Where fewer come back after a return than after a plain purchase, look at how returns are handled.",
                                "Si l'on revient moins après un retour qu'après un simple achat, regarder comment les retours sont traités.")),
                Text.of(
                        "Survey answers with a score of 0 to 10 that name a member; visits of identified members.",
                        "Réponses notées de 0 à 10 d'un membre ; visites de membres identifiés."),
                figures,
                blocks,
                List.of(
                        Text.of(
                                "Net promoter score: share of answers of 9 and 10 less share of 0 to 6, times 100.",
                                "Net promoter score : part des réponses de 9 et 10 moins part de 0 à 6, fois 100."),
                        Text.of(
                                "Back within " + RETURN_DAYS
                                        + " days: the member has an order on a later day, at most " + RETURN_DAYS
                                        + " days after. Days too near the end of the data to tell are left out.",
                                "Racheté sous " + RETURN_DAYS
                                        + " jours : le membre a un achat un jour suivant, au plus "
                                        + RETURN_DAYS
                                        + " jours après. Les jours trop proches de la fin des données pour le dire sont écartés.")),
                List.of(
                        Text.of(
                                "Those who answer are not those who do not: a score speaks for respondents only.",
                                "Ceux qui répondent ne sont pas ceux qui ne répondent pas : un score ne vaut que pour les répondants."),
                        Text.of(
                                "Members who return goods buy more often in the first place; the comparison by past orders takes part of that out, not all.",
                                "Les membres qui rapportent achètent déjà plus souvent ; la comparaison à nombre d'achats passés égal en retire une part, pas tout.")),
                List.of());
    }
}
