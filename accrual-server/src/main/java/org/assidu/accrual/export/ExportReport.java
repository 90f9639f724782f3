package org.assidu.accrual.export;

/**
 * What one run of an export added.
 *
 * @param from last position that was exported before
 * @param position last position that is exported now
 * @param members rows of the members table
 */
public record ExportReport(
        long from, long position, int segments, long saleLines, long receipts, long movements, long members) {}
