package org.assidu.accrual.cli;

import java.util.ArrayList;
import java.util.List;
import org.assidu.accrual.cli.WhatIfView.Section;

/** A what-if as lines of a terminal. */
final class WhatIfText {
    private static final int MOST_ROWS = 20;
    private static final int WIDTH = 110;

    private WhatIfText() {}

    static List<String> lines(WhatIfView view) {
        List<String> lines = new ArrayList<>();
        lines.add(view.title());
        view.lead().forEach(sentence -> wrap(sentence, lines));
        for (Section whole : view.sections()) {
            boolean english = view.language().equals("en");
            Section section = whole.first(
                    MOST_ROWS,
                    english
                            ? "the first " + MOST_ROWS + " of " + whole.rows().size() + "; --html and --json have all"
                            : "les " + MOST_ROWS + " premiers sur "
                                    + whole.rows().size() + " ; --html et --json les ont tous");
            lines.add("");
            lines.add(section.title());
            if (!section.note().isEmpty()) {
                wrap(section.note(), lines);
            }
            lines.addAll(table(section));
        }
        lines.add("");
        view.notes().forEach(sentence -> wrap(sentence, lines));
        return lines;
    }

    private static void wrap(String sentence, List<String> lines) {
        StringBuilder line = new StringBuilder();
        for (String word : sentence.split(" ")) {
            if (line.length() + word.length() >= WIDTH) {
                lines.add(line.toString());
                line.setLength(0);
            }
            line.append(line.isEmpty() ? "" : " ").append(word);
        }
        lines.add(line.toString());
    }

    private static List<String> table(Section section) {
        List<List<String>> rows = new ArrayList<>(List.of(section.headings()));
        rows.addAll(section.rows());
        int[] widths = new int[section.headings().size()];
        for (List<String> row : rows) {
            for (int column = 0; column < widths.length; column++) {
                widths[column] = Math.max(widths[column], row.get(column).length());
            }
        }
        return rows.stream().map(row -> line(row, widths, section.texts())).toList();
    }

    private static String line(List<String> row, int[] widths, int texts) {
        StringBuilder line = new StringBuilder();
        for (int column = 0; column < widths.length; column++) {
            String padding = " ".repeat(widths[column] - row.get(column).length());
            line.append("  ").append(column < texts ? row.get(column) + padding : padding + row.get(column));
        }
        return line.toString().stripTrailing();
    }
}
