package org.assidu.analytics.ingest;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FSDataInputStream;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.parquet.hadoop.ParquetFileReader;
import org.apache.parquet.hadoop.util.HadoopInputFile;
import org.apache.parquet.schema.MessageType;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.StructField;

/**
 * An export on any file system Spark reaches, checked when opened: known format, tables present, columns present in the
 * oldest and the newest file, no segment twice.
 */
public final class ExportFolder {

    private final SparkSession spark;
    private final String location;
    private final ExportManifest manifest;
    private final Map<ExportTable, List<FileStatus>> files;
    private final long uncoveredPositions;

    private ExportFolder(
            SparkSession spark,
            String location,
            ExportManifest manifest,
            Map<ExportTable, List<FileStatus>> files,
            long uncoveredPositions) {
        this.spark = spark;
        this.location = location;
        this.manifest = manifest;
        this.files = files;
        this.uncoveredPositions = uncoveredPositions;
    }

    /** Opens and checks; throws {@link ExportException} with the remedy. */
    public static ExportFolder open(SparkSession spark, String location) {
        try {
            Path root = new Path(location);
            FileSystem fileSystem = root.getFileSystem(spark.sparkContext().hadoopConfiguration());
            if (!fileSystem.exists(root)) {
                throw new ExportException("no export at " + location + ": write one with `assidu export --out "
                        + location + "`, or name another folder with --exports");
            }
            ExportManifest manifest = manifest(fileSystem, root);
            Map<ExportTable, List<FileStatus>> files = new EnumMap<>(ExportTable.class);
            List<Segments.Range> covered = new ArrayList<>();
            for (ExportTable table : ExportTable.values()) {
                List<FileStatus> found = current(table, list(fileSystem, new Path(root, table.folder())), manifest);
                files.put(table, found);
                if (table.partitioned()) {
                    covered.addAll(ranges(table, found));
                }
            }
            if (files.getOrDefault(ExportTable.SALE_LINES, List.of()).isEmpty()) {
                throw new ExportException(
                        location + "/sale_lines holds no Parquet file: nothing was sold up to position "
                                + manifest.position() + ", or the export is incomplete; run `assidu export` again");
            }
            long uncovered = Segments.gaps(covered, manifest.position()).stream()
                    .mapToLong(gap -> gap.last() - gap.first() + 1)
                    .sum();
            ExportFolder folder = new ExportFolder(spark, location, manifest, files, uncovered);
            folder.requireColumns(ExportTable.SALE_LINES);
            folder.requireColumns(ExportTable.RECEIPTS);
            for (ExportTable table : EnumSet.complementOf(EnumSet.of(ExportTable.SALE_LINES, ExportTable.RECEIPTS))) {
                if (folder.has(table)) {
                    folder.checkColumns(table, folder.files(table));
                }
            }
            return folder;
        } catch (IOException e) {
            throw new ExportException("cannot read " + location + ": " + e.getMessage(), e);
        }
    }

    private static ExportManifest manifest(FileSystem fileSystem, Path root) throws IOException {
        Path file = new Path(root, ExportManifest.FILE);
        try (FSDataInputStream in = fileSystem.open(file)) {
            return ExportManifest.parse(new String(in.readAllBytes(), StandardCharsets.UTF_8), file.toString());
        } catch (FileNotFoundException e) {
            throw new ExportException(
                    root + " has no " + ExportManifest.FILE + ": it is no export folder, or the export did not finish;"
                            + " run `assidu export --out " + root + "`",
                    e);
        }
    }

    private static List<FileStatus> list(FileSystem fileSystem, Path folder) throws IOException {
        List<FileStatus> found = new ArrayList<>();
        if (!fileSystem.exists(folder)) {
            return found;
        }
        for (FileStatus status : fileSystem.listStatus(folder)) {
            String name = status.getPath().getName();
            if (name.startsWith("_") || name.startsWith(".")) {
                continue;
            }
            if (status.isDirectory()) {
                found.addAll(list(fileSystem, status.getPath()));
            } else if (name.endsWith(".parquet")) {
                found.add(status);
            }
        }
        found.sort(Comparator.comparing((FileStatus file) -> file.getPath().getName())
                .thenComparing(file -> file.getPath().toString()));
        return found;
    }

    /** Without what an export that was cut off left behind. */
    private static List<FileStatus> current(ExportTable table, List<FileStatus> found, ExportManifest manifest) {
        List<FileStatus> current = new ArrayList<>();
        String whole = String.format(Locale.ROOT, "%s-%012d.parquet", table.folder(), manifest.tablesPosition());
        for (FileStatus file : found) {
            Path path = file.getPath();
            boolean kept = table.partitioned()
                    ? Segments.range(path.getName(), table.folder()).first() <= manifest.position()
                    : path.getName().equals(whole);
            if (kept) {
                current.add(file);
            }
        }
        return current;
    }

    private static Set<Segments.Range> ranges(ExportTable table, List<FileStatus> found) {
        Set<Segments.Range> ranges = new TreeSet<>();
        for (FileStatus file : found) {
            ranges.add(Segments.range(file.getPath().getName(), table.folder()));
        }
        Segments.requireDisjoint(ranges, table.folder());
        return ranges;
    }

    /** An explicit schema reads a column that is missing as null, silently: so the oldest and the newest file are asked. */
    private void requireColumns(ExportTable table) throws IOException {
        List<FileStatus> found = files.getOrDefault(table, List.of());
        if (found.isEmpty()) {
            throw new ExportException(location + "/" + table.folder()
                    + " holds no Parquet file: the export is incomplete; run `assidu export` again");
        }
        checkColumns(table, found);
    }

    private void checkColumns(ExportTable table, List<FileStatus> found) throws IOException {
        FileStatus newest = found.get(found.size() - 1);
        for (FileStatus file : new LinkedHashSet<>(List.of(found.get(0), newest))) {
            MessageType actual = columnsOf(file.getPath());
            for (StructField expected : table.columns().fields()) {
                ColumnCheck.require(table, file.getPath(), actual, expected);
            }
            for (StructField optional : table.optionalColumns().fields()) {
                if (actual.containsField(optional.name())) {
                    ColumnCheck.require(table, file.getPath(), actual, optional);
                }
            }
        }
    }

    private MessageType columnsOf(Path path) throws IOException {
        Configuration configuration = spark.sparkContext().hadoopConfiguration();
        try (ParquetFileReader reader = ParquetFileReader.open(HadoopInputFile.fromPath(path, configuration))) {
            return reader.getFooter().getFileMetaData().getSchema();
        }
    }

    /** Whether the export has rows of a table. */
    public boolean has(ExportTable table) {
        return !files.getOrDefault(table, List.of()).isEmpty();
    }

    /** Whether the newest file of a table has a column. */
    public boolean has(ExportTable table, String column) {
        List<FileStatus> found = files.getOrDefault(table, List.of());
        try {
            return !found.isEmpty()
                    && columnsOf(found.get(found.size() - 1).getPath()).containsField(column);
        } catch (IOException e) {
            throw new ExportException("cannot read " + location + ": " + e.getMessage(), e);
        }
    }

    /** Bytes in the files of a table; tells a small job from a large one. */
    public long bytes(ExportTable table) {
        return files.getOrDefault(table, List.of()).stream()
                .mapToLong(FileStatus::getLen)
                .sum();
    }

    List<FileStatus> files(ExportTable table) {
        return files.getOrDefault(table, List.of());
    }

    SparkSession spark() {
        return spark;
    }

    public ExportManifest manifest() {
        return manifest;
    }

    public String location() {
        return location;
    }

    /** Positions up to the manifest's that no segment of any table covers: records that are no sale, or a lost file. */
    public long uncoveredPositions() {
        return uncoveredPositions;
    }

    /** The rows of a table; an absent table has none. */
    public Dataset<Row> table(ExportTable table) {
        return read(table, files(table));
    }

    Dataset<Row> read(ExportTable table, List<FileStatus> some) {
        if (some.isEmpty()) {
            return spark.createDataFrame(List.of(), table.schema());
        }
        return spark.read()
                .schema(table.schema())
                .option("basePath", new Path(location, table.folder()).toString())
                .parquet(some.stream().map(file -> file.getPath().toString()).toArray(String[]::new));
    }
}
