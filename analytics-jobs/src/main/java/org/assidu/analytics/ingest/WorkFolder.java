package org.assidu.analytics.ingest;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.hadoop.fs.FSDataInputStream;
import org.apache.hadoop.fs.FSDataOutputStream;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.DataFrameReader;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SaveMode;
import org.apache.spark.sql.types.StructType;

/**
 * Tables kept from one run to the next, so that a run reads only the segments of {@code sale_lines} that are new to it.
 *
 * <p>Each run that finds new segments adds a part: one folder of Parquet a table, made from just those segments. A row
 * of a kept table is a sum, so parts are added up by whoever reads them. {@code _work.json} says which files a part was
 * made from; it is replaced last, so a run that was cut off leaves nothing behind that counts. A part whose files
 * changed or went is dropped and made again.
 *
 * <pre>
 * WORK/_work.json
 * WORK/receipt_facts/part-00001/….parquet
 * WORK/customer_days/part-00001/….parquet
 * </pre>
 */
public final class WorkFolder {

    private static final String STATE = "_work.json";
    private static final ObjectMapper MAPPER = new ObjectMapper();

    private final ExportFolder export;
    private final Path root;
    private final FileSystem fileSystem;
    private final String fingerprint;
    private final Map<Integer, Map<String, String>> parts = new TreeMap<>();
    private final List<FileStatus> fresh = new ArrayList<>();
    private final Map<String, StructType> schemas = new ConcurrentHashMap<>();
    private int next = 1;

    private WorkFolder(ExportFolder export, Path root, FileSystem fileSystem, String fingerprint) {
        this.export = export;
        this.root = root;
        this.fileSystem = fileSystem;
        this.fingerprint = fingerprint;
    }

    /**
     * Opens or makes the folder.
     *
     * @param fingerprint what the kept rows depend on besides the files; under another one everything is made again
     */
    public static WorkFolder open(ExportFolder export, String location, String fingerprint) {
        Path root = new Path(location);
        try {
            FileSystem fileSystem =
                    root.getFileSystem(export.spark().sparkContext().hadoopConfiguration());
            fileSystem.mkdirs(root);
            WorkFolder folder = new WorkFolder(export, fileSystem.makeQualified(root), fileSystem, fingerprint);
            folder.load();
            return folder;
        } catch (IOException e) {
            throw new ExportException(
                    "cannot use the work folder " + location + ": " + e.getMessage()
                            + "; name another with --work, or --work none to keep nothing",
                    e);
        }
    }

    private void load() throws IOException {
        Map<String, String> current = new LinkedHashMap<>();
        Map<String, FileStatus> byName = new LinkedHashMap<>();
        for (FileStatus file : export.files(ExportTable.SALE_LINES)) {
            String name =
                    file.getPath().getParent().getName() + "/" + file.getPath().getName();
            current.put(name, file.getLen() + " " + file.getModificationTime());
            byName.put(name, file);
        }
        JsonNode state = state();
        next = state.path("next").asInt(1);
        if (state.path("fingerprint").asText("").equals(fingerprint)) {
            for (JsonNode part : state.path("parts")) {
                Map<String, String> files = new TreeMap<>();
                part.path("files")
                        .fields()
                        .forEachRemaining(
                                file -> files.put(file.getKey(), file.getValue().asText()));
                if (files.entrySet().stream().allMatch(file -> file.getValue().equals(current.get(file.getKey())))) {
                    parts.put(part.path("part").asInt(), files);
                }
            }
        }
        TreeSet<String> covered = new TreeSet<>();
        parts.values().forEach(files -> covered.addAll(files.keySet()));
        byName.forEach((name, file) -> {
            if (!covered.contains(name)) {
                fresh.add(file);
            }
        });
    }

    private JsonNode state() throws IOException {
        Path file = new Path(root, STATE);
        if (!fileSystem.exists(file)) {
            return MAPPER.createObjectNode();
        }
        try (FSDataInputStream in = fileSystem.open(file)) {
            return MAPPER.readTree(in.readAllBytes());
        }
    }

    /** Files of {@code sale_lines} that no part covers. */
    public int freshFiles() {
        return fresh.size();
    }

    /** Files of {@code sale_lines} that need not be read again. */
    public int keptFiles() {
        return parts.values().stream().mapToInt(Map::size).sum();
    }

    /** Parts that a table is read from. */
    public int parts() {
        return parts.size();
    }

    /** The lines of new segments. */
    public Dataset<Row> freshLines() {
        return export.read(ExportTable.SALE_LINES, fresh);
    }

    /** Writes a table of the new part and reads it back. */
    public Dataset<Row> write(String table, Dataset<Row> rows) {
        String path = path(table, next);
        rows.write().mode(SaveMode.Overwrite).option("compression", "zstd").parquet(path);
        schemas.put(table, rows.schema());
        return export.spark().read().schema(rows.schema()).parquet(path);
    }

    /** Makes what was written count, and removes parts that no longer do. */
    public void commit() {
        Map<String, String> files = new TreeMap<>();
        for (FileStatus file : fresh) {
            String name =
                    file.getPath().getParent().getName() + "/" + file.getPath().getName();
            files.put(name, file.getLen() + " " + file.getModificationTime());
        }
        parts.put(next++, files);
        fresh.clear();
        ObjectNode state = MAPPER.createObjectNode();
        state.put("fingerprint", fingerprint);
        state.put("next", next);
        ArrayNode all = state.putArray("parts");
        parts.forEach((part, names) -> {
            ObjectNode one = all.addObject();
            one.put("part", part);
            ObjectNode listed = one.putObject("files");
            names.forEach(listed::put);
        });
        try {
            replaceState(state);
            removeOthers();
        } catch (IOException e) {
            throw new ExportException("cannot write " + root + "/" + STATE + ": " + e.getMessage(), e);
        }
    }

    private void replaceState(ObjectNode state) throws IOException {
        Path temporary = new Path(root, STATE + ".new");
        try (FSDataOutputStream out = fileSystem.create(temporary, true)) {
            out.write(MAPPER.writerWithDefaultPrettyPrinter().writeValueAsBytes(state));
        }
        Path file = new Path(root, STATE);
        fileSystem.delete(file, false);
        if (!fileSystem.rename(temporary, file)) {
            throw new IOException("could not rename " + temporary);
        }
    }

    private void removeOthers() throws IOException {
        for (FileStatus table : fileSystem.listStatus(root)) {
            if (!table.isDirectory()) {
                continue;
            }
            for (FileStatus part : fileSystem.listStatus(table.getPath())) {
                String name = part.getPath().getName();
                if (name.startsWith("part-")
                        && !parts.containsKey(Integer.parseInt(name.substring("part-".length())))) {
                    fileSystem.delete(part.getPath(), true);
                }
            }
        }
    }

    /** A kept table: the rows of all parts. */
    public Dataset<Row> table(String table) {
        StructType written = schemas.get(table);
        DataFrameReader reader = export.spark().read();
        // A schema that is known need not be asked of the files, which Spark would do in a job of its own.
        return (written == null ? reader : reader.schema(written))
                .parquet(parts.keySet().stream().map(part -> path(table, part)).toArray(String[]::new));
    }

    private String path(String table, int part) {
        return new Path(root, table + String.format(Locale.ROOT, "/part-%05d", part)).toString();
    }
}
