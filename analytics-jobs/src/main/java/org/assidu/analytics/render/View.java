package org.assidu.analytics.render;

import java.util.List;
import org.assidu.analytics.report.Text;
import org.jspecify.annotations.Nullable;

/** What the page template asks for, everything already in words. */
public record View(
        String key,
        Text title,
        Text lead,
        Text audience,
        List<Text> next,
        Text population,
        List<Card> cards,
        List<Part> parts,
        List<Text> definitions,
        List<Text> limits,
        List<Card> leftOut,
        boolean charts,
        String data,
        Text empty) {

    /** A value in both languages, and what a sort goes by. */
    public record Cell(Text text, String sort, boolean number) {}

    /**
     * A key figure.
     *
     * @param wordy text rather than a number
     * @param change since the run compared with; null without one
     */
    public record Card(
            Text label,
            Text value,
            Text note,
            boolean wordy,
            @Nullable Text change) {}

    public record Heading(Text label, boolean number) {}

    /** A table; {@code csv} is empty where none is written. */
    public record Grid(String id, Text caption, String csv, List<Heading> headings, List<List<Cell>> rows) {}

    /** One block; what it does not have is null. */
    public record Part(
            @Nullable Text note,
            @Nullable String id,
            @Nullable Text title,
            @Nullable Text reading,
            @Nullable Integer heatmapRows,
            @Nullable Integer heatmapColumns,
            @Nullable Grid grid) {}

    /** A line of the menu. */
    public record Link(String href, Text title, boolean current) {}

    /** A fact of the run, such as its time zone. */
    public record Fact(Text label, Text value) {}

    /** What is the same on every page but for the menu's current line. */
    public record Frame(
            String language,
            Text period,
            String selection,
            List<Link> menu,
            List<Fact> facts,
            String files,
            String css,
            String script,
            String echarts) {}

    /** The overview's account of what changed. */
    public record Changed(
            Text opening, List<Text> sentences, @Nullable Grid grid) {}
}
