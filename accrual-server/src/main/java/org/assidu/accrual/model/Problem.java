package org.assidu.accrual.model;

/**
 * One thing that is wrong in a text a person wrote, and what to write instead.
 *
 * @param line from 1; 0 when the problem has no place
 * @param column from 1; 0 when the problem has no place
 * @param path dotted path of the field, such as {@code earning.points} or {@code threshold_rewards[1].id}; may be empty
 * @param message what is wrong and what to write instead
 */
public record Problem(int line, int column, String path, String message) {
    /** A problem whose place is known by its path only. */
    public static Problem at(String path, String message) {
        return new Problem(0, 0, path, message);
    }

    /** Such as {@code 12:9 earning.points: …}. */
    @Override
    public String toString() {
        String place = line == 0 ? "" : line + ":" + column + " ";
        return place + (path.isEmpty() ? "" : path + ": ") + message;
    }
}
