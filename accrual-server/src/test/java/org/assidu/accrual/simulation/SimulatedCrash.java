package org.assidu.accrual.simulation;

/** The process ends here, in the middle of whatever it does. */
final class SimulatedCrash extends Error {
    private static final long serialVersionUID = 1L;

    SimulatedCrash(String where) {
        super(where, null, false, false);
    }
}
