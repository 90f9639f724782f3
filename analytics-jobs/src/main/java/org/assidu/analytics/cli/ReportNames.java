package org.assidu.analytics.cli;

import java.util.ArrayList;
import org.assidu.analytics.report.Report;
import org.assidu.analytics.report.Reports;

/** Keys of the reports, for the command line's help. */
final class ReportNames extends ArrayList<String> {
    private static final long serialVersionUID = 1L;

    ReportNames() {
        super(Reports.ALL.stream().map(Report::key).toList());
    }
}
