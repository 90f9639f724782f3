package org.assidu.analytics.report;

import java.util.List;

/** Every report, in the order of the menu. */
public final class Reports {

    public static final List<Report> ALL = List.of(
            new HabitsReport(),
            new RetentionReport(),
            new ClvReport(),
            new PersonasReport(),
            new StoresReport(),
            new TargetsReport(),
            new OffersReport(),
            new LiabilityReport(),
            new GoalsReport(),
            new SatisfactionReport(),
            new QualityReport());

    private Reports() {}
}
