package org.assidu.analytics.report;

/** What is drawn, free of any drawing library. */
public sealed interface Plot permits XyPlot, HeatmapPlot, SankeyPlot {}
