package org.assidu.accrual.document;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.assidu.accrual.model.Problem;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.nodes.Node;

/** Problems of one text as they are found, and where each path is. */
final class ProblemLog {
    private final List<Problem> problems = new ArrayList<>();
    private final Set<String> meant = new HashSet<>();
    private final Map<String, ParsedProgramme.Mark> marks = new HashMap<>();

    void mark(String path, Node node) {
        node.getStartMark().ifPresent(mark -> marks.put(path, place(mark)));
    }

    /** At a node, whatever is at the path. */
    void add(Node node, String path, String message) {
        ParsedProgramme.Mark place = node.getStartMark().map(ProblemLog::place).orElse(NOWHERE);
        problems.add(new Problem(place.line(), place.column(), path, message));
    }

    /** At the place of the path, or of the nearest enclosing one. */
    void add(String path, String message) {
        problems.add(locate(Problem.at(path, message)));
    }

    /** Notes that a key of another name stands for this path: what is missing here is said there. */
    void meant(String path) {
        meant.add(path);
    }

    void add(int line, int column, String message) {
        problems.add(new Problem(line, column, "", message));
    }

    /** Adds what the compiler found, unless the same field, or one around or inside it, has a problem already. */
    void addUnlessKnown(List<Problem> compiled) {
        List<Problem> known = List.copyOf(problems);
        for (Problem problem : compiled) {
            if (!meant.contains(problem.path())
                    && known.stream().noneMatch(other -> isWithin(other.path(), problem.path()))) {
                problems.add(locate(problem));
            }
        }
    }

    private static boolean isWithin(String path, String other) {
        String longer = path.length() > other.length() ? path : other;
        String shorter = path.length() > other.length() ? other : path;
        if (shorter.isEmpty() || !longer.startsWith(shorter)) {
            return false;
        }
        return longer.length() == shorter.length() || ".[".indexOf(longer.charAt(shorter.length())) >= 0;
    }

    private Problem locate(Problem problem) {
        return new ParsedProgramme(null, List.of(), "", "", marks).locate(problem);
    }

    boolean isEmpty() {
        return problems.isEmpty();
    }

    List<Problem> sorted() {
        return problems.stream()
                .sorted(Comparator.comparingInt(Problem::line).thenComparingInt(Problem::column))
                .toList();
    }

    Map<String, ParsedProgramme.Mark> marks() {
        return Map.copyOf(marks);
    }

    private static final ParsedProgramme.Mark NOWHERE = new ParsedProgramme.Mark(0, 0);

    private static ParsedProgramme.Mark place(Mark mark) {
        return new ParsedProgramme.Mark(mark.getLine() + 1, mark.getColumn() + 1);
    }
}
