package org.assidu.analytics.report;

/**
 * A picture with the table of its numbers under it.
 *
 * @param key unique within its section, in {@code kebab-case}; the table carries the numbers under its own key
 * @param reading one sentence on how to read it
 */
public record Chart(String key, Text title, Text reading, Plot plot, Table table) implements Block {}
