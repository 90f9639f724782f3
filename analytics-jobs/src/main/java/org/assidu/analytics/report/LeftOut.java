package org.assidu.analytics.report;

/** Rows a section does not count, and why. */
public record LeftOut(Text reason, long rows) {}
