package org.assidu.accrual.journal;

/** What an answer waits for. */
public enum Durability {
    /** Forced to disk: survives a power cut. */
    DURABLE,
    /** Written to the page cache: survives {@code kill -9}, not a power cut. */
    FAST
}
