package org.assidu.analytics.report;

import java.util.List;

/**
 * What a report found, ready to be rendered.
 *
 * @param key name in files and links, in {@code kebab-case}
 * @param lead one or two sentences: the question it answers
 * @param audience for whom, and when to look
 * @param next what to do with it, most urgent first
 * @param population who and what is counted
 * @param definitions terms as used here
 * @param limits what is censored, incomplete or biased
 */
public record Section(
        String key,
        Text title,
        Text lead,
        Text audience,
        List<Text> next,
        Text population,
        List<Figure> figures,
        List<Block> blocks,
        List<Text> definitions,
        List<Text> limits,
        List<LeftOut> leftOut) {

    public Section {
        next = List.copyOf(next);
        figures = List.copyOf(figures);
        blocks = List.copyOf(blocks);
        definitions = List.copyOf(definitions);
        limits = List.copyOf(limits);
        leftOut = List.copyOf(leftOut);
    }
}
