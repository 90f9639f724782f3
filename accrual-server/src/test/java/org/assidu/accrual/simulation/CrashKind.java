package org.assidu.accrual.simulation;

/** What a crash leaves. */
enum CrashKind {
    /** The process dies, the machine lives: everything written is still there. */
    KILL,
    /** The machine dies: of what no force covered, any sector may be there or not. */
    POWER_CUT,
    /** The machine dies, and of what no force covered nothing is left. */
    WORST_POWER_CUT
}
