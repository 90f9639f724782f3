package org.assidu.accrual.grpc;

/** Programme texts for tests. */
public final class TestProgrammes {
    /** 1 point per euro; 300 points unlock ten percent off; cards 2990000000xxx enrol by themselves. */
    public static final String POINTS = """
            format: 1
            id: points
            effective_from: 2026-01-01
            time_zone: Europe/Paris
            currency: EUR
            earning:
              basis: AMOUNT
              points: 1
              promoted_articles_earn: false
              exclude:
                categories: [tobacco]
            threshold_rewards:
              - id: ten-off
                measure: POINTS
                reaches: 300
                auto_apply: true
                reward:
                  kind: PERCENTAGE_OFF
                  value: 10
            cards:
              - from: 2990000000002
                to: 2990000999993
                auto_enrol: true
            """;

    /** The same with 2 points per euro. */
    public static final String DOUBLE = POINTS.replace("points: 1\n", "points: 2\n");

    private TestProgrammes() {}
}
