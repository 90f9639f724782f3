package org.assidu.accrual.load;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;

/** Reads mapping files; reports every problem at once. */
public final class CsvMappingParser {
    private static final Set<String> TOP =
            Set.of("delimiter", "grouping", "historical", "sold_at_pattern", "zone", "decimals", "fields");
    private static final Set<String> SOURCE = Set.of("column", "value", "take", "if_empty", "ean13_prefix");

    private final List<String> problems = new ArrayList<>();

    private CsvMappingParser() {}

    /** Names of the mappings that ship with the server. */
    public static List<String> builtIn() {
        return List.of("online-retail", "assidu");
    }

    /** @throws IllegalArgumentException when no mapping of that name ships */
    public static CsvMapping builtIn(String name) throws IOException {
        try (InputStream in = CsvMappingParser.class.getResourceAsStream("/formats/" + name + ".yaml")) {
            if (in == null || !builtIn().contains(name)) {
                throw new IllegalArgumentException("format '" + name + "' is unknown; built in are "
                        + String.join(", ", builtIn()) + "; --mapping FILE takes your own");
            }
            return parse(new String(in.readAllBytes(), StandardCharsets.UTF_8));
        }
    }

    public static CsvMapping read(Path file) throws IOException {
        return parse(Files.readString(file));
    }

    /** @throws IllegalArgumentException with all problems, a line each */
    public static CsvMapping parse(String yaml) {
        return new CsvMappingParser().mapping(yaml);
    }

    private CsvMapping mapping(String yaml) {
        Object root;
        try {
            root = new Load(LoadSettings.builder().setLabel("mapping").build()).loadFromString(yaml);
        } catch (YamlEngineException broken) {
            throw new IllegalArgumentException("the mapping is not YAML: " + broken.getMessage(), broken);
        }
        Map<?, ?> top = map(root, "the mapping");
        unknownKeys(top, TOP, "");
        String delimiter = text(top, "delimiter", ",");
        if (delimiter.length() != 1) {
            problems.add("delimiter: '" + delimiter + "' is not one character");
        }
        CsvMapping.Grouping grouping =
                choice(CsvMapping.Grouping.class, "grouping", text(top, "grouping", "CONTIGUOUS"));
        Map<CsvMapping.Field, CsvMapping.Source> fields = fields(map(top.get("fields"), "fields"));
        CsvMapping mapping = new CsvMapping(
                delimiter.isEmpty() ? ',' : delimiter.charAt(0),
                grouping,
                Boolean.parseBoolean(text(top, "historical", "false")),
                pattern(text(top, "sold_at_pattern", "yyyy-MM-dd HH:mm:ss")),
                zone(text(top, "zone", "UTC")),
                decimals(text(top, "decimals", "2")),
                fields);
        if (!problems.isEmpty()) {
            throw new IllegalArgumentException(
                    "the mapping has " + problems.size() + " problem(s):\n  " + String.join("\n  ", problems));
        }
        return mapping;
    }

    private Map<CsvMapping.Field, CsvMapping.Source> fields(Map<?, ?> entries) {
        Map<CsvMapping.Field, CsvMapping.Source> fields = new EnumMap<>(CsvMapping.Field.class);
        for (Map.Entry<?, ?> entry : entries.entrySet()) {
            String name = String.valueOf(entry.getKey());
            CsvMapping.Field field = fieldOf(name);
            if (field == null) {
                problems.add("fields." + name + ": unknown; known are " + knownFields());
                continue;
            }
            fields.put(field, source("fields." + name, entry.getValue()));
        }
        for (CsvMapping.Field field : CsvMapping.Field.values()) {
            if (field.required() && !fields.containsKey(field)) {
                problems.add("fields." + name(field) + ": missing; give {column: …} or {value: …}");
            }
        }
        if (!fields.containsKey(CsvMapping.Field.AMOUNT) && !fields.containsKey(CsvMapping.Field.UNIT_PRICE)) {
            problems.add("fields.amount: missing; give amount, or unit_price to multiply with quantity");
        }
        return fields;
    }

    private CsvMapping.Source source(String path, @Nullable Object value) {
        if (!(value instanceof Map<?, ?>)) {
            return new CsvMapping.Source(String.valueOf(value), null, CsvMapping.Take.ALL, null, null);
        }
        Map<?, ?> entries = map(value, path);
        unknownKeys(entries, SOURCE, path + ".");
        String column = optional(entries, "column");
        String fixed = optional(entries, "value");
        if ((column == null) == (fixed == null)) {
            problems.add(path + ": give either column or value");
        }
        return new CsvMapping.Source(
                column,
                fixed,
                choice(CsvMapping.Take.class, path + ".take", text(entries, "take", "ALL")),
                optional(entries, "if_empty"),
                optional(entries, "ean13_prefix"));
    }

    private DateTimeFormatter pattern(String pattern) {
        try {
            return DateTimeFormatter.ofPattern(pattern, Locale.ROOT);
        } catch (IllegalArgumentException bad) {
            problems.add("sold_at_pattern: '" + pattern + "' is not a date-time pattern: " + bad.getMessage());
            return DateTimeFormatter.ISO_LOCAL_DATE_TIME;
        }
    }

    private ZoneId zone(String zone) {
        try {
            return ZoneId.of(zone);
        } catch (DateTimeException bad) {
            problems.add("zone: '" + zone + "' is not a time zone, such as Europe/Paris");
            return ZoneId.of("UTC");
        }
    }

    private int decimals(String value) {
        if (value.matches("[0-4]")) {
            return Integer.parseInt(value);
        }
        problems.add("decimals: '" + value + "' is not 0 to 4");
        return 2;
    }

    private Map<?, ?> map(@Nullable Object value, String path) {
        if (value instanceof Map<?, ?> map) {
            return map;
        }
        problems.add(path + ": is not a mapping of keys to values");
        return Map.of();
    }

    private void unknownKeys(Map<?, ?> map, Set<String> known, String prefix) {
        for (Object key : map.keySet()) {
            if (!known.contains(String.valueOf(key))) {
                problems.add(prefix + key + ": unknown key; known are "
                        + String.join(", ", known.stream().sorted().toList()));
            }
        }
    }

    private <E extends Enum<E>> E choice(Class<E> type, String path, String value) {
        for (E constant : type.getEnumConstants()) {
            if (constant.name().equals(value)) {
                return constant;
            }
        }
        problems.add(path + ": '" + value + "' is not one of " + Arrays.toString(type.getEnumConstants()));
        return type.getEnumConstants()[0];
    }

    private static String text(Map<?, ?> map, String key, String otherwise) {
        Object value = map.get(key);
        return value == null ? otherwise : String.valueOf(value);
    }

    private static @Nullable String optional(Map<?, ?> map, String key) {
        Object value = map.get(key);
        return value == null ? null : String.valueOf(value);
    }

    private static CsvMapping.@Nullable Field fieldOf(String name) {
        for (CsvMapping.Field field : CsvMapping.Field.values()) {
            if (name(field).equals(name)) {
                return field;
            }
        }
        return null;
    }

    private static String knownFields() {
        return String.join(
                ", ",
                Arrays.stream(CsvMapping.Field.values())
                        .map(CsvMappingParser::name)
                        .toList());
    }

    static String name(CsvMapping.Field field) {
        return field.name().toLowerCase(Locale.ROOT);
    }
}
