package org.assidu.analytics.report;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Bars, lines, steps, areas or points over a common axis.
 *
 * @param categories labels of the x axis, where a point's x is the index into them; empty for a numeric x axis
 */
public record XyPlot(Axis x, Axis y, List<Text> categories, List<Series> series) implements Plot {

    public XyPlot {
        categories = List.copyOf(categories);
        series = List.copyOf(series);
    }

    public enum Mark {
        BAR,
        STACKED_BAR,
        LINE,
        STEP,
        AREA,
        POINTS
    }

    /** One value; {@code incomplete} is drawn hatched or hollow, never as if it were low. A null y is not drawn. */
    public record Point(double x, @Nullable Double y, boolean incomplete) {}

    /**
     * Values of one name.
     *
     * @param reference a baseline or bound, drawn dashed and in grey
     */
    public record Series(Text name, Mark mark, List<Point> points, boolean reference) {

        public Series {
            points = List.copyOf(points);
        }

        /** A series over the plot's categories, the first value at the first category. */
        public static Series over(Text name, Mark mark, List<? extends @Nullable Number> values) {
            List<Point> points = new ArrayList<>(values.size());
            for (int i = 0; i < values.size(); i++) {
                Number value = values.get(i);
                points.add(new Point(i, value == null ? null : value.doubleValue(), false));
            }
            return new Series(name, mark, points, false);
        }

        /** The same with the points from an index on (inclusive) marked as incomplete. */
        public Series incompleteFrom(int index) {
            List<Point> marked = new ArrayList<>(points.size());
            for (int i = 0; i < points.size(); i++) {
                Point point = points.get(i);
                marked.add(new Point(point.x(), point.y(), point.incomplete() || i >= index));
            }
            return new Series(name, mark, marked, reference);
        }

        public Series asReference() {
            return new Series(name, mark, points, true);
        }
    }
}
