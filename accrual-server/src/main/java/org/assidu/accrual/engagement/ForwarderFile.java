package org.assidu.accrual.engagement;

import java.io.IOException;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.assidu.accrual.model.EventKind;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;

/** Reads section {@code forwarders} of the server's configuration file; reports every problem at once. */
public final class ForwarderFile {
    private static final Pattern NAME = Pattern.compile("[a-z0-9][a-z0-9-]{0,39}");
    private static final Set<String> TOP = Set.of("forwarders");
    private static final Set<String> FORWARDER = Set.of("name", "kinds", "historical", "webhook", "files");
    private static final Set<String> WEBHOOK = Set.of("url", "secret_file", "timeout_seconds", "longest_pause_seconds");
    private static final Set<String> FILES = Set.of("folder", "rotate_mib");

    private final Path folder;
    private final List<String> problems = new ArrayList<>();

    private ForwarderFile(Path folder) {
        this.folder = folder;
    }

    /**
     * Paths in the file are relative to its folder.
     *
     * @throws IllegalArgumentException with all problems, a line each
     */
    public static List<ForwarderConfig> read(Path file) throws IOException {
        Path folder = file.toAbsolutePath().normalize().getParent();
        return parse(Files.readString(file), folder == null ? Path.of("") : folder);
    }

    /** As {@link #read}. */
    public static List<ForwarderConfig> parse(String yaml, Path folder) {
        return new ForwarderFile(folder).forwarders(yaml);
    }

    private List<ForwarderConfig> forwarders(String yaml) {
        Object root;
        try {
            root = new Load(LoadSettings.builder().setLabel("configuration").build()).loadFromString(yaml);
        } catch (YamlEngineException broken) {
            throw new IllegalArgumentException("the configuration is not YAML: " + broken.getMessage(), broken);
        }
        Map<?, ?> top = map(root, "the configuration");
        unknownKeys(top, TOP, "");
        List<ForwarderConfig> forwarders = new ArrayList<>();
        Set<String> names = new HashSet<>();
        if (top.get("forwarders") instanceof List<?> list) {
            for (int i = 0; i < list.size(); i++) {
                ForwarderConfig forwarder = forwarder("forwarders[" + i + "]", list.get(i));
                if (forwarder != null && !names.add(forwarder.name())) {
                    problems.add("forwarders[" + i + "].name: \"" + forwarder.name() + "\" is taken; name each once");
                } else if (forwarder != null) {
                    forwarders.add(forwarder);
                }
            }
        } else if (top.containsKey("forwarders")) {
            problems.add("forwarders: is not a list; write - name: … for each");
        }
        if (!problems.isEmpty()) {
            throw new IllegalArgumentException(
                    "the configuration has " + problems.size() + " problem(s):\n  " + String.join("\n  ", problems));
        }
        return List.copyOf(forwarders);
    }

    private @Nullable ForwarderConfig forwarder(String path, Object value) {
        Map<?, ?> entry = map(value, path);
        unknownKeys(entry, FORWARDER, path + ".");
        String name = String.valueOf(entry.get("name"));
        if (!NAME.matcher(name).matches()) {
            problems.add(path + ".name: \"" + name + "\"; write 1 to 40 lower-case letters, digits and hyphens");
        }
        EventFilter filter = EventFilter.of(kinds(path, entry.get("kinds")), flag(path, entry, "historical"));
        boolean webhook = entry.containsKey("webhook");
        if (webhook == entry.containsKey("files")) {
            problems.add(path + ": give either webhook or files");
            return null;
        }
        ForwarderConfig.Target target = webhook
                ? webhook(path + ".webhook", map(entry.get("webhook"), path + ".webhook"))
                : files(path + ".files", map(entry.get("files"), path + ".files"));
        return target == null ? null : new ForwarderConfig(name, filter, target);
    }

    private ForwarderConfig.@Nullable Target webhook(String path, Map<?, ?> entry) {
        unknownKeys(entry, WEBHOOK, path + ".");
        URI url = url(path, String.valueOf(entry.get("url")));
        if (!entry.containsKey("secret_file")) {
            problems.add(
                    path + ".secret_file: missing; name a file with the secret that signs requests, 16 bytes or more");
        }
        int timeout = (int) number(path, entry, "timeout_seconds", 10, 1, 300);
        int pause = (int) number(path, entry, "longest_pause_seconds", 60, 1, 3_600);
        return url == null ? null : new ForwarderConfig.Webhook(url, file(entry.get("secret_file")), timeout, pause);
    }

    /** Events tell of people: they leave the machine encrypted or not at all. */
    private @Nullable URI url(String path, String text) {
        URI url;
        try {
            url = URI.create(text);
        } catch (IllegalArgumentException e) {
            problems.add(path + ".url: \"" + text + "\" is no URL: " + e.getMessage());
            return null;
        }
        String scheme = url.getScheme() == null ? "" : url.getScheme().toLowerCase(Locale.ROOT);
        String host = url.getHost();
        if (host == null || (!scheme.equals("https") && !(scheme.equals("http") && isLoopback(host)))) {
            problems.add(path + ".url: \"" + text + "\"; write https://…, or http:// to this machine itself");
            return null;
        }
        return url;
    }

    private static boolean isLoopback(String host) {
        try {
            return InetAddress.getByName(host).isLoopbackAddress();
        } catch (UnknownHostException e) {
            return false;
        }
    }

    private ForwarderConfig.Target files(String path, Map<?, ?> entry) {
        unknownKeys(entry, FILES, path + ".");
        if (!entry.containsKey("folder")) {
            problems.add(path + ".folder: missing; name a folder of this forwarder's own");
        }
        return new ForwarderConfig.Files(
                file(entry.get("folder")), number(path, entry, "rotate_mib", 64, 1, 512) << 20);
    }

    private Path file(@Nullable Object value) {
        return folder.resolve(String.valueOf(value));
    }

    private Set<EventKind> kinds(String path, @Nullable Object value) {
        Set<EventKind> kinds = EnumSet.noneOf(EventKind.class);
        if (value == null) {
            return kinds;
        }
        List<?> names = value instanceof List<?> list ? list : List.of(value);
        for (Object name : names) {
            try {
                kinds.add(EventKind.valueOf(String.valueOf(name)));
            } catch (IllegalArgumentException unknown) {
                String known = Arrays.stream(EventKind.values())
                        .skip(1)
                        .map(EventKind::name)
                        .collect(Collectors.joining(", "));
                problems.add(path + ".kinds: \"" + name + "\" is unknown; known are " + known);
            }
        }
        return kinds;
    }

    private boolean flag(String path, Map<?, ?> entry, String key) {
        Object value = entry.containsKey(key) ? entry.get(key) : Boolean.FALSE;
        if (value instanceof Boolean flag) {
            return flag;
        }
        problems.add(path + "." + key + ": \"" + value + "\"; write true or false");
        return false;
    }

    private long number(String path, Map<?, ?> entry, String key, long otherwise, long least, long most) {
        Object value = entry.get(key);
        if (value == null) {
            return otherwise;
        }
        if (value instanceof Number number && number.longValue() >= least && number.longValue() <= most) {
            return number.longValue();
        }
        problems.add(path + "." + key + ": " + value + "; write a whole number, " + least + " to " + most);
        return otherwise;
    }

    private Map<?, ?> map(@Nullable Object value, String path) {
        if (value instanceof Map<?, ?> map) {
            return map;
        }
        problems.add(path + ": is not a mapping of keys and values");
        return Map.of();
    }

    private void unknownKeys(Map<?, ?> entry, Set<String> known, String prefix) {
        for (Object key : entry.keySet()) {
            if (!known.contains(String.valueOf(key))) {
                problems.add(prefix + key + ": unknown; known are "
                        + known.stream().sorted().collect(Collectors.joining(", ")));
            }
        }
    }
}
