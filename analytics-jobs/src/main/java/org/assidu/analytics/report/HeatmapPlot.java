package org.assidu.analytics.report;

import java.util.List;

/** Coloured cells under column and row labels; a cell absent from the list is empty. Row 0 is at the top. */
public record HeatmapPlot(Axis x, Axis y, Unit unit, List<Text> columns, List<Text> rows, List<Cell> cells)
        implements Plot {

    public HeatmapPlot {
        columns = List.copyOf(columns);
        rows = List.copyOf(rows);
        cells = List.copyOf(cells);
    }

    /** One cell; {@code incomplete} is hatched and left out of the colour scale. */
    public record Cell(int column, int row, double value, boolean incomplete) {}
}
