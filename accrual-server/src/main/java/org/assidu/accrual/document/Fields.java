package org.assidu.accrual.document;

import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.LocalTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.assidu.accrual.programme.ProtectedAttributes;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;

/**
 * The keys of one mapping, read by type. A value that cannot be read is a problem and reads as its default, so that
 * reading goes on to the next. {@link #end} reports the keys that nobody asked for.
 */
final class Fields {
    private static final Pattern INTEGER = Pattern.compile("-?[0-9]{1,18}");
    private static final Pattern SMALL = Pattern.compile("-?[0-9]{1,9}");
    private static final Pattern DECIMAL = Pattern.compile("-?[0-9]{1,30}(\\.[0-9]{1,30})?");

    private final String path;
    private final ProblemLog log;
    private final Map<String, Node> values = new LinkedHashMap<>();
    private final Map<String, Node> keys = new LinkedHashMap<>();
    private final Set<String> asked = new TreeSet<>();
    private final Map<String, String> missing = new LinkedHashMap<>();

    private Fields(String path, ProblemLog log) {
        this.path = path;
        this.log = log;
    }

    static Fields of(String path, MappingNode node, ProblemLog log) {
        Fields fields = new Fields(path, log);
        log.mark(path, node);
        for (NodeTuple tuple : node.getValue()) {
            fields.put(tuple);
        }
        return fields;
    }

    /** No keys at all: every value reads as its default. */
    static Fields absent(String path, ProblemLog log) {
        return new Fields(path, log);
    }

    private void put(NodeTuple tuple) {
        Node key = tuple.getKeyNode();
        if (!(key instanceof ScalarNode scalar)) {
            log.add(key, path, "a key is a word; write one such as id");
            return;
        }
        String name = scalar.getValue();
        Node first = keys.putIfAbsent(name, key);
        if (first != null) {
            int line = first.getStartMark().map(mark -> mark.getLine() + 1).orElse(0);
            log.add(key, at(name), "is written twice, first on line " + line + "; remove one");
            return;
        }
        if (!NodeText.isNull(tuple.getValueNode())) {
            values.put(name, tuple.getValueNode());
        }
        log.mark(at(name), tuple.getValueNode());
    }

    String at(String key) {
        return path.isEmpty() ? key : path + "." + key;
    }

    boolean has(String key) {
        asked.add(key);
        return values.containsKey(key);
    }

    private @Nullable Node value(String key) {
        asked.add(key);
        return values.get(key);
    }

    void problem(String key, String message) {
        log.add(at(key), message);
    }

    /** Has {@link #end} report a key that must be there and is not. */
    void require(String key, String what) {
        if (!has(key)) {
            missing.put(key, what);
        }
    }

    /** A required id; of two that are missing none is a duplicate. */
    String id(String example) {
        require("id", "a short id such as " + example);
        return text("id", "missing-" + at("id").replaceAll("[^a-z0-9]+", "-"));
    }

    /** Names in both languages: English as the id where it is missing, French as English. */
    Name name(String id) {
        Fields name = mapping("name");
        String english = name.text("en", id);
        Name read = new Name(english, name.text("fr", english));
        name.end();
        return read;
    }

    /** What members read. */
    record Name(String en, String fr) {}

    @Nullable
    String text(String key) {
        Node node = value(key);
        if (node == null) {
            return null;
        }
        if (node instanceof ScalarNode scalar) {
            return scalar.getValue();
        }
        problem(key, "is " + NodeText.kind(node) + "; write a text");
        return null;
    }

    String text(String key, String absent) {
        String text = text(key);
        return text == null ? absent : text;
    }

    int integer(String key, int absent) {
        long value = number(key, absent, Integer.MIN_VALUE, Integer.MAX_VALUE);
        return (int) value;
    }

    long number(String key, long absent, long least, long most) {
        Node node = value(key);
        if (node == null) {
            return absent;
        }
        if (node instanceof ScalarNode scalar
                && INTEGER.matcher(scalar.getValue()).matches()) {
            long value = Long.parseLong(scalar.getValue());
            if (value >= least && value <= most) {
                return value;
            }
        }
        problem(key, "is " + NodeText.shown(node) + "; write a whole number");
        return absent;
    }

    @Nullable
    BigDecimal decimal(String key) {
        Node node = value(key);
        if (node == null) {
            return null;
        }
        if (node instanceof ScalarNode scalar
                && DECIMAL.matcher(scalar.getValue()).matches()) {
            if (scalar.isPlain()) {
                return new BigDecimal(scalar.getValue());
            }
            problem(key, "is a text; write " + scalar.getValue() + " without quotes");
            return null;
        }
        problem(key, "is " + NodeText.shown(node) + "; write a number such as 1 or 0.5");
        return null;
    }

    /** Without trailing zeros. */
    BigDecimal decimal(String key, BigDecimal absent) {
        BigDecimal value = decimal(key);
        return value == null ? absent : Canonical.plain(value);
    }

    /** Without trailing zeros; null when absent. */
    @Nullable
    BigDecimal plainDecimal(String key) {
        BigDecimal value = decimal(key);
        return value == null ? null : Canonical.plain(value);
    }

    /** Null when absent. */
    @Nullable
    Integer optionalInteger(String key) {
        return has(key) ? Integer.valueOf(integer(key, 0)) : null;
    }

    @Nullable
    LocalDate date(String key) {
        String text = text(key);
        if (text == null) {
            return null;
        }
        try {
            return LocalDate.parse(text);
        } catch (DateTimeException e) {
            problem(key, "\"" + text + "\" is no day; write one such as 2026-01-31");
            return null;
        }
    }

    LocalDate date(String key, LocalDate absent) {
        LocalDate date = date(key);
        return date == null ? absent : date;
    }

    @Nullable
    LocalTime time(String key) {
        String text = text(key);
        if (text == null) {
            return null;
        }
        try {
            if (text.length() == 5) {
                return LocalTime.parse(text);
            }
        } catch (DateTimeException e) {
            // Said below, as any other text that is no time.
        }
        problem(key, "\"" + text + "\" is no time; write hours and minutes such as \"08:00\", 00:00 for midnight");
        return null;
    }

    boolean bool(String key, boolean absent) {
        Node node = value(key);
        if (node == null) {
            return absent;
        }
        if (node instanceof ScalarNode scalar && scalar.isPlain()) {
            if (scalar.getValue().equals("true")) {
                return true;
            }
            if (scalar.getValue().equals("false")) {
                return false;
            }
        }
        problem(key, "is " + NodeText.shown(node) + "; write true or false");
        return absent;
    }

    <E extends Enum<E>> E choice(String key, E absent, List<E> choices) {
        Node node = value(key);
        E choice = node == null ? absent : choice(at(key), node, choices);
        return choice == null ? absent : choice;
    }

    /** Null when absent or none of the choices. */
    <E extends Enum<E>> @Nullable E choice(String key, List<E> choices) {
        Node node = value(key);
        return node == null ? null : choice(at(key), node, choices);
    }

    private <E extends Enum<E>> @Nullable E choice(String at, Node node, List<E> choices) {
        List<String> names = choices.stream().map(Enum::name).toList();
        String written = node instanceof ScalarNode scalar ? scalar.getValue() : "";
        int found = names.indexOf(written);
        if (found >= 0) {
            return choices.get(found);
        }
        String nearest = Nearest.of(written, names);
        String hint = nearest == null ? "" : ", perhaps " + nearest;
        log.add(at, "is " + NodeText.shown(node) + "; write one of " + String.join(", ", names) + hint);
        return null;
    }

    <E extends Enum<E>> List<E> choices(String key, List<E> choices) {
        List<E> found = new ArrayList<>();
        List<Node> items = items(key);
        for (int i = 0; i < items.size(); i++) {
            String at = at(key) + "[" + i + "]";
            E choice = choice(at, items.get(i), choices);
            if (choice != null && found.contains(choice)) {
                log.add(at, choice + " is listed twice; remove one");
            } else if (choice != null) {
                found.add(choice);
            }
        }
        return found;
    }

    List<String> texts(String key) {
        List<String> texts = new ArrayList<>();
        List<Node> items = items(key);
        for (int i = 0; i < items.size(); i++) {
            if (items.get(i) instanceof ScalarNode scalar) {
                texts.add(scalar.getValue());
            } else {
                log.add(at(key) + "[" + i + "]", "is " + NodeText.kind(items.get(i)) + "; write a text");
            }
        }
        return texts;
    }

    List<Integer> integers(String key) {
        List<Integer> integers = new ArrayList<>();
        List<Node> items = items(key);
        for (int i = 0; i < items.size(); i++) {
            Node item = items.get(i);
            if (item instanceof ScalarNode scalar
                    && SMALL.matcher(scalar.getValue()).matches()) {
                integers.add(Integer.valueOf(scalar.getValue()));
            } else {
                log.add(at(key) + "[" + i + "]", "is " + NodeText.shown(item) + "; write a whole number");
            }
        }
        return integers;
    }

    private List<Node> items(String key) {
        Node node = value(key);
        if (node == null) {
            return List.of();
        }
        if (node instanceof SequenceNode sequence) {
            List<Node> items = sequence.getValue();
            for (int i = 0; i < items.size(); i++) {
                log.mark(at(key) + "[" + i + "]", items.get(i));
            }
            return items;
        }
        problem(key, "is " + NodeText.shown(node) + "; write a list such as [a, b]");
        return List.of();
    }

    Fields mapping(String key) {
        Node node = value(key);
        if (node instanceof MappingNode mapping) {
            return of(at(key), mapping, log);
        }
        if (node != null) {
            problem(key, "is " + NodeText.shown(node) + "; write keys and values below it");
        }
        return absent(at(key), log);
    }

    List<Fields> mappings(String key) {
        List<Fields> mappings = new ArrayList<>();
        List<Node> items = items(key);
        for (int i = 0; i < items.size(); i++) {
            String at = at(key) + "[" + i + "]";
            if (items.get(i) instanceof MappingNode mapping) {
                mappings.add(of(at, mapping, log));
            } else {
                log.add(at, "is " + NodeText.shown(items.get(i)) + "; write keys and values");
            }
        }
        return mappings;
    }

    /** Reports every key that was not asked for, and every required one that is neither there nor meant by such a key. */
    void end() {
        keys.forEach((name, node) -> {
            if (!asked.contains(name)) {
                log.add(node, at(name), unknown(name));
            }
        });
        missing.forEach((key, what) -> problem(key, "is missing; write " + what));
    }

    private String unknown(String name) {
        String refusal = isOnMembers() ? ProtectedAttributes.refusalOf(name) : null;
        if (refusal != null) {
            return refusal;
        }
        String nearest = Nearest.of(name, asked);
        if (nearest == null) {
            return "is no key here; the keys are " + String.join(", ", asked);
        }
        missing.remove(nearest);
        log.meant(at(nearest));
        return "is no key here; did you mean " + nearest + "?";
    }

    /** Whether the keys are conditions on a member. */
    private boolean isOnMembers() {
        return path.endsWith(".when") || path.endsWith(".access");
    }

    static <E extends Enum<E>> List<E> all(E[] values) {
        return Arrays.asList(values);
    }
}
