package org.assidu.benchmarks.load;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;
import java.util.stream.DoubleStream;

/** All measurements of a run, and their medians. */
final class LoadResults {
    private final List<Measurement> all = new ArrayList<>();

    void add(Measurement measurement) {
        all.add(measurement);
    }

    double median(Shape shape, String target, String mode, ToDoubleFunction<Measurement> figure) {
        return median(all.stream()
                .filter(m -> m.shape().equals(shape)
                        && m.target().equals(target)
                        && m.mode().equals(mode))
                .mapToDouble(figure));
    }

    private static double median(DoubleStream figures) {
        double[] values = figures.sorted().toArray();
        if (values.length == 0) {
            return Double.NaN;
        }
        int middle = values.length / 2;
        return values.length % 2 == 1 ? values[middle] : (values[middle - 1] + values[middle]) / 2;
    }

    /** Median over rounds of a target's throughput as a share of noop's in the same round. */
    double ratio(Shape shape, String target) {
        return median(shape, target, "closed", m -> m.linesPerSecond() / noop(m));
    }

    private double noop(Measurement of) {
        return all.stream()
                .filter(m -> m.round() == of.round()
                        && m.shape().equals(of.shape())
                        && m.target().equals("noop")
                        && m.mode().equals("closed"))
                .mapToDouble(Measurement::linesPerSecond)
                .findFirst()
                .orElse(Double.NaN);
    }

    ObjectNode json(List<Shape> shapes, List<String> targets) {
        ObjectNode root = new ObjectMapper().createObjectNode();
        root.put("machine", Machine.describe());
        ObjectNode byShape = root.putObject("shapes");
        for (Shape shape : shapes) {
            ObjectNode node = byShape.putObject(shape.toString());
            for (String target : targets) {
                ObjectNode figures = node.putObject(target);
                figures.put(
                        "lines_per_second", Math.round(median(shape, target, "closed", Measurement::linesPerSecond)));
                figures.put("p50_us", Math.round(median(shape, target, "open", Measurement::p50Micros)));
                figures.put("p99_us", Math.round(median(shape, target, "open", Measurement::p99Micros)));
                figures.put("p999_us", Math.round(median(shape, target, "open", Measurement::p999Micros)));
                figures.put(
                        "latency_at_lines_per_second",
                        Math.round(median(shape, target, "open", Measurement::offeredLinesPerSecond)));
                figures.put(
                        "server_cpu_ns_per_line",
                        Math.round(median(shape, target, "closed", Measurement::serverCpuNanosPerLine)));
                figures.put(
                        "client_cpu_ns_per_line",
                        Math.round(median(shape, target, "closed", Measurement::clientCpuNanosPerLine)));
            }
            ObjectNode ratio = node.putObject("ratio");
            for (String target : targets) {
                if (!target.equals("noop")) {
                    ratio.put(target, Math.round(ratio(shape, target) * 1_000) / 1_000.0);
                }
            }
        }
        ArrayNode rounds = root.putArray("rounds");
        for (Measurement m : all) {
            ObjectNode node = rounds.addObject();
            node.put("round", m.round());
            node.put("shape", m.shape().toString());
            node.put("target", m.target());
            node.put("mode", m.mode());
            node.put("lines_per_second", Math.round(m.linesPerSecond()));
            node.put("offered_lines_per_second", Math.round(m.offeredLinesPerSecond()));
            node.put("server_cpu_ns_per_line", Math.round(m.serverCpuNanosPerLine()));
            node.put("client_cpu_ns_per_line", Math.round(m.clientCpuNanosPerLine()));
            node.put("p50_us", m.p50Micros());
            node.put("p99_us", m.p99Micros());
            node.put("p999_us", m.p999Micros());
            node.put("max_us", m.maxMicros());
        }
        return root;
    }

    String table(List<Shape> shapes, List<String> targets) {
        StringBuilder table = new StringBuilder(String.format(
                "%-7s %-15s %13s %7s %14s %14s %9s %9s %9s%n",
                "shape",
                "target",
                "lines/s",
                "ratio",
                "server ns/line",
                "client ns/line",
                "p50 µs",
                "p99 µs",
                "p99.9 µs"));
        for (Shape shape : shapes) {
            for (String target : targets) {
                table.append(String.format(
                        Locale.ROOT,
                        "%-7s %-15s %,13.0f %7.3f %,14.0f %,14.0f %,9.0f %,9.0f %,9.0f%n",
                        shape,
                        target,
                        median(shape, target, "closed", Measurement::linesPerSecond),
                        ratio(shape, target),
                        median(shape, target, "closed", Measurement::serverCpuNanosPerLine),
                        median(shape, target, "closed", Measurement::clientCpuNanosPerLine),
                        median(shape, target, "open", Measurement::p50Micros),
                        median(shape, target, "open", Measurement::p99Micros),
                        median(shape, target, "open", Measurement::p999Micros)));
            }
        }
        return table.toString();
    }

    static List<Shape> shapes(String text) {
        return Arrays.stream(text.split(",")).map(Shape::parse).toList();
    }
}
