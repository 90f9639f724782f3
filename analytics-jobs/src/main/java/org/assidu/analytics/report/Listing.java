package org.assidu.analytics.report;

/**
 * A table too long for a page, such as one row a member: the page shows its first rows, the file has all.
 *
 * @param shown rows on the page
 */
public record Listing(Table table, int shown) implements Block {}
