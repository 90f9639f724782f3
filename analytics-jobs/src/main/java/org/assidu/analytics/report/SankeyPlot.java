package org.assidu.analytics.report;

import java.util.List;

/** Flows between nodes, from left to right. */
public record SankeyPlot(Unit unit, List<Text> nodes, List<Link> links) implements Plot {

    public SankeyPlot {
        nodes = List.copyOf(nodes);
        links = List.copyOf(links);
    }

    /** A flow between two nodes, by index. */
    public record Link(int from, int to, double value) {}
}
