package org.assidu.accrual.document;

import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.assidu.accrual.model.Problem;
import org.snakeyaml.engine.v2.common.FlowStyle;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;

/** Sets plain values of a programme text and leaves everything else, comments too, as its owner wrote it. */
public final class ProgrammeEdit {
    private ProgrammeEdit() {}

    private record Change(int from, int to, String text) {}

    /**
     * The text with each key of the document itself set to a value, such as a day.
     *
     * @throws IllegalArgumentException when the text is no programme, or holds something other than a plain value there
     */
    public static String set(String text, Map<String, String> values) {
        ProblemLog log = new ProblemLog();
        MappingNode root = YamlText.read(text, log);
        if (root == null) {
            throw new IllegalArgumentException("the text is no programme: "
                    + log.sorted().stream().map(Problem::toString).collect(Collectors.joining("; ")));
        }
        Map<String, String> missing = new LinkedHashMap<>(values);
        List<Change> changes = root.getValue().stream()
                .filter(tuple -> missing.containsKey(key(tuple)))
                .map(tuple -> replacement(tuple, String.valueOf(missing.remove(key(tuple)))))
                .sorted(Comparator.comparingInt(Change::from).reversed())
                .toList();
        // Marks count code points.
        int[] points = text.codePoints().toArray();
        String edited = text;
        for (Change change : changes) {
            edited = new String(points, 0, change.from())
                    + change.text()
                    + new String(points, change.to(), points.length - change.to());
            points = edited.codePoints().toArray();
        }
        return missing.isEmpty() ? edited : added(edited, root, missing);
    }

    private static String key(NodeTuple tuple) {
        return tuple.getKeyNode() instanceof ScalarNode scalar ? scalar.getValue() : "";
    }

    private static Change replacement(NodeTuple tuple, String value) {
        Node old = tuple.getValueNode();
        if (!(old instanceof ScalarNode)
                || old.getStartMark().isEmpty()
                || old.getEndMark().isEmpty()) {
            throw new IllegalArgumentException(key(tuple) + " holds no plain value; edit the file by hand");
        }
        int from = old.getStartMark().get().getIndex();
        int to = old.getEndMark().get().getIndex();
        return new Change(from, to, from == to ? " " + quoted(value) : quoted(value));
    }

    /** Quoted, so that it is valid as YAML and as JSON. */
    private static String quoted(String value) {
        return '"' + value + '"';
    }

    private static String added(String text, MappingNode root, Map<String, String> values) {
        if (root.getFlowStyle() != FlowStyle.FLOW) {
            String lines = values.entrySet().stream()
                    .map(entry -> entry.getKey() + ": " + quoted(entry.getValue()) + "\n")
                    .collect(Collectors.joining());
            return text + (text.endsWith("\n") ? "" : "\n") + lines;
        }
        int open = text.indexOf('{');
        String pairs = values.entrySet().stream()
                .map(entry -> quoted(entry.getKey()) + ": " + quoted(entry.getValue()))
                .collect(Collectors.joining(", "));
        String separator = root.getValue().isEmpty() ? "" : ", ";
        return text.substring(0, open + 1) + pairs + separator + text.substring(open + 1);
    }
}
