package org.assidu.accrual.simulation;

/**
 * A mistake that someone could make, as an edit of one source file, and how the simulator says that it was made.
 *
 * @param id what it is called on the command line and in {@code docs/known-bugs.md}
 * @param file below {@code src/main/java/org/assidu/accrual}
 * @param right code as it is; occurs once in the file
 * @param wrong what stands there instead
 * @param fileJournal whether the real file journal has to run for it to show
 * @param caughtBy part of what the violation says
 */
record KnownBug(String id, String file, String right, String wrong, boolean fileJournal, String caughtBy) {

    @Override
    public String toString() {
        return id;
    }
}
