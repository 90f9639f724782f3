package org.assidu.accrual.backup;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.assidu.accrual.journal.GenerationExtent;
import org.jspecify.annotations.Nullable;

/**
 * What a backup holds: JSON, and a last line with its SHA-256. It appears whole when everything it names is on disk; what a folder
 * holds besides is no part of the backup.
 *
 * @param holds {@link #JOURNAL}, {@link #DIRECTORY} or {@link #ARCHIVE}
 * @param position of the journal, when it was made
 * @param chainHead hash of the batch that ends there, in hex; empty in a directory's
 * @param generations of the journal
 */
public record Manifest(
        String holds,
        long madeAtMillis,
        long position,
        String chainHead,
        List<GenerationExtent> generations,
        List<Entry> files) {
    public static final String JOURNAL = "journal";
    public static final String DIRECTORY = "directory";
    public static final String ARCHIVE = "archive";

    static final String FILE_NAME = "backup.manifest";
    static final String DRAFT = ".draft";
    private static final String CHECKSUM = "sha256 ";
    private static final int VERSION = 1;
    private static final ObjectMapper JSON = new ObjectMapper();

    /** A file, from the backup's folder, and its first bytes. */
    public record Entry(String path, long bytes, String sha256) {}

    public Manifest {
        generations = List.copyOf(generations);
        files = List.copyOf(files);
    }

    /** The manifest in a backup's folder; null when there is none. @throws BackupException when it is damaged */
    public static @Nullable Manifest read(Path folder) throws IOException {
        Path file = folder.resolve(FILE_NAME);
        String text;
        try {
            text = new String(Files.readAllBytes(file), StandardCharsets.UTF_8);
        } catch (NoSuchFileException e) {
            return null;
        }
        int at = text.lastIndexOf("\n" + CHECKSUM) + 1;
        String body = text.substring(0, at);
        String actual = FileCopies.sha256(body.getBytes(StandardCharsets.UTF_8));
        String expected = text.substring(at).replace(CHECKSUM, "").strip();
        if (!expected.equals(actual)) {
            throw new BackupException("the manifest " + file + " is damaged: sha256 expected=" + expected + " actual="
                    + actual + ". Bring the file back, use another backup, or delete it and back up again");
        }
        try {
            return of(JSON.readTree(body), file);
        } catch (IOException | IllegalArgumentException e) {
            throw new BackupException("the manifest " + file + " cannot be read: " + e.getMessage(), e);
        }
    }

    /** As {@link #read}. @throws BackupException also when there is none, or it holds something else */
    public static Manifest require(Path folder, String holds) throws IOException {
        Manifest manifest = read(folder);
        if (manifest == null) {
            throw new BackupException(
                    "no backup in " + folder + ": " + FILE_NAME
                            + " is missing. Give the folder that `assidu backup` was given; a backup that never ended has none");
        }
        if (!manifest.holds.equals(holds)) {
            throw new BackupException(folder + " holds a backup of the " + manifest.holds + ", expected one of the "
                    + holds + ": give the folders the other way round");
        }
        return manifest;
    }

    private static Manifest of(JsonNode json, Path file) {
        if (json.path("assidu_backup").asInt() != VERSION) {
            throw new BackupException(
                    file + " has version " + json.path("assidu_backup").asText() + ", this one knows " + VERSION
                            + ": use the version that wrote it, or a newer one");
        }
        List<GenerationExtent> generations = new ArrayList<>();
        json.path("generations").forEach(text -> generations.add(GenerationExtent.ofText(text.asText())));
        List<Entry> files = new ArrayList<>();
        json.path("files")
                .forEach(entry -> files.add(new Entry(
                        entry.path("path").asText(),
                        entry.path("bytes").asLong(),
                        entry.path("sha256").asText())));
        return new Manifest(
                json.path("holds").asText(),
                Instant.parse(json.path("made_at").asText()).toEpochMilli(),
                json.path("position").asLong(),
                json.path("chain_head").asText(),
                generations,
                files);
    }

    void write(Path folder) throws IOException {
        ObjectNode json = JSON.createObjectNode();
        json.put("assidu_backup", VERSION);
        json.put("holds", holds);
        json.put("made_at", Instant.ofEpochMilli(madeAtMillis).toString());
        json.put("position", position);
        json.put("chain_head", chainHead);
        ArrayNode seals = json.putArray("generations");
        generations.forEach(generation -> seals.add(generation.text()));
        ArrayNode entries = json.putArray("files");
        for (Entry file : files) {
            entries.addObject()
                    .put("path", file.path())
                    .put("bytes", file.bytes())
                    .put("sha256", file.sha256());
        }
        String body = JSON.writerWithDefaultPrettyPrinter().writeValueAsString(json) + "\n";
        String checksum = FileCopies.sha256(body.getBytes(StandardCharsets.UTF_8));
        FileCopies.write(folder.resolve(FILE_NAME), body + CHECKSUM + checksum + "\n");
    }

    /** When it was made, as people and scripts read it. */
    public String madeAt() {
        return Instant.ofEpochMilli(madeAtMillis).toString();
    }

    public long bytes() {
        return files.stream().mapToLong(Entry::bytes).sum();
    }

    @Nullable
    Entry file(String path) {
        return files.stream()
                .filter(file -> file.path().equals(path))
                .findFirst()
                .orElse(null);
    }

    /** Reads all files. @return what is not as it was written, and what to do; empty = nothing */
    public List<String> problems(Path folder) throws IOException {
        List<String> problems = new ArrayList<>();
        for (Entry file : files) {
            Path path = folder.resolve(file.path());
            if (!Files.isRegularFile(path)) {
                problems.add("file " + path + " is missing");
            } else if (Files.size(path) < file.bytes()) {
                problems.add("file " + path + " has bytes expected=" + file.bytes() + " actual=" + Files.size(path));
            } else {
                String actual = FileCopies.sha256(path, file.bytes());
                if (!actual.equals(file.sha256())) {
                    problems.add("file " + path + " has sha256 expected=" + file.sha256() + " actual=" + actual);
                }
            }
        }
        return problems;
    }
}
