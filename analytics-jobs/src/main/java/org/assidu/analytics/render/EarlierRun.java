package org.assidu.analytics.render;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.LocalDate;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The key figures of a run made before: of the same folder, kept in {@code history/}, or of another folder.
 *
 * <p>A folder keeps one file for each position of the journal and each selection, so that a run that is repeated on the
 * same data is compared with the one before it, as it was the first time.
 */
public final class EarlierRun {

    private final JsonNode root;

    private EarlierRun(JsonNode root) {
        this.root = root;
    }

    /** A run that lies in another folder; throws {@link IOException} that says what to do. */
    public static EarlierRun of(Path folder) throws IOException {
        Path file = folder.resolve("report.json");
        if (!Files.exists(file)) {
            throw new IOException(
                    folder + " holds no report.json, so it cannot be compared with; name the --out folder of"
                            + " an earlier run, written with json among its --format");
        }
        return parse(file);
    }

    /** The newest run in this folder over less data and the same selection; null without one. */
    static @Nullable EarlierRun before(RunInfo run, Path folder) throws IOException {
        Path history = folder.resolve("history");
        if (!Files.isDirectory(history)) {
            return null;
        }
        String prefix = prefix(run);
        String own = name(run);
        try (Stream<Path> files = Files.list(history)) {
            List<Path> earlier = files.filter(
                            file -> file.getFileName().toString().startsWith(prefix)
                                    && file.getFileName().toString().compareTo(own) < 0)
                    .sorted()
                    .toList();
            return earlier.isEmpty() ? null : parse(earlier.get(earlier.size() - 1));
        }
    }

    private static EarlierRun parse(Path file) throws IOException {
        JsonNode root = new ObjectMapper().readTree(Files.readString(file));
        int version = root.path("format_version").asInt(0);
        if (version > JsonRenderer.FORMAT_VERSION) {
            throw new IOException(file + " has format_version " + version + ", this assidu-reports reads up to "
                    + JsonRenderer.FORMAT_VERSION + ": compare with the version that wrote it");
        }
        return new EarlierRun(root);
    }

    /** Where this run's figures are kept for later ones. */
    static Path place(RunInfo run, Path folder) {
        return folder.resolve("history").resolve(name(run));
    }

    private static String name(RunInfo run) {
        return prefix(run)
                + String.format(Locale.ROOT, "%012d.json", run.scope().position());
    }

    private static String prefix(RunInfo run) {
        String asked = run.selection().words() + " " + run.scope().zone() + " "
                + run.scope().currency().getCurrencyCode();
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(asked.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(hash, 0, 4) + "-";
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }

    LocalDate lastDate() {
        return LocalDate.parse(root.path("last_date").asText());
    }

    long lines() {
        return root.path("lines").asLong();
    }

    String currency() {
        return root.path("currency").asText();
    }

    String selection() {
        return root.path("selection").asText("");
    }

    /** A key figure as it is in the file: money in major units. */
    OptionalDouble figure(String report, String key) {
        JsonNode value =
                root.path("reports").path(report).path("figures").path(key).path("value");
        return value.isNumber() ? OptionalDouble.of(value.asDouble()) : OptionalDouble.empty();
    }
}
