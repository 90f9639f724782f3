package org.assidu.accrual.model;

/**
 * The books of one purse over all members since the beginning, micropoints or millionths of a minor unit:
 * issued + adjusted + migrated + restored + forgiven − spent − expired − reversed + transferred = outstanding.
 *
 * @param adjusted by the desk, net
 * @param forgiven what returns took beyond nothing, under the policy FLOOR_AT_ZERO
 * @param expired net of what was taken back from an expiry by a return
 * @param transferred between purses or members, net
 * @param outstanding sum of the purses of all members
 */
public record PurseBooks(
        String purseId,
        long issued,
        long adjusted,
        long migrated,
        long restored,
        long forgiven,
        long spent,
        long expired,
        long reversed,
        long transferred,
        long outstanding) {

    /** What the other figures say that is outstanding. */
    public long expected() {
        return issued + adjusted + migrated + restored + forgiven - spent - expired - reversed + transferred;
    }

    public boolean balanced() {
        return expected() == outstanding;
    }
}
