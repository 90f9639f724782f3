package org.assidu.accrual.export;

import java.nio.file.Path;

/**
 * Where to and how an export is written.
 *
 * @param folder the export folder, created where missing
 * @param purpose who uses it, such as {@link #ANALYTICS}; member keys of two purposes cannot be joined
 * @param segmentRecords most journal positions a segment covers
 * @param segmentLines a segment ends after the receipt that reaches so many sale lines
 * @param segmentMonths a segment ends after the receipt that opens so many months in one table
 */
public record ExportConfig(Path folder, String purpose, int segmentRecords, int segmentLines, int segmentMonths) {
    /** The purpose of exports for the reports: member keys of all of them join. */
    public static final String ANALYTICS = "analytics";

    public ExportConfig {
        if (purpose.isBlank()) {
            throw new IllegalArgumentException("export purpose is empty, name who will use the export");
        }
        require("segmentRecords", segmentRecords);
        require("segmentLines", segmentLines);
        require("segmentMonths", segmentMonths);
    }

    /** Segments of up to 262,144 records, 2,097,152 lines and 48 months. */
    public static ExportConfig of(Path folder, String purpose) {
        return new ExportConfig(folder, purpose, 1 << 18, 1 << 21, 48);
    }

    private static void require(String name, int value) {
        if (value < 1) {
            throw new IllegalArgumentException("export " + name + "=" + value + ", expected 1 or more");
        }
    }
}
