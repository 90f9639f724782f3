package org.assidu.analytics.report;

import java.util.List;

/** Every report, in the order of the page. */
public final class Reports {

    public static final List<Report> ALL = List.of(
            new HabitsReport(), new RetentionReport(), new ClvReport(), new PersonasReport(), new QualityReport());

    private Reports() {}
}
