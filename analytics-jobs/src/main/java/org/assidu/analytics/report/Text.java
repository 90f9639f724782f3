package org.assidu.analytics.report;

/** Words in the two languages of the site. */
public record Text(String en, String fr) {

    public static Text of(String en, String fr) {
        return new Text(en, fr);
    }

    /** Words that are the same in both languages, such as a code or an ISO month. */
    public static Text same(String words) {
        return new Text(words, words);
    }
}
