package org.assidu.analytics.render;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.assidu.analytics.report.Field;
import org.assidu.analytics.report.Figure;
import org.assidu.analytics.report.Section;
import org.assidu.analytics.report.Table;
import org.assidu.analytics.report.Text;
import org.assidu.analytics.report.Unit;
import org.jspecify.annotations.Nullable;

/** This run's key figures beside those of an earlier one, in plain words. */
final class Comparison {

    private static final int MOST_SENTENCES = 8;

    /** Below this a figure is called unchanged: half of the last digit that is shown. */
    private static final double UNCHANGED = 0.0005;

    private final ValueFormat format;
    private final RunInfo run;
    private final @Nullable EarlierRun earlier;

    /** One figure twice, in the units of files. */
    private record Change(Section section, Figure figure, double before, double now) {

        boolean isShare() {
            return figure.unit() == Unit.SHARE;
        }

        /** Relative, or in whole ones for a share. */
        double size() {
            return isShare() ? now - before : before == 0 ? Math.signum(now) : now / before - 1;
        }
    }

    Comparison(ValueFormat format, RunInfo run, @Nullable EarlierRun earlier) {
        this.format = format;
        this.run = run;
        this.earlier = earlier == null
                        || earlier.currency().equals(run.scope().currency().getCurrencyCode())
                ? earlier
                : null;
    }

    private @Nullable Change of(Section section, Figure figure) {
        Object plain = format.plain(figure.unit(), figure.value(), Language.EN);
        if (earlier == null || !(plain instanceof Number now)) {
            return null;
        }
        var before = earlier.figure(section.key(), figure.key());
        return before.isEmpty() ? null : new Change(section, figure, before.getAsDouble(), now.doubleValue());
    }

    /** A few words for a card; null where there is nothing to compare with. */
    @Nullable
    Text change(String report, Figure figure) {
        Object plain = format.plain(figure.unit(), figure.value(), Language.EN);
        if (earlier == null || !(plain instanceof Number now)) {
            return null;
        }
        var before = earlier.figure(report, figure.key());
        if (before.isEmpty()) {
            return null;
        }
        boolean share = figure.unit() == Unit.SHARE;
        double change = share
                ? now.doubleValue() - before.getAsDouble()
                : before.getAsDouble() == 0
                        ? Math.signum(now.doubleValue())
                        : now.doubleValue() / before.getAsDouble() - 1;
        if (Math.abs(change) < UNCHANGED) {
            return Text.of("unchanged", "inchangé");
        }
        String sign = change > 0 ? "▲ " : "▼ ";
        return Text.of(sign + size(change, share, Language.EN), sign + size(change, share, Language.FR));
    }

    private String size(double change, boolean share, Language language) {
        double shown = Math.abs(change);
        if (!share) {
            return format.words(Unit.SHARE, shown, language);
        }
        String points = format.words(Unit.DECIMAL, shown * 100, language);
        return points + (language == Language.FR ? "\u00a0pt" : "\u00a0pt");
    }

    View.Changed view(List<Section> sections, ViewBuilder words) {
        if (earlier == null) {
            return new View.Changed(
                    Text.of(
                            "There is no earlier run over this selection to compare with: the next run into this folder, after a new export, says here what changed. --baseline DIR compares with another folder.",
                            "Il n'y a pas de passage antérieur sur cette sélection : le prochain passage dans ce dossier, après un nouvel export, dira ici ce qui a changé. --baseline DIR compare avec un autre dossier."),
                    List.of(),
                    null);
        }
        List<Change> changes = new ArrayList<>();
        for (Section section : sections) {
            for (Figure figure : section.figures()) {
                Change change = of(section, figure);
                if (change != null) {
                    changes.add(change);
                }
            }
        }
        List<Text> sentences = changes.stream()
                .filter(change -> Math.abs(change.size()) >= UNCHANGED)
                .sorted(Comparator.comparingDouble((Change change) -> -Math.abs(change.size())))
                .limit(MOST_SENTENCES)
                .map(this::sentence)
                .toList();
        return new View.Changed(
                opening(earlier, changes.size(), sentences.isEmpty()),
                sentences,
                words.grid("changes-table", "", table(changes), Integer.MAX_VALUE));
    }

    private Text opening(EarlierRun before, int compared, boolean same) {
        long days = run.scope().lastDate().toEpochDay() - before.lastDate().toEpochDay();
        long lines = run.scope().lines() - before.lines();
        String other = before.selection().equals(run.selection().words())
                ? ""
                : " (" + (before.selection().isEmpty() ? "--" : before.selection()) + ")";
        String linesEn = format.words(Unit.COUNT, lines, Language.EN);
        String linesFr = format.words(Unit.COUNT, lines, Language.FR);
        return Text.of(
                "Since the run over data up to " + format.words(Unit.DATE, before.lastDate(), Language.EN) + other
                        + ": " + days + " more days, " + linesEn + " more lines. "
                        + (same
                                ? "None of the " + compared + " figures moved."
                                : "The figures that moved most, of " + compared + " compared:"),
                "Depuis le passage sur les données allant jusqu'au "
                        + format.words(Unit.DATE, before.lastDate(), Language.FR) + other + " : " + days
                        + " jours et " + linesFr + " lignes de plus. "
                        + (same
                                ? "Aucun des " + compared + " chiffres n'a bougé."
                                : "Les chiffres qui ont le plus bougé, sur " + compared + " comparés :"));
    }

    private Text sentence(Change change) {
        return Text.of(sentence(change, Language.EN), sentence(change, Language.FR));
    }

    private String sentence(Change change, Language language) {
        boolean up = change.size() > 0;
        Figure figure = change.figure();
        String now = format.words(figure.unit(), figure.value(), language);
        String size = size(change.size(), change.isShare(), language);
        String where = language.of(change.section().title());
        String what = language.of(figure.label());
        return language == Language.FR
                ? where + " – " + what + " : " + (up ? "en hausse de " : "en baisse de ") + size + ", à " + now + "."
                : where + " – " + what + ": " + (up ? "up by " : "down by ") + size + ", to " + now + ".";
    }

    private Table table(List<Change> changes) {
        Table table = new Table(
                "changes",
                Text.of("Key figures, before and now", "Chiffres clés, avant et maintenant"),
                Field.of("report", Unit.TEXT, "Report", "Rapport"),
                Field.of("figure", Unit.TEXT, "Figure", "Chiffre"),
                Field.of("before", Unit.TEXT, "Before", "Avant"),
                Field.of("now", Unit.TEXT, "Now", "Maintenant"),
                Field.of("change", Unit.TEXT, "Change", "Évolution"));
        for (Change change : changes) {
            Figure figure = change.figure();
            table.row(
                    change.section().title(),
                    figure.label(),
                    both(figure.unit(), inRowUnits(figure.unit(), change.before())),
                    both(figure.unit(), figure.value()),
                    java.util.Objects.requireNonNull(change(change.section().key(), figure)));
        }
        return table;
    }

    private Text both(Unit unit, Object value) {
        return Text.of(format.words(unit, value, Language.EN), format.words(unit, value, Language.FR));
    }

    private Object inRowUnits(Unit unit, double plain) {
        return switch (unit) {
            case MONEY -> format.minor(plain);
            case POINTS -> Math.round(plain * 1e6);
            default -> plain;
        };
    }
}
