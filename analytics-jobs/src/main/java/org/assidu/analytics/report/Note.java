package org.assidu.analytics.report;

/** A paragraph between charts: a finding, or why something is not shown. */
public record Note(Text text) implements Block {}
