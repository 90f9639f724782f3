package org.assidu.accrual.simulation;

import java.util.Locale;

/**
 * What happened in one world, or in several.
 *
 * @param restarts server starts after a crash or failure, each of which was checked against what had been told
 * @param generations that a journal on files went on in while it was written
 * @param lost records that crashes took, none of which anyone had been told of
 * @param snapshots made beside the server, each with the state hash that the server had
 * @param snapshotStarts restarts that began with one
 * @param passedOver snapshots that a start could not use: damaged, or of records that a power cut took
 * @param digest of everything recorded and answered: the same seed gives the same one
 */
public record SimulationReport(
        long worlds,
        long events,
        long restarts,
        long kills,
        long powerCuts,
        long failures,
        long receipts,
        long operations,
        long programmes,
        long records,
        long generations,
        long lost,
        long snapshots,
        long snapshotStarts,
        long passedOver,
        long answers,
        long digest) {

    static final SimulationReport NOTHING = new SimulationReport(0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0);

    SimulationReport plus(SimulationReport other) {
        return new SimulationReport(
                worlds + other.worlds,
                events + other.events,
                restarts + other.restarts,
                kills + other.kills,
                powerCuts + other.powerCuts,
                failures + other.failures,
                receipts + other.receipts,
                operations + other.operations,
                programmes + other.programmes,
                records + other.records,
                generations + other.generations,
                lost + other.lost,
                snapshots + other.snapshots,
                snapshotStarts + other.snapshotStarts,
                passedOver + other.passedOver,
                answers + other.answers,
                digest + other.digest);
    }

    /** One line. */
    public String summary() {
        return String.format(
                Locale.ROOT,
                "%,d events in %,d worlds: %,d records (%,d receipts, %,d operations, %,d programme versions), %,d answers,"
                        + " %,d kills, %,d power cuts, %,d failed writes or forces, %,d restarts, %,d generations begun between them, %,d records lost untold, %,d snapshots,"
                        + " %,d starts from one, %,d passed over, digest %016x",
                events,
                worlds,
                records,
                receipts,
                operations,
                programmes,
                answers,
                kills,
                powerCuts,
                failures,
                restarts,
                generations,
                lost,
                snapshots,
                snapshotStarts,
                passedOver,
                digest);
    }
}
