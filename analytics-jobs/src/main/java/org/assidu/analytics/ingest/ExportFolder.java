package org.assidu.analytics.ingest;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
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
import org.apache.parquet.schema.Type;
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
    private final Map<ExportTable, List<Path>> files;
    private final long uncoveredPositions;

    private ExportFolder(
            SparkSession spark,
            String location,
            ExportManifest manifest,
            Map<ExportTable, List<Path>> files,
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
            Map<ExportTable, List<Path>> files = new EnumMap<>(ExportTable.class);
            List<Segments.Range> covered = new ArrayList<>();
            for (ExportTable table : ExportTable.values()) {
                List<Path> found = current(table, list(fileSystem, new Path(root, table.folder())), manifest);
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

    private static List<Path> list(FileSystem fileSystem, Path folder) throws IOException {
        List<Path> found = new ArrayList<>();
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
                found.add(status.getPath());
            }
        }
        found.sort(Comparator.comparing(Path::getName).thenComparing(Path::toString));
        return found;
    }

    /** Without what an export that was cut off left behind. */
    private static List<Path> current(ExportTable table, List<Path> found, ExportManifest manifest) {
        List<Path> current = new ArrayList<>();
        String whole = String.format(Locale.ROOT, "%s-%012d.parquet", table.folder(), manifest.tablesPosition());
        for (Path path : found) {
            boolean kept = table.partitioned()
                    ? Segments.range(path.getName(), table.folder()).first() <= manifest.position()
                    : path.getName().equals(whole);
            if (kept) {
                current.add(path);
            }
        }
        return current;
    }

    private static Set<Segments.Range> ranges(ExportTable table, List<Path> found) {
        Set<Segments.Range> ranges = new TreeSet<>();
        for (Path path : found) {
            ranges.add(Segments.range(path.getName(), table.folder()));
        }
        Segments.requireDisjoint(ranges, table.folder());
        return ranges;
    }

    /** An explicit schema reads a column that is missing as null, silently: so the oldest and the newest file are asked. */
    private void requireColumns(ExportTable table) throws IOException {
        List<Path> found = files.getOrDefault(table, List.of());
        if (found.isEmpty()) {
            throw new ExportException(location + "/" + table.folder()
                    + " holds no Parquet file: the export is incomplete; run `assidu export` again");
        }
        Configuration configuration = spark.sparkContext().hadoopConfiguration();
        for (Path path : new TreeSet<>(List.of(found.get(0), found.get(found.size() - 1)))) {
            try (ParquetFileReader reader = ParquetFileReader.open(HadoopInputFile.fromPath(path, configuration))) {
                MessageType actual = reader.getFooter().getFileMetaData().getSchema();
                for (StructField expected : table.columns().fields()) {
                    requireColumn(table, path, actual, expected);
                }
            }
        }
    }

    private static void requireColumn(ExportTable table, Path path, MessageType actual, StructField expected) {
        String where = "table " + table.folder() + ": column " + expected.name();
        if (!actual.containsField(expected.name())) {
            throw new ExportException(where + " is missing from " + path
                    + ": export again with this version's server into an empty folder");
        }
        Type type = actual.getType(expected.name());
        String found = type.isPrimitive()
                ? type.asPrimitiveType().getPrimitiveTypeName().name()
                : "GROUP";
        String wanted = ExportTable.physicalType(expected.dataType());
        if (!found.equals(wanted)) {
            throw new ExportException(where + " of " + path + " is " + found + ", expected " + wanted
                    + ": export again with this version's server into an empty folder");
        }
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
        List<Path> current = files.getOrDefault(table, List.of());
        if (current.isEmpty()) {
            return spark.createDataFrame(List.of(), table.schema());
        }
        return spark.read()
                .schema(table.schema())
                .option("basePath", new Path(location, table.folder()).toString())
                .parquet(current.stream().map(Path::toString).toArray(String[]::new));
    }
}
