package org.assidu.accrual.model;

/**
 * A part of a programme that can be compared between versions.
 *
 * @param section key of the document, such as {@code bonuses} or {@code tiers.levels}
 * @param id of the entry in a section that is a list; empty otherwise
 */
public record ProgrammePart(String section, String id) {
    /** A section that is no list. */
    public static ProgrammePart of(String section) {
        return new ProgrammePart(section, "");
    }

    /** Such as {@code bonuses gold-tuesday} or {@code earning}. */
    @Override
    public String toString() {
        return id.isEmpty() ? section : section + " " + id;
    }
}
