package org.assidu.analytics.render;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import org.assidu.analytics.report.Axis;
import org.assidu.analytics.report.Chart;
import org.assidu.analytics.report.HeatmapPlot;
import org.assidu.analytics.report.Plot;
import org.assidu.analytics.report.SankeyPlot;
import org.assidu.analytics.report.Text;
import org.assidu.analytics.report.Unit;
import org.assidu.analytics.report.XyPlot;

/** Plots as the JSON that the page's script draws from; money in major units, words in both languages. */
final class PlotJson {

    private static final ObjectMapper MAPPER = new ObjectMapper();

    private final ValueFormat format;

    PlotJson(ValueFormat format) {
        this.format = format;
    }

    ObjectNode of(Chart chart) {
        ObjectNode node = of(chart.plot());
        text(node.putObject("title"), chart.title());
        return node;
    }

    private ObjectNode of(Plot plot) {
        if (plot instanceof XyPlot xy) {
            return xy(xy);
        } else if (plot instanceof HeatmapPlot heatmap) {
            return heatmap(heatmap);
        } else if (plot instanceof SankeyPlot sankey) {
            return sankey(sankey);
        }
        throw new IllegalStateException("unknown plot " + plot);
    }

    private ObjectNode xy(XyPlot plot) {
        ObjectNode node = MAPPER.createObjectNode();
        node.put("type", "xy");
        axis(node.putObject("x"), plot.x());
        axis(node.putObject("y"), plot.y());
        texts(node.putArray("categories"), plot.categories());
        ArrayNode all = node.putArray("series");
        for (XyPlot.Series series : plot.series()) {
            ObjectNode one = all.addObject();
            text(one.putObject("name"), series.name());
            one.put("mark", series.mark().name());
            one.put("reference", series.reference());
            ArrayNode points = one.putArray("points");
            for (XyPlot.Point point : series.points()) {
                ArrayNode values = points.addArray();
                number(values, plot.categories().isEmpty() ? plot.x().unit() : Unit.DECIMAL, point.x());
                Double y = point.y();
                number(values, plot.y().unit(), y == null ? Double.NaN : y);
                values.add(point.incomplete() ? 1 : 0);
            }
        }
        return node;
    }

    private ObjectNode heatmap(HeatmapPlot plot) {
        ObjectNode node = MAPPER.createObjectNode();
        node.put("type", "heatmap");
        axis(node.putObject("x"), plot.x());
        axis(node.putObject("y"), plot.y());
        node.put("unit", plot.unit().name());
        texts(node.putArray("columns"), plot.columns());
        texts(node.putArray("rows"), plot.rows());
        ArrayNode cells = node.putArray("cells");
        for (HeatmapPlot.Cell cell : plot.cells()) {
            ArrayNode values = cells.addArray().add(cell.column()).add(cell.row());
            number(values, plot.unit(), cell.value());
            values.add(cell.incomplete() ? 1 : 0);
        }
        return node;
    }

    private ObjectNode sankey(SankeyPlot plot) {
        ObjectNode node = MAPPER.createObjectNode();
        node.put("type", "sankey");
        node.put("unit", plot.unit().name());
        texts(node.putArray("nodes"), plot.nodes());
        ArrayNode links = node.putArray("links");
        for (SankeyPlot.Link link : plot.links()) {
            number(links.addArray().add(link.from()).add(link.to()), plot.unit(), link.value());
        }
        return node;
    }

    private static void axis(ObjectNode node, Axis axis) {
        text(node.putObject("title"), axis.title());
        node.put("unit", axis.unit().name());
    }

    private static void texts(ArrayNode array, List<Text> texts) {
        for (Text text : texts) {
            text(array.addObject(), text);
        }
    }

    private static void text(ObjectNode node, Text text) {
        node.put("en", text.en()).put("fr", text.fr());
    }

    private void number(ArrayNode array, Unit unit, double value) {
        if (!Double.isFinite(value)) {
            array.addNull();
        } else if (unit == Unit.POINTS) {
            array.add(value / 1e6);
        } else if (unit == Unit.MONEY) {
            array.add(format.major(value).stripTrailingZeros());
        } else {
            array.add(value);
        }
    }
}
