package org.assidu.accrual.cli;

import java.util.List;

/**
 * The answer to a what-if as a reader sees it, in one language: what a terminal and a page have in common.
 *
 * @param lead sentences before the tables
 * @param notes sentences after them
 */
public record WhatIfView(String language, String title, List<String> lead, List<Section> sections, List<String> notes) {

    /**
     * A table with its title.
     *
     * @param note below the title; empty = none
     * @param texts how many of the first columns hold text; the others hold numbers
     */
    public record Section(String title, String note, int texts, List<String> headings, List<List<String>> rows) {
        /** The same with so many rows at most. */
        Section first(int most, String more) {
            return rows.size() <= most ? this : new Section(title, more, texts, headings, rows.subList(0, most));
        }
    }
}
